// What a small release runs as its keeper: the shipped one, with a gate that is quick and a line that is slow.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ReleaseSource } from '../../../provisioning/release-fetch.ts';
import { runTerminal } from '../../../provisioning/terminal-program.ts';
import { shelfFolder } from './cut-words.ts';

const pieceBytes = 32_768;
/** so that a download takes about as long as a start */
const pieceMs = 15;
/** patient, as a machine may be busy with other things */
const limits = { gateMs: 15_000, probationMs: 300, lapseMs: 15_000, crashes: 3, starts: 3 };

/** @param url of the release's `yingbin.js`; `releases/` lies beside the terminal's folder */
export async function runCutKeeper(url: string): Promise<number> {
  const script = join(dirname(fileURLToPath(url)), '../kiosk/main.js');
  const root = script.replace(/\/releases\/\d+\/dist\/.*$/, '');
  return await runTerminal({
    config: join(root, '../terminal/config.json'),
    releases: root,
    script,
    complain: (text) => void process.stderr.write(text),
    signal: new AbortController().signal,
    pauses: { minMs: 20, maxMs: 200 },
    limits,
    source: sourceIn(join(root, '..', shelfFolder)),
  });
}

function sourceIn(shelf: string): ReleaseSource {
  return {
    manifest: async (hash) => readFileSync(join(shelf, `${hash}.manifest`)),
    bundle: async function* ({ bundle }, from) {
      const file = openSync(join(shelf, `${bundle.sha256}.bundle`), 'r');
      try {
        for (let at = from; ; at += pieceBytes) {
          const piece = Buffer.alloc(pieceBytes);
          const read = readSync(file, piece, 0, pieceBytes, at);
          if (read === 0) return;
          await sleep(pieceMs);
          yield piece.subarray(0, read);
        }
      } finally {
        closeSync(file);
      }
    },
  };
}
