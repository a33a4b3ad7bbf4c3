// What is promised by when, by the profiles that are shipped; the terms that hold are the most particular.
import { describe, expect, it } from 'vitest';
import { promised, promiseOrder, whenOpen } from '../../../sync/contract/promises.ts';
import { shippedRules } from '../../../sync/headquarters/service/shipped-rules.ts';

const filedAt = new Date('2026-11-20T02:00:00.000Z');
const later = (ms: number): string => new Date(filedAt.getTime() + ms).toISOString();
const hour = 3_600_000;
const profile = (code: string) => {
  const found = shippedRules.profiles.find((one) => one.code === code);
  if (!found) throw new Error(`there is no profile ${code}`);
  return found;
};
const iso = ({ replyBy, onSiteBy }: ReturnType<typeof promised>) => [
  replyBy?.toISOString(),
  onSiteBy?.toISOString(),
];

describe('D18: promises', () => {
  it('coastal answers in 10 minutes and comes within the hour, day and night', () => {
    const coastal = (request: 'repair' | 'complaint' | 'praise') =>
      iso(promised(profile('coastal'), { request, at: filedAt, isWritten: true }));
    expect(coastal('repair')).toEqual([later(600_000), later(hour)]);
    expect(coastal('complaint')).toEqual([later(600_000), undefined]);
    expect(coastal('praise')).toEqual([undefined, undefined]);
  });

  it('D6 bluelight answers in an hour, a written message in a working day, and nobody waits for it at night', () => {
    const bluelight = (at: Date, isWritten: boolean) =>
      iso(promised(profile('bluelight'), { request: 'enquiry', at, isWritten }))[0];
    // Friday 10:00 in Shanghai; a message is answered by Monday at the same time
    expect(bluelight(filedAt, false)).toBe(later(hour));
    expect(bluelight(filedAt, true)).toBe(later(72 * hour));
    // Friday 22:00: an hour of Monday
    expect(bluelight(new Date('2026-11-20T14:00:00.000Z'), false)).toBe('2026-11-23T02:00:00.000Z');
    expect(whenOpen(profile('bluelight'), '2026-11-21T05:00:00.000Z')).toBe('2026-11-23T01:00:00.000Z');
    expect(whenOpen(profile('coastal'), '2026-11-21T05:00:00.000Z')).toBe('2026-11-21T05:00:00.000Z');
  });

  it('of several terms those of project and kind come first, then the project, then the kind', () => {
    expect(promiseOrder('siji', 'repair')).toEqual([
      ['siji', 'repair'],
      ['siji', null],
      [null, 'repair'],
      [null, null],
    ]);
    expect(promiseOrder(null, 'repair')).toEqual([
      [null, 'repair'],
      [null, null],
    ]);
  });
});
