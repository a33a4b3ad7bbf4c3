// One person at a real kiosk and its built page: finds controls by their words, counts taps, has every screen looked at.
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { DeviceCondition } from '../../kiosk/knowledge.ts';
import type { ScreenKind, Tongue } from '../../kiosk/screen.ts';
import { loadWords, type Speech, speechOf } from '../../ui/text/speech.ts';
import { pin } from '../kiosk/small-world.ts';
import { answerCodes, openFlowWorld } from '../ui/flow-world.ts';
import { axeOn } from '../ui/page-axe.ts';
import { remainsIn } from '../ui/page-remains.ts';
import { openBenchPage, openScreenBench, type ScreenBench } from '../ui/screen-bench.ts';

export interface Mode {
  readonly tongue: Tongue;
  readonly text: 'normal' | 'large';
  readonly shape: 'portrait' | 'landscape';
}

const shapes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
} as const;
const ready = { state: 'ready', code: null, isOut: false } as const;
const devices: readonly DeviceCondition[] = [
  { device: 'reader', ...ready },
  { device: 'printer', ...ready },
  { device: 'panel', ...ready },
];
const ownNames: Readonly<Record<Tongue, string>> = { zh: '简体中文', 'zh-Hant': '繁體中文', en: 'English' };
/** what is shown of whoever stands here, and their PIN */
const traces = ['张**', '張**', '欧阳*', '歐陽*', '周**', pin];

/** what axe has seen: a screen as often as it has another step, in each mode */
const looked = new Set<string>();

export class FlowHands {
  /** on controls; keys of numbers and words are not among them */
  taps = 0;
  readonly speech: Speech;
  readonly #at: ScreenBench;
  readonly #page: Page;
  readonly #errors: readonly string[];
  readonly #typed: string[] = [];
  readonly #mode: string;

  private constructor(at: ScreenBench, page: Page, errors: readonly string[], speech: Speech, mode: Mode) {
    this.#at = at;
    this.#page = page;
    this.#errors = errors;
    this.speech = speech;
    this.#mode = Object.values(mode).join(' ');
  }

  /** At the waiting screen, in the person's tongue and size of text; both chosen as they would. */
  static async begin(browser: Browser, mode: Mode): Promise<FlowHands> {
    const { tongue, text, shape } = mode;
    await loadWords(tongue);
    const at = await openScreenBench(await openFlowWorld(), { askCode: answerCodes, devices });
    at.bench.kiosk.setLink('online');
    const { page, errors } = await openBenchPage(browser, at, shapes[shape]);
    page.setDefaultTimeout(8_000);
    const hands = new FlowHands(at, page, errors, speechOf(tongue, 'Asia/Shanghai'), mode);
    if (tongue !== 'zh') await hands.tap(ownNames[tongue]);
    if (text === 'large') await hands.tap(hands.speech.words.bar.elder);
    hands.taps = 0;
    await hands.sees('attract');
    return hands;
  }

  get page(): Page {
    return this.#page;
  }

  get screen() {
    return this.#at.bench.screen;
  }

  facts(kind: string): unknown[] {
    return this.#at.bench
      .facts()
      .filter((fact) => fact.kind === kind)
      .map(({ body }) => body);
  }

  /** From the waiting screen to the first choice; counted from there on. */
  async start(): Promise<void> {
    await this.tap(this.speech.words.attract.touch);
    this.taps = 0;
    await this.sees('home');
  }

  /** The button that begins with these words, or the nth of a place. */
  async tap(what: string | Locator): Promise<void> {
    this.taps += 1;
    await this.#press(what);
    await this.#settled();
  }

  /** Keys of a number or a word. */
  async type(keys: string): Promise<void> {
    this.#typed.push(keys);
    for (const key of keys) await this.#press(this.#page.getByRole('button', { name: key, exact: true }));
    await this.#settled();
  }

  /** A finger that rests until something comes of it. */
  async hold(what: Locator): Promise<void> {
    const { revision } = this.#at.bench.show;
    const box = await what.boundingBox();
    if (!box) throw new Error('there is nothing to hold');
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.mouse.down();
    await vi.waitFor(() => expect(this.#at.bench.show.revision).toBeGreaterThan(revision), 8_000);
    await this.#page.mouse.up();
    await this.#settled();
  }

  nth(selector: string, n = 0): Locator {
    return this.#page.locator(selector).nth(n);
  }

  /** Long enough after the card before. */
  async swipe(card: string): Promise<void> {
    const { bench } = this.#at;
    bench.clock = new Date(bench.clock.getTime() + 4_000);
    bench.swipe(card);
    await this.#settled();
  }

  /** The second proof: card and PIN, which are no taps. */
  async prove(card: string): Promise<void> {
    await this.sees('ask-card');
    await this.swipe(card);
    await this.sees('enter-pin');
    await this.type(pin);
    await this.#press(this.speech.words.pin.confirm);
    await vi.waitFor(() => expect(this.screen.kind).not.toBe('enter-pin'));
    await this.#settled();
  }

  /** That it is shown, and that everybody can use it. */
  async sees(kind: ScreenKind): Promise<void> {
    await this.#settled();
    expect(this.screen.kind).toBe(kind);
    await this.#page.locator(`${kind}-screen`).waitFor();
    const step = 'step' in this.screen ? this.screen.step : 'page' in this.screen ? this.screen.page : '';
    const name = `${kind} ${step}`;
    if (looked.has(`${this.#mode} ${name}`)) return;
    looked.add(`${this.#mode} ${name}`);
    expect(await axeOn(this.#page), name).toEqual([]);
  }

  /** Ends by the bar, or what ended it already; nothing of the person may be left. */
  async end(): Promise<void> {
    if (this.screen.kind !== 'attract') await this.#press(this.speech.words.bar.end);
    await vi.waitFor(() => expect(this.screen.kind).toBe('attract'));
    await this.#page.locator('attract-screen').waitFor();
    expect(this.#errors).toEqual([]);
    expect(this.#at.faults).toEqual([]);
    const long = this.#typed.filter((typed) => typed.length > 3);
    expect(await remainsIn(this.#page, [...traces, ...long])).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#page.context().close();
    await this.#at.close();
  }

  async #press(what: string | Locator): Promise<void> {
    const button =
      typeof what === 'string'
        ? this.#page.getByRole('button', { name: new RegExp(`^${escaped(what)}`) }).first()
        : what;
    await button.tap();
  }

  /** Until the page shows what the kiosk shows, and waits for nothing. */
  async #settled(): Promise<void> {
    await vi.waitFor(
      async () => {
        const { revision, language, screen } = this.#at.bench.show;
        if ('isBusy' in screen && screen.isBusy) throw new Error('still busy');
        const app = this.#page.locator(`kiosk-app:not([busy])[revision="${revision}"]`);
        const lang = await this.#page.locator('html').getAttribute('lang');
        if ((await app.count()) === 0 || !lang?.startsWith(language)) throw new Error('not yet');
      },
      { timeout: 8_000, interval: 20 },
    );
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
