// Hexadecimal digits as bytes, so that no string of a card is made: strings cannot be wiped.

/** @returns upper-case ASCII, two digits a byte */
export function asciiHex(bytes: Uint8Array): Buffer {
  const digits = Buffer.alloc(bytes.length * 2);
  bytes.forEach((byte, at) => {
    digits[at * 2] = asciiDigit(byte >> 4);
    digits[at * 2 + 1] = asciiDigit(byte & 15);
  });
  return digits;
}

/** @returns 0 … 15, or -1 when the byte is no ASCII hex digit */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** @returns the bytes, or null when there is an odd number of digits or one is none */
export function bytesOfAsciiHex(digits: Uint8Array): Buffer | null {
  if (digits.length % 2 !== 0) return null;
  const bytes = Buffer.alloc(digits.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    const high = hexDigit(digits[at * 2] ?? 0);
    const low = hexDigit(digits[at * 2 + 1] ?? 0);
    if (high < 0 || low < 0) {
      bytes.fill(0);
      return null;
    }
    bytes[at] = high * 16 + low;
  }
  return bytes;
}

function asciiDigit(value: number): number {
  return value < 10 ? 0x30 + value : 0x37 + value;
}
