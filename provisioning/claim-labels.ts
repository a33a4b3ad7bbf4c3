// Labels for claims: a sheet of QR codes to print and stick on, as a page or PDF, or slips from a receipt printer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderSVG } from 'uqr';
import type { Slip } from '../device/receipt-printer.ts';
import type { ClaimFile } from '../sync/contract/enrolment.ts';
import { syncFolderOf } from '../sync/durable-file.ts';
import { writePrivate } from './write-terminal.ts';

/** As it is understood by `yingbin enrol --claim` and by whoever scans it: the claim file itself. */
export function labelText(claim: ClaimFile): string {
  return JSON.stringify(claim);
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome'] as const;
const printMs = 60_000;

/** A4, three by seven; nothing is loaded from anywhere. */
export function labelPage(claims: readonly ClaimFile[], title: string): string {
  const labels = claims.map(
    (claim) =>
      `<li>${renderSVG(labelText(claim), { ecc: 'M', border: 2 })}<b>${claim.terminal}</b><small>${new URL(claim.headquarters).hostname}</small></li>`,
  );
  return `<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>${title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
@page { size: A4; margin: 10mm }
body { margin: 0; font: 11pt sans-serif }
ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2mm; margin: 0; padding: 0; list-style: none }
li { display: grid; justify-items: center; gap: 1mm; height: 64mm; break-inside: avoid; border: 0.2mm dashed #999 }
svg { width: 50mm; height: 50mm; margin-top: 1mm }
small { color: #444 }
</style>
<ul>${labels.join('\n')}</ul>
</html>
`;
}

export function labelSlip(claim: ClaimFile): Slip {
  return [
    { kind: 'title', text: claim.terminal },
    { kind: 'qr', content: labelText(claim) },
    { kind: 'text', text: new URL(claim.headquarters).hostname, align: 'centre' },
    { kind: 'space' },
  ];
}

/** @returns undefined when no browser is there to make one */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const folders = (env['PATH'] ?? '/usr/bin:/bin').split(delimiter);
  return folders
    .flatMap((folder) => browsers.map((name) => join(folder, name)))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

/**
 * Whole or not at all, readable by its owner only: a label lets in.
 * @throws Error when the browser made none
 */
export async function printLabels(
  browser: string,
  page: string,
  out: string,
  signal: AbortSignal,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-labels-'));
  const part = `${resolve(out)}.part`;
  try {
    const html = join(folder, 'labels.html');
    writePrivate(html, page);
    const args = [
      '--headless',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--print-to-pdf=${part}`,
      // our own page without a script, and Chromium refuses root otherwise
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      pathToFileURL(html).href,
    ];
    const limit = AbortSignal.any([signal, AbortSignal.timeout(printMs)]);
    const child = spawn(browser, args, { stdio: 'ignore', signal: limit });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0 || readFileSync(part).subarray(0, 5).toString('latin1') !== '%PDF-')
      throw new Error(`${browser} ended with ${code}`);
    chmodSync(part, 0o600);
    renameSync(part, out);
    syncFolderOf(join(dirname(resolve(out)), 'x'));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    rmSync(part, { force: true });
  }
}
