// The bench: puts reader, cards, line, panel and printer on the mat and lets them act on what happens.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { LabCard, LabState } from '../lab/lab-view.ts';
import { appSheet } from './app-sheet.ts';
import { BenchSounds } from './bench-sounds.ts';
import './card-flight.ts';
import type { CardFlight, Place } from './card-flight.ts';
import './card-tray.ts';
import type { CardMove } from './card-tray.ts';
import './device-sheet.ts';
import { advance, eventsBetween, noProgress, type Progress } from './experiments.ts';
import { LabConnection } from './lab-connection.ts';
import './lab-line.ts';
import './lab-panel.ts';
import './lab-printer.ts';
import './lab-reader.ts';
import { type LabText, type Language, texts } from './lab-text.ts';
import './lab-tries.ts';
import { keepPreferences, readPreferences } from './preferences.ts';
import type { SwitchPressed } from './pressed.ts';
import type { DeviceOpened } from './sheet-key.ts';
import { baseSheet, keySheet } from './sheets.ts';
import './slip-tray.ts';
import './slip-viewer.ts';

const noticeMs = 7_000;
const flyMs = 340;
const restMs = 420;

export class LabApp extends LitElement {
  static override properties = {
    language: { state: true },
    isMuted: { state: true },
    notice: { state: true },
    away: { state: true },
    isOverReader: { state: true },
    isPowerBusy: { state: true },
    swiped: { state: true },
    progress: { state: true },
    openSlip: { state: true },
    openDevice: { state: true },
  };
  declare language: Language;
  declare isMuted: boolean;
  declare notice: { readonly text: string; readonly isFault: boolean } | null;
  /** name of the card that is out of the tray */
  declare away: string | null;
  declare isOverReader: boolean;
  declare isPowerBusy: boolean;
  declare swiped: ReadonlySet<string>;
  declare progress: Progress;
  declare openSlip: string | null;
  declare openDevice: DeviceOpened | null;
  readonly #sounds: BenchSounds;
  readonly #lab = new LabConnection(this, {
    onChange: (before, after) => this.#changed(before, after),
    onFault: (why) => this.#tell(this.#text.failed(why ?? this.#text.noAnswer), true),
  });
  #noticeEnd: number | undefined;

  constructor() {
    super();
    const { language, isMuted } = readPreferences();
    this.language = language;
    this.isMuted = isMuted;
    this.notice = null;
    this.away = null;
    this.isOverReader = false;
    this.isPowerBusy = false;
    this.swiped = new Set();
    this.progress = noProgress;
    this.openSlip = null;
    this.openDevice = null;
    this.#sounds = new BenchSounds(isMuted);
    this.addEventListener('switch-pressed', (event) =>
      this.#press((event as CustomEvent<SwitchPressed>).detail.paths),
    );
  }

  get #text(): LabText {
    return texts[this.language];
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('language') && !changed.has('isMuted')) return;
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en';
    document.title = this.#text.title;
    this.#sounds.isMuted = this.isMuted;
    keepPreferences({ language: this.language, isMuted: this.isMuted });
  }

  protected override render() {
    const text = this.#text;
    const { state, isLost } = this.#lab;
    return html`
      ${this.#head(state)}
      ${state ? this.#bench(state) : nothing}
      <card-flight .text=${text}></card-flight>
      <div class="notices" role="alert">
        ${isLost ? html`<p class="lost">${text.lost}</p>` : nothing}
        ${
          this.notice
            ? html`<p class=${this.notice.isFault ? 'fault' : ''}>
                ${this.notice.text}
                ${this.notice.isFault ? html`<button class="key" @click=${() => this.#hush()}>${text.dismiss}</button>` : nothing}
              </p>`
            : nothing
        }
      </div>
    `;
  }

  #head(state: LabState | undefined) {
    const text = this.#text;
    const link = (to: string, words: string, look: string) => html`
      <a class="key ${look}" href=${to} target="_blank" rel="noopener">
        ${words}<span class="unseen">${text.newTab}</span><span aria-hidden="true">↗</span>
      </a>
    `;
    return html`
      <header>
        <span class="seal" aria-hidden="true">迎</span>
        <div class="title"><h1>${text.title}</h1><p>${text.subtitle}</p></div>
        <nav>
          ${state ? link(state.links.kiosk, text.openScreen, 'urgent') : nothing}
          ${state ? link(state.links.headquarters, text.openHeadquarters, '') : nothing}
          ${link('/gallery.html', text.openGallery, 'quiet')}
          <button class="key quiet" data-switch="sound" aria-pressed=${!this.isMuted} @click=${() => this.#toggleSound()}>
            ${this.isMuted ? text.soundOff : text.soundOn}
          </button>
          <button
            class="key quiet"
            data-switch="language"
            lang=${this.language === 'zh' ? 'en' : 'zh-CN'}
            @click=${() => this.#toggleLanguage()}
          >
            ${text.otherLanguage}
          </button>
        </nav>
      </header>
    `;
  }

  #bench(state: LabState) {
    const text = this.#text;
    const { cards, slips, shelf } = this.#lab;
    const modelOf = <T extends { readonly id: string }>(models: readonly T[], { model }: { model: string }) =>
      models.find(({ id }) => id === model);
    const open = (event: CustomEvent<string | null>) => this.#openSlip(event.detail);
    return html`
      <main @device-opened=${(event: CustomEvent<DeviceOpened>) => this.#openDevice(event.detail)}>
        <lab-tries .text=${text} .progress=${this.progress}></lab-tries>
        <lab-line .text=${text} .state=${state} ?isPowerBusy=${this.isPowerBusy}></lab-line>
        <lab-panel .text=${text} .panel=${state.panel}></lab-panel>
        <lab-reader
          .text=${text}
          .language=${this.language}
          .reader=${state.reader}
          .model=${modelOf(shelf.readers, state.reader)}
          .isTarget=${this.isOverReader}
        ></lab-reader>
        <lab-printer
          .text=${text}
          .printer=${state.printer}
          .model=${modelOf(shelf.printers, state.printer)}
          .slip=${slips.at(-1)}
          @slip-opened=${open}
        ></lab-printer>
        <card-tray
          .text=${text}
          .cards=${cards}
          .swiped=${this.swiped}
          .away=${this.away}
          @card-tapped=${(event: CustomEvent<CardMove>) => void this.#tap(event.detail)}
          @card-carried=${(event: CustomEvent<CardMove>) => this.#carry(event.detail)}
          @card-dropped=${(event: CustomEvent<CardMove>) => void this.#drop(event.detail)}
          @card-let-go=${() => this.#land()}
        ></card-tray>
        <slip-tray .text=${text} .slips=${slips} @slip-opened=${open}></slip-tray>
        ${this.#deviceSheet(state)}
      </main>
      <slip-viewer .text=${text} .slips=${slips} .openId=${this.openSlip} @slip-opened=${open}></slip-viewer>
    `;
  }

  #deviceSheet(state: LabState) {
    if (this.openDevice === null) return nothing;
    const { device, isBreaking } = this.openDevice;
    return html`
      <device-sheet
        class=${device}
        .text=${this.#text}
        .language=${this.language}
        .device=${device}
        .isBreaking=${isBreaking}
        .state=${state}
        .shelf=${this.#lab.shelf}
        @sheet-turned=${(event: CustomEvent<boolean>) => this.#openDevice({ device, isBreaking: event.detail })}
        @sheet-closed=${() => this.#closeDevice()}
      ></device-sheet>
    `;
  }

  #changed(before: LabState, after: LabState): void {
    if (after.reader.swipes > before.reader.swipes && after.reader.isConnected) this.#sounds.beep();
    if (after.slips > before.slips) this.#sounds.purr(1.4);
    const { lastCard } = after.reader;
    if (lastCard !== null && after.reader.swipes > before.reader.swipes && after.reader.isConnected) {
      this.swiped = new Set([...this.swiped, lastCard]);
    }
    const stateOf = (name: string) => this.#lab.cards.find((card) => card.name === name)?.state;
    this.progress = eventsBetween(before, after, stateOf).reduce(advance, this.progress);
  }

  async #press(paths: readonly string[]): Promise<void> {
    const isPower = paths.some((path) => path.startsWith('terminal/'));
    if (isPower) this.isPowerBusy = true;
    let isDone = true;
    for (const path of paths) isDone &&= await this.#lab.press(path);
    if (isPower) this.isPowerBusy = false;
    if (isDone && paths.includes('panel/help')) this.#tell(this.#text.helpPressed, false);
  }

  async #tap({ card, slot }: CardMove): Promise<void> {
    // while another card is in the air this one is read at once
    if (this.away !== null) {
      await this.#read(card);
      return;
    }
    this.away = card.name;
    this.#flight?.take(card, middleOf(slot));
    await this.#swipe(card, slot);
  }

  #carry({ card, x, y }: CardMove): void {
    if (this.away !== null && this.away !== card.name) return;
    this.away = card.name;
    this.#flight?.take(card, { x, y });
    this.isOverReader = this.#isOnReader({ x, y });
  }

  async #drop({ card, slot, x, y }: CardMove): Promise<void> {
    if (this.away !== card.name) return;
    this.isOverReader = false;
    if (this.#isOnReader({ x, y })) {
      await this.#swipe(card, slot);
      return;
    }
    await this.#flight?.fly(middleOf(slot), flyMs);
    this.#land();
  }

  async #swipe(card: LabCard, slot: HTMLElement): Promise<void> {
    const reader = this.renderRoot.querySelector('lab-reader');
    if (reader) await this.#flight?.fly(middleOf(reader), flyMs);
    await this.#read(card);
    await new Promise((resolve) => window.setTimeout(resolve, restMs));
    await this.#flight?.fly(middleOf(slot), flyMs);
    this.#land();
  }

  async #read(card: LabCard): Promise<void> {
    const isHeard = this.#lab.state?.reader.isConnected ?? false;
    const isDone = await this.#lab.press(`cards/${card.name}/swipe`);
    if (isDone && !isHeard) this.#tell(this.#text.nobodyListens, false);
  }

  #land(): void {
    this.#flight?.end();
    this.isOverReader = false;
    this.away = null;
  }

  get #flight(): CardFlight | null {
    return this.renderRoot.querySelector('card-flight');
  }

  #isOnReader({ x, y }: Place): boolean {
    const at = this.renderRoot.querySelector('lab-reader')?.getBoundingClientRect();
    return at !== undefined && x >= at.left && x <= at.right && y >= at.top && y <= at.bottom;
  }

  #openDevice(opened: DeviceOpened): void {
    this.openDevice = opened;
  }

  /** Whoever came by keyboard goes on where the sheet was opened. */
  #closeDevice(): void {
    const device = this.renderRoot.querySelector(`lab-${this.openDevice?.device}`);
    this.openDevice = null;
    device?.shadowRoot?.querySelector<HTMLElement>('[data-sheet]')?.focus();
  }

  #openSlip(id: string | null): void {
    this.openSlip = id;
  }

  #toggleSound(): void {
    this.isMuted = !this.isMuted;
  }

  #toggleLanguage(): void {
    this.language = this.language === 'zh' ? 'en' : 'zh';
  }

  #tell(text: string, isFault: boolean): void {
    this.notice = { text, isFault };
    window.clearTimeout(this.#noticeEnd);
    this.#noticeEnd = window.setTimeout(() => this.#hush(), noticeMs);
  }

  #hush(): void {
    this.notice = null;
  }

  static override styles = [baseSheet, keySheet, appSheet];
}

function middleOf(element: Element): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

customElements.define('lab-app', LabApp);
