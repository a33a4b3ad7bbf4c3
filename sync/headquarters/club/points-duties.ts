// What time does to points: lots expire, levels fall, ended sessions are booked.
import type { Log } from '../log.ts';
import { type Duty, repeated } from '../workers/leader-duties.ts';
import type { SessionBatches } from './batch.ts';
import type { Club } from './club.ts';

/** Everything is dated at its due second, however late it is done. */
const everyMs = 60_000;

export function pointsDuties(
  { club, batches }: { readonly club: Club; readonly batches: SessionBatches },
  log: Log,
): Duty[] {
  return [
    repeated(everyMs, async () => {
      try {
        await club.refreshLevels();
        await batches.bookEnded();
      } catch (error) {
        const name = error instanceof Error ? error.name : 'unknown';
        log.error(
          { event: 'points-not-kept', error: name },
          'the store did not answer; tried again in a minute',
        );
      }
    }),
  ];
}
