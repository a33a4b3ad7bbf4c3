// What is on every screen and in its place: help, the way out, headings and landmarks for who listens; nothing pops up.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainManner } from '../../kiosk/manner.ts';
import { barPlaces } from '../../ui/kiosk/bar-places.ts';
import { en } from '../../ui/text/en.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

// a terminal that is none yet serves nobody: it has no bar, and is shown in one way
const shows = Object.fromEntries(
  Object.entries(showsIn('en')).filter(([, { screen }]) => screen.kind !== 'enrolling'),
);
const named = (name: string) => {
  const show = shows[name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  return show;
};

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
});
afterAll(async () => {
  await gallery?.close();
  await browser?.close();
});

interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** of the bar's buttons, in CSS px */
const bar = `[...document.querySelector('kiosk-app').shadowRoot.querySelector('k-bar').shadowRoot.querySelectorAll('button')].map((b) => {
  const { x, y, width, height } = b.getBoundingClientRect();
  return { name: b.textContent.trim(), x, y, width, height };
})`;

it('U08 U19 U32 U37 help, the way back and the way to end stand in one place on every screen; nothing pops up', async () => {
  const places = new Map<string, Place>();
  for (const [name, show] of Object.entries(shows)) {
    await kiosk.show(show);
    const buttons = (await kiosk.page.evaluate(bar)) as Place[];
    const names = buttons.map((each) => each.name);
    const { back, home, end } = barPlaces[show.screen.kind];
    expect([name, names]).toEqual([name, expect.arrayContaining([en.bar.help, en.bar.ease])]);
    expect([name, names.includes(en.bar.back)]).toEqual([name, back]);
    expect([name, names.includes(en.bar.home)]).toEqual([name, home]);
    expect([name, names.includes(en.bar.end)]).toEqual([name, end]);
    const isPersonal = JSON.stringify(show.screen).includes('Zh**');
    if (isPersonal) expect([name, names]).toEqual([name, expect.arrayContaining([en.bar.end])]);
    for (const place of buttons) {
      const { name: label, ...box } = place;
      const { name: _, ...first } = places.get(label) ?? place;
      places.set(label, places.get(label) ?? place);
      const moved = Math.max(
        Math.abs(box.x - first.x),
        Math.abs(box.y - first.y),
        Math.abs(box.width - first.width),
      );
      expect([name, label, moved <= 2]).toEqual([name, label, true]);
    }
    const isAsking = (await kiosk.page.getByRole('alertdialog').count()) > 0;
    expect([name, isAsking]).toEqual([name, show.idle !== null]);
  }
}, 60_000);

it('U37 who called for help can tell staff where they are, by a code', async () => {
  await kiosk.show({ ...named('card-problem-no-pin'), isHelpCalled: true, revision: 9_001 });
  const said = kiosk.page.getByRole('status').filter({ hasText: en.help.called });
  expect(await said.textContent()).toContain('H01 card-problem/no-pin');
});

it('U31 a task has five steps at most, says which is shown, and few things to choose from', async () => {
  for (const [name, { screen }] of Object.entries(shows)) {
    if (screen.kind !== 'report-choice') continue;
    expect([name, screen.stepCount <= 5]).toEqual([name, true]);
    await kiosk.show(named(name));
    expect(await kiosk.page.getByText(`Step ${screen.stepNumber} of ${screen.stepCount}`).count()).toBe(1);
  }
  await kiosk.show(named('home'));
  expect(await kiosk.page.locator('home-screen .entries > button').count()).toBeLessThanOrEqual(7);
}, 60_000);

const capitals = `(() => {
  let least = Infinity, of = '';
  const walk = (root) => {
    for (const e of root.children) {
      if (e.shadowRoot) walk(e.shadowRoot);
      if (e instanceof SVGElement) continue;
      walk(e);
      const isText = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
      if (!isText || !e.checkVisibility({ visibilityProperty: true })) continue;
      const px = parseFloat(getComputedStyle(e).fontSize);
      if (px < least) [least, of] = [px, e.textContent.trim().slice(0, 30)];
    }
  };
  walk(document.body);
  return [least, of];
})()`;
it.each([
  ['15.6″', { width: 1920, height: 1080 }, 345],
  ['15.6″ upright', sizes.portrait, 194],
  ['21.5″', sizes.portrait, 268],
  ['32″', sizes.portrait, 398],
] as const)(
  'U05 large text has capitals of 4.8 mm on %s',
  async (_, viewport, widthMm) => {
    await kiosk.page.setViewportSize(viewport);
    const small: Record<string, unknown> = {};
    for (const [name, show] of Object.entries(shows)) {
      const display = { widthMm, bottomMm: 800 };
      await kiosk.show({ ...show, display, manner: { ...plainManner, text: 'large' } });
      const [px, text] = (await kiosk.page.evaluate(capitals)) as [number, string];
      // capitals are 0.73 of the letters' size in this family
      const mm = (px * 0.73 * widthMm) / viewport.width;
      if (mm < 4.8) small[name] = `${text}: ${mm} mm`;
    }
    await kiosk.page.setViewportSize(sizes.portrait);
    expect(small).toEqual({});
  },
  60_000,
);

interface Node {
  readonly role: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
/** What a screen reader is given, in its order. */
async function readOut(): Promise<Node[]> {
  const cdp = await kiosk.page.context().newCDPSession(kiosk.page);
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  await cdp.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder: Node[] = [];
  const walk = (id: string): void => {
    const node = byId.get(id);
    if (!node) return;
    if (!node.ignored) {
      const properties = Object.fromEntries((node.properties ?? []).map((p) => [p.name, p.value.value]));
      inOrder.push({ role: `${node.role?.value}`, name: `${node.name?.value ?? ''}`, properties });
    }
    for (const child of node.childIds ?? []) walk(child);
  };
  const [root] = nodes;
  if (root) walk(root.nodeId);
  return inOrder;
}

describe('U03 U04 what a screen reader is given', () => {
  it.each([
    'home',
    'board',
    'unit',
    'report-place',
    'report-review',
    'request-filed',
    'enter-pin',
    'points',
    'request',
    'checked-in',
    'join-details',
  ])('on %s: landmarks, one first heading before what can be done, names for everything', async (name) => {
    await kiosk.show(named(name));
    const nodes = await readOut();
    const count = (role: string) => nodes.filter((node) => node.role === role).length;
    const isBar = (node: Node) => node.role === 'navigation' && node.name === en.bar.label;
    expect([count('banner'), count('main'), nodes.filter(isBar).length]).toEqual([1, 1, 1]);
    const headings = nodes.filter(({ role, properties }) => role === 'heading' && properties['level'] === 1);
    expect(headings).toHaveLength(1);
    const order = nodes.filter((node) => node.role === 'main' || node === headings[0] || isBar(node));
    expect(order.map(({ role }) => role)).toEqual(['main', 'heading', 'navigation']);
    const nameless = nodes.filter(
      ({ role, name: label }) =>
        ['button', 'textbox', 'region', 'group', 'navigation'].includes(role) && label === '',
    );
    expect(nameless).toEqual([]);
  });

  it('U18 how things stand is told politely, and that the time runs out at once', async () => {
    await kiosk.show(named('enter-pin'));
    const entered = (await readOut()).find(({ role }) => role === 'status');
    expect(entered).toMatchObject({ name: '0 digits entered', properties: { live: 'polite' } });
    await kiosk.show({ ...named('idle-warning'), idle: { secondsLeft: 10 } });
    const timer = (await readOut()).find(({ role }) => role === 'timer');
    expect(timer?.properties).toMatchObject({ live: 'assertive', atomic: true });
    await kiosk.show({ ...named('idle-warning'), idle: { secondsLeft: 9 }, revision: 9_100 });
    expect((await readOut()).find(({ role }) => role === 'timer')?.properties['live']).not.toBe('assertive');
  });
});
