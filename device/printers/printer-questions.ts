// What a printer is asked in the order of its buffer: its answer proves that everything before was carried out. Pure.

/** Numbers of the counters that `counterQuery` asks for (Epson, maintenance counters). */
export const lineCounter = 20;
export const cutCounter = 50;

/**
 * GS ( H function 48: 37 22 d1–d4 00 comes back when everything before it is on paper.
 * @param digits four characters 0x20 … 0x7e
 */
export function echoRequest(digits: string): Buffer {
  return Buffer.from(`\x1d(H\x06\x0000${digits}`, 'latin1');
}

/** GS g 2 m nL nH: 5F, decimal digits, 00 comes back; the answer does not say to which counter. */
export function counterQuery(counter: number): Buffer {
  return Buffer.of(0x1d, 0x67, 0x32, 0, counter & 0xff, counter >> 8);
}

/** Digits for `echoRequest` that are no job's, and no other question's that may still lie in the buffer. */
export function freshMark(random: () => number = Math.random): string {
  return `q${Math.floor(random() * 36 ** 3)
    .toString(36)
    .padStart(3, '0')}`;
}
