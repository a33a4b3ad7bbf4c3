// What a page looks like on paper: Chromium prints it to PDF, and poppler reads the text of each sheet.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** @returns the text of each sheet, as it stands there line by line */
export async function printPage(page: Page): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-print-'));
  try {
    const file = join(folder, 'page.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    // a font's ligatures are the letters again that a reader sees: ﬁ → fi
    return text.normalize('NFKC').split('\f').slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
