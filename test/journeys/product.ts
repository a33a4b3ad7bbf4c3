// The whole product for one journey: the demo on free ports, a real browser at its screen, headquarters' API.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { type Demo, startDemo } from '../demo/demo.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import { openBrowser } from '../ui/kiosk-page.ts';

export interface Product {
  readonly demo: Demo;
  readonly page: Page;
  /** the folder of headquarters' store */
  readonly headquartersData: string;
  /** the terminal's whole data folder */
  readonly terminalData: string;
  /** console errors and policy violations since the page opened */
  readonly errors: readonly string[];
  readonly cards: readonly LabCard[];
  card(name: string): LabCard;
  lab(path: string): Promise<unknown>;
  swipe(name: string): Promise<void>;
  slips(): Promise<readonly { readonly id: string; readonly text: string; readonly png: string }[]>;
  headquarters<T>(path: string, body?: object): Promise<T>;
  facts(kind: string): Promise<readonly { readonly id: string; readonly body: Record<string, unknown> }[]>;
  /** until the text can be read on the screen */
  see(text: string | RegExp): Promise<void>;
  /** presses the button with this name */
  tap(name: string | RegExp): Promise<void>;
  /** once the screen asks for a card: a card that is faster would check in */
  swipeForPin(name: string): Promise<void>;
  enterPin(pin: string): Promise<void>;
  close(): Promise<void>;
}

export const portrait = { width: 1080, height: 1920 };
export const landscape = { width: 1280, height: 800 };

export async function openProduct(viewport = portrait): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'yingbin-journey-'));
  const demo = await startDemo({
    data: join(data, 'demo'),
    isFresh: true,
    ports: { kiosk: 0, lab: 0, headquarters: 0, mqtt: 0 },
    onProgress: () => undefined,
  });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await demo.close();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    browser = await openBrowser();
    const page = await browser.newPage({ viewport, hasTouch: true, reducedMotion: 'reduce' });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(demo.kiosk);
    const cards = (await (await fetch(`${demo.lab}/api/cards`)).json()) as LabCard[];
    const headquartersData = join(data, 'demo', 'headquarters');
    const terminalData = join(data, 'demo', 'terminal');
    return { ...hands(demo, page, cards), demo, page, headquartersData, terminalData, errors, cards, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Hands = Omit<
  Product,
  'demo' | 'page' | 'headquartersData' | 'terminalData' | 'errors' | 'cards' | 'close'
>;

/** What a person, a script and headquarters can do. */
function hands(demo: Demo, page: Page, cards: readonly LabCard[]): Hands {
  const card = (name: string): LabCard => {
    const found = cards.find((each) => each.name === name || each.state === name);
    if (!found) throw new Error(`no card ${name} in the deck`);
    return found;
  };
  const lab = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${demo.lab}/api/${path}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`lab: ${path} answered ${answer.status}`);
    return answer.json();
  };
  const headquarters: Product['headquarters'] = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${demo.headquarters}/api/${path}`, {
      headers: { authorization: `Bearer ${demo.token}`, 'content-type': 'application/json' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`headquarters: ${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  };
  const facts: Product['facts'] = async (kind) => {
    const { facts: all } = await headquarters<{
      facts: { id: string; kind: string; body: Record<string, unknown> }[];
    }>('facts?after=0&limit=1000');
    return all.filter((fact) => fact.kind === kind);
  };
  const swipe = async (name: string): Promise<void> => void (await lab(`cards/${card(name).name}/swipe`));
  const isShown = (text: string | RegExp, timeout: number): Promise<void> =>
    tellingWhatIsThere(page, page.getByText(text).first().waitFor({ timeout }));
  return {
    card,
    lab,
    headquarters,
    facts,
    swipe,
    swipeForPin: async (name) => {
      await isShown(/请刷会员卡/, 20_000);
      await eventually(async () => {
        await swipe(name);
        // the same card within three seconds is no second one
        await isShown('请输入密码', 3_500);
      });
    },
    slips: async () =>
      (await (await fetch(`${demo.lab}/api/slips`)).json()) as Awaited<ReturnType<Product['slips']>>,
    see: (text) => isShown(text, 20_000),
    tap: (name) => {
      const button = page.getByRole('button', { name }).first();
      return tellingWhatIsThere(page, button.click({ timeout: 20_000 }));
    },
    enterPin: async (pin) => {
      for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
      await page.getByRole('button', { name: '确认' }).click();
    },
  };
}

/** What was there instead tells more than what was not. */
async function tellingWhatIsThere(page: Page, hands: Promise<void>): Promise<void> {
  try {
    await hands;
  } catch (error) {
    const shown = await page
      .locator('body')
      .ariaSnapshot()
      .catch(() => 'cannot be told');
    if (error instanceof Error) error.message += `\non the screen: ${shown}`;
    throw error;
  }
}

/** Asks again until it holds. */
export function eventually(check: () => Promise<void> | void, timeout = 30_000): Promise<void> {
  return vi.waitFor(check, { timeout, interval: 50 });
}

/** Headquarters has exactly one check-in of this member, and exactly one booking for it. */
export async function expectOneCheckIn(product: Product, member: string, balance: number): Promise<void> {
  await eventually(async () => {
    const { points, ledger } = await product.headquarters<{
      points: number;
      ledger: { fact: string | null; points: number }[];
    }>(`members/${member}`);
    const checkIns = (await product.facts('check-in-recorded')).filter(
      ({ body }) => body['member'] === member,
    );
    expect(checkIns).toHaveLength(1);
    expect(ledger.filter(({ fact }) => fact === checkIns[0]?.id)).toHaveLength(1);
    expect(points).toBe(balance);
  });
}
