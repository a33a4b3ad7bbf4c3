// Row `slip`: how fast a Chinese check-in slip is encoded, and in how many bytes, against the encoders people use.
import { encodeSlip } from '../../device/printers/encode-slip.ts';
import type { Slip } from '../../device/receipt-printer.ts';
import { EscPosInterpreter } from '../simulators/esc-pos-interpreter.ts';
import { columnsOfRun, type PaperItem } from '../simulators/paper.ts';
import { checkInSlip } from '../simulators/sample-slips.ts';
import { loadPeer, peerLabel } from './peers.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';
import { type SlipEncoder, type SlipPeer, slipEncoderOf, slipPeers } from './slip-peers.ts';

const profile = {
  columns: 48,
  dots: 576,
  hasCutter: true,
  status: 'dle-eot',
  hanzi: 'gb18030',
  hasNativeQr: true,
  completionProof: 'echo',
  hasCounters: false,
} as const;
const runMs = 120;
/** Runs until each is compiled: on a busy machine the compiler comes late. */
const warmUps = 3;
const mostBytes = 850;
/** Promised, whatever else they print. */
const promised: Partial<Record<SlipPeer, number>> = { escpos: 10, receiptline: 100 };

/**
 * Medians of interleaved runs, slips per second of processor time. Beside what is promised, ours must not be slower than the fastest peer
 * whose slip reads like the slip; those that print something else are named for it.
 */
export async function slipRow({ isQuick }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 3 : 7;
  const ours: SlipEncoder = () => encodeSlip(checkInSlip, profile, 1);
  const contenders = new Map<SlipPeer | 'ours', SlipEncoder>([['ours', ours]]);
  for (const peer of slipPeers) {
    contenders.set(peer, slipEncoderOf(peer, loadPeer(peer), checkInSlip));
  }
  const speeds = new Map([...contenders.keys()].map((name) => [name, [] as number[]]));
  for (let run = -warmUps; run < runs; run += 1) {
    for (const [name, encode] of contenders) {
      const speed = slipsPerSecond(encode);
      if (run >= 0) speeds.get(name)?.push(speed);
    }
  }
  const speedOf = (name: SlipPeer | 'ours') => median(speeds.get(name) ?? []);
  const rightOnes = new Set(slipPeers.filter((peer) => isPrintedRight(contenders.get(peer) ?? ours)));
  const fastest = Math.max(0, ...[...rightOnes].map(speedOf));
  return [
    ...slipPeers.map((peer) => {
      const isRight = rightOnes.has(peer);
      const goal = promised[peer] ?? (isRight && speedOf(peer) === fastest ? 1 : 0);
      const note = isRight ? '' : ' (prints other text)';
      return ratioRow({
        row: 'slip',
        metric: `slips/s ÷ ${peer}`,
        op: '>=',
        goal,
        ours: speedOf('ours'),
        against: speedOf(peer),
        peer: `${peerLabel(peer)}${note}`,
        runs,
      });
    }),
    ratioRow({
      row: 'slip',
      metric: `bytes ÷ ${mostBytes}`,
      op: '<=',
      goal: 1,
      ours: isPrintedRight(ours) ? ours().length : Number.POSITIVE_INFINITY,
      against: mostBytes,
      peer: 'the limit',
      runs: 1,
    }),
  ];
}

/** Processor time, not the clock's: what else runs on this machine would hit the short runs of the fast ones most. */
function slipsPerSecond(encode: SlipEncoder): number {
  const start = process.cpuUsage();
  let slips = 0;
  let spentMs = 0;
  do {
    encode();
    slips += 1;
    // Asking for the time costs something too; the slow ones need it each time.
    if (slips < 16 || slips % 64 === 0) {
      const { user, system } = process.cpuUsage(start);
      spentMs = (user + system) / 1_000;
    }
  } while (spentMs < runMs);
  return (slips * 1_000) / spentMs;
}

/** Does the paper say what the slip says, each line on one line, with a code of some kind? */
export function isPrintedRight(encode: SlipEncoder): boolean {
  const items = new EscPosInterpreter(profile)
    .push(encode())
    .flatMap((action) => (action.kind === 'paper' ? [action.item] : []));
  const hasCode = items.some(({ kind }) => kind === 'qr' || kind === 'raster');
  return hasCode && JSON.stringify(linesOfPaper(items)) === JSON.stringify(linesOfSlip(checkInSlip));
}

/** Words only: how wide the space between label and value is, and what a rule is made of, is taste. */
function linesOfPaper(items: readonly PaperItem[]): string[] {
  return items
    .flatMap((item) => (item.kind === 'line' ? [item] : []))
    .filter(({ runs: r }) => r.reduce((sum, run) => sum + columnsOfRun(run), 0) <= profile.columns)
    .map(({ runs: r }) => r.map(({ text }) => text).join(''))
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '' && !/^[-─━?]+$/.test(text));
}

function linesOfSlip(slip: Slip): string[] {
  return slip.flatMap((line) => {
    if (line.kind === 'pair') return [`${line.label} ${line.value}`];
    return line.kind === 'title' || line.kind === 'text' ? [line.text] : [];
  });
}
