// What a loan costs each month when every payment is equal (等额本息); an estimate, in whole fen.

export interface Loan {
  /** in fen */
  readonly amount: number;
  /** a year, in hundredths of a per cent: 350 = 3.5 % */
  readonly rate: number;
  readonly years: number;
}

export interface Repayment {
  /** each month, in fen, rounded */
  readonly monthly: number;
  /** over all years, in fen, rounded */
  readonly paid: number;
  /** of it interest */
  readonly interest: number;
}

/** payment = loan × monthly rate ÷ (1 − (1 + monthly rate)^−months) */
export function repaymentOf({ amount, rate, years }: Loan): Repayment {
  const months = years * 12;
  const monthlyRate = rate / 10_000 / 12;
  const exact =
    monthlyRate === 0 ? amount / months : (amount * monthlyRate) / (1 - (1 + monthlyRate) ** -months);
  const paid = Math.round(exact * months);
  return { monthly: Math.round(exact), paid, interest: paid - amount };
}

/** @param share paid at once, in per cent @returns the rest in fen, to whole thousands of yuan as banks lend it */
export function loanAfter(price: number, share: number): number {
  return Math.floor((price * (100 - share)) / 100 / 100_000) * 100_000;
}
