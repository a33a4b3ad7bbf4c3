// Hears how headquarters wants this terminal to be set up, and hands it on: the newest only.
import { decodeFrame } from './contract/frame.ts';
import type { TenantId, TerminalId } from './contract/ids.ts';
import { topics } from './contract/topics.ts';
import { type Desired, desiredSchema } from './contract/twin.ts';
import type { CourierPart } from './courier-part.ts';
import { SyncError } from './sync-error.ts';

/**
 * What is meant for another terminal was signed for another topic, so the courier refuses it before this.
 * @param onDesired the same may come again: headquarters repeats it until it is reported
 */
export function twinPart(
  { tenant, terminal }: { readonly tenant: TenantId; readonly terminal: TerminalId },
  onDesired: (desired: Desired) => void,
): CourierPart {
  let highest = 0;
  return {
    topics: [topics.twin(tenant, terminal)],
    receive: (_topic, frame) => {
      const desired = decodeFrame(desiredSchema, frame);
      if (desired.rev < highest)
        throw new SyncError('sync-twin-stale', 'an older set-up came after a newer one');
      highest = desired.rev;
      onDesired(desired);
    },
  };
}
