// The keyboard on the screen: pinyin by 26 letters or nine keys, Latin letters, digits, symbols; says what was typed and keeps nothing.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import type { Candidate } from '../ime/candidate.ts';
import { prepareIme } from '../ime/ime.ts';
import { keyboardWords } from '../text/keyboard-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { Composition } from './composition.ts';
import { Finger, pressed } from './finger.ts';
import './k-candidates.ts';
import { keyboardStyles } from './keyboard-styles.ts';
import { digitRows, type KeyboardLayout, letterRows, nineKeys, signRows, symbolRows } from './layouts.ts';

export type Typed =
  /** `reading`: how characters are sounded, when they were written by pinyin */
  { readonly kind: 'text'; readonly text: string; readonly reading?: string } | { readonly kind: 'erase' };

export class TypedEvent extends Event {
  readonly typed: Typed;

  constructor(typed: Typed) {
    super('typed', { bubbles: true, composed: true });
    this.typed = typed;
  }
}

/** What is written: anything, a person's name, what lists are searched by (letters and digits), a number, or a key of letters, digits and signs. */
export type Purpose = 'words' | 'name' | 'letters' | 'number' | 'secret';

@customElement('k-keyboard')
export class KKeyboard extends LitElement {
  static override styles = [base, buttons, keyboardStyles];

  @property({ attribute: false }) speech!: Speech;
  @property() purpose: Purpose = 'words';
  /** A sentence or a part of a name begins: its first letter is large unless the person turns that. */
  @property({ type: Boolean }) begins = false;
  /** Letters that wait to be characters, as they are shown; `composing` says that they have changed. */
  waiting = '';
  @state() private layout: KeyboardLayout = 'latin';
  /** the next letter is of the other size than it would be */
  @state() private isTurned = false;
  @state() private hasAll = false;
  readonly #composition = new Composition(this);

  readonly #finger = new Finger(this);
  #settling: Promise<void> | undefined;
  #language: Speech['language'] | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    const { language } = this.speech;
    if (changed.has('purpose') || language !== this.#language) {
      this.#language = language;
      void this.settle();
      this.#open(this.#layouts()[0] ?? 'latin');
    }
    this.#composition.isName = this.purpose === 'name';
    this.#composition.isHant = language === 'zh-Hant';
    if (this.#composition.isEmpty) this.hasAll = false;
    if (this.waiting !== this.#composition.shown) {
      this.waiting = this.#composition.shown;
      this.dispatchEvent(new Event('composing'));
    }
  }

  override firstUpdated(): void {
    // in large text a page is longer than the glass: the keys are what has just been asked for
    requestAnimationFrame(() => this.scrollIntoView({ block: 'nearest' }));
  }

  /**
   * Letters that wait become what stands first for them, as on every telephone; what is nothing stays letters.
   * Settles when all of it has been said.
   */
  async settle(): Promise<void> {
    this.#settling ??= this.#settleAll().finally(() => {
      this.#settling = undefined;
    });
    await this.#settling;
  }

  override render() {
    const words = keyboardWords[this.speech.language];
    const [before, after] = this.#besideSpace();
    return html`<div class="keys" role="group" aria-label=${words.label} @pointerdown=${keepFocus}>
      ${this.#isPinyin ? this.#candidates() : nothing}
      ${this.hasAll ? nothing : this.#rows()}
      <div class="row">
        ${
          this.hasAll
            ? html`<button class="wide" @click=${this.#showLess}>${words.less}</button>`
            : this.#layouts()
                .filter((layout) => layout !== this.layout)
                .map(
                  (layout) =>
                    html`<button class="wide" ${this.#press(() => this.#switchTo(layout))}>${words.layouts[layout]}</button>`,
                )
        }
        ${before === undefined ? nothing : this.#key(before)}
        <button class="space" ${this.#press(this.#space)}>${this.#spaceText()}</button>
        ${after === undefined ? nothing : this.#key(after)}
      </div>
    </div>`;
  }

  get #isShifted(): boolean {
    return this.layout === 'latin' && this.begins !== this.isTurned;
  }

  get #isPinyin(): boolean {
    return this.layout === 'pinyin26' || this.layout === 'pinyin9';
  }

  /** Signs that are needed so often that nobody should look for them: of sentences, or of names (O'Brien, Smith-Jones, 阿不都·热合曼). */
  #besideSpace(): readonly string[] {
    if (this.purpose === 'words') return this.speech.isChinese ? ['，', '。'] : [',', '.'];
    if (this.purpose !== 'name') return [];
    return this.#isPinyin ? ['·'] : ["'", '-'];
  }

  /** Those of the purpose, the first one open. */
  #layouts(): readonly KeyboardLayout[] {
    if (this.purpose === 'letters') return ['latin', 'digits'];
    if (this.purpose === 'number') return ['digits', 'latin'];
    if (this.purpose === 'secret') return ['latin', 'digits', 'signs'];
    const pinyin: readonly KeyboardLayout[] = ['pinyin26', 'pinyin9'];
    const rest: readonly KeyboardLayout[] =
      this.purpose === 'name' ? ['latin'] : ['latin', 'digits', 'symbols'];
    return this.speech.isChinese ? [...pinyin, ...rest] : ['latin', ...rest.slice(1), 'pinyin26'];
  }

  #candidates() {
    const { shown, candidates, isAsking } = this.#composition;
    return html`<k-candidates
      .speech=${this.speech}
      .shown=${shown}
      .candidates=${candidates}
      ?all=${this.hasAll}
      ?asking=${isAsking}
      @chosen=${(event: HTMLElementEventMap['chosen']) => this.#choose(event.candidate)}
      @more=${() => {
        this.hasAll = true;
      }}
    ></k-candidates>`;
  }

  #rows() {
    if (this.layout === 'pinyin9') return this.#nine();
    const rows = {
      pinyin26: letterRows,
      latin: letterRows,
      digits: digitRows,
      symbols: symbolRows,
      signs: signRows,
    }[this.layout];
    return rows.map(
      (row, i) => html`<div class="row">
        ${i === rows.length - 1 ? this.#beforeLast() : nothing}
        ${[...row].map((key) => this.#key(this.#isShifted ? key.toUpperCase() : key))}
        ${i === rows.length - 1 ? this.#eraser() : nothing}
      </div>`,
    );
  }

  #beforeLast() {
    const words = keyboardWords[this.speech.language];
    if (this.layout === 'pinyin26') {
      return html`<button class="wide" ?disabled=${this.#composition.isEmpty} ${this.#press(() => this.#type("'"))}>
        ${words.part}
      </button>`;
    }
    if (this.layout !== 'latin') return nothing;
    return html`<button
      class="wide"
      aria-pressed=${`${this.#isShifted}` as const}
      ${this.#press(() => {
        this.isTurned = !this.isTurned;
      })}
    >${words.shift}</button>`;
  }

  #nine() {
    const words = keyboardWords[this.speech.language];
    return html`<div class="nine">
      ${nineKeys.map(([key, letters]) =>
        key === '1'
          ? html`<button class="wide" ${this.#press(() => this.#type("'"))}>${words.part}</button>`
          : html`<button aria-label="${key} ${letters}" ${this.#press(() => this.#type(key))}>
            ${letters}<small class="soft">${key}</small>
          </button>`,
      )}
      ${this.#eraser()}
    </div>`;
  }

  #eraser() {
    const words = keyboardWords[this.speech.language];
    return html`<button class="wide" aria-label=${words.erase} ${pressed(this.#finger, this.#erase, { repeats: true })}>${icon('erase')}</button>`;
  }

  #key(key: string) {
    return html`<button ${this.#press(() => this.#type(key))}>${key}</button>`;
  }

  #spaceText(): string {
    const words = keyboardWords[this.speech.language];
    return this.#composition.isEmpty
      ? words.space
      : (this.#composition.candidates[0]?.text ?? words.keepLetters);
  }

  #press(act: () => void) {
    return pressed(this.#finger, act);
  }

  #type(text: string): void {
    this.isTurned = false;
    const isPinyinKey = this.#isPinyin && /^[a-z2-9']$/.test(text);
    const layout = this.layout === 'pinyin9' ? 'pinyin9' : 'pinyin26';
    if (isPinyinKey) this.#inOrder(() => this.#composition.type(text, layout));
    else this.#afterLetters(() => this.#say({ kind: 'text', text }));
  }

  /** Fingers are faster than the engine: what comes while letters are settled waits for its turn. */
  #inOrder(act: () => void): void {
    if (this.#settling === undefined) act();
    else void this.#settling.then(act);
  }

  #afterLetters(act: () => void): void {
    if (this.#composition.isEmpty) this.#inOrder(act);
    else void this.settle().then(act);
  }

  async #settleAll(): Promise<void> {
    while (!this.#composition.isEmpty) {
      await this.#composition.answered();
      const [first] = this.#composition.candidates;
      if (first) this.#choose(first);
      else this.#keepLetters();
    }
  }

  #keepLetters(): void {
    const { keys } = this.#composition;
    this.#composition.clear();
    if (keys !== '') this.#say({ kind: 'text', text: keys });
  }

  #choose(candidate: Candidate): void {
    this.hasAll = false;
    this.#composition.choose(candidate);
    this.#say({ kind: 'text', text: candidate.text, reading: candidate.reading });
  }

  #switchTo(layout: KeyboardLayout): void {
    this.#afterLetters(() => undefined);
    this.#open(layout);
  }

  #open(layout: KeyboardLayout): void {
    this.layout = layout;
    this.isTurned = false;
    // fetched before the first key is
    if (this.#isPinyin) prepareIme();
  }

  readonly #showLess = (): void => {
    this.hasAll = false;
  };

  readonly #space = (): void => this.#inOrder(() => void this.#takeFirst());

  async #takeFirst(): Promise<void> {
    if (this.#composition.isEmpty) {
      this.isTurned = false;
      this.#say({ kind: 'text', text: ' ' });
      return;
    }
    await this.#composition.answered();
    const [first] = this.#composition.candidates;
    if (first) this.#choose(first);
    else this.#keepLetters();
  }

  readonly #erase = (): void =>
    this.#inOrder(() => {
      if (this.#composition.isEmpty) this.#say({ kind: 'erase' });
      else this.#composition.erase();
    });

  #say(typed: Typed): void {
    this.dispatchEvent(new TypedEvent(typed));
  }
}

/** The caret stays where it is while keys are tapped. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementEventMap {
    typed: TypedEvent;
  }
}
