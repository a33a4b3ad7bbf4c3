// Types text as a keyboard's reports: one key down, all keys up, and so on.

const rows: readonly (readonly [usage: number, plain: string, shifted: string])[] = [
  [0x04, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [0x1e, '1234567890', '!@#$%^&*()'],
  [0x2d, '-=[]\\', '_+{}|'],
  [0x33, ";'`,./", ':"~<>?'],
  [0x2c, ' ', ' '],
  [0x28, '\r', '\r'],
  [0x2b, '\t', '\t'],
];
export const leftShift = 0x02;
export const leftControl = 0x01;
export const leftAlt = 0x04;

/** @returns the key and the modifiers that a US keyboard needs for a character */
export function keyFor(character: string): { readonly usage: number; readonly modifiers: number } {
  if (character === '\n') return { usage: 0x0d, modifiers: leftControl };
  for (const [usage, plain, shifted] of rows) {
    if (plain.includes(character)) return { usage: usage + plain.indexOf(character), modifiers: 0 };
    if (shifted.includes(character))
      return { usage: usage + shifted.indexOf(character), modifiers: leftShift };
  }
  throw new RangeError('no such key');
}

export function keyDown(usage: number, modifiers = 0): Buffer {
  return Buffer.from([modifiers, 0, usage, 0, 0, 0, 0, 0]);
}

export function typeText(text: string): Buffer[] {
  return Array.from(text).flatMap((character) => {
    const { usage, modifiers } = keyFor(character);
    return [keyDown(usage, modifiers), keyDown(0)];
  });
}

/** The same for the keyboard with a bit for every key. */
export function typeBits(text: string): Buffer[] {
  return Array.from(text).flatMap((character) => {
    const { usage, modifiers } = keyFor(character);
    const report = Buffer.alloc(17);
    report[0] = 2;
    report[1] = modifiers;
    report[2 + (usage >> 3)] = 1 << (usage & 7);
    return [report, Buffer.from([2, ...Buffer.alloc(16)])];
  });
}
