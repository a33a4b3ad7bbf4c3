// The duty that delivers notices, with the channels that the config names.
import type { Log } from '../log.ts';
import { type Duty, repeated } from '../workers/leader-duties.ts';
import type { Deliveries, NoticeWays } from './deliveries.ts';

const everyMs = 2_000;

export function noticeDuty(
  { deliveries }: { readonly deliveries: Deliveries },
  ways: NoticeWays,
  log: Log,
): Duty {
  return repeated(everyMs, async () => {
    try {
      await deliveries.deliver(ways);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log.error(
        { event: 'notices-not-delivered', error: name },
        'the store did not answer; tried again soon',
      );
    }
  });
}
