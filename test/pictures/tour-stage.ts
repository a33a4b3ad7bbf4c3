// The stage of the tour: the terminal's screen on the left, what happens in both languages beside it, the paper below.
import type { Browser } from 'playwright-core';
import type { Darkroom } from '../ui/darkroom.ts';
import type { Frame } from './animated-webp.ts';

const chapters = ['刷卡签到 Check in', '积分 Points', '报修 Repairs', '看房 Homes'] as const;

export const stageSize = { width: 900, height: 860 };
const screen = { x: 20, y: 20, width: 460, height: 818 };
const shrunk = 1080 / screen.width;

/** What stands beside the screen. */
export interface Caption {
  /** which part of the visit this is, of `chapters` */
  readonly chapter: number;
  readonly zh: string;
  readonly en: string;
}

export interface Stage {
  /** all that moved, in order */
  readonly frames: readonly Frame[];
  say(caption: Caption): void;
  /** a PNG of the terminal's screen takes the place of the one before */
  screen(png: Buffer): Promise<void>;
  /** a PNG of what came out of the printer, or a card in a hand; undefined = nothing */
  paper(png: Buffer | 'card' | undefined): void;
  /** a finger at this place of the terminal's screen, in its own pixels */
  touch(x: number, y: number): Promise<void>;
  /** keeps the whole stage in sight */
  hold(ms: number): Promise<void>;
}

const style = `
  * { margin: 0; box-sizing: border-box }
  body { width: ${stageSize.width}px; height: ${stageSize.height}px; position: relative; overflow: hidden;
    background: #24302f; color: #fff; font-family: "Noto Sans CJK SC", sans-serif }
  .screen { position: absolute; left: ${screen.x}px; top: ${screen.y}px; width: ${screen.width}px; height: ${screen.height}px;
    border-radius: 12px; overflow: hidden; background: #f5efe4 }
  .screen img { position: absolute; inset: 0; width: 100%; height: 100% }
  .finger { position: absolute; width: 74px; height: 74px; margin: -37px; border-radius: 50%;
    background: #b5382a66; border: 5px solid #b5382a; display: none }
  .say { position: absolute; left: 516px; right: 34px; top: 96px }
  .say h1 { font: 700 38px/1.35 "Noto Serif CJK SC", serif; word-break: keep-all; overflow-wrap: anywhere }
  .say p { margin-top: 16px; font-size: 24px; line-height: 1.35; color: #e6c98f; font-variant-east-asian: proportional-width }
  .chapters { position: absolute; left: 516px; bottom: 26px; list-style: none; padding: 0; font-size: 22px; line-height: 2;
    font-variant-east-asian: proportional-width; color: #7d8c88 }
  .chapters li { padding-left: 18px; border-left: 5px solid #36443f }
  .chapters .now { color: #fff; font-weight: 700; border-color: #b5382a }
  .paper { position: absolute; left: 556px; top: 400px; width: 280px; height: 460px; overflow: hidden }
  .paper img { width: 100%; box-shadow: 0 8px 30px #0008 }
  .card { width: 250px; height: 158px; border-radius: 16px; padding: 18px 20px; display: flex; flex-direction: column;
    justify-content: space-between; background: linear-gradient(120deg, #c9a75c, #efdcae); color: #3a2b10;
    font: 700 24px/1.2 "Noto Serif CJK SC", serif; rotate: -6deg; margin: 40px 12px; box-shadow: 0 10px 30px #0006 }
  .card small { font: 400 17px/1.2 "Noto Sans CJK SC", sans-serif; letter-spacing: 0.1em }
  .mark { position: absolute; right: 34px; top: 24px; width: 44px; height: 44px; display: grid; place-items: center;
    border-radius: 8px; background: #b5382a; font: 700 28px/1 "Noto Serif CJK SC", serif }
`;

export async function openStage(browser: Browser, darkroom: Darkroom): Promise<Stage> {
  const page = await browser.newPage({ viewport: stageSize });
  await page.setContent(
    `<style>${style}</style><div class="screen"><img class="old"><img class="new"><i class="finger"></i></div>
     <div class="mark">迎</div><div class="say"><h1></h1><p></p></div><ul class="chapters"></ul><div class="paper"></div>`,
  );
  const frames: Frame[] = [];
  let [caption, paper, seen]: [Caption, Buffer | 'card' | undefined, string] = [
    { chapter: 0, zh: '', en: '' },
    undefined,
    '',
  ];
  const set = (changes: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<unknown> =>
    page.evaluate(`(async () => {
      for (const [name, values] of Object.entries(${JSON.stringify(changes)})) {
        const element = document.querySelector(name);
        for (const [key, value] of Object.entries(values))
          if (key in element) element[key] = value; else element.style.setProperty(key, value);
      }
      await Promise.all([...document.images].filter((each) => each.src).map((each) => each.decode()));
    })()`);
  const take = async (clip: Omit<Frame, 'webp' | 'ms'>, ms: number, quality: number): Promise<void> => {
    frames.push({ ...clip, ms, webp: await darkroom.webp(await page.screenshot({ clip }), 1, quality) });
  };
  const whole = { x: 0, y: 0, ...stageSize };
  return {
    frames,
    say: (said) => {
      caption = said;
    },
    paper: (png) => {
      paper = png;
    },
    async screen(png) {
      const next = dataUrl(png);
      await set({ '.old': { src: seen || next }, '.new': { src: next, opacity: '0' } });
      seen = next;
      for (const opacity of ['0.4', '0.75']) {
        await set({ '.new': { opacity } });
        await take(screen, 70, 0.35);
      }
      await set({ '.new': { opacity: '1' } });
    },
    async touch(x, y) {
      const [left, top] = [x / shrunk, y / shrunk];
      const clip = around(left, top);
      for (const scale of ['1.25', '1', '0.8']) {
        await set({ '.finger': { display: 'block', left: `${left}px`, top: `${top}px`, scale } });
        await take(clip, scale === '0.8' ? 260 : 110, 0.6);
      }
      await set({ '.finger': { display: 'none' } });
    },
    async hold(ms) {
      await set({
        '.say h1': { textContent: caption.zh },
        '.say p': { textContent: caption.en },
        '.chapters': { innerHTML: chapterHtml(caption.chapter) },
        '.paper': { innerHTML: paperHtml(paper) },
      });
      await take(whole, ms, 0.62);
    },
  };
}

/** A square of the screen that holds the finger, on even pixels. */
function around(left: number, top: number): Omit<Frame, 'webp' | 'ms'> {
  const side = 120;
  const even = (value: number, room: number): number =>
    2 * Math.round(Math.min(Math.max(0, value - side / 2), room - side) / 2);
  return {
    x: screen.x + even(left, screen.width),
    y: screen.y + even(top, screen.height),
    width: side,
    height: side,
  };
}

function chapterHtml(now: number): string {
  return chapters.map((name, at) => `<li class="${at === now ? 'now' : ''}">${name}</li>`).join('');
}

function paperHtml(paper: Buffer | 'card' | undefined): string {
  if (paper === undefined) return '';
  if (paper === 'card') return '<div class="card">客户会<small>会员卡 MEMBER</small></div>';
  return `<img src="${dataUrl(paper)}">`;
}

function dataUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}
