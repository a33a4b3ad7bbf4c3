// What a page looks like on paper: Chromium prints it to PDF, and Ghostscript reads the text of each sheet.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export interface PrintedPage {
  /** how many sheets */
  readonly sheets: number;
  readonly text: string;
}

export async function printPage(page: Page): Promise<PrintedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-print-'));
  try {
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const file = join(folder, 'page.pdf');
    writeFileSync(file, pdf);
    const text = execFileSync(
      'gs',
      ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=txtwrite', '-sOutputFile=-', file],
      {
        encoding: 'utf8',
      },
    );
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    // a font's ligatures are the letters again that a reader sees: ﬁ → fi
    return { sheets, text: text.normalize('NFKC') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
