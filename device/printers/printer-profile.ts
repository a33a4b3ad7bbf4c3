// What a printer model can do.

export interface PrinterProfile {
  /** characters in a line of font A: 48 = 576 dots, 42 = 512 dots, 32 = 384 dots */
  readonly columns: 32 | 42 | 48;
  /** the Chinese character set that its fonts cover */
  readonly hanzi: 'gbk' | 'gb18030';
  /** draws QR codes itself (GS ( k) */
  readonly hasNativeQr: boolean;
  /** echoes GS ( H when the paper is out */
  readonly hasCompletionProof: boolean;
  /** tells lines fed and cuts (GS g 2); used only beside the echo. A printer that does not would print the question */
  readonly hasCounters: boolean;
}

/** A printer's native font is 12 dots wide, a Chinese character 24; 42 columns is the 512-dot head of 180 dpi models. */
export function dotsOf({ columns }: Pick<PrinterProfile, 'columns'>): number {
  return columns === 42 ? 512 : columns * 12;
}
