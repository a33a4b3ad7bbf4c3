// The keeper tries what headquarters wants and goes back by itself: real files, a terminal that is as well as the test says.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeeperOptions } from '../../provisioning/keeper-options.ts';
import { prepareSetup } from '../../provisioning/prepare-setup.ts';
import { SetupStore } from '../../provisioning/setup-store.ts';
import { fitsSealedPin } from '../../sync/maintenance-pin.ts';
import { desiredOf, keeperHands, terminalFolder, usualConfig, wellHealth } from './keeper-hands.ts';

const order = { seq: 2, version: '1.1.0', manifests: {} };
const states = (
  facts: readonly { readonly rev: number; readonly state: string; readonly code: string | null }[],
) => facts.map(({ rev, state, code }) => `${rev} ${state}${code === null ? '' : ` ${code}`}`);

describe('a set-up that headquarters wants', () => {
  it('is written, tried and reported; what names this terminal stays', async () => {
    const folder = terminalFolder();
    const hands = keeperHands(folder);
    await hands.steps(2);
    hands.want(desiredOf(1, { 'site.helpPhone': '95588', 'settings.idleSeconds': 60, panel: null }));
    await hands.steps(12);
    expect(states(hands.facts)).toEqual(['1 applying', '1 ok']);
    expect(hands.config()).toEqual({ ...usualConfig, site: { ...usualConfig.site, helpPhone: '95588' } });
    expect(hands.settings().idleSeconds).toBe(60);
    expect(hands.keeper.state.good).toMatchObject({ rev: 1, release: 0 });
    // what is wanted no more is as it was before there was a twin
    hands.want(desiredOf(2, { 'settings.idleSeconds': 50 }));
    await hands.steps(12);
    expect(hands.config().site.helpPhone).toBe('400');
    expect(states(hands.facts).slice(2)).toEqual(['2 applying', '2 ok']);
  });

  it.each([
    ['device-lost', { ...wellHealth, devices: { reader: 'out', printer: 'ok' } }],
    ['screen-white', { ...wellHealth, isPainted: false }],
    ['link-lost', { ...wellHealth, isLinked: false }],
    ['outbox-unreadable', { ...wellHealth, waitingFacts: null }],
    ['kiosk-silent', 'silent'],
    ['kiosk-crashed', 'crash'],
  ] as const)('S22 goes back by itself: %s', async (code, health) => {
    const folder = terminalFolder();
    const hands = keeperHands(folder, {
      serves: (_, config) => (config.site.helpPhone === '400' ? wellHealth : health),
    });
    await hands.steps(2);
    const before = [hands.config(), hands.settings()];
    hands.want(desiredOf(1, { 'site.helpPhone': '95588', 'settings.idleSeconds': 60 }));
    await hands.steps(140);
    expect(states(hands.facts)).toEqual(['1 applying', `1 rolled-back ${code}`]);
    expect([hands.config(), hands.settings()]).toEqual(before);
    // headquarters repeats itself: nothing is tried again
    const { length } = hands.starts;
    hands.want(desiredOf(1, { 'site.helpPhone': '95588', 'settings.idleSeconds': 60 }));
    await hands.steps(10);
    expect(hands.starts).toHaveLength(length);
  });

  it('asks for nothing that was not there before', async () => {
    const poor = { ...wellHealth, isPainted: false, isLinked: false, devices: { reader: 'out' } } as const;
    const hands = keeperHands(terminalFolder(), { serves: () => poor });
    await hands.steps(2);
    hands.want(desiredOf(1, { 'site.helpPhone': '95588' }));
    await hands.steps(12);
    expect(states(hands.facts)).toEqual(['1 applying', '1 ok']);
  });

  it('with unknown paths, wrong values or a newer schema changes not a byte', async () => {
    const folder = terminalFolder();
    const hands = keeperHands(folder);
    await hands.steps(2);
    const bytes = () => readFileSync(join(folder, 'config.json'), 'utf8');
    const before = bytes();
    for (const [n, values] of [
      { 'site.colour': 'red' },
      { 'settings.idleSeconds': -1 },
      { reader: { kind: 'rdm6300', at: 'nowhere' } },
      { terminal: 'hall-2' },
      { dataDir: '/etc' },
      { 'headquarters.signKey': 'x' },
    ].entries()) {
      hands.want(desiredOf(n + 1, values));
      await hands.steps(6);
    }
    expect(hands.facts.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'twin-path-unknown site.colour',
      'twin-value-wrong settings.idleSeconds',
      'twin-value-wrong reader.at',
      'twin-path-unknown terminal',
      'twin-path-unknown dataDir',
      'twin-path-unknown headquarters.signKey',
    ]);
    expect(bytes()).toBe(before);
    expect(hands.starts).toEqual([0]);
  });

  it('S16 a lower revision, and one whose hash is another, are ignored', async () => {
    const hands = keeperHands(terminalFolder());
    await hands.steps(2);
    hands.want(desiredOf(5, { 'site.helpPhone': '5' }));
    await hands.steps(12);
    hands.want(desiredOf(4, { 'site.helpPhone': '4' }));
    hands.want({ ...desiredOf(6, { 'site.helpPhone': '6' }), hash: 'a'.repeat(64) });
    await hands.steps(12);
    expect(hands.config().site.helpPhone).toBe('5');
    expect(states(hands.facts)).toEqual(['5 applying', '5 ok']);
  });

  it('waits while somebody is served, says so once, and goes on when they have gone', async () => {
    const hands = keeperHands(terminalFolder());
    await hands.steps(2);
    hands.say({ ...wellHealth, isBusy: true });
    hands.want(desiredOf(1, { 'site.helpPhone': '95588' }));
    await hands.steps(40);
    expect(states(hands.facts)).toEqual(['1 waiting visitor-served']);
    expect(hands.starts).toEqual([0]);
    hands.say(wellHealth);
    await hands.steps(12);
    expect(states(hands.facts).slice(1)).toEqual(['1 applying', '1 ok']);
  });

  it('is reported once and in order, however often the terminal forgets to answer', async () => {
    let takes = false;
    const hands = keeperHands(terminalFolder(), { takesReports: () => takes });
    await hands.steps(2);
    hands.want(desiredOf(1, { 'site.helpPhone': '1' }));
    await hands.steps(30);
    hands.want(desiredOf(2, { 'site.helpPhone': '2' }));
    await hands.steps(30);
    takes = true;
    await hands.steps(120);
    expect(states(hands.facts)).toEqual(['1 applying', '1 ok', '2 applying', '2 ok']);
  });
});

describe('a release that headquarters wants', () => {
  const values = { release: order };

  it('is promoted after its gate and its probation, not before', async () => {
    const hands = keeperHands(terminalFolder());
    await hands.steps(2);
    hands.want(desiredOf(1, values));
    await hands.steps(20);
    expect(hands.starts).toEqual([0, 2]);
    expect([hands.promoted, states(hands.facts)]).toEqual([[], ['1 applying']]);
    for (let n = 0; n < 140; n += 1) {
      hands.say(wellHealth);
      await hands.steps(1, 5_000);
    }
    expect(hands.promoted).toEqual([2]);
    expect(hands.facts.at(-1)).toMatchObject({ rev: 1, state: 'ok', release: 2 });
  });

  it.each([
    ['kiosk-crashed', 'crash'],
    ['kiosk-silent', 'silent'],
    ['screen-white', { ...wellHealth, isPainted: false }],
    ['device-lost', { ...wellHealth, devices: { reader: 'none', printer: 'ok' } }],
  ] as const)('S22 that does not serve goes back by itself: %s', async (code, health) => {
    const hands = keeperHands(terminalFolder(), { serves: (seq) => (seq === 2 ? health : wellHealth) });
    await hands.steps(2);
    hands.want(desiredOf(1, values));
    await hands.steps(140);
    expect(states(hands.facts)).toEqual(['1 applying', `1 rolled-back ${code}`]);
    expect(hands.facts.at(-1)).toMatchObject({ release: 0, hash: null });
    expect([hands.starts.at(-1), hands.promoted]).toEqual([0, []]);
  });

  it('S22 is told of all the way: fetched by percent, checked, switched, tried, and taken back', async () => {
    let [isHere, tell] = [(): void => undefined, (_share: number): void => undefined];
    const here = new Promise<void>((resolve) => {
      isHere = resolve;
    });
    const hands = keeperHands(terminalFolder(), {
      serves: (seq) => (seq === 2 ? { ...wellHealth, isPainted: false } : wellHealth),
      options: {
        prepare: async (_, __, onFetched) => {
          tell = onFetched;
          await here;
          return { kind: 'ready', files: { config: usualConfig, settings: null }, release: 2, minSeq: 0 };
        },
      },
    });
    await hands.steps(2);
    hands.want(desiredOf(1, values));
    await hands.steps(2);
    for (const share of [0, 0.004, 0.42, 0.999, 1]) {
      tell(share);
      await hands.steps(2);
    }
    isHere();
    await hands.steps(140);
    expect(hands.news).toEqual([
      ...['fetching 0', 'fetching 42', 'fetching 99', 'checking', 'none', 'leave release'],
      ...['trying', 'leave back'],
    ]);
  });

  it('S22 that falls ill on probation goes back too, and a short lapse is forgiven', async () => {
    const hands = keeperHands(terminalFolder());
    await hands.steps(2);
    hands.want(desiredOf(1, values));
    await hands.steps(12);
    const ill = { ...wellHealth, isLinked: false };
    for (const health of [wellHealth, ill, ill, wellHealth, wellHealth]) {
      hands.say(health);
      await hands.steps(1, 10_000);
    }
    expect(hands.starts.at(-1)).toBe(2);
    for (let n = 0; n < 9; n += 1) {
      hands.say(ill);
      await hands.steps(1, 10_000);
    }
    await hands.steps(10);
    expect(states(hands.facts).at(-1)).toBe('1 rolled-back link-lost');
    expect(hands.starts.at(-1)).toBe(0);
  });

  it('S20 S24 refuses another release under the number of the one that serves, and says so', async () => {
    const folder = terminalFolder();
    let isServed = true;
    const setups = new SetupStore(join(folder, 'config.json'));
    const prepare: KeeperOptions['prepare'] = (desired, served) =>
      prepareSetup(desired, served, {
        setups,
        isServed: () => isServed,
        fetchRelease: () => Promise.resolve({ kind: 'ready', minSeq: 0 }),
        readSecret: () => Promise.resolve(undefined),
      });
    const hands = keeperHands(folder, { options: { prepare, ownRelease: order.seq } });
    await hands.steps(2);
    hands.want(desiredOf(1, { 'site.helpPhone': '95588', release: order }));
    await hands.steps(12);
    expect(states(hands.facts).at(-1)).toBe('1 ok');
    isServed = false;
    hands.want(desiredOf(2, { 'site.helpPhone': '95599', release: order }));
    await hands.steps(12);
    expect(states(hands.facts).at(-1)).toBe('2 rejected release-not-ordered');
    expect([hands.config().site.helpPhone, hands.promoted]).toEqual(['95588', []]);
  });

  it('waits for the hours of its site', async () => {
    let isOpen = false;
    const options = { isWindowOpen: (_: unknown, isRelease: boolean) => !isRelease || isOpen };
    const hands = keeperHands(terminalFolder(), { options });
    await hands.steps(2);
    hands.want(desiredOf(1, values));
    await hands.steps(12);
    expect(states(hands.facts)).toEqual(['1 waiting window-closed']);
    isOpen = true;
    await hands.steps(12);
    expect(hands.starts).toEqual([0, 2]);
  });
});

describe('a keeper that died', () => {
  it('S23 goes on with what it tried, and after three starts goes back', async () => {
    const folder = terminalFolder();
    const first = keeperHands(folder, {
      serves: (_, { site }) => (site.helpPhone === '400' ? wellHealth : 'silent'),
    });
    await first.steps(2);
    first.want(desiredOf(1, { 'site.helpPhone': '95588' }));
    await first.steps(6);
    expect(first.keeper.state.trial).toMatchObject({ rev: 1, starts: 0 });
    for (let n = 1; n <= 3; n += 1) {
      const again = keeperHands(folder, { serves: () => 'silent' });
      await again.steps(3);
      expect(again.keeper.state.trial).toMatchObject({ rev: 1, starts: n });
      expect(again.config().site.helpPhone).toBe('95588');
    }
    const last = keeperHands(folder);
    await last.steps(12);
    expect(last.config()).toEqual(usualConfig);
    expect(states(last.facts)).toEqual(['1 applying', '1 rolled-back keeper-interrupted']);
  });

  it('S22 S23 does not answer for the next release: the start of that one is still on trial', async () => {
    const folder = terminalFolder();
    const first = keeperHands(folder, { options: { ownRelease: 1 } });
    await first.steps(2);
    first.want(desiredOf(1, { release: order }));
    await first.steps(6);
    expect(first.keeper.state.trial).toMatchObject({ release: 2 });
    const did: string[] = [];
    const onServing = () => void did.push('confirmed');
    const onHandOver = () => void did.push('handed over');
    const again = keeperHands(folder, { options: { ownRelease: 1, onServing, onHandOver } });
    await again.steps(80, 10_000);
    expect([again.promoted, again.keeper.state.good.release]).toEqual([[2], 2]);
    expect(new Set(did)).toEqual(new Set(['handed over']));
  });
});

it('S39 a PIN that the twin names is fetched, lies sealed in a private file, and is taken back with its set-up', async () => {
  const folder = terminalFolder();
  let pin: string | undefined;
  const setups = new SetupStore(join(folder, 'config.json'));
  const prepare: KeeperOptions['prepare'] = (desired, served) =>
    prepareSetup(desired, served, {
      setups,
      isServed: () => true,
      fetchRelease: () => Promise.resolve({ kind: 'ready', minSeq: 0 }),
      readSecret: () => Promise.resolve(pin),
    });
  const hands = keeperHands(folder, { options: { prepare } });
  await hands.steps(2);
  hands.want(desiredOf(1, { 'maintenance.pin': 'secret:pin-1' }));
  await hands.steps(6);
  expect(states(hands.facts)).toEqual(['1 waiting secret-unreachable']);
  pin = '471108';
  await hands.steps(10, 60_000);
  expect(states(hands.facts).at(-1)).toBe('1 ok');
  const { maintenance } = hands.config() as { maintenance?: { pinFile: string } };
  const sealed = readFileSync(join(folder, maintenance?.pinFile ?? ''), 'utf8').trim();
  expect(await fitsSealedPin(sealed, '471108')).toBe(true);
  expect(statSync(join(folder, maintenance?.pinFile ?? '')).mode & 0o777).toBe(0o600);
  expect(
    readFileSync(join(folder, 'config.json'), 'utf8') + readFileSync(join(folder, 'keeper.json'), 'utf8'),
  ).not.toContain('471108');
  hands.want(desiredOf(2, {}));
  await hands.steps(12);
  expect(hands.config()).toEqual(usualConfig);
});

describe('a screen that stays white', () => {
  it('is started afresh after five minutes, and again, until something is painted', async () => {
    const white = { ...wellHealth, isPainted: false };
    let renewed = 0;
    const hands = keeperHands(terminalFolder(), {
      serves: () => white,
      options: {
        renewScreen: () => {
          renewed += 1;
        },
      },
    });
    await hands.steps(58, 5_000);
    expect(renewed).toBe(0);
    await hands.steps(5, 5_000);
    expect(renewed).toBe(1);
    await hands.steps(63, 5_000);
    expect(renewed).toBe(2);
    hands.say(wellHealth);
    await hands.steps(130, 5_000);
    expect(renewed).toBe(2);
  });
});
