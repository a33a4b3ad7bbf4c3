// The built console in a browser whose headquarters says only what a test tells it to, at a time that stands still.
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Route } from 'playwright-core';
import { roles } from '../../../sync/headquarters/api/account-api.ts';

const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));
const origin = 'http://console.test';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** What headquarters says to a path: a body, a refusal, or nothing at all. */
export type Answer =
  | { readonly kind: 'said'; readonly body: object }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'silent' };

export const said = (body: object): Answer => ({ kind: 'said', body });
export const refused = (code: string, status = 500): Answer => ({ kind: 'refused', status, code });
export const silent: Answer = { kind: 'silent' };

export interface ScriptedDesk {
  readonly page: Page;
  /** by path without query, as in `terminals`; may be changed while the page is open */
  readonly answers: Map<string, Answer>;
  open(tab: string): Promise<void>;
  close(): Promise<void>;
}

export async function openScriptedDesk(
  browser: Browser,
  language: 'zh' | 'en' = 'zh',
): Promise<ScriptedDesk> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await context.addInitScript(`localStorage.setItem('yingbin-language', '${language}')`);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.install({ time: new Date('2026-11-22T20:00:00+08:00') });
  const answers = new Map<string, Answer>([
    ['me', said({ account: 'it', name: '小林', roles: [...roles], ports: [] })],
    ['site-bundles', said({ sites: [] })],
    ['dead-letters', said({ deadLetters: [] })],
    ['fleet/devices', said({ devices: [] })],
    ['fleet/twins', said({ twins: [] })],
  ]);
  await page.route('**/*', (route) => answerTo(route, answers));
  return {
    page,
    answers,
    open: async (tab) => {
      await page.goto(`${origin}/#/${tab}`);
      await page.locator('console-nav').waitFor();
    },
    close: () => context.close(),
  };
}

async function answerTo(route: Route, answers: ReadonlyMap<string, Answer>): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (!pathname.startsWith('/api/')) {
    const path = join(consoleDir, pathname === '/' ? 'index.html' : pathname);
    const contentType = types[extname(path)] ?? 'application/octet-stream';
    await route.fulfill({ body: readFileSync(path), contentType });
    return;
  }
  const answer = answers.get(pathname.slice('/api/'.length)) ?? refused('fault');
  if (answer.kind === 'said') await route.fulfill({ json: answer.body });
  if (answer.kind === 'refused')
    await route.fulfill({ status: answer.status, json: { error: { code: answer.code, message: '' } } });
}
