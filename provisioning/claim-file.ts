// What a blank terminal is given beside the image: who it is, its claim, and where headquarters' door is. Or the door alone.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import * as v from 'valibot';
import {
  type ClaimFile,
  claimFileSchema,
  type DoorFile,
  doorFileSchema,
  readClaim,
} from '../sync/contract/enrolment.ts';
import { syncFolderOf } from '../sync/durable-file.ts';

/** On the partition that any computer can write to; and where the install script lays it. */
export const usualClaimFiles = [
  '/boot/firmware/yingbin-claim.json',
  '/var/lib/yingbin/yingbin-claim.json',
] as const;

/** The first that is there; where it is looked for when none is. */
export function usualClaimFile(): string {
  return usualClaimFiles.find((file) => existsSync(file)) ?? usualClaimFiles[0];
}

export type StartPaper =
  | { readonly kind: 'claim'; readonly claim: ClaimFile }
  | { readonly kind: 'door'; readonly door: DoorFile }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong' };

const largest = 4_096;

export function readStartPaper(file: string): StartPaper {
  let text: string;
  try {
    if (statSync(file).size > largest) return { kind: 'wrong' };
    text = readFileSync(file, 'utf8');
  } catch {
    return { kind: 'none' };
  }
  return parseStartPaper(text);
}

/** @param text of the file, or of the label's QR, which says the same */
export function parseStartPaper(text: string): StartPaper {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'wrong' };
  }
  const claim = v.safeParse(claimFileSchema, value);
  if (claim.success)
    return readClaim(claim.output.claim) === undefined
      ? { kind: 'wrong' }
      : { kind: 'claim', claim: claim.output };
  const door = v.safeParse(doorFileSchema, value);
  return door.success ? { kind: 'door', door: door.output } : { kind: 'wrong' };
}

/**
 * The claim has done its work: overwritten, then removed; where the door is stays known. A card that keeps old blocks
 * keeps a claim that is good for nothing, and so does one that cannot be written.
 */
export function wipeClaim(file: string): void {
  try {
    const { size } = statSync(file);
    const handle = openSync(file, 'r+');
    try {
      writeSync(handle, Buffer.alloc(size));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    rmSync(file);
    syncFolderOf(file);
  } catch {
    // gone already, or on a partition that is read only
  }
}

/** A power cut came while it was wiped: nothing is written on it any more, and it goes. */
export function dropWipedClaim(file: string): void {
  try {
    const { size } = statSync(file);
    if (size > 0 && size <= largest && readFileSync(file).every((byte) => byte === 0)) wipeClaim(file);
  } catch {
    // gone already
  }
}
