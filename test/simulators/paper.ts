// What can be on a strip of paper, and how it reads as text.

export type Align = 'left' | 'centre' | 'right';

/** Characters of one style; `width` and `height` are multiples of the 12 × 24 dot cell. */
export interface TextRun {
  readonly text: string;
  readonly isBold: boolean;
  readonly isUnderlined: boolean;
  readonly width: number;
  readonly height: number;
}

export type PaperItem =
  /** `isFull`: the printer broke the line because the next character did not fit */
  | {
      readonly kind: 'line';
      readonly align: Align;
      readonly runs: readonly TextRun[];
      readonly isFull: boolean;
    }
  | { readonly kind: 'qr'; readonly align: Align; readonly content: string; readonly moduleDots: number }
  | {
      readonly kind: 'raster';
      readonly align: Align;
      readonly widthDots: number;
      readonly heightDots: number;
      /** rows of `widthDots / 8` bytes, most significant bit left */
      readonly bits: Uint8Array;
    }
  | { readonly kind: 'feed'; readonly dots: number };

/** Everything but ASCII is a whole Chinese cell: two columns. */
export function columnsOfRun({ text, width }: TextRun): number {
  return [...text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0) * width;
}

export function isWide(char: string): boolean {
  return char > '\x7f';
}

/** One line of text for each line on the paper; a QR code reads as `[QR content]`. */
export function textOfPaper(items: readonly PaperItem[]): string {
  return items.flatMap((item) => textOfItem(item)).join('\n');
}

function textOfItem(item: PaperItem): string[] {
  switch (item.kind) {
    case 'line':
      return [item.runs.map(({ text }) => text).join('')];
    case 'qr':
      return [`[QR ${item.content}]`];
    case 'raster':
      return [`[picture ${item.widthDots} × ${item.heightDots}]`];
    case 'feed':
      return [];
  }
}
