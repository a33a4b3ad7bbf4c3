// Time that counts only while headquarters works: holidays, worked weekends, summer time.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  addOpen,
  addOpenDays,
  type Calendar,
  calendarSchema,
  isOpen,
  openAlways,
  openMs,
} from '../../../sync/contract/calendar.ts';

const nineToSix = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const calendar: Calendar = {
  timeZone: 'Asia/Shanghai',
  week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workdays: ['2026-10-10'],
};
const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const minute = 60_000;

describe('SV8: the business calendar', () => {
  it('goes on after lunch, the night, the weekend and the holidays', () => {
    expect(addOpen(calendar, at('2026-09-29T11:50'), 20 * minute)).toBe(at('2026-09-29T13:40'));
    expect(addOpen(calendar, at('2026-09-29T17:50'), 20 * minute)).toBe(at('2026-09-30T09:10'));
    expect(addOpen(calendar, at('2026-09-30T17:50'), 20 * minute)).toBe(at('2026-10-08T09:10'));
    // the Saturday after the holidays is worked, the Sunday is not
    expect(addOpen(calendar, at('2026-10-09T17:50'), 20 * minute)).toBe(at('2026-10-10T09:10'));
    expect(addOpen(calendar, at('2026-10-10T17:50'), 20 * minute)).toBe(at('2026-10-12T09:10'));
    expect(openMs(calendar, at('2026-09-30T17:00'), at('2026-10-08T10:00'))).toBe(120 * minute);
    expect(isOpen(calendar, at('2026-10-01T10:00'))).toBe(false);
    expect(isOpen(calendar, at('2026-10-10T10:00'))).toBe(true);
  });

  it('counts working days', () => {
    expect(addOpenDays(calendar, at('2026-09-29T10:00'), 1)).toBe(at('2026-09-30T10:00'));
    expect(addOpenDays(calendar, at('2026-09-30T10:00'), 1)).toBe(at('2026-10-08T10:00'));
    expect(addOpenDays(calendar, at('2026-10-10T22:00'), 2)).toBe(at('2026-10-14T09:00'));
  });

  it('day and night is plain time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (ms) => {
        const from = at('2026-03-01T08:12');
        expect(addOpen(openAlways, from, ms)).toBe(from + ms);
        expect(openMs(openAlways, from, from + ms)).toBe(ms);
      }),
    );
  });

  it('what was added is what lies between, in zones with summer time too', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-12-31') }),
        fc.integer({ min: 1, max: 30 * 3_600_000 }),
        (timeZone, from, ms) => {
          const local = { ...calendar, timeZone };
          const to = addOpen(local, from, ms);
          expect(openMs(local, from, to)).toBe(ms);
          expect(isOpen(local, to - 1)).toBe(true);
        },
      ),
    );
  });

  it('refuses a week without hours, and spans out of order', () => {
    const parse = (week: unknown) => v.safeParse(calendarSchema, { ...calendar, week }).success;
    expect(parse(calendar.week)).toBe(true);
    expect(parse([[], [], [], [], [], [], []])).toBe(false);
    expect(parse([[...nineToSix].reverse(), [], [], [], [], [], []])).toBe(false);
    expect(parse([[{ from: '18:00', to: '09:00' }], [], [], [], [], [], []])).toBe(false);
  });
});
