// Row `raster`: a picture as wide as the paper from dots to bytes that are safe, against a loop that only packs.

import { printerModels } from '../../device/printers/printer-models.ts';
import { encodeRaster, packDots } from '../../device/printers/raster.ts';
import { RealTimeCommands } from '../simulators/real-time-commands.ts';
import { loadPeer, peerLabel } from './peers.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const width = 576;
const height = 400;
const runMs = 100;

/** One byte a dot: a dithered slope, so that every kind of byte occurs, commands among them. */
const dots = Uint8Array.from({ length: width * height }, (_, n) => {
  const [x, y] = [n % width, Math.floor(n / width)];
  return (x * 7 + y * 13 + ((x * y) >> 3)) % 97 < x / 8 ? 1 : 0;
});

/** Medians of interleaved runs, ms a picture. */
export async function rasterRow({ isQuick }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 3 : 7;
  const profile = printerModels['generic-80mm'];
  if (!profile) throw new Error('no generic printer');
  const contenders = {
    ours: () => encodeRaster(packDots(width, height, dots), profile),
    'a plain loop': plainLoop,
    escpos: escposRaster(loadPeer('escpos') as Escpos),
  };
  if (new RealTimeCommands().push(contenders.ours()).length > 0) throw new Error('ours holds live commands');
  const times: Record<keyof typeof contenders, number[]> = { ours: [], 'a plain loop': [], escpos: [] };
  for (let run = 0; run <= runs; run += 1) {
    for (const name of Object.keys(contenders) as (keyof typeof contenders)[]) {
      const time = msEach(contenders[name]);
      // the first run warms up
      if (run > 0) times[name].push(time);
    }
  }
  const row = (against: 'a plain loop' | 'escpos', goal: number, peer: string) =>
    ratioRow({
      row: 'raster',
      metric: `ms a picture ÷ ${against}`,
      op: '<=',
      goal,
      ours: median(times.ours),
      against: median(times[against]),
      peer,
      runs,
    });
  return [
    row('a plain loop', 2, 'packs only, may hold live commands'),
    row('escpos', 1, peerLabel('escpos')),
  ];
}

function msEach(encode: () => Uint8Array): number {
  const start = performance.now();
  let count = 0;
  do {
    encode();
    count += 1;
  } while (performance.now() - start < runMs);
  return (performance.now() - start) / count;
}

/** What one writes first: GS v 0 and bit by bit. */
function plainLoop(): Uint8Array {
  const rowBytes = width / 8;
  const bytes = Buffer.alloc(8 + rowBytes * height);
  bytes.set([0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, height & 0xff, height >> 8]);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (dots[y * width + x]) {
        const at = 8 + y * rowBytes + (x >> 3);
        bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
      }
    }
  }
  return bytes;
}

interface Escpos {
  readonly Printer: new (adapter: object) => { raster(image: object): { flush(): void } };
  readonly Image: new (pixels: object) => object;
}

/** Its own way, from the RGBA pixels that it wants. */
function escposRaster({ Printer, Image }: Escpos): () => Uint8Array {
  const data = new Uint8Array(4 * dots.length);
  for (const [n, dot] of dots.entries()) data.set(dot ? [0, 0, 0, 255] : [255, 255, 255, 255], 4 * n);
  let bytes: Uint8Array = new Uint8Array();
  const adapter = {
    write: (part: Uint8Array) => {
      bytes = part;
    },
  };
  return () => {
    const image = new Image({ data, shape: [width, height, 4] });
    new Printer(adapter).raster(image).flush();
    return bytes;
  };
}
