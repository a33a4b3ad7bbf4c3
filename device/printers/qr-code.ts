// QR codes on paper: drawn by the printer where it can, as dots where it cannot.
import { encode } from 'uqr';
import type { ByteWriter } from './byte-writer.ts';
import type { PrinterProfile } from './printer-profile.ts';

/** Bytes that versions 1 … 40 hold at error correction level M (ISO/IEC 18004, table 7). */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];
/** Blank modules on each side. */
const quietModules = 4;

/** @returns false, and nothing written, when the content is empty or too long for any QR code */
export function writeQr(writer: ByteWriter, content: string, profile: PrinterProfile): boolean {
  // DLE starts the commands that a printer obeys even inside data; no QR content needs control characters but line ends.
  const data = Buffer.from(content.replace(/[^\P{Cc}\n\r\t]/gu, ''));
  const version = capacities.findIndex((capacity) => capacity >= data.length) + 1;
  if (data.length === 0 || version === 0) return false;
  const modules = 17 + 4 * version;
  const dots = Math.min(6, Math.floor(profile.dots / (modules + 2 * quietModules)));
  if (profile.hasNativeQr) writeNative(writer, data, dots);
  else writeRaster(writer, data, dots);
  return true;
}

function writeNative(writer: ByteWriter, data: Buffer, dots: number): void {
  const length = data.length + 3;
  // model 2 · module size · level M · store · print
  writer.put(0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0);
  writer.put(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, dots);
  writer.put(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31);
  writer.put(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30);
  writer.bytes(data);
  writer.put(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30);
}

/**
 * GS v 0. At two dots a module or more no byte of the picture has a single dark dot between light ones,
 * so it holds no 0x10 and no real-time command can be read out of it.
 */
function writeRaster(writer: ByteWriter, data: Buffer, dots: number): void {
  const { data: modules, size } = encode([...data], { ecc: 'M', boostEcc: false, border: 0 });
  const scale = Math.max(2, dots);
  const rowBytes = Math.ceil((size * scale) / 8);
  const height = size * scale;
  writer.put(0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, height & 0xff, height >> 8);
  for (const modulesOfRow of modules) {
    const row = Buffer.alloc(rowBytes);
    for (let x = 0; x < height; x += 1) {
      if (modulesOfRow[Math.floor(x / scale)]) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
    }
    for (let n = 0; n < scale; n += 1) writer.bytes(row);
  }
  writer.put(0x0a);
}
