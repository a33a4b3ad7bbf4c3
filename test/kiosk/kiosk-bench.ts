// A kiosk on a test bench: real store and rules; swipes and touches by name, everything it did written down.

import { vi } from 'vitest';
import { CardNumber } from '../../device/card-number.ts';
import { Kiosk } from '../../kiosk/kiosk.ts';
import type { KioskOptions } from '../../kiosk/kiosk-options.ts';
import type { DeviceCondition, UpkeepKnowledge } from '../../kiosk/knowledge.ts';
import { openLog } from '../../kiosk/log.ts';
import { plainManner } from '../../kiosk/manner.ts';
import type { RuleSite } from '../../kiosk/rule-context.ts';
import type { Screen, ScreenKind, ScreenOf, Show } from '../../kiosk/screen.ts';
import { storedKnowledge } from '../../kiosk/store/stored-knowledge.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { SupportPictures } from '../../kiosk/support-pictures.ts';
import type { FingerTouch } from '../../kiosk/touch.ts';
import type { CardWidth } from '../../sync/contract/card-token.ts';
import type { ProjectId } from '../../sync/contract/ids.ts';
import { factIdMaker } from '../../sync/fact-id.ts';
import { opened } from '../sync/some-keys.ts';
import { fleetKey, letPass, now, setCalendar, site } from './small-world.ts';

const plainLook = { mannerAt: () => plainManner, display: null };

export interface KioskBench {
  readonly kiosk: Kiosk;
  readonly store: TerminalStore;
  /** what happened, in order: `recorded`, `shown checked-in`, `slip queued` */
  readonly events: string[];
  readonly logged: string[];
  /** sounds, and what was tried on the panel */
  readonly signals: string[];
  swipe(number: string): void;
  touch(touch: FingerTouch): void;
  /** the screen now */
  readonly screen: Screen;
  readonly show: Show;
  /** the screen now, which must be of this kind */
  expect<K extends ScreenKind>(kind: K): ScreenOf<K>;
  /** kinds and bodies of all facts so far */
  facts(): { readonly kind: string; readonly body: unknown }[];
  /** the kiosk's wall clock, apart from timers; set ahead it means that time passed, set back that the clock was wrong */
  clock: Date;
}

/** What opens the maintenance screen on the bench. */
export const maintenancePin = '864213';

export interface BenchOptions {
  readonly cardWidth?: CardWidth;
  readonly hasPin?: boolean;
  readonly devices?: readonly DeviceCondition[];
  readonly deeds?: KioskOptions['deeds'];
  readonly pictures?: Pick<SupportPictures, 'isPossible' | 'take'>;
  /** the middle, always, unless given: then no two requests can be filed */
  readonly random?: KioskOptions['random'];
  /** headquarters cannot be asked unless given */
  readonly ask?: KioskOptions['ask'];
  readonly askCode?: KioskOptions['askCode'];
  readonly site?: RuleSite;
  /** of a session that nobody uses; 40 s and 20 s unless given */
  readonly idle?: KioskOptions['idle'];
  /** a page that is open meanwhile */
  readonly onShow?: KioskOptions['onShow'];
}

/** Where the bench stands. */
export const benchSite: RuleSite = {
  name: { zh: '兰亭', en: 'Lanting' },
  project: site as ProjectId,
  timeZone: 'Asia/Shanghai',
  helpPhone: '400-1',
  code: 'H01',
  slipFooter: { zh: '谢谢', en: 'Thanks' },
};

const standing = { project: site as ProjectId, fleetKey, isPrinterReady: () => true };
const noPicture = { kind: 'failed', why: 'not-taken' } as const;

export function kioskBench(store: TerminalStore, options: BenchOptions = {}): KioskBench {
  const events: string[] = [];
  const logged: string[] = [];
  const signals: string[] = [];
  const makeId = factIdMaker();
  const state = { clock: now, monoMs: 0 };
  const kiosk = new Kiosk({
    terminal: 'hall-1',
    site: options.site ?? benchSite,
    fleetKey,
    cardWidth: options.cardWidth ?? 'all',
    isMaintenancePin: (tried) => Promise.resolve(tried === maintenancePin),
    wedge: null,
    store,
    know: {
      ...storedKnowledge(store, { ...standing, now: () => state.clock }),
      upkeep: upkeepOf(store, options),
    },
    limits: { repeatedSwipeMs: 3_000, wrongPins: 3, pinLockMs: 900_000, waitingSlips: 3 },
    idle: options.idle ?? { warnAfterMs: 40_000, endAfterMs: 20_000 },
    language: 'zh',
    ...plainLook,
    clock: () => state.clock,
    monoMs: () => state.monoMs,
    newId: () => makeId(now.getTime()),
    random: options.random ?? ((below) => Math.floor(below / 2)),
    log: openLog('hall-1', { write: (line) => void logged.push(line) }),
    onShow: (show) => noteShown(show, events, options),
    onRecorded: () => void events.push('recorded'),
    onSlipQueued: () => void events.push('slip queued'),
    onSound: (sound) => void signals.push(sound),
    onTryPanel: (what) => void signals.push(`try ${what}`),
    takePicture: async (...how) => (await options.pictures?.take(...how)) ?? noPicture,
    deeds: options.deeds,
    onMaintenance: () => void signals.push('look'),
    ...asking(options),
  });
  return {
    kiosk,
    store,
    events,
    logged,
    signals,
    swipe: (number) => kiosk.swipe({ technology: 'em4100', number: new CardNumber(number), bits: 40 }),
    touch: (touch) => kiosk.touch({ revision: kiosk.show.revision, touch }),
    get screen() {
      return kiosk.show.screen;
    },
    get show() {
      return kiosk.show;
    },
    expect(kind) {
      const { screen } = kiosk.show;
      if (screen.kind !== kind) throw new Error(`expected ${kind}, saw ${screen.kind}`);
      return screen as ScreenOf<typeof kind>;
    },
    facts: () => factsOf(store),
    get clock() {
      return state.clock;
    },
    set clock(to) {
      const byMs = to.getTime() - state.clock.getTime();
      state.monoMs += Math.max(0, byMs);
      (byMs > 0 ? letPass : setCalendar)(store, byMs);
      state.clock = to;
    },
  };
}

function noteShown(show: Show, events: string[], { onShow }: BenchOptions): void {
  events.push(`shown ${show.screen.kind}`);
  onShow?.(show);
}

const asking = ({ ask = () => false, askCode }: BenchOptions) => ({ ask, askCode });

/** Types a PIN and waits until it was compared. */
export async function enterPin(b: KioskBench, digits: string): Promise<void> {
  b.touch({ kind: 'enter-pin', pin: digits });
  await vi.waitFor(() => {
    const { screen } = b;
    if ((screen.kind === 'enter-pin' || screen.kind === 'maintenance-pin') && screen.isChecking)
      throw new Error('still checking');
  });
}

function factsOf({ outbox }: TerminalStore): { readonly kind: string; readonly body: unknown }[] {
  const facts = outbox.read(0, 500, 1_000_000).map((fact) => opened(fact, outbox.terminal));
  return facts.map(({ kind, body }) => ({ kind, body }));
}

function upkeepOf(
  store: TerminalStore,
  { hasPin = true, devices = [], pictures }: BenchOptions,
): UpkeepKnowledge {
  return {
    hasPin,
    version: '1.2.3',
    waitingFacts: () => store.outbox.waiting(),
    pressure: () => store.pressure,
    devices: () => devices,
    canTakePicture: () => pictures?.isPossible ?? false,
    inspection: () => null,
  };
}
