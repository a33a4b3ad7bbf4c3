// What headquarters does by itself as time goes by, one process of all: what is done late is dated when it was due.
import { warnOfEndingCertificates } from './fleet/certificate-watch.ts';
import { voidRetired } from './fleet/retired-terminals.ts';
import type { Log } from './log.ts';
import type { Parts } from './parts.ts';
import { type Duty, repeated } from './workers/leader-duties.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

export function regularDuties(parts: Parts, log: Log): Duty[] {
  const duty = (everyMs: number, event: string, work: () => Promise<unknown>): Duty =>
    repeated(everyMs, async () => {
      try {
        await work();
      } catch (error) {
        const name = error instanceof Error ? error.name : 'unknown';
        log.error({ event, error: name }, 'the store did not answer; tried again soon');
      }
    });
  return [
    duty(minuteMs, 'points-not-kept', async () => {
      await parts.rules.keepInForce();
      await parts.club.refreshLevels();
      await parts.awards.purchases.bookOwed();
    }),
    duty(minuteMs, 'merges-not-swept', () => parts.joining.sweep()),
    duty(5 * secondMs, 'batches-not-booked', () => parts.batches.bookEnded()),
    // what climbs, climbs at its own instant; this is how soon it is seen
    duty(secondMs, 'ladder-not-climbed', parts.ladder.tick),
    duty(minuteMs, 'digest-not-told', () => parts.digest.tellWhenDue()),
    duty(hourMs, 'old-sessions-not-withdrawn', () => parts.oldSessions.withdraw()),
    duty(hourMs, 'care-not-refreshed', () => parts.sales.purchases.refresh()),
    duty(hourMs, 'rectifications-not-raised', () => parts.rectifications.raiseWhenOver()),
    duty(hourMs, 'certificates-not-watched', () => warnOfEndingCertificates(parts)),
    duty(5 * secondMs, 'drift-not-seen', () => parts.driftWatch.look()),
    duty(5 * secondMs, 'retired-not-voided', () => voidRetired(parts)),
    // whatever changed a device's record, its twin follows
    duty(minuteMs, 'twins-not-refreshed', () =>
      parts.store.transaction((tx) => parts.twins.refresh(tx, 'all')),
    ),
    duty(5 * secondMs, 'rollout-not-carried-on', () => parts.rolloutRounds.go()),
    duty(10 * minuteMs, 'surveys-not-opened', () => parts.surveyInvites.openDue()),
  ];
}
