// Row `frame`: from a card frame at the far end of a pseudo terminal to its CardRead, against the bare bytes there.
import { SerialPort } from 'serialport';
import { openCardReader } from '../../device/open-card-reader.ts';
import { PtyBridge } from '../simulators/pty-bridge.ts';
import { rdm6300Frame, SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

const warmUp = 50;
const frameBytes = 14;
const answerMs = 5_000;

/** A serial line with somebody who listens at its near end. */
interface Line {
  /** @returns ms from the frame leaving until it was heard */
  send(frame: Buffer): Promise<number>;
  close(): Promise<void>;
}

/** Percentiles over single frames; each card is new, and every frame is followed by the same on the other line. */
export async function frameRow({ isQuick }: RowOptions): Promise<Row[]> {
  const frames = isQuick ? 300 : 3_000;
  const [ours, floor]: [number[], number[]] = [[], []];
  const lines = [await openReaderLine(), await openBareLine()] as const;
  try {
    for (let n = -warmUp; n < frames; n += 1) {
      const frame = rdm6300Frame((n + warmUp + 1).toString(16).toUpperCase().padStart(10, '0'));
      // whoever goes second finds warmer caches
      const isOursFirst = n % 2 === 0;
      for (const isOurs of [isOursFirst, !isOursFirst]) {
        const ms = await lines[isOurs ? 0 : 1].send(frame);
        if (n >= 0) (isOurs ? ours : floor).push(ms);
      }
    }
  } finally {
    for (const line of lines) await line.close();
  }
  return [50, 99].map((percent) =>
    ratioRow({
      row: 'frame',
      metric: `p${percent}, ms ÷ bare pty`,
      op: '<=',
      goal: 2,
      ours: percentile(ours, percent),
      against: percentile(floor, percent),
      peer: 'serialport, 14 bytes',
      runs: frames,
    }),
  );
}

/** Our reader as the terminal opens it. */
async function openReaderLine(): Promise<Line> {
  const far = await openFarEnd();
  let heard = () => {};
  let noteReady = () => {};
  const ready = new Promise<void>((resolve) => {
    noteReady = resolve;
  });
  const reader = openCardReader(
    { kind: 'rdm6300', at: far.pty.address },
    { cardAbsenceMs: 400, retryMinMs: 20, retryMaxMs: 100 },
    {
      onRead: () => heard(),
      onUnusable: () => {},
      onNoise: () => {},
      onState: ({ kind }) => {
        if (kind === 'ready') noteReady();
      },
    },
  );
  await ready;
  return {
    send: (frame) => timed(far.reader, frame, (done) => (heard = done)),
    close: async () => {
      await reader.close();
      await far.close();
    },
  };
}

/** The same kind of line, read as barely as Node can. */
async function openBareLine(): Promise<Line> {
  const far = await openFarEnd();
  const port = new SerialPort({ path: far.pty.path, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  let heard = () => {};
  let bytes = 0;
  port.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes < frameBytes) return;
    bytes = 0;
    heard();
  });
  return {
    send: (frame) => timed(far.reader, frame, (done) => (heard = done)),
    close: async () => {
      await new Promise<void>((resolve) => port.close(() => resolve()));
      await far.close();
    },
  };
}

async function openFarEnd() {
  const reader = await SimulatedReader.start();
  const pty = await PtyBridge.open(reader.port);
  return {
    reader,
    pty,
    close: async () => {
      await pty.close();
      await reader.close();
    },
  };
}

function timed(reader: SimulatedReader, frame: Buffer, listen: (heard: () => void) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => reject(new Error('a card frame was not heard')), answerMs);
    listen(() => {
      clearTimeout(impatience);
      resolve(performance.now() - startMs);
    });
    const startMs = performance.now();
    reader.send(frame);
  });
}
