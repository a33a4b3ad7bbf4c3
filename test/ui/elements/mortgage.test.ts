// The estimate of a loan, against figures that banks' own tables give.
import { expect, it } from 'vitest';
import { loanAfter, repaymentOf } from '../../../ui/elements/mortgage.ts';

const million = 100_000_000;

it.each([
  // amount in fen, rate in 0.01 %, years, monthly in fen
  [million, 490, 30, 530_727],
  [million, 490, 20, 654_444],
  [million, 350, 30, 449_045],
  [million, 600, 10, 1_110_205],
  [million, 0, 10, 833_333],
])('%i fen at %i over %i years is %i a month', (amount, rate, years, monthly) => {
  expect(repaymentOf({ amount, rate, years }).monthly).toBe(monthly);
});

it('is paid off by its payments: what is left after the last one is nothing', () => {
  const { monthly, paid, interest } = repaymentOf({ amount: million, rate: 350, years: 30 });
  let left = million;
  for (let month = 0; month < 360; month += 1) left += (left * 0.035) / 12 - monthly;
  // a rounded payment is off by less than half a fen a month, and interest on that
  expect(Math.abs(left)).toBeLessThan(400);
  expect(paid - interest).toBe(million);
});

it('lends whole thousands of yuan', () => {
  expect(loanAfter(248_713_900, 30)).toBe(174_000_000);
  expect(loanAfter(0, 30)).toBe(0);
});
