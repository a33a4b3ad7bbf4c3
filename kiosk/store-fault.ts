// Which code stands for a store that did not take something: no room is another matter than a broken disk.
import { SyncError } from '../sync/sync-error.ts';

export function storeFaultOf(cause: unknown): 'store-write-failed' | 'sync-store-full' {
  return cause instanceof SyncError && cause.code === 'sync-store-full' ? cause.code : 'store-write-failed';
}
