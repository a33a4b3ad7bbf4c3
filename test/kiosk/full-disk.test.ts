// A disk that is really full: no paper moves before its mark is on disk, and what became of a slip is not forgotten.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { someSealer } from '../sync/some-keys.ts';
import { canMount } from './can-mount.ts';
import { closeAll, connect, open, queueSlip, settled } from './print-workshop.ts';
import { now } from './small-world.ts';

afterEach(closeAll);

function smallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'yingbin', folder]);
  onTestFinished(async () => {
    await closeAll();
    // SQLite lets go of its files only when its statements are collected
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function hall(folder: string) {
  const store = TerminalStore.open(join(folder, 'terminal.db'), {
    terminal: 'hall-1' as TerminalId,
    sealer: someSealer,
    clock: { now: () => now, isSynced: () => true, monoMs: () => 0, boot: 'boot-1' },
  });
  open.push(store);
  const paper = await SimulatedPrinter.start();
  open.push(paper);
  const faults: unknown[] = [];
  const { queue, printer } = connect(store, paper, { onFault: (cause) => faults.push(cause) });
  await vi.waitFor(() => expect(printer.state.kind).toBe('ready'));
  return { store, paper, queue, faults };
}

describe.skipIf(!canMount)('Q14 a disk', () => {
  it('that is full: no byte is sent, the slip waits, and it is printed once when there is room', async () => {
    const folder = smallDisk();
    const { store, paper, queue, faults } = await hall(folder);
    const job = queueSlip(store, '磁盘满');
    const ballast = join(folder, 'ballast');
    fill(ballast, store);
    queue.kick();
    await vi.waitFor(() => expect(faults.length).toBeGreaterThan(0));
    expect(store.printJobs.find(job)?.state).toBe('queued');
    expect(() => queueSlip(store, '记不下')).toThrow();
    expect(paper.slips).toEqual([]);
    expect(paper.hangingText).toBe('');
    rmSync(ballast);
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    expect(paper.slips.map(({ text }) => text.trim())).toEqual(['磁盘满']);
  });

  it('that fills up in the middle of a slip: what became of it is written when there is room', async () => {
    const folder = smallDisk();
    const { store, paper, queue, faults } = await hall(folder);
    const job = queueSlip(store, '中途');
    const ballast = join(folder, 'ballast');
    const markSent = vi.spyOn(store.printJobs, 'markSent').mockImplementationOnce(() => {
      markSent.mockRestore();
      fill(ballast, store);
      store.printJobs.markSent(job);
    });
    queue.kick();
    await vi.waitFor(() => expect(paper.slips).toHaveLength(1));
    await vi.waitFor(() => expect(faults.length).toBeGreaterThan(1));
    expect(settled(store)).toEqual([]);
    rmSync(ballast);
    queue.kick();
    await vi.waitFor(() => expect(settled(store)).toEqual(['printed']));
    expect(paper.slips).toHaveLength(1);
  });
});

/** Takes every byte that is left, also those in the last page of the journal. */
function fill(file: string, store: TerminalStore): void {
  for (let size = 65_536; size >= 1; size >>= 1) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // smaller pieces may still fit
    }
  }
  const note = 'INSERT INTO pin_guard(member, wrong, locked_until_ms) VALUES (?, 0, 0)';
  expect(() => {
    for (let n = 0; n < 10_000; n += 1) store.database.run(note, `m-${n}`);
  }).toThrow();
}
