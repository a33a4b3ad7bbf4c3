// A second, independent reader of ESC/POS: the grammar of its commands as a table of lengths, nothing about their effect.
import type { HanziLevel } from '../../../device/printers/printer-profile.ts';

export interface Token {
  readonly kind: 'text' | 'feed' | 'command' | 'raster' | 'unknown';
  readonly bytes: Buffer;
  /** of `text` only */
  readonly text: string;
}

/**
 * Hex of the first bytes → the length of the whole command: a number, or read from the bytes that follow.
 * Source: the command lists of Epson's reference and of the TM-T88 and SP-POS manuals.
 */
const lengths: readonly (readonly [start: string, length: number | ((bytes: Buffer) => number)])[] = [
  ['1004', 3],
  ['1005', 3],
  ['1014', (bytes) => (bytes[2] === 8 ? 10 : 5)],
  ['1b40', 2],
  ['1b2d', 3],
  ['1b21', 3],
  ['1b34', 2],
  ['1b35', 2],
  ['1b45', 3],
  ['1b47', 3],
  ['1b4a', 3],
  ['1b4d', 3],
  ['1b52', 3],
  ['1b61', 3],
  ['1b64', 3],
  ['1b70', 5],
  ['1b74', 3],
  ['1b2a', (bytes) => 5 + bytes.readUInt16LE(3) * ((bytes[2] ?? 0) >= 32 ? 3 : 1)],
  ['1b5a', (bytes) => 7 + bytes.readUInt16LE(5)],
  ['1c26', 2],
  ['1c2e', 2],
  ['1c21', 3],
  ['1c2d', 3],
  ['1c57', 3],
  ['1d21', 3],
  ['1d28', (bytes) => 5 + bytes.readUInt16LE(3)],
  ['1d56', (bytes) => ((bytes[2] ?? 0) >= 65 ? 4 : 3)],
  ['1d67', 6],
  ['1d72', 3],
  ['1d7630', (bytes) => 8 + bytes.readUInt16LE(4) * bytes.readUInt16LE(6)],
];

/** Whole tokens only; the rest of a torn command is `unknown`. */
export function tokensOf(bytes: Buffer, hanzi: HanziLevel): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < bytes.length; ) {
    const token = next(bytes.subarray(at), hanzi);
    tokens.push(token);
    at += token.bytes.length;
  }
  return tokens;
}

function next(bytes: Buffer, hanzi: HanziLevel): Token {
  const [first = 0, second = 0] = bytes;
  if (first === 0x0a) return { kind: 'feed', bytes: bytes.subarray(0, 1), text: '' };
  if (first >= 0x20) return textToken(bytes, first < 0x80 ? 1 : hanzi === 'none' ? 0 : second < 0x40 ? 4 : 2);
  const [start, length] = lengths.find(([name]) => bytes.toString('hex', 0, name.length / 2) === name) ?? [];
  if (start === undefined || length === undefined) return unknown(bytes);
  const head = Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(8)]);
  const whole = typeof length === 'number' ? length : length(head);
  if (whole > bytes.length) return unknown(bytes);
  return { kind: start === '1d7630' ? 'raster' : 'command', bytes: bytes.subarray(0, whole), text: '' };
}

const decoder = new TextDecoder('gb18030', { fatal: true });

function textToken(bytes: Buffer, length: number): Token {
  const part = bytes.subarray(0, length);
  try {
    const text = length > 0 && bytes[0] !== 0x7f ? decoder.decode(part) : '';
    return text.length === 1 ? { kind: 'text', bytes: part, text } : unknown(bytes);
  } catch {
    return unknown(bytes);
  }
}

function unknown(bytes: Buffer): Token {
  return { kind: 'unknown', bytes, text: '' };
}
