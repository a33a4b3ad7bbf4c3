// A reader that types into the page: its keys are taken out of the page before any field or button sees them.
// Keys are read by their place on the keyboard, so no layout and no Caps Lock changes them.
import type { ReactiveController } from 'lit';
import { TypedBurst } from './typed-burst.ts';

/** a reader's line feed comes right behind its return */
const lineFeedMs = 150;
/** a busy machine may deliver a reader's keys late, although it stamped them in time */
const leastHoldMs = 120;

export class KeyboardWedge implements ReactiveController {
  /** keys further apart than this are a person's, until the reader's own pace is learnt */
  maxGapMs = 60;
  readonly #onCard: (keys: string) => void;
  readonly #burst = new TypedBurst();
  /** kept back from the page until it is known whose they are */
  #held = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** the field as it was before keys of the burst that is typed now were written into it */
  #before:
    | {
        readonly field: HTMLTextAreaElement;
        readonly value: string;
        readonly selectionStart: number;
        readonly selectionEnd: number;
      }
    | undefined;
  /** somebody is typing: nothing is kept back until they pause */
  #personUntilMs = Number.NEGATIVE_INFINITY;
  #cardAtMs = Number.NEGATIVE_INFINITY;

  /** @param onCard what was typed, without what ends it; of a magnetic track only its first sentinel */
  constructor(onCard: (keys: string) => void) {
    this.#onCard = onCard;
  }

  hostConnected(): void {
    addEventListener('keydown', this.#note, { capture: true });
  }

  hostDisconnected(): void {
    removeEventListener('keydown', this.#note, { capture: true });
    clearTimeout(this.#timer);
    this.#held = '';
    this.#burst.clear();
  }

  readonly #note = (event: KeyboardEvent): void => {
    const atMs = event.timeStamp;
    if (atMs - this.#cardAtMs < lineFeedMs && isEnd(event)) {
      swallow(event);
      return;
    }
    if (event.key === 'Shift' || event.key === 'CapsLock' || event.key === 'NumLock') return;
    const isCommand =
      event.isComposing || event.key === 'Process' || event.ctrlKey || event.altKey || event.metaKey;
    const key = isCommand ? undefined : keyAt(event);
    if (key !== undefined) this.#hold(event, key, atMs);
    else if (isEnd(event) && this.#burst.length > 0) this.#end(event, atMs);
    else this.#isPersons(atMs);
  };

  #hold(event: KeyboardEvent, key: string, atMs: number): void {
    const pauseMs = this.#burst.longestGapMs(this.maxGapMs);
    if (atMs < this.#personUntilMs) {
      this.#personUntilMs = atMs + pauseMs;
      return;
    }
    if (!this.#burst.add(key, atMs, this.maxGapMs)) {
      this.#release();
      // the key that came too late for the last burst may begin the next
      if (!this.#burst.add(key, atMs, this.maxGapMs)) {
        this.#isPersons(atMs);
        return;
      }
    }
    this.#held += event.key.length === 1 ? event.key : '';
    swallow(event);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), Math.max(pauseMs, leastHoldMs));
  }

  #end(event: KeyboardEvent, atMs: number): void {
    const burst = this.#burst.end(atMs, this.maxGapMs);
    if (burst.kind === 'person') {
      this.#isPersons(atMs);
      return;
    }
    swallow(event);
    clearTimeout(this.#timer);
    this.#held = '';
    this.#takeBack();
    this.#cardAtMs = atMs;
    this.#onCard(burst.kind === 'card' ? burst.number : ';');
  }

  #isPersons(atMs: number): void {
    this.#release();
    this.#personUntilMs = atMs + this.#burst.longestGapMs(this.maxGapMs);
  }

  /** It was a person: what was kept back goes where it was meant to go. */
  #release(): void {
    this.#write();
    this.#burst.clear();
    this.#before = undefined;
  }

  /** Nobody waits longer for their own keys. By the stamps of the next ones they may still prove a reader's. */
  #write(): void {
    clearTimeout(this.#timer);
    const text = this.#held;
    this.#held = '';
    const field = fieldUnderFocus();
    if (!field || text === '') return;
    const { selectionStart, selectionEnd, maxLength, value } = field;
    this.#before ??= { field, value, selectionStart, selectionEnd };
    const room = maxLength < 0 ? text.length : maxLength - value.length + (selectionEnd - selectionStart);
    field.setRangeText(text.slice(0, room), selectionStart, selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }

  /** They were a reader's after all. */
  #takeBack(): void {
    if (!this.#before) return;
    const { field, value, selectionStart, selectionEnd } = this.#before;
    this.#before = undefined;
    field.value = value;
    field.setSelectionRange(selectionStart, selectionEnd);
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }
}

const signs: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Semicolon: [';', ':'],
  Slash: ['/', '?'],
  Equal: ['=', '+'],
  Comma: [',', '<'],
  NumpadComma: [',', ','],
  Minus: ['-', '_'],
  Period: ['.', '>'],
  Space: [' ', ' '],
};
const shiftedDigits = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('];

/** What a reader means by this key, or undefined when no reader uses it. */
function keyAt({ code, shiftKey }: KeyboardEvent): string | undefined {
  const [, row, digit] = /^(Digit|Numpad)(\d)$/.exec(code) ?? [];
  if (digit !== undefined) return shiftKey && row === 'Digit' ? shiftedDigits[Number(digit)] : digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter ?? signs[code]?.[shiftKey ? 1 : 0];
}

/** Return, Tab, or the line feed behind a return. */
function isEnd({ code, key, ctrlKey }: KeyboardEvent): boolean {
  return key === 'Enter' || key === 'Tab' || code === 'NumpadEnter' || (ctrlKey && code === 'KeyJ');
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function fieldUnderFocus(): HTMLTextAreaElement | undefined {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
  return activeElement instanceof HTMLTextAreaElement ? activeElement : undefined;
}
