// Seals a fact's words so that only headquarters can read them (rules OB9, IN10).
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/**
 * Sealed, as base64: version and key id (4 bytes) | the sealer's public key (32) | counter (6) | words | tag (16).
 * The first 36 bytes are the same for all that one sealer seals, and 36 bytes are 48 whole characters, so that
 * compression finds them.
 */
const version = 1;
const headBytes = 36;
const headChars = 48;
const counterBytes = 6;
const tagBytes = 16;
const nonceBytes = 12;

/** What the words of a fact belong to; not its number, which may change (rule OB10). */
export function sealBond(
  terminal: string,
  fact: { readonly id: string; readonly kind: string; readonly schema: number },
): string {
  return `${terminal}|${fact.id}|${fact.kind}|${fact.schema}`;
}

/** One run of a program seals under one key of its own, forgotten with the process. */
export interface Sealer {
  /**
   * @param bond what the words belong to: they cannot be opened under another
   * @returns base64
   */
  seal(words: string, bond: string): string;
}

export interface Opener {
  /** @returns the words, or undefined when they are not for this key, were changed, or stand under another bond */
  open(sealed: string, bond: string): string | undefined;
}

/** @param publicKey headquarters' X25519 key, 32 bytes */
export function makeSealer(publicKey: Uint8Array): Sealer {
  const own = generateKeyPairSync('x25519');
  const ownPublic = rawOf(own.publicKey);
  const key = sessionKey(own.privateKey, x25519Public(publicKey), ownPublic, publicKey);
  const head = Buffer.concat([Buffer.of(version), keyId(publicKey), ownPublic]);
  let counter = 0;
  return {
    seal(words, bond) {
      counter += 1;
      const count = Buffer.alloc(counterBytes);
      count.writeUIntBE(counter, 0, counterBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(count));
      cipher.setAAD(Buffer.from(bond));
      return Buffer.concat([
        head,
        count,
        cipher.update(words, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]).toString('base64');
    },
  };
}

/** Session keys that are kept: a fleet of terminals, each with a run or two whose facts still come. */
const keptSessions = 20_000;

/** @param privateKeys headquarters' X25519 keys, 32 bytes each; old ones stay as long as facts sealed to them may come */
export function makeOpener(privateKeys: readonly Uint8Array[]): Opener {
  const pairs = new Map<string, { readonly key: KeyObject; readonly publicKey: Buffer }>();
  for (const raw of privateKeys) {
    const key = x25519Private(raw);
    const publicKey = rawOf(createPublicKey(key));
    pairs.set(keyId(publicKey).toString('hex'), { key, publicKey });
  }
  const sessions = new Map<string, Buffer>();
  const sessionOf = (name: string): Buffer | undefined => {
    const known = sessions.get(name);
    if (known) return known;
    const head = Buffer.from(name, 'base64');
    if (head.length !== headBytes || head[0] !== version) return undefined;
    const pair = pairs.get(head.subarray(1, 4).toString('hex'));
    if (!pair) return undefined;
    const theirs = head.subarray(4);
    const key = sessionKey(pair.key, x25519Public(theirs), theirs, pair.publicKey);
    if (sessions.size >= keptSessions) sessions.clear();
    sessions.set(name, key);
    return key;
  };
  const nonce = Buffer.alloc(nonceBytes);
  return {
    open(sealed, bond) {
      const bytes = Buffer.from(sealed.slice(headChars), 'base64');
      if (bytes.length < counterBytes + tagBytes) return undefined;
      try {
        const key = sessionOf(sealed.slice(0, headChars));
        if (!key) return undefined;
        bytes.copy(nonce, nonceBytes - counterBytes, 0, counterBytes);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(bond));
        decipher.setAuthTag(bytes.subarray(-tagBytes));
        const words = decipher.update(bytes.subarray(counterBytes, -tagBytes));
        decipher.final();
        return words.toString('utf8');
      } catch {
        // a key that is no point of the curve, or a tag that does not fit: not ours to read
        return undefined;
      }
    },
  };
}

/** A new pair for headquarters, raw. */
export function makeSealKeys(): { readonly privateKey: Buffer; readonly publicKey: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return {
    privateKey: Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'),
    publicKey: rawOf(publicKey),
  };
}

function sessionKey(
  own: KeyObject,
  theirs: KeyObject,
  sealerPublic: Uint8Array,
  hqPublic: Uint8Array,
): Buffer {
  const secret = diffieHellman({ privateKey: own, publicKey: theirs });
  const salt = Buffer.concat([sealerPublic, hqPublic]);
  return Buffer.from(hkdfSync('sha256', secret, salt, 'yingbin seal v1', 32));
}

/** Counters never repeat under one sealer's key, so that the rest of the nonce may be empty. */
function nonceOf(count: Uint8Array): Buffer {
  return Buffer.concat([Buffer.alloc(nonceBytes - counterBytes), count]);
}

function keyId(publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, 3);
}

function rawOf(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function x25519Public(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
}

/** PKCS #8's fixed beginning for X25519; a JWK would want the public half too. */
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex');

function x25519Private(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, raw]), format: 'der', type: 'pkcs8' });
}
