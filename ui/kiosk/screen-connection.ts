// The page's line to the kiosk: keeps the last Show, sends touches, finds its way back.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { mapWords } from '../../kiosk/map-words.ts';
import { elsewhere, parseShow, type Show } from '../../kiosk/screen.ts';
import type { Covered, Painted, Touch, Touched } from '../../kiosk/touch.ts';
import { unbroken } from '../text/unbroken.ts';
import { openSocket, takeFirstSocket } from './first-socket.ts';
import { reloadIfOther } from './reload-if-other.ts';

const firstRetryMs = 250;
const lastRetryMs = 4_000;
/** After this long without a line the person is told, and what was on screen is dropped. */
const lostAfterMs = 2_000;
/** What said itself that it would be gone is believed for longer: it is of nobody. */
const switchedAfterMs = 90_000;
/** A tap on a screen is one tap until the next screen, or this long when nothing came of it. */
const settleMs = 800;
/** An answer that takes longer is announced. */
const slowAfterMs = 400;
/** What has no answer by then has none: the line says so itself when it is gone. */
const longestWaitMs = 8_000;
const stayEveryMs = 5_000;
/** A page younger than this is not loaded anew, lest it do so for ever. */
const settledPageMs = 10_000;

export class ScreenConnection implements ReactiveController {
  show: Show | undefined;
  isLost = false;
  /** a newer page is the screen */
  isElsewhere = false;
  /** A touch is under way. */
  isBusy = false;
  /** The last touch has waited for its answer longer than a person takes for at once. */
  isSlow = false;

  readonly #host: ReactiveControllerHost;
  #socket: WebSocket | undefined;
  #retryMs = firstRetryMs;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #lostTimer: ReturnType<typeof setTimeout> | undefined;
  #busyTimer: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #lastStay = Number.NEGATIVE_INFINITY;
  /** this line knows that the page draws what comes over it */
  #isPaintTold = false;
  #lines = 0;
  #coverTold = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    for (const kind of ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const) {
      addEventListener(kind, this.#noteActivity, { passive: true });
    }
    this.#startLosing();
    this.#open();
  }

  hostDisconnected(): void {
    for (const kind of ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const) {
      removeEventListener(kind, this.#noteActivity);
    }
    for (const timer of [this.#retryTimer, this.#lostTimer, this.#busyTimer, this.#slowTimer])
      clearTimeout(timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /**
   * Typing into the search stops nothing: who asks does so again when the answer is to an older question.
   * @param revision of the screen that the person saw when touching
   */
  send(touch: Touch, revision: number): void {
    if (touch.kind === 'stay') {
      this.#lastStay = performance.now();
    } else if (touch.kind !== 'search') {
      if (this.isBusy) return;
      this.isBusy = true;
      this.#busyTimer = setTimeout(this.#settle, settleMs);
      this.#awaitAnswer();
      this.#host.requestUpdate();
    }
    this.#post({ v: 1, revision, touch });
  }

  /** A reader typed a card into the page: it counts whatever is shown, and while a touch is under way. */
  sendTypedCard(keys: string): void {
    if (this.show) this.#post({ v: 1, revision: this.show.revision, touch: { kind: 'typed-card', keys } });
  }

  /** The screen of this revision is in the page: told once it is seen, and once for each line. */
  notePainted(revision: number): void {
    const socket = this.#socket;
    if (this.#isPaintTold) return;
    this.#isPaintTold = true;
    // the first frame draws it, the second comes after it was drawn
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (socket === this.#socket) this.#post({ v: 1, painted: revision });
      }),
    );
  }

  /** The cover of this number is in the page: told once it is seen, and once for each. */
  noteCovered(no: number): void {
    if (no === this.#coverTold) return;
    this.#coverTold = no;
    const socket = this.#socket;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (socket === this.#socket) this.#post({ v: 1, covered: no });
      }),
    );
  }

  #post(touched: Touched | Painted | Covered): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(touched));
  }

  #awaitAnswer(): void {
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => {
      this.#setSlow(true);
      this.#slowTimer = setTimeout(() => this.#setSlow(false), longestWaitMs);
    }, slowAfterMs);
  }

  #setSlow(isSlow: boolean): void {
    this.isSlow = isSlow;
    this.#host.requestUpdate();
  }

  readonly #settle = (): void => {
    clearTimeout(this.#busyTimer);
    this.isBusy = false;
    this.#host.requestUpdate();
  };

  #open(): void {
    const socket = takeFirstSocket() ?? openSocket();
    let hasOpened = false;
    this.#socket = socket;
    this.#isPaintTold = false;
    this.#coverTold = 0;
    socket.onopen = () => {
      hasOpened = true;
      this.#lines += 1;
      if (this.#lines > 1) reloadIfOther();
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#receive(data);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#startLosing();
      this.#retryTimer = setTimeout(() => this.#open(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
      if (!hasOpened) reloadIfServed();
    };
  }

  #receive(data: string): void {
    const show = parseShow(data);
    const isElsewhere = data === elsewhere;
    if (!show && !isElsewhere) return;
    clearTimeout(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#retryMs = firstRetryMs;
    this.isLost = false;
    this.isElsewhere = isElsewhere;
    if (!show) {
      this.show = undefined;
      this.#answered();
      return;
    }
    if (isAnswer(this.show, show)) this.#answered();
    this.show = keepScreen(this.show, mapWords(show, unbroken));
    this.#host.requestUpdate();
  }

  #answered(): void {
    clearTimeout(this.#slowTimer);
    this.isSlow = false;
    this.#settle();
  }

  #startLosing(): void {
    const patienceMs = this.show?.screen.kind === 'enrolling' ? switchedAfterMs : lostAfterMs;
    this.#lostTimer ??= setTimeout(() => {
      this.isLost = true;
      this.show = undefined;
      this.#host.requestUpdate();
    }, patienceMs);
  }

  readonly #noteActivity = (): void => {
    if (!this.show || this.show.screen.kind === 'attract') return;
    if (performance.now() - this.#lastStay < stayEveryMs) return;
    this.send({ kind: 'stay' }, this.show.revision);
  };
}

/**
 * A Show also comes when only the status changed. The screen is then the same object as before, so that what a
 * person has typed into it (a PIN, their own words) stays.
 */
function keepScreen(before: Show | undefined, now: Show): Show {
  const isSame =
    before?.revision === now.revision && JSON.stringify(before.screen) === JSON.stringify(now.screen);
  return isSame ? { ...now, screen: before.screen } : now;
}

/** Language and help change no screen: a tap on them is answered all the same. */
function isAnswer(before: Show | undefined, now: Show): boolean {
  return (
    before?.revision !== now.revision ||
    before.language !== now.language ||
    before.isHelpCalled !== now.isHelpCalled ||
    before.summons?.kind !== now.summons?.kind
  );
}

/** A kiosk that came back may be a newer one, or want a new handshake: its page must be fetched again. */
function reloadIfServed(): void {
  if (performance.now() < settledPageMs) return;
  fetch(location.href, { cache: 'no-store' }).then(
    ({ ok }) => ok && location.reload(),
    () => undefined,
  );
}
