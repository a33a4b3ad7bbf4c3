// A terminal that is killed at every single write of its print journal: real processes, real kills, a real file.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { judgePaper } from './paper-oracle.ts';

const program = fileURLToPath(new URL('../../dist/test/faults/print-program.js', import.meta.url));
if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`);

let folder: string;
let paper: SimulatedPrinter;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-killed-printing-'));
  paper = await SimulatedPrinter.start();
});
afterEach(async () => {
  await paper.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns the state of the slip, or undefined when the run was killed */
function run(boot: string, ...death: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [program, join(folder, 'terminal.db'), paper.address, boot, ...death],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (_, signal) => resolve(signal === 'SIGKILL' ? undefined : out.trim()));
  });
}

const verdict = (state: string | undefined) =>
  judgePaper(
    [{ id: 'killed-1', state: state ?? 'nowhere', told: state ?? null }],
    [...paper.slips.map(({ text }) => text), paper.hangingText].join('\n'),
  );

describe('Q07 SIGKILL at a write of the journal', () => {
  // marked sending, marked sent, and the transaction that settles: BEGIN, the fact's rows, the mark, COMMIT
  const places = Array.from({ length: 8 }, (_, n) => String(n + 1)).flatMap((nth) => [
    ['before', nth] as const,
    ['after', nth] as const,
  ]);

  it.each(places)('%s write %s: the next run ends the slip, at most one copy', async (when, nth) => {
    const state = (await run('boot-1', when, nth)) ?? (await run('boot-1'));
    expect(state).toMatch(/^(printed|unconfirmed)$/);
    expect(verdict(state)).toMatchObject({ ok: true });
    // the same machine, a printer that counts: somebody knows
    expect(state).toBe('printed');
  });

  it.each([
    ['after', '1'],
    ['after', '2'],
    ['after', '5'],
  ])('power cut %s write %s: a torn tail of the journal and a new boot', async (when, nth) => {
    expect(await run('boot-1', when, nth)).toBeUndefined();
    appendFileSync(join(folder, 'terminal.db-wal'), Buffer.alloc(700, 0xa5));
    const state = await run('boot-2');
    expect(verdict(state)).toMatchObject({ ok: true });
    expect(state).toMatch(/^(printed|unconfirmed)$/);
  });
});
