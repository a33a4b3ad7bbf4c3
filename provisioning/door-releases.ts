// What a terminal fetches from headquarters' door: releases, and the secrets that its twin names. Over mutual TLS, with only our own root believed.
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { ReleaseSource } from './release-fetch.ts';
import { ReleaseError } from './release-verify.ts';

export interface DoorAddress {
  /** `https://host:port` */
  readonly url: string;
  /** PEM files; read anew for each question, as renewal replaces them */
  readonly tls: { readonly rootFile: string; readonly certificateFile: string; readonly keyFile: string };
}

const maxManifestBytes = 16_777_216;
const maxSecretBytes = 4_096;
/** of silence */
const patienceMs = 30_000;

export function doorReleases(door: DoorAddress): ReleaseSource {
  return {
    manifest: (hash) => wholeOf(door, `/releases/${hash}`, maxManifestBytes),
    async *bundle({ bundle }, from) {
      const range: Record<string, string> = from === 0 ? {} : { Range: `bytes=${from}-` };
      const answer = await ask(door, `/bundles/${bundle.sha256}`, range);
      let skip = answer.statusCode === 206 ? 0 : from;
      for await (const piece of answer as AsyncIterable<Buffer>) {
        const rest = piece.subarray(skip);
        skip -= piece.length - rest.length;
        if (rest.length > 0) yield rest;
      }
    },
  };
}

/** @returns undefined when it cannot be had now, or this terminal's twin does not name it */
export async function readDoorSecret(door: DoorAddress, name: string): Promise<string | undefined> {
  try {
    return (await wholeOf(door, `/secrets/${name}`, maxSecretBytes)).toString('utf8');
  } catch {
    return undefined;
  }
}

async function wholeOf(door: DoorAddress, path: string, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const piece of (await ask(door, path)) as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new ReleaseError('release-too-large');
    parts.push(piece);
  }
  return Buffer.concat(parts);
}

/** @throws ReleaseError release-unreachable, also for what the door does not have (yet) */
function ask(
  { url, tls }: DoorAddress,
  path: string,
  headers: Record<string, string> = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request(
      `${url}${path}`,
      {
        agent: false,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ca: readFileSync(tls.rootFile),
        cert: readFileSync(tls.certificateFile),
        key: readFileSync(tls.keyFile),
        headers,
        timeout: patienceMs,
      },
      (answer) => {
        if (answer.statusCode === 200 || answer.statusCode === 206) {
          resolve(answer);
          return;
        }
        answer.destroy();
        reject(new ReleaseError('release-unreachable'));
      },
    );
    asking.once('timeout', () => asking.destroy(new ReleaseError('release-unreachable')));
    asking.once('error', (cause) => reject(new ReleaseError('release-unreachable', { cause })));
    asking.end();
  });
}
