// The shelf of simulated printers: which dialects each speaks, as models differ in shops.
import type { InterpreterOptions } from './esc-pos-interpreter.ts';

export interface SimulatedPrinterModel extends InterpreterOptions {
  /** answers DLE EOT */
  readonly hasRealTimeStatus: boolean;
  /** obeys GS a */
  readonly hasAutomaticStatus: boolean;
  /** answers GS r */
  readonly hasTransmission: boolean;
  /** answers GS ( H */
  readonly hasCompletionProof: boolean;
  /** answers GS g 2 */
  readonly hasCounters: boolean;
  /** draws QR codes itself (GS ( k); one that does not leaves them out */
  readonly hasNativeQr: boolean;
  /** one without leaves its paper hanging until somebody tears it off */
  readonly hasCutter: boolean;
  /** a cutter error stays until the host ends it, although the blade is free */
  readonly cutterNeedsHost: boolean;
}

const full: SimulatedPrinterModel = {
  columns: 48,
  hanzi: 'gb18030',
  hasRealTimeStatus: true,
  hasAutomaticStatus: true,
  hasTransmission: true,
  hasCompletionProof: true,
  hasCounters: true,
  hasNativeQr: true,
  hasCutter: true,
  cutterNeedsHost: false,
};

export const simulatedModels = {
  /** says everything that can be said */
  full,
  /** echoes, and keeps its counters to itself */
  'echo-only': { ...full, hasCounters: false },
  /** the better clone: answers GS r, knows no GS ( H */
  transmitting: { ...full, hasCompletionProof: false, hasCounters: false },
  /** tells its state only in the order of its buffer */
  'in-order': {
    ...full,
    columns: 32,
    hanzi: 'gbk',
    hasRealTimeStatus: false,
    hasAutomaticStatus: false,
    hasCompletionProof: false,
    hasCounters: false,
  },
  /** tells nothing at all */
  silent: {
    columns: 32,
    hanzi: 'gb2312',
    hasRealTimeStatus: false,
    hasAutomaticStatus: false,
    hasTransmission: false,
    hasCompletionProof: false,
    hasCounters: false,
    hasNativeQr: false,
    hasCutter: false,
    cutterNeedsHost: false,
  },
} as const satisfies Readonly<Record<string, SimulatedPrinterModel>>;
