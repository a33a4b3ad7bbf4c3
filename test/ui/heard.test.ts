// What is heard: a tone for each outcome, loud as the session wants it; spoken prompts that tell nobody's affairs.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainManner } from '../../kiosk/manner.ts';
import { type Tongue, tongues } from '../../kiosk/screen.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

/** Stands in for the box's sound and voice, and keeps what was asked of them. */
const spies = `
  globalThis.heard = { tones: [], said: [], cancelled: 0 };
  class Param {
    value = 0;
    setValueAtTime(value) { this.value = value; }
    exponentialRampToValueAtTime() {}
  }
  globalThis.AudioContext = class {
    currentTime = 0;
    state = 'running';
    destination = {};
    createGain() { return { gain: new Param(), connect: (to) => to }; }
    createOscillator() {
      const tone = { frequency: new Param(), gain: undefined };
      return Object.assign(tone, {
        connect(gain) { tone.gain = gain.gain; return gain; },
        start() { heard.tones.push([tone.frequency.value, tone.gain.value]); },
        stop() {},
      });
    }
  };
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(globalThis, 'speechSynthesis', { value: {
    getVoices: () => ['zh-CN', 'zh-TW', 'en-GB'].map((lang) => ({ lang })),
    speak: ({ text, lang, volume, voice }) => heard.said.push({ text, lang, volume, voice: voice.lang }),
    cancel: () => { heard.cancelled += 1; },
  } });
`;
interface Heard {
  readonly tones: readonly (readonly [hertz: number, gain: number])[];
  readonly said: readonly { readonly text: string; readonly lang: string; readonly volume: number }[];
  readonly cancelled: number;
}

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
  await kiosk.page.addInitScript(spies);
  await kiosk.page.reload();
});
afterEach(async () => {
  await kiosk.page.close();
  await gallery.close();
});

const heard = (): Promise<Heard> => kiosk.page.evaluate('heard');
const forget = () => kiosk.page.evaluate('Object.assign(heard, { tones: [], said: [], cancelled: 0 })');

async function show(name: string, manner: Partial<typeof plainManner> = {}, tongue: Tongue = 'en') {
  const found = showsIn(tongue)[name];
  if (!found) throw new Error(`the gallery has no ${name}`);
  await kiosk.show({ ...found, manner: { ...plainManner, ...manner } });
}

describe('U33 U35 tones', () => {
  const outcomes = [
    'checked-in',
    'refused-not-on-list',
    'card-problem-no-pin',
    'idle-warning',
    'help-called',
  ];
  it('tell done, refused, failed and the warning apart; help is answered as done', async () => {
    const melodies: string[] = [];
    for (const name of outcomes) {
      await show('home');
      await forget();
      await show(name);
      await vi.waitFor(async () => expect((await heard()).tones.length).toBeGreaterThan(0));
      melodies.push((await heard()).tones.map(([hertz]) => hertz).join());
    }
    expect(new Set(melodies.slice(0, 4)).size).toBe(4);
    expect(melodies[4]).toBe(melodies[0]);
  });

  it('are louder with each volume, and mute is mute', async () => {
    const loudness: number[] = [];
    for (const volume of [1, 2, 3] as const) {
      await show('home', { volume });
      await forget();
      await show('checked-in', { volume });
      await vi.waitFor(async () => expect((await heard()).tones.length).toBeGreaterThan(0));
      loudness.push((await heard()).tones[0]?.[1] ?? 0);
    }
    expect(loudness).toEqual([...loudness].sort((a, b) => a - b));
    expect(new Set(loudness).size).toBe(3);
    await show('home', { volume: 0 });
    await forget();
    for (const name of [...outcomes, 'home']) await show(name, { volume: 0, isSpoken: true });
    expect(await heard()).toMatchObject({ tones: [], said: [] });
  });
});

describe('U35 spoken prompts', () => {
  it.each(tongues)('say in %s what is shown and what to do next', async (tongue) => {
    await show('attract', { isSpoken: true }, tongue);
    await forget();
    await show('ask-card', { isSpoken: true }, tongue);
    await vi.waitFor(async () => expect((await heard()).said).toHaveLength(1));
    const [said] = (await heard()).said;
    const heading = (await kiosk.page.locator('h1').first().textContent()) ?? '';
    expect(said?.text.startsWith(heading.trim())).toBe(true);
    expect(said?.text.length).toBeGreaterThan(heading.length + 5);
    expect(said?.lang.slice(0, 2)).toBe(tongue.slice(0, 2));
    expect(said?.volume).toBeCloseTo(2 / 3);
  });

  it('say in one language what stands there in both', async () => {
    await show('attract', { isSpoken: true }, 'zh');
    await forget();
    await show('updating', { isSpoken: true }, 'zh');
    await vi.waitFor(async () => expect((await heard()).said).toHaveLength(1));
    const text = (await heard()).said[0]?.text ?? '';
    expect(text).toMatch(/^正在更新/);
    expect(text).not.toMatch(/[A-Za-z]/);
  });

  it('U22 are given on every screen, and never hold a name, a sum or a number', async () => {
    const shows = Object.entries(showsIn('zh'));
    const silent: string[] = [];
    for (const [name, { screen }] of shows) {
      if (name.startsWith('attract') || screen.kind === 'attract') continue;
      await show('attract', { isSpoken: true }, 'zh');
      await forget();
      await show(name, { isSpoken: true }, 'zh');
      await vi
        .waitFor(async () => expect((await heard()).said).not.toHaveLength(0), { timeout: 10_000 })
        .catch(() => silent.push(name));
      const { said } = await heard();
      for (const { text } of said) {
        const isPersonal = /[*\d¥]/.test(text) || ['金卡', '米兰苑'].some((part) => text.includes(part));
        expect([name, text, isPersonal]).toEqual([name, text, false]);
      }
    }
    expect(silent).toEqual([]);
  }, 120_000);

  it('say that the time is running out, and stop when the session ends', async () => {
    await show('home', { isSpoken: true });
    await show('welcome', { isSpoken: true });
    await vi.waitFor(async () => expect((await heard()).said).not.toEqual([]));
    await forget();
    await show('idle-warning', { isSpoken: true });
    await vi.waitFor(async () => expect((await heard()).said[0]?.text).toContain('Are you still there?'));
    await forget();
    await show('attract');
    await vi.waitFor(async () => expect((await heard()).cancelled).toBeGreaterThan(0));
    expect((await heard()).said).toEqual([]);
  });
});
