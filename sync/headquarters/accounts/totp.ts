// Six digits that change every half minute (RFC 6238 with SHA-1): what every authenticator app understands.
import { createHmac, timingSafeEqual } from 'node:crypto';

const stepMs = 30_000;
/** A telephone's clock may be off by this many steps, either way. */
const steps = [0, -1, 1] as const;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / stepMs);
}

/** @returns six digits */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(at) & 0x7f_ff_ff_ff;
  return String(number % 1_000_000).padStart(6, '0');
}

/**
 * @param after a step that was used already: it and those before it are good no more
 * @returns the step whose code this is
 */
export function matchingStep(
  secret: Uint8Array,
  typed: string,
  { now, after }: { readonly now: Date; readonly after: number },
): number | undefined {
  const given = Buffer.from(typed.replaceAll(/\s/g, ''));
  return steps
    .map((offset) => stepAt(now) + offset)
    .find((step) => {
      const wanted = Buffer.from(totpCode(secret, step));
      return step > after && given.length === wanted.length && timingSafeEqual(given, wanted);
    });
}

/** RFC 4648 without padding, as apps read it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}

/** What a QR for an app holds. */
export function otpauthUri(issuer: string, account: string, secret: Uint8Array): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
