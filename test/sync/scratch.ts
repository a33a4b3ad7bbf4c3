// Temporary places and a clock that tests turn by hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FactContent } from '../../sync/contract/facts.ts';
import type { Epoch, MemberId, TenantId, TerminalId } from '../../sync/contract/ids.ts';
import type { TerminalClock } from '../../sync/terminal-clock.ts';

export const tenant = 'demo' as TenantId;
export const terminal = 'hall-1' as TerminalId;

/** A folder that is removed when the test ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-sync-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function handClock(
  startMs = Date.UTC(2026, 2, 1),
  isSynced = true,
): TerminalClock & { advance(ms: number): void } {
  let ms = 0;
  return {
    boot: 'boot-1',
    now: () => new Date(startMs + ms),
    isSynced: () => isSynced,
    monoMs: () => ms,
    advance: (by) => {
      ms += by;
    },
  };
}

/** A small fact that says which one it is. */
export function viewed(n: number): FactContent {
  return { kind: 'person-proven', body: { member: `m-${n}` as MemberId, purpose: 'points' } };
}

export const noVisible = { members: 0, events: 0, requests: 0 } as const;

export function ackOf(epoch: Epoch, applied: number, safe = applied) {
  return { v: 1 as const, epoch, applied, safe, last: null, renew: false, visible: noVisible };
}
