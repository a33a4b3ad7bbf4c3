// A disk that is full to the last block (F9): what was accepted stays, what is refused is said, acks still free room, and room that comes back is used.
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import type { MemberId, TerminalId } from '../../../sync/contract/ids.ts';
import { SyncError } from '../../../sync/sync-error.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { opened, someSealer } from '../../sync/some-keys.ts';
import { hashOfFact } from './busy-terminal.ts';

export interface FullDisk {
  /** bytes that were left when the terminal went on */
  readonly left: number;
  readonly accepted: number;
  readonly refused: number;
  /** accepted facts that cannot be read while the disk is full, or after the next start */
  readonly lost: number;
  /** did an ack free room while the disk was full? */
  readonly isAckTaken: boolean;
  /** is a fact taken again when there is room? */
  readonly isBack: boolean;
}

export const blockBytes = 4_096;
const diskBytes = 12 * 1024 * 1024;
const factsBefore = 30;
const reserveBytes = 256 * 1024;
/** more than fit in the last blocks and the reserve */
const factsAtMost = 1_500;

/** A small file system in memory. @returns undefined where only root may mount, and this is not root */
export function mountSmallDisk(): { readonly folder: string; remove(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'yingbin', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    remove: () => {
      // SQLite lets go of its files only when its statements are collected
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Runs a terminal's store into a full disk.
 * @param left bytes that are free when it begins to fill
 * @param withReserve the control has none
 */
export function fillDisk(disk: string, left: number, withReserve = true): FullDisk {
  const folder = mkdtempSync(join(disk, 'terminal-'));
  const ballast = join(disk, 'ballast');
  const hashes = new Map<number, string>();
  let store = open(folder, withReserve);
  try {
    for (let n = 0; n < factsBefore; n += 1) record(store, hashes);
    // lays in the reserve
    if (withReserve) store.tend();
    leave(ballast, left);
    let refused = 0;
    for (let n = 0; n < factsAtMost && refused < 3; n += 1) if (!record(store, hashes)) refused += 1;
    const lostNow = missing(store, hashes);
    const isAckTaken = settle(store, factsBefore);
    rmSync(ballast);
    const isBack = record(store, hashes);
    store.close();
    store = open(folder, withReserve);
    const forgotten = store.outbox.forgottenSeq;
    const lostLater = missing(store, new Map([...hashes].filter(([seq]) => seq > forgotten)));
    return { left, accepted: hashes.size, refused, lost: lostNow + lostLater, isAckTaken, isBack };
  } finally {
    store.close();
    rmSync(ballast, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

function open(folder: string, withReserve: boolean): TerminalStore {
  return TerminalStore.open(join(folder, 'terminal.db'), {
    terminal: 'hall-1' as TerminalId,
    clock: systemClock(),
    sealer: someSealer,
    reserveBytes: withReserve ? reserveBytes : 0,
  });
}

/** @returns whether it was accepted. @throws when it is refused for another reason than want of room */
function record(store: TerminalStore, hashes: Map<number, string>): boolean {
  try {
    const fact = store.record({
      fact: { kind: 'person-proven', body: { member: `m${hashes.size}` as MemberId, purpose: 'points' } },
      effects: [],
    });
    hashes.set(fact.seq, hashOfFact(fact));
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

function settle(store: TerminalStore, upTo: number): boolean {
  const { outbox } = store;
  const [last] = outbox.read(upTo - 1, 1, 1);
  try {
    return (
      outbox.settle({
        v: 1,
        epoch: outbox.epoch,
        applied: upTo,
        safe: upTo,
        last: last?.id ?? null,
        renew: false,
        visible: { members: 0, events: 0, requests: 0 },
      }) === 'settled'
    );
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

function missing(store: TerminalStore, hashes: ReadonlyMap<number, string>): number {
  const held = new Map(
    store.outbox
      .read(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
      .map((fact) => [fact.seq, hashOfFact(opened(fact, store.outbox.terminal))]),
  );
  return [...hashes].filter(([seq, hash]) => held.get(seq) !== hash).length;
}

/** Fills the disk but for `left` bytes. */
function leave(file: string, left: number): void {
  const block = Buffer.alloc(blockBytes);
  const ballast = openSync(file, 'w');
  let size = 0;
  try {
    for (;;) size += writeSync(ballast, block);
  } catch {
    // that was the last block
  } finally {
    ftruncateSync(ballast, Math.max(0, size - left));
    closeSync(ballast);
  }
}

function isFull(error: unknown): boolean {
  const { errcode } = error as { errcode?: unknown };
  return errcode === 13 || (error instanceof SyncError && error.code === 'sync-store-full');
}
