// The loop: read → decide → record → show → print. Holds the one session; knows no hardware and no network.
import type { CardRead, UnusableCard } from '../device/card-reader.ts';
import type { PanelSound } from '../device/control-panel.ts';
import { cardToken, isWideEnough } from '../sync/contract/card-token.ts';
import type { Fact, FactContent } from '../sync/contract/facts.ts';
import type { CardToken, FactId } from '../sync/contract/ids.ts';
import { pinMatches } from '../sync/contract/pin.ts';
import type { Decision, Recording } from './decision.ts';
import { type Errand, runErrand } from './errands.ts';
import { type FaultCode, faultText } from './fault-text.ts';
import { HelpCall } from './help-call.ts';
import { IdleWatch } from './idle-watch.ts';
import type { LeaveReason } from './keeper-line.ts';
import type { KioskOptions } from './kiosk-options.ts';
import { LookWatch } from './look-watch.ts';
import { MaintenanceDesk } from './maintenance-desk.ts';
import { isDeskTouch } from './maintenance-touches.ts';
import { soundOf } from './panel-signals.ts';
import type { RuleContext } from './rule-context.ts';
import { decideSwipe, isKnown } from './rules/check-in.ts';
import { decideErrandEnd } from './rules/join-errands.ts';
import {
  askedPurpose,
  decideCardFor,
  decidePin,
  decideUnusableCard,
  pinToCheck,
} from './rules/second-proof.ts';
import { decideCardInJourney } from './rules/staff.ts';
import { decideTouch, isOutsideTheScreen, type OutsideTouch } from './rules/touch.ts';
import type { Purpose, Show, Status } from './screen.ts';
import { showScreen } from './showing/show-screen.ts';
import { type Moment, mannerOf, patienceOf, wholeShow } from './showing/whole-show.ts';
import { recordingInHant } from './slips/slips-in-hant.ts';
import { storeFaultOf } from './store-fault.ts';
import { withTold } from './told-knowledge.ts';
import type { FingerTouch } from './touch.ts';
import { freshSession, isForAnybody, isWaiting, type Session, spokenIn, withoutPerson } from './view.ts';

export class Kiosk {
  readonly #options: KioskOptions;
  readonly #idle: IdleWatch;
  readonly #help = new HelpCall(() => this.refresh());
  readonly #looks: LookWatch;
  readonly #desk: MaintenanceDesk;
  #session: Session;
  /** rises with every change of view: a touch on an older one is not meant for this one */
  #revision = 1;
  #confirms: FactId | null = null;
  #lastSwipe: { readonly card: CardToken; readonly atMs: number } | undefined;
  #isClosed = false;
  #leaving: Moment['leaving'] = null;
  #link: Status['link'] = 'offline';

  constructor(options: KioskOptions) {
    this.#options = options;
    this.#session = freshSession(options.language);
    options.store.boardSearch.watch({
      onReady: () => {
        if (this.#session.view.kind === 'search') this.refresh();
      },
      onFault: (cause) => options.log.fault('board-unreadable', faultText('board-unreadable'), cause),
    });
    this.#desk = new MaintenanceDesk(options, {
      context: () => this.#context(),
      carryOut: (decision) => this.#carryOut(decision),
      stay: () => this.#idle.touch(),
      revision: () => this.#revision,
      isClosed: () => this.#isClosed,
      end: () => this.#end(),
    });
    this.#looks = new LookWatch(options, (fact) => void this.#record({ fact, effects: [] }));
    this.#idle = new IdleWatch({
      ...options.idle,
      patience: () => patienceOf(options, this.#session),
      isPaused: () => isWaiting(this.#session.view),
      onWarn: () => this.refresh(),
      onEnd: () => this.#end(),
    });
  }

  /** What is to be seen now. */
  get show(): Show {
    return wholeShow(this.#options, this.#session, this.#context(), {
      revision: this.#revision,
      idle: this.#idle.secondsLeft === null ? null : { secondsLeft: this.#idle.secondsLeft },
      confirms: this.#confirms,
      isHelpCalled: this.#help.isShown,
      link: this.#link,
      leaving: this.#leaving,
    });
  }

  /** A card was presented. Its number is wiped before this returns. */
  swipe({ technology, number, bits }: CardRead): void {
    const { fleetKey, cardWidth, monoMs } = this.#options;
    const { view, person } = this.#session;
    const { tail } = number;
    const isUsable = isWideEnough(technology, bits, cardWidth);
    const card = number.use((canonical) => cardToken(fleetKey, technology, canonical, cardWidth));
    number.wipe();
    if (view.kind === 'maintenance') {
      const count = (view.card?.count ?? 0) + 1;
      this.#carryOut({ view: { ...view, card: { kind: 'read', technology, bits, tail, count } } });
      return;
    }
    if (!isUsable) {
      this.refuseCard('card-too-narrow');
      return;
    }
    // a wall clock that is set back would refuse this card until it has caught up
    const atMs = monoMs();
    const last = this.#lastSwipe;
    if (last?.card === card && atMs - last.atMs < this.#options.limits.repeatedSwipeMs) return;
    this.#lastSwipe = { card, atMs };
    if (view.kind === 'enter-pin' && person?.card === card) {
      this.#idle.touch();
      return;
    }
    this.#endCheck();
    const inJourney = decideCardInJourney(card, this.#context());
    if (inJourney) {
      // a card that changes nothing must not make what headquarters answers meanwhile come too late
      if (inJourney.view === view) this.#idle.touch();
      else this.#carryOut(inJourney);
      return;
    }
    const purpose = askedPurpose(this.#session.view);
    // whoever was here before is gone: nothing of theirs may be seen by the next card
    this.#session = withoutPerson(this.#session);
    const isAsked = !isKnown(card, this.#context()) && this.#askAbout(card, purpose);
    if (isAsked) this.#carryOut({ view: { kind: 'checking-card', card, purpose } });
    else this.#decideCard(card, purpose);
  }

  /** A card was there that is no key; nothing of it is kept. */
  refuseCard(why: UnusableCard): void {
    this.#options.log.info('card unusable', { why });
    const decision = decideUnusableCard(why, this.#context());
    if (decision) this.#carryOut(decision);
    else this.#idle.touch();
  }

  /** A finger did something. */
  touch({ revision, touch }: { readonly revision: number; readonly touch: FingerTouch }): void {
    if (isOutsideTheScreen(touch)) {
      this.#touchOutside(touch);
      return;
    }
    if (revision !== this.#revision || this.#session.view.kind === 'checking-card') return;
    if (touch.kind === 'end') {
      this.#end();
      return;
    }
    if (isDeskTouch(touch)) {
      this.#desk.touch(touch);
      return;
    }
    if (touch.kind === 'enter-pin' && this.#session.view.kind === 'maintenance-pin') {
      this.#desk.tryPin(touch.pin);
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

  /** What is mute on the screen is mute beside it. */
  #play(sound: PanelSound): void {
    if (mannerOf(this.#options, this.#session).volume > 0) this.#options.onSound(sound);
  }

  setLink(link: Status['link']): void {
    if (link === this.#link) return;
    this.#link = link;
    this.refresh();
  }

  /** Somebody stands in front: a sleeping terminal wakes. */
  notePresence(): void {
    if (this.#session.view.kind === 'attract') this.#carryOut({ view: { kind: 'home' } });
  }

  /** The help button, on the screen or beside it. */
  callHelp(): void {
    if (this.#help.isShown) return;
    const fact: FactContent = { kind: 'help-requested', body: { screen: this.#session.view.kind } };
    if (typeof this.#record({ fact, effects: [] }) === 'string') return;
    this.#play('help');
    this.#help.begin();
    this.refresh();
  }

  /** Nothing shows the screen any longer: whoever looks at the next page may be somebody else. */
  noteScreenGone(): void {
    if (this.#session.view.kind !== 'attract' && !this.#isClosed) this.#end();
  }

  /** Shows the same view again: knowledge, a print job or the status changed. */
  refresh(): void {
    // what was looked at when the end came may answer after it
    if (this.#isClosed) return;
    if (showScreen(this.#context()) === undefined) {
      this.#moveTo({ view: { kind: 'home' }, person: null });
    }
    this.#options.onShow(this.show);
  }

  /** The terminal is about to end: whoever looks at it is told while it still can be. @param why left out = to start again */
  leave(why?: LeaveReason): void {
    this.#leaving = why ?? this.#leaving ?? 'restart';
    this.refresh();
  }

  close(): void {
    this.#endCheck();
    this.#isClosed = true;
    this.#idle.close();
    this.#help.close();
  }

  /** Decides with what headquarters tells, or without. */
  #askAbout(card: CardToken, purpose: Purpose | null): boolean {
    return this.#options.ask({ kind: 'card', card }, (told) => {
      const { view } = this.#session;
      // another card, or the end, came first
      if (view.kind !== 'checking-card' || view.card !== card) return;
      this.#session = { ...this.#session, told: told ?? null };
      this.#decideCard(card, purpose);
    });
  }

  /** Nobody waits for headquarters any longer: the swipe ends as it would have offline. */
  #endCheck(): void {
    const { view } = this.#session;
    if (view.kind === 'checking-card') this.#decideCard(view.card, view.purpose);
  }

  #decideCard(card: CardToken, purpose: Purpose | null): void {
    const context = this.#context();
    this.#carryOut(purpose ? decideCardFor(purpose, card, context) : decideSwipe(card, context));
  }

  /** What is shown is mended when headquarters answers while it is still shown. */
  #askBalance(): void {
    const { person } = this.#session;
    const revision = this.#revision;
    if (!person) return;
    this.#options.ask({ kind: 'balance', member: person.member }, (told) => {
      if (!told || revision !== this.#revision) return;
      this.#session = { ...this.#session, told };
      this.refresh();
    });
  }

  #touchOutside(touch: OutsideTouch): void {
    this.#idle.touch();
    switch (touch.kind) {
      case 'stay':
        this.refresh();
        return;
      case 'choose-language':
        this.#session = { ...this.#session, ...spokenIn(touch.language) };
        this.refresh();
        return;
      case 'choose-manner':
        this.#session = { ...this.#session, manner: { ...this.#session.manner, ...touch.manner } };
        // from now on at the new pace
        this.#idle.touch();
        this.refresh();
        return;
      case 'call-help':
        this.callHelp();
        return;
      case 'try-panel':
        if (this.#session.view.kind === 'maintenance') this.#options.onTryPanel(touch.what);
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

  /** Record first, then show, then print: no success is seen and no paper moves before the fact is on disk. @returns is it? */
  #carryOut(decision: Decision): boolean {
    const { recording } = decision;
    const wasPoints = this.#session.view.kind === 'points';
    const fact = recording && this.#record(recording);
    if (decision.also && typeof fact !== 'string') this.#record(decision.also);
    this.#confirms = typeof fact === 'object' ? fact.id : null;
    if (typeof fact === 'string') {
      this.#moveTo({ view: { kind: 'out-of-service', code: fact }, person: null });
      this.#options.onShow(this.show);
      return false;
    }
    this.#moveTo(decision);
    this.#options.onShow(this.show);
    const sound = soundOf(decision);
    if (sound) this.#play(sound);
    if (recording?.effects.some(({ kind }) => kind === 'queue-slip')) this.#options.onSlipQueued();
    if (this.#session.view.kind === 'points' && !wasPoints) this.#askBalance();
    if (decision.errand) this.#run(decision.errand);
    return true;
  }

  /** Its end counts while what waits for it is still shown. */
  #run(errand: Errand): void {
    const revision = this.#revision;
    runErrand(errand, this.#options, (end) => {
      const next = revision === this.#revision && decideErrandEnd(end, this.#context());
      if (next) this.#carryOut(next);
    });
  }

  /** @returns the fact on disk, or why there is none */
  #record(recording: Recording): Fact | FaultCode {
    const { store, log, onRecorded } = this.#options;
    try {
      const fact = store.record(this.#session.script === 'hant' ? recordingInHant(recording) : recording);
      log.cleared('store-write-failed');
      onRecorded();
      return fact;
    } catch (cause) {
      const code = storeFaultOf(cause);
      log.fault(code, faultText(code), cause);
      return code;
    }
  }

  #moveTo({ view, person, shortlist }: Pick<Decision, 'view' | 'person' | 'shortlist'>): void {
    const before = this.#session;
    const isLeft = isForAnybody(view) || person === null;
    const kept = isLeft ? withoutPerson(before) : before;
    this.#session = {
      ...kept,
      view,
      ...(isLeft || !person ? {} : { person }),
      ...(shortlist && { shortlist }),
    };
    this.#looks.moved(before, this.#session);
    this.#revision += 1;
    // by the time that somebody has found the search, it is ready
    if (view.kind === 'projects' || view.kind === 'board') this.#options.store.boardSearch.prepare();
    if (view.kind === 'attract') this.#idle.rest();
    else this.#idle.touch();
  }

  #end(): void {
    this.#confirms = null;
    this.#moveTo({ view: { kind: 'attract' }, person: null });
    this.#session = freshSession(this.#options.language);
    this.#options.onShow(this.show);
  }

  #context(): RuleContext {
    const { know, clock, site, limits, newId, random } = this.#options;
    const { told } = this.#session;
    const known = told ? withTold(know, told) : know;
    const { terminal } = this.#options;
    return { know: known, session: this.#session, terminal, now: clock(), site, limits, newId, random };
  }
}
