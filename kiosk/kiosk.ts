// The loop: read → decide → record → show → print. Holds the one session; knows no hardware and no network.
import type { CardRead } from '../device/card-reader.ts';
import type { PrinterState } from '../device/receipt-printer.ts';
import { cardToken } from '../sync/contract/card-token.ts';
import type { Fact, FactContent } from '../sync/contract/facts.ts';
import type { CardToken, FactId } from '../sync/contract/ids.ts';
import { pinMatches } from '../sync/contract/pin.ts';
import type { Decision, Recording } from './decision.ts';
import { type FaultCode, faultText } from './fault-text.ts';
import { IdleWatch } from './idle-watch.ts';
import type { Knowledge } from './knowledge.ts';
import type { KioskLog } from './log.ts';
import type { RuleContext, RuleSite } from './rule-context.ts';
import { decideSwipe } from './rules/check-in.ts';
import { decideCardFor, decidePin, pinToCheck } from './rules/second-proof.ts';
import { decideTouch } from './rules/touch.ts';
import type { Language, Show, Status, Touch, Touched } from './screen.ts';
import { showScreen } from './showing/show-screen.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import type { Session, View } from './view.ts';

export interface KioskOptions {
  readonly terminal: string;
  readonly site: RuleSite;
  readonly fleetKey: Uint8Array;
  readonly store: TerminalStore;
  readonly know: Knowledge;
  readonly limits: RuleContext['limits'] & { readonly repeatedSwipeMs: number };
  readonly idle: { readonly warnAfterMs: number; readonly endAfterMs: number };
  readonly language: Language;
  readonly clock: () => Date;
  /** milliseconds, never back */
  readonly monoMs: () => number;
  readonly newId: RuleContext['newId'];
  readonly random: RuleContext['random'];
  readonly log: KioskLog;
  readonly onShow: (show: Show) => void;
  /** a fact was recorded: send it when you can */
  readonly onRecorded: () => void;
  /** a slip was queued: print it when you can */
  readonly onSlipQueued: () => void;
}

/** What around the terminal the person in front should know of. */
type Surroundings = Pick<Status, 'link' | 'printer' | 'reader'>;

const helpShownMs = 15_000;

export class Kiosk {
  readonly #options: KioskOptions;
  readonly #idle: IdleWatch;
  #session: Session;
  /** rises with every change of view: a touch on an older one is not meant for this one */
  #revision = 1;
  #confirms: FactId | null = null;
  #lastSwipe: { readonly card: CardToken; readonly atMs: number } | undefined;
  #helpTimer: NodeJS.Timeout | undefined;
  #status: Surroundings = { link: 'offline', printer: 'absent', reader: 'absent' };

  constructor(options: KioskOptions) {
    this.#options = options;
    this.#session = freshSession(options.language);
    this.#idle = new IdleWatch({
      ...options.idle,
      onWarn: () => this.refresh(),
      onEnd: () => this.#end(),
    });
  }

  /** What is to be seen now. */
  get show(): Show {
    const { terminal, site, store } = this.#options;
    return {
      v: 1,
      kind: 'show',
      revision: this.#revision,
      language: this.#session.language,
      status: {
        site: site.name[this.#session.language],
        terminal,
        helpPhone: site.helpPhone,
        timeZone: site.timeZone,
        asOf: store.replica.confirmedAt(),
        ...this.#status,
      },
      idle: this.#idle.secondsLeft === null ? null : { secondsLeft: this.#idle.secondsLeft },
      confirms: this.#confirms,
      isHelpCalled: this.#helpTimer !== undefined,
      screen: showScreen(this.#context()) ?? { kind: 'home', today: [] },
    };
  }

  /** A card was presented. */
  swipe(read: CardRead): void {
    const { fleetKey, limits, monoMs } = this.#options;
    const card = read.number.use((canonical) => cardToken(fleetKey, read.technology, canonical));
    // a wall clock that is set back would refuse this card until it has caught up
    const atMs = monoMs();
    const last = this.#lastSwipe;
    if (last?.card === card && atMs - last.atMs < limits.repeatedSwipeMs) return;
    this.#lastSwipe = { card, atMs };
    const { view, person } = this.#session;
    if (view.kind === 'enter-pin' && person?.card === card) {
      this.#idle.touch();
      return;
    }
    // whoever was here before is gone: nothing of theirs may be seen by the next card
    this.#session = { ...this.#session, person: null };
    const asked = view.kind === 'ask-card' || view.kind === 'enter-pin' || view.kind === 'card-problem';
    this.#carryOut(
      asked ? decideCardFor(view.purpose, card, this.#context()) : decideSwipe(card, this.#context()),
    );
  }

  /** A finger did something. */
  touch({ revision, touch }: Touched): void {
    if (isOutsideTheScreen(touch)) {
      this.#touchOutside(touch);
      return;
    }
    if (revision !== this.#revision) return;
    if (touch.kind === 'end') {
      this.#end();
      return;
    }
    if (touch.kind === 'enter-pin') {
      this.#checkPin(touch.pin).catch((cause: unknown) => {
        this.#options.log.fault('pin-check-failed', faultText('pin-check-failed'), cause);
        this.#end();
      });
      return;
    }
    const decision = decideTouch(touch, this.#context());
    if (decision) this.#carryOut(decision);
    else this.#idle.touch();
  }

  setLink(link: Status['link']): void {
    this.#setStatus({ link });
  }

  setReader(reader: Status['reader']): void {
    this.#setStatus({ reader });
  }

  setPrinter(state: PrinterState): void {
    this.#setStatus({ printer: shownPrinter(state) });
  }

  /** Somebody stands in front: a sleeping terminal wakes. */
  notePresence(): void {
    if (this.#session.view.kind === 'attract') this.#carryOut({ view: { kind: 'home' } });
  }

  /** The help button, on the screen or beside it. */
  callHelp(): void {
    if (this.#helpTimer) return;
    const fact: FactContent = { kind: 'help-requested', body: { screen: this.#session.view.kind } };
    if (!this.#record({ fact, effects: [] })) return;
    this.#helpTimer = setTimeout(() => {
      this.#helpTimer = undefined;
      this.refresh();
    }, helpShownMs);
    this.refresh();
  }

  /** Shows the same view again: knowledge, a print job or the status changed. */
  refresh(): void {
    if (showScreen(this.#context()) === undefined) {
      this.#moveTo({ view: { kind: 'home' }, person: null });
    }
    this.#options.onShow(this.show);
  }

  close(): void {
    this.#idle.close();
    clearTimeout(this.#helpTimer);
  }

  #touchOutside(touch: Extract<Touch, { kind: 'stay' | 'choose-language' | 'call-help' }>): void {
    this.#idle.touch();
    switch (touch.kind) {
      case 'stay':
        this.refresh();
        return;
      case 'choose-language':
        this.#session = { ...this.#session, language: touch.language };
        this.refresh();
        return;
      case 'call-help':
        this.callHelp();
        return;
    }
  }

  async #checkPin(pin: string): Promise<void> {
    const member = pinToCheck(this.#context());
    const { view } = this.#session;
    if (!member || view.kind !== 'enter-pin') return;
    this.#moveTo({ view: { ...view, isChecking: true, problem: null } });
    const revision = this.#revision;
    this.#options.onShow(this.show);
    const isRight = await pinMatches(this.#options.fleetKey, member.id, pin, member.pin);
    // another card or the end of the session came first
    if (revision !== this.#revision) return;
    const decision = decidePin(isRight, this.#context());
    if (decision) this.#carryOut(decision);
  }

  /** Record first, then show, then print: no success is seen and no paper moves before the fact is on disk. */
  #carryOut(decision: Decision): void {
    const { recording } = decision;
    const fact = recording && this.#record(recording);
    this.#confirms = fact?.id ?? null;
    if (recording && !fact) {
      this.#moveTo({ view: { kind: 'out-of-service', code: 'store-write-failed' }, person: null });
      this.#options.onShow(this.show);
      return;
    }
    this.#moveTo(decision);
    this.#options.onShow(this.show);
    if (recording?.effects.some(({ kind }) => kind === 'queue-slip')) this.#options.onSlipQueued();
  }

  #record(recording: Recording): Fact | undefined {
    const { store, log, onRecorded } = this.#options;
    const code: FaultCode = 'store-write-failed';
    try {
      const fact = store.record(recording);
      log.cleared(code);
      onRecorded();
      return fact;
    } catch (cause) {
      log.fault(code, faultText(code), cause);
      return undefined;
    }
  }

  #moveTo({ view, person }: Pick<Decision, 'view' | 'person'>): void {
    this.#session = {
      ...this.#session,
      view,
      person: isForAnybody(view) ? null : person === undefined ? this.#session.person : person,
    };
    this.#revision += 1;
    if (view.kind === 'attract') this.#idle.rest();
    else this.#idle.touch();
  }

  #end(): void {
    this.#confirms = null;
    this.#session = freshSession(this.#options.language);
    this.#moveTo({ view: { kind: 'attract' }, person: null });
    this.#options.onShow(this.show);
  }

  #setStatus(change: Partial<Surroundings>): void {
    const before = this.#status;
    this.#status = { ...before, ...change };
    if (JSON.stringify(before) !== JSON.stringify(this.#status)) this.refresh();
  }

  #context(): RuleContext {
    const { know, clock, site, limits, newId, random } = this.#options;
    return { know, session: this.#session, now: clock(), site, limits, newId, random };
  }
}

function freshSession(language: Language): Session {
  const view: View = { kind: 'attract' };
  return { view, person: null, language };
}

/** Where nobody in particular stands: whoever goes on from here shows their card and PIN anew. */
function isForAnybody({ kind }: View): boolean {
  switch (kind) {
    case 'attract':
    case 'home':
    case 'projects':
    case 'buildings':
    case 'board':
    case 'unit':
    case 'adverse-facts':
    case 'ask-card':
    case 'out-of-service':
      return true;
    case 'checked-in':
    case 'check-in-refused':
    case 'welcome':
    case 'enter-pin':
    case 'card-problem':
    case 'points':
    case 'report-choice':
    case 'report-review':
    case 'request-filed':
    case 'requests':
    case 'request':
      return false;
  }
}

function isOutsideTheScreen(
  touch: Touch,
): touch is Extract<Touch, { kind: 'stay' | 'choose-language' | 'call-help' }> {
  return touch.kind === 'stay' || touch.kind === 'choose-language' || touch.kind === 'call-help';
}

function shownPrinter(state: PrinterState): Status['printer'] {
  switch (state.kind) {
    case 'ready':
      return state.isPaperLow ? 'paper-low' : 'ready';
    case 'opening':
    case 'absent':
    case 'lost':
    case 'back-off':
      return 'absent';
    case 'stopped':
      return stoppedPrinter[state.code];
  }
}

const stoppedPrinter = {
  'printer-paper-out': 'paper-out',
  'printer-cover-open': 'cover-open',
  'printer-offline': 'fault',
  'printer-hot': 'fault',
  'printer-cutter': 'fault',
  'printer-fault': 'fault',
} as const;
