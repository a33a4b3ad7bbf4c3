// Staff and IT: how every device is, what can be tried, and the slips that need a decision.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { type MaintenanceWords, maintenanceWords } from '../text/maintenance-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { maintenanceStyles } from './maintenance-styles.ts';
import { ScreenElement } from './screen-element.ts';

type Maintenance = ScreenOf<'maintenance'>;

@customElement('maintenance-screen')
export class MaintenanceScreen extends ScreenElement<'maintenance'> {
  static override styles = [base, buttons, page, maintenanceStyles];

  override render() {
    const words = maintenanceWords[this.speech.language];
    const { devices, inspection, slips } = this.screen;
    const configured = devices.filter(({ state }) => state !== 'none');
    const missing = devices
      .filter(({ state }) => state === 'none')
      .map(({ device }) => words.device[device])
      .join(words.comma);
    return html`
      <h1>${words.title}</h1>
      <k-scroller class="fill" .speech=${this.speech} label=${words.title}>
        <div class="sections">
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
          </section>
          ${inspection ? inspectionTemplate(inspection, words) : nothing}
        </div>
      </k-scroller>
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

function deviceTemplate(
  { device, state, code, staff, needsRestart }: Maintenance['devices'][number],
  words: MaintenanceWords,
) {
  const known = words.state[state];
  const tone = state === 'unavailable' ? 'off' : code === null ? 'fine' : 'out';
  return html`<li>
    <div>
      <strong>${words.device[device]}</strong>
      <span class="chip ${tone}">${known ?? words.outOfOrder}</span>
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
