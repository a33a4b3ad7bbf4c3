// Makes `device/printers/glyph-pack.json` from GNU Unifont: `node dist/test/device/printers/make-glyph-pack.js unifont.hex OUT`.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const [hexFile, outFile] = process.argv.slice(2);
if (!hexFile || !outFile) throw new Error('usage: make-glyph-pack.js unifont.hex OUT');

/** one line a character: `4E00:` and 16 rows of 8 or 16 pixels in hex */
const drawn = new Map(
  readFileSync(hexFile, 'latin1')
    .trim()
    .split('\n')
    .map((line): [number, string] => {
      const [code = '', rows = ''] = line.split(':');
      return [Number.parseInt(code, 16), rows];
    }),
);
const units = [...wantedUnits()].filter((unit) => drawn.has(unit)).sort((a, b) => a - b);
const presence = Buffer.alloc(0x2000);
for (const unit of units) presence[unit >> 3] = (presence[unit >> 3] ?? 0) | (0x80 >> (unit & 7));
const bytes = Buffer.concat([presence, ...units.map(cellOf)]);
const packed = brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
const pack = {
  font: 'GNU Unifont 15.0.01, https://unifoundry.com/unifont/',
  licence: 'SIL Open Font License 1.1 (see glyph-pack.OFL.txt)',
  glyphs: packed.toString('base64'),
};
writeFileSync(outFile, `${JSON.stringify(pack, null, 2)}\n`);

/** All that GB18030 has in two bytes, extension A, ASCII, Latin letters, and signs that people paste. */
function wantedUnits(): Set<number> {
  const wanted = new Set<number>();
  const decoder = new TextDecoder('gb18030');
  for (let code = 0x8140; code <= 0xfefe; code += 1) {
    const char = decoder.decode(Uint8Array.of(code >> 8, code & 0xff));
    const unit = char.length === 1 ? char.charCodeAt(0) : 0;
    if (unit > 0x7f && unit !== 0xfffd && (unit < 0xe000 || unit > 0xf8ff)) wanted.add(unit);
  }
  const ranges = [
    [0x20, 0x7e],
    [0xa1, 0x24f],
    [0x20a0, 0x20bf],
    [0x2190, 0x25ff],
    [0x3400, 0x4dbf],
  ] as const;
  for (const [first, last] of ranges) for (let unit = first; unit <= last; unit += 1) wanted.add(unit);
  return wanted;
}

/** 16 rows of two bytes; a narrow character beyond ASCII stands in the middle of its wide cell. */
function cellOf(unit: number): Buffer {
  const rows = Buffer.from(drawn.get(unit) ?? '', 'hex');
  if (rows.length === 32) return rows;
  const cell = Buffer.alloc(32);
  for (const [y, pixels] of rows.entries())
    cell.writeUInt16BE(unit < 0x80 ? pixels << 8 : pixels << 4, 2 * y);
  return cell;
}
