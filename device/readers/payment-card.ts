// Tells whether a card number looks like a bank card's (ISO/IEC 7812). Looks at bytes, keeps nothing.

/** ISO/IEC 7812: an account number has so many digits. */
const minDigits = 13;
const maxDigits = 19;

/** First six digits that banks and card schemes were given; also the numbers that Chinese banks used before UnionPay. */
const issuers: readonly (readonly [from: number, to: number])[] = [
  [103_000, 103_000],
  [220_000, 220_499],
  [222_100, 272_099],
  [300_000, 305_999],
  [309_500, 309_599],
  [340_000, 349_999],
  [352_800, 358_999],
  [360_000, 399_999],
  [400_000, 499_999],
  [500_000, 699_999],
  [810_000, 829_999],
  [940_000, 940_099],
  [955_000, 955_999],
  [984_000, 985_999],
  [998_800, 998_899],
];

/** @param number ASCII; anything but digits is no account number */
export function isPaymentLike(number: Uint8Array): boolean {
  if (number.length < minDigits || number.length > maxDigits) return false;
  if (!number.every((byte) => byte >= zero && byte <= zero + 9)) return false;
  const issuer = number.subarray(0, 6).reduce((value, byte) => value * 10 + byte - zero, 0);
  return issuers.some(([from, to]) => issuer >= from && issuer <= to) && isLuhnRight(number);
}

/** ISO/IEC 7812-1 annex B. @param digits ASCII */
export function isLuhnRight(digits: Uint8Array): boolean {
  const sum = digits.reduceRight((total, byte, index) => {
    const digit = byte - zero;
    const isDoubled = (digits.length - index) % 2 === 0;
    const weighed = isDoubled ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

const zero = 0x30;
