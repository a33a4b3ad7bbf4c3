// Staff and IT: how every device is, what can be tried, and the slips that need a decision.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { maintenanceTabs } from '../../kiosk/maintenance-screen.ts';
import type { ScreenOf } from '../../kiosk/screen.ts';
import '../keyboard/k-wifi-key.ts';
import { type MaintenanceWords, maintenanceWords } from '../text/maintenance-words.ts';
import { upkeepWords } from '../text/upkeep-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { maintenanceStyles } from './maintenance-styles.ts';
import {
  checksTab,
  enrolmentTab,
  lookTab,
  networkTab,
  systemTab,
  type TabParts,
} from './maintenance-tabs.ts';
import { ScreenElement } from './screen-element.ts';

type Maintenance = ScreenOf<'maintenance'>;

@customElement('maintenance-screen')
export class MaintenanceScreen extends ScreenElement<'maintenance'> {
  static override styles = [base, buttons, page, maintenanceStyles];

  /** the Wi-Fi whose key is typed now */
  @state() private keyOf: string | null = null;

  override willUpdate(): void {
    if (this.screen.tab !== 'network') this.keyOf = null;
  }

  override render() {
    const words = maintenanceWords[this.speech.language];
    return html`
      <h1>${words.title}</h1>
      ${this.#tabs()}
      <k-scroller class="fill" .speech=${this.speech} label=${upkeepWords[this.speech.language].tabs[this.screen.tab]}>
        <div class="sections">${this.#tab(words)}</div>
      </k-scroller>
    `;
  }

  #tabs() {
    const { tabs, tabsLabel } = upkeepWords[this.speech.language];
    return html`<nav aria-label=${tabsLabel}>
      ${maintenanceTabs.map(
        (tab) => html`<button
          aria-current=${tab === this.screen.tab ? 'page' : 'false'}
          @click=${() => this.touch({ kind: 'open-maintenance-tab', tab })}
        >${tabs[tab]}</button>`,
      )}
    </nav>`;
  }

  #tab(words: MaintenanceWords) {
    const { speech, screen, status } = this;
    const parts: TabParts = { speech, touch: (touch) => this.touch(touch) };
    switch (screen.tab) {
      case 'devices':
        return this.#devices(words);
      case 'checks':
        return screen.checks ? checksTab(screen.checks, parts) : nothing;
      case 'network':
        if (this.keyOf !== null) return this.#key(this.keyOf);
        return screen.network
          ? networkTab(screen.network, parts, (ssid) => {
              this.keyOf = ssid;
            })
          : nothing;
      case 'enrolment':
        return screen.enrolment ? enrolmentTab(status.terminal, screen.enrolment, parts) : nothing;
      case 'look':
        return screen.look ? lookTab(screen.look, parts) : nothing;
      case 'system':
        return screen.system ? systemTab(screen.system, parts) : nothing;
    }
  }

  #key(ssid: string) {
    return html`<k-wifi-key
      class="card wide"
      ssid=${ssid}
      .speech=${this.speech}
      @cancelled=${this.#leaveKey}
      @joined=${this.#leaveKey}
    ></k-wifi-key>`;
  }

  readonly #leaveKey = (): void => {
    this.keyOf = null;
    // the field that had the keys is gone: they go on at its page
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('nav [aria-current=page]')?.focus(),
    );
  };

  #devices(words: MaintenanceWords) {
    const { devices, inspection, slips } = this.screen;
    const configured = devices.filter(({ state }) => state !== 'none');
    const missing = devices
      .filter(({ state }) => state === 'none')
      .map(({ device }) => words.device[device])
      .join(words.comma);
    return html`
          ${this.#facts(words)}
          <section class="card">
            <h2>${words.devices}</h2>
            <ul>${configured.map((device) => deviceTemplate(device, words))}</ul>
            ${missing === '' ? nothing : html`<p class="soft small">${words.notConfigured(missing)}</p>`}
          </section>
          ${this.#tests(words)}
          <section class="card">
            <h2>${words.slips}</h2>
            ${slips.length === 0 ? html`<p class="soft">${words.noSlips}</p>` : nothing}
            <ul>${slips.map((slip) => this.#slip(slip, words))}</ul>
            ${this.#lastSlip(words)}
          </section>
          ${inspection ? inspectionTemplate(inspection, words) : nothing}
    `;
  }

  #facts(words: MaintenanceWords) {
    const { status, speech, screen } = this;
    const asOf = status.asOf === null ? words.never : speech.formats.moment(status.asOf);
    const pairs = [
      [words.terminal, status.terminal],
      [words.version, screen.version],
      [words.link, status.link === 'online' ? words.online : words.offline],
      [words.asOf, asOf],
      [words.waitingFacts, speech.formats.number(screen.waitingFacts)],
    ];
    return html`<dl class="card">
      ${pairs.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
    </dl>`;
  }

  #tests(words: MaintenanceWords) {
    const { devices, card, picture } = this.screen;
    const has = (device: Maintenance['devices'][number]['device']): boolean =>
      devices.some((each) => each.device === device && each.state !== 'none');
    return html`<section class="card">
      <h2>${words.try}</h2>
      <div class="tests">
        <button ?disabled=${!has('printer')} @click=${() => this.touch({ kind: 'print-test-page' })}>
          ${icon('printer')}${words.testPage}
        </button>
        <button ?disabled=${!has('panel')} @click=${() => this.touch({ kind: 'try-panel', what: 'lights' })}>
          ${icon('star')}${words.lights}
        </button>
        <button ?disabled=${!has('panel')} @click=${() => this.touch({ kind: 'try-panel', what: 'sounds' })}>
          ${icon('waves')}${words.sounds}
        </button>
        ${
          picture
            ? html`<button
              ?disabled=${picture.kind === 'taking'}
              @click=${() => this.touch({ kind: 'take-picture' })}
            >
              ${icon('camera')}${words.picture}
            </button>`
            : nothing
        }
      </div>
      ${picture ? pictureTemplate(picture, words) : nothing}
      <p class="swipe">${icon('card')}<span>${words.card}</span></p>
      <p class="seen" role="status">${card ? cardTemplate(card, words, this.speech.words.cardProblem) : nothing}</p>
    </section>`;
  }

  #lastSlip(words: MaintenanceWords) {
    const { lastSlip } = this.screen;
    const said = upkeepWords[this.speech.language];
    return html`<h3>${said.lastSlip}</h3>
      ${
        lastSlip
          ? html`<div class="last">
              <p>${said.lastSlipText(words.slip[lastSlip.slip], this.speech.formats.moment(lastSlip.at))}</p>
              <button @click=${() => this.touch({ kind: 'reprint-last', id: lastSlip.id })}>${said.reprint}</button>
            </div>`
          : html`<p class="soft">${said.reprintNone}</p>`
      }`;
  }

  #slip({ id, slip, copy, state, at }: Maintenance['slips'][number], words: MaintenanceWords) {
    return html`<li>
      <div>
        <strong>${words.slip[slip]}</strong>
        <span class="soft">${this.speech.formats.moment(at)} ${copy > 0 ? words.copy(`${copy}`) : ''}</span>
        <span class="chip ${state}">${words.slipState[state]}</span>
      </div>
      <div class="does">
        ${
          state === 'unsure'
            ? html`<button @click=${() => this.touch({ kind: 'print-again', id })}>${words.printAgain}</button>`
            : nothing
        }
        ${
          state === 'sending'
            ? nothing
            : html`<button @click=${() => this.touch({ kind: 'forget-slip', id })}>
              ${state === 'unsure' ? words.forgetUnsure : words.forget}
            </button>`
        }
      </div>
    </li>`;
  }
}

const deviceSigns = { fine: icon('check'), out: icon('warning'), bad: icon('blocked'), off: icon('minus') };

function deviceTemplate(
  { device, state, code, staff, needsRestart }: Maintenance['devices'][number],
  words: MaintenanceWords,
) {
  const known = words.state[state];
  const tone = code === null ? (state === 'ready' ? 'fine' : 'off') : known === undefined ? 'bad' : 'out';
  return html`<li>
    <div>
      <strong>${words.device[device]}</strong>
      <span class="chip ${tone}">${deviceSigns[tone]}${known ?? words.outOfOrder}</span>
    </div>
    ${staff ? html`<p>${staff} ${needsRestart ? words.needsRestart : ''} <code lang="en">${code}</code></p>` : nothing}
  </li>`;
}

function pictureTemplate(picture: NonNullable<Maintenance['picture']>, words: MaintenanceWords) {
  switch (picture.kind) {
    case 'possible':
      return nothing;
    case 'taking':
      return html`<p role="status">${words.pictureTaking}</p>`;
    case 'saved':
      return html`<p class="lies" role="status">
        ${words.pictureSaved(picture.file)} ${picture.isCovered ? words.pictureCovered : ''}
      </p>`;
    case 'failed':
      return html`<p role="status">${words.pictureFailed[picture.why]}</p>`;
  }
}

function cardTemplate(
  card: NonNullable<Maintenance['card']>,
  words: MaintenanceWords,
  problems: Readonly<Record<string, { readonly title: string }>>,
) {
  const what =
    card.kind === 'read'
      ? words.cardRead(
          card.technology,
          card.bits === null ? words.stripe : words.bits(`${card.bits}`),
          card.tail,
        )
      : `${problems[card.code]?.title ?? ''} · ${card.code}`;
  return html`<strong>${what}</strong> <span class="soft">${words.cardCount(`${card.count}`)}</span>`;
}

function inspectionTemplate(
  { attached, findings }: NonNullable<Maintenance['inspection']>,
  words: MaintenanceWords,
) {
  return html`<section class="card wide">
    <h2>${words.attached}</h2>
    <ul class="plain">
      ${attached.length === 0 ? html`<li class="soft">${words.noneAttached}</li>` : nothing}
      ${attached.map((line) => html`<li>${line}</li>`)}
      ${findings.map(
        ({ what, doThis, fix }) => html`<li>
          <strong>${what}</strong>
          <span>${doThis}</span>
          ${fix.map((line) => html`<code lang="en">${line}</code>`)}
        </li>`,
      )}
    </ul>
  </section>`;
}
