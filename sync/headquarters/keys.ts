// Owns headquarters' two key pairs: what facts are sealed to, and what headquarters signs with. Makes them when there are none.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { makeSealKeys } from '../contract/seal.ts';
import { makeSignKeys } from '../contract/signed-frame.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { readSecret } from './secrets.ts';

/** 32 bytes as base64. */
const key = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]{43}=$/),
  v.transform((text): Buffer => Buffer.from(text, 'base64')),
);
const keysSchema = v.object({
  seal: v.object({ privateKey: key, publicKey: key }),
  sign: v.object({ privateKey: key, publicKey: key }),
  /** private halves of earlier pairs, as long as facts sealed to them may come */
  formerSealKeys: v.optional(v.array(key), []),
});
export type HeadquartersKeys = v.InferOutput<typeof keysSchema>;

/** What every terminal of the fleet is told, as it stands in a terminal's config. */
export interface PublicKeys {
  readonly sealKey: string;
  readonly signKey: string;
}

/**
 * @param file mode 0600; whoever loses it can read no fact that was sealed to it
 * @throws HeadquartersError hq-secret-unreadable
 */
export function readOrMakeKeys(file: string): HeadquartersKeys {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // `wx`: never replace keys that terminals know already
    writeFileSync(file, keysText({ seal: makeSealKeys(), sign: makeSignKeys() }), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new HeadquartersError(
        'hq-secret-unreadable',
        `keysFile ${file} cannot be made; give this user the right to write there.`,
        { cause },
      );
    }
  }
  const text = readSecret(file, 'keysFile');
  try {
    return v.parse(keysSchema, JSON.parse(text));
  } catch (cause) {
    throw new HeadquartersError(
      'hq-secret-unreadable',
      `keysFile ${file} does not hold the keys of a headquarters; bring it back from the backup, terminals know no other.`,
      { cause },
    );
  }
}

export function publicKeysOf({ seal, sign }: HeadquartersKeys): PublicKeys {
  return { sealKey: seal.publicKey.toString('base64'), signKey: sign.publicKey.toString('base64') };
}

/** As `keysFile` holds them. */
export function keysText({ seal, sign }: Pick<HeadquartersKeys, 'seal' | 'sign'>): string {
  const texts = ({ privateKey, publicKey }: HeadquartersKeys['seal']) => ({
    privateKey: privateKey.toString('base64'),
    publicKey: publicKey.toString('base64'),
  });
  return `${JSON.stringify({ seal: texts(seal), sign: texts(sign) }, null, 2)}\n`;
}
