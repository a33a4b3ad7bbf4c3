// The app on somebody's telephone: reads what a QR holds and shows six digits.
import { stepAt, totpCode } from '../../sync/headquarters/accounts/totp.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What it shows at that time for what was scanned. */
export function appCode(uri: string, ms: number): string {
  return codeOfKey(new URL(uri).searchParams.get('secret') ?? '', ms);
}

/** @param key base32, as somebody typed it */
export function codeOfKey(key: string, ms: number): string {
  const text = key.replaceAll(/\s/g, '');
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return totpCode(Buffer.from(bytes), stepAt(new Date(ms)));
}
