// Releases as they go wrong in life: each a whole, signed bundle of the shipped program with one thing spoilt.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuiltRelease, buildRelease } from '../../../provisioning/release-build.ts';
import { releaseFiles } from '../../../provisioning/release-files.ts';
import type { Architecture } from '../../../sync/contract/release.ts';
import { makeSignKeys, signingKey } from '../../../sync/contract/signed-frame.ts';
import { built } from './keeper-world.ts';

export const badKinds = ['crash', '500', 'hang', 'white-screen', 'reader-lost'] as const;
export type BadKind = (typeof badKinds)[number];

interface Spoil {
  readonly path: string;
  readonly change: (text: string) => string;
}

/** @throws when the program no longer has the place that is spoilt: then this proves nothing */
function replaced(text: string, place: string, by: string): string {
  if (!text.includes(place)) throw new Error(`there is no ${place} to spoil`);
  return text.replace(place, by);
}

const spoils: Readonly<Record<BadKind, Spoil>> = {
  crash: { path: 'dist/kiosk/main.js', change: (text) => `process.exit(70);\n${text}` },
  '500': {
    path: 'dist/kiosk/screen-server.js',
    change: (text) =>
      replaced(text, 'setSafetyHeaders(response);', 'response.statusCode = 500; response.end(); return;'),
  },
  hang: {
    path: 'dist/kiosk/main.js',
    change: (text) => `setTimeout(() => { for (;;); }, 2_000);\n${text}`,
  },
  'white-screen': {
    path: 'dist/ui/kiosk/index.html',
    change: () => '<!doctype html><title>迎宾</title>',
  },
  'reader-lost': {
    path: 'dist/kiosk/main.js',
    change: (text) => replaced(text, '...config,', '...config, reader: null,'),
  },
};

export class ReleaseWorks {
  readonly #folder: string;
  readonly #key = makeSignKeys();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get publicKey(): string {
    return this.#key.publicKey.toString('base64');
  }

  /** @param kind null = one that serves */
  build(seq: number, kind: BadKind | null): Promise<BuiltRelease> {
    const architecture = process.arch as Architecture;
    const spoil = kind && spoils[kind];
    const files = releaseFiles(join(built, '..'), architecture).map((file) => {
      if (file.path !== spoil?.path) return file;
      const from = join(this.#folder, 'spoilt', `${seq}`, file.path);
      mkdirSync(dirname(from), { recursive: true });
      writeFileSync(from, spoil.change(readFileSync(file.from, 'utf8')));
      return { ...file, from };
    });
    return buildRelease({
      files,
      architecture,
      version: `1.${seq}.0`,
      seq,
      minSeq: 0,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 86_400_000),
      key: signingKey(this.#key.privateKey),
      out: join(this.#folder, 'out'),
    });
  }
}
