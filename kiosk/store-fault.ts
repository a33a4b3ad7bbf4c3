// Which code stands for a store that did not take something: no room is another matter than a broken disk.
import { isFull } from '../sync/sqlite-codes.ts';
import { SyncError } from '../sync/sync-error.ts';

export function storeFaultOf(cause: unknown): 'store-write-failed' | 'sync-store-full' {
  const hasNoRoom = isFull(cause) || (cause instanceof SyncError && cause.code === 'sync-store-full');
  return hasNoRoom ? 'sync-store-full' : 'store-write-failed';
}
