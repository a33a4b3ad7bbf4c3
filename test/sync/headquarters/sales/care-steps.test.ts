// The 6+2 steps follow from a purchase's dates, and a contact is over only when somebody made it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type CareFacts, careOf } from '../../../../sync/headquarters/sales/care-steps.ts';

const none: CareFacts = {
  reached: {},
  handOverPlannedOn: null,
  handedOverOn: null,
  warrantyUntil: null,
  contacted: {},
};
const bought: CareFacts = { ...none, reached: { subscription: '2024-01-10', signing: '2024-02-01' } };
const home: CareFacts = { ...bought, handedOverOn: '2025-03-01', warrantyUntil: '2027-03-01' };

describe('SA8 D8 the step of care', () => {
  it.each([
    [none, '2024-01-01', undefined],
    [{ ...none, reached: { subscription: '2024-01-10' } }, '2024-01-12', 'first-meeting'],
    [bought, '2024-02-10', 'signing'],
    [bought, '2024-06-01', 'building-visits'],
    [{ ...bought, handOverPlannedOn: '2025-03-01' }, '2025-02-10', 'moving-in'],
    [home, '2025-03-10', 'moving-in'],
    [home, '2025-06-01', 'greetings'],
    [home, '2026-06-01', 'responsibility'],
    [home, '2027-06-01', 'together'],
    [home, '2029-02-20', 'four-years'],
    [home, '2029-05-01', 'four-years'],
    [{ ...home, contacted: { 'four-years': '2029-03-01' } }, '2029-05-01', 'together'],
    [home, '2030-03-05', 'together'],
    [home, '2033-03-05', 'four-years'],
  ] as const)('%# is the right one', (facts, today, step) => {
    expect(careOf(facts, today)?.step).toBe(step);
  });

  it('a contact stays due until it was made, then the next is planned after it', () => {
    const first = careOf(home, '2026-12-01')?.next?.on ?? '';
    expect(first).toBe('2026-08-28');
    expect(careOf({ ...home, contacted: { responsibility: first } }, '2026-12-01')?.next?.on).toBe(
      '2027-02-24',
    );
  });

  it('never goes back as days pass, but for the visits of four years', () => {
    const order = ['moving-in', 'greetings', 'responsibility', 'together'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 400 }), (after, more) => {
        const at = careOf(home, addDays('2025-03-01', after))?.step ?? '';
        const later = careOf(home, addDays('2025-03-01', after + more))?.step ?? '';
        if (at === 'four-years' || later === 'four-years') return;
        expect(order.indexOf(later)).toBeGreaterThanOrEqual(order.indexOf(at));
      }),
    );
  });
});
