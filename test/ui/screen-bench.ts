// A kiosk in this process with its real door, and the built page open at it in a real Chromium.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BootToken } from '../../kiosk/boot-token.ts';
import type { Show } from '../../kiosk/screen.ts';
import { ScreenServer } from '../../kiosk/screen-server.ts';
import { siteWordsOf } from '../../kiosk/store/site-words.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { parsePainted, parseTouched, type Touched } from '../../kiosk/touch.ts';
import { type BenchOptions, type KioskBench, kioskBench } from '../kiosk/kiosk-bench.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { rootFolder } from './gallery-server.ts';

export interface ScreenBench {
  readonly bench: KioskBench;
  readonly server: ScreenServer;
  /** what a browser is started with */
  readonly address: string;
  /** all that any page said, in order */
  readonly touches: readonly Touched[];
  /** codes of the door */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

export interface ScreenBenchOptions extends BenchOptions {
  readonly onTouch?: (touched: Touched, before: Show) => void;
}

export async function openScreenBench(
  store: TerminalStore,
  { onTouch, onShow, ...options }: ScreenBenchOptions = {},
): Promise<ScreenBench> {
  const [touches, faults]: [Touched[], string[]] = [[], []];
  const token = BootToken.open(join(scratchFolder(), 'run'), 'boot-1');
  let server: ScreenServer | undefined;
  const bench = kioskBench(store, {
    ...options,
    onShow: (show) => {
      onShow?.(show);
      server?.push(show);
    },
  });
  server = await ScreenServer.open({
    port: 0,
    uiDir: join(rootFolder, 'dist/ui/kiosk'),
    token,
    maxSockets: 8,
    touchesPerSecond: 1_000,
    currentShow: () => bench.kiosk.show,
    onTouch: (touched) => {
      touches.push(touched);
      onTouch?.(touched, bench.kiosk.show);
      const { revision, touch } = touched;
      if (touch.kind !== 'typed-card' && touch.kind !== 'close-summons')
        bench.kiosk.touch({ revision, touch });
    },
    onGone: () => bench.kiosk.noteScreenGone(),
    siteWords: siteWordsOf(store),
    health: () => ({}),
    onFault: (code) => void faults.push(code),
  });
  const { port } = server;
  return {
    bench,
    server,
    address: token.addressOn(port),
    touches,
    faults,
    close: async () => {
      await server.close();
      bench.kiosk.close();
      store.close();
    },
  };
}

export interface BenchPage {
  readonly page: Page;
  /** console errors, page errors, policy violations, and touches that are none */
  readonly errors: readonly string[];
}

/** What the page said that no kiosk would hear: nobody would know why nothing happens. */
function unheardOf(page: Page, errors: string[]): void {
  page.on('websocket', (line) =>
    line.on('framesent', ({ payload }) => {
      if (!parseTouched(String(payload)) && parsePainted(String(payload)) === undefined)
        errors.push(`unheard: ${payload}`);
    }),
  );
}

/** @param errors gathers them of several pages, when given */
export async function openBenchPage(
  browser: Browser,
  { address }: Pick<ScreenBench, 'address'>,
  viewport: { readonly width: number; readonly height: number },
  errors: string[] = [],
): Promise<BenchPage> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', hasTouch: true });
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  unheardOf(page, errors);
  await page.goto(address);
  await page.locator('kiosk-app[revision]').waitFor();
  return { page, errors };
}
