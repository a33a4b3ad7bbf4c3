// What a printer model can do.

/**
 * The Chinese characters that its fonts cover: `gb2312` 6,763 of 1980 · `gbk` 20,902 · `gb18030-2` and the few two-byte
 * additions of 2000 · `gb18030` and extension A in four bytes · `none` single bytes only.
 */
export const hanziLevels = ['none', 'gb2312', 'gbk', 'gb18030-2', 'gb18030'] as const;
export type HanziLevel = (typeof hanziLevels)[number];

export interface PrinterProfile {
  /** characters in a line of font A */
  readonly columns: 32 | 42 | 48;
  /** across the head; at least 12 a column */
  readonly dots: number;
  readonly hanzi: HanziLevel;
  /** draws QR codes itself (GS ( k) */
  readonly hasNativeQr: boolean;
  readonly hasCutter: boolean;
  /** how it tells its state: asked by DLE EOT, by itself with GS a, only in the order of its buffer by GS r, or not at all */
  readonly status: 'dle-eot' | 'automatic' | 'gs-r' | 'none';
  /** what proves that a job is on paper: the echo of GS ( H, the answer to GS r behind the job, or nothing */
  readonly completionProof: 'echo' | 'transmit' | 'none';
  /** tells lines fed and cuts (GS g 2); used only beside the echo. A printer that does not would print the question */
  readonly hasCounters: boolean;
  /**
   * What ends a cutter error besides the power switch: `resume` by DLE ENQ 1, the same slip goes on · `clear` by DLE ENQ 2,
   * the slip is forgotten. Not said = the printer recovers by itself or must be switched off.
   */
  readonly cutterRecovery?: 'resume' | 'clear';
}
