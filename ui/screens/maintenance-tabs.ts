// What stands on each tab of the maintenance screen, but for the devices.
import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from '../elements/icons.ts';
import '../elements/k-sure.ts';
import type { ScreenOf } from '../../kiosk/screen.ts';
import type { Touch } from '../../kiosk/touch.ts';
import type { Speech } from '../text/speech.ts';
import { type UpkeepWords, upkeepWords } from '../text/upkeep-words.ts';

type Maintenance = ScreenOf<'maintenance'>;
type Part<K extends keyof Maintenance> = NonNullable<Maintenance[K]>;
type CheckState = Part<'checks'>['rows'][number]['state'];

export interface TabParts {
  readonly speech: Speech;
  readonly touch: (touch: Touch) => void;
}

export function checksTab(
  { isRunning, at, rows }: Part<'checks'>,
  { speech, touch }: TabParts,
): TemplateResult {
  const words = upkeepWords[speech.language];
  const amiss = rows.filter(({ state }) => state === 'bad' || state === 'care').length;
  const sum = amiss === 0 ? words.allFine : words.amiss(`${amiss}`);
  return html`<section class="card wide">
    <div class="head">
      <p class="sum" role="status">${isRunning ? words.looking : at === null ? words.notChecked : sum}</p>
      <button ?disabled=${isRunning} @click=${() => touch({ kind: 'look-again', what: 'checks' })}>
        ${icon('search')}${words.lookAgain}
      </button>
    </div>
    ${at === null ? nothing : html`<p class="soft small">${words.checkedAt(speech.formats.moment(at))}</p>`}
    <ul>${rows.map(
      ({ code, state, what, doThis }) => html`<li>
        <div><strong>${what}</strong>${stateTemplate(state, speech)}</div>
        ${doThis ? html`<p>${doThis} <code lang="en">${code}</code></p>` : nothing}
      </li>`,
    )}</ul>
  </section>`;
}

/** @param onChoose a network with a key was chosen */
export function networkTab(
  { isLooking, ways, steps, wifi }: Part<'network'>,
  { speech, touch }: TabParts,
  onChoose: (ssid: string) => void,
): TemplateResult {
  const words = upkeepWords[speech.language];
  const air = wifi ? wifiTemplate(wifi, { speech, touch }, onChoose) : nothing;
  const isAlone = ways.length === 0;
  return html`
    <section class="card">
      <h2>${words.ways}</h2>
      <ul>${ways.map(
        ({ name, way, address }) => html`<li>
          <div><strong>${words.way[way]} · ${name}</strong><span class="soft">${address}</span></div>
        </li>`,
      )}</ul>
      ${isAlone ? html`<p>${words.noWay}</p>` : nothing}
    </section>
    ${isAlone ? air : nothing}
    <section class="card">
      <h2>${words.road}</h2>
      <ul>${steps.map(
        ({ step, state, target }) => html`<li>
          <div><strong>${words.step[step]}</strong>${stateTemplate(state, speech)}</div>
          ${target === null ? nothing : html`<p class="soft small lies" lang="en">${target}</p>`}
        </li>`,
      )}</ul>
      <button ?disabled=${isLooking} @click=${() => touch({ kind: 'look-again', what: 'network' })}>
        ${icon('search')}${isLooking ? words.looking : words.lookAgain}
      </button>
    </section>
    ${isAlone ? nothing : air}
  `;
}

function wifiTemplate(
  { isLooking, found, joining }: NonNullable<Part<'network'>['wifi']>,
  { speech, touch }: TabParts,
  onChoose: (ssid: string) => void,
): TemplateResult {
  const words = upkeepWords[speech.language];
  const isBusy = isLooking || joining?.state === 'now';
  return html`<section class="card wide">
    <h2>${words.wifi}</h2>
    ${joining ? joiningTemplate(joining, words) : nothing}
    <ul>${found.map(
      ({ ssid, bars, lock }) => html`<li>
        <div>
          <strong class="lies">${ssid}</strong>
          <span class="soft">${words.bars[bars]} · ${words.wifiLock[lock]}</span>
          <button
            class="choose"
            aria-label="${words.choose} ${ssid}"
            ?disabled=${isBusy || lock === 'other'}
            @click=${() => (lock === 'key' ? onChoose(ssid) : touch({ kind: 'choose-wifi', ssid, key: null }))}
          >${words.choose}</button>
        </div>
      </li>`,
    )}</ul>
    ${found.length === 0 && !isLooking ? html`<p class="soft">${words.wifiNone}</p>` : nothing}
    <button ?disabled=${isBusy} @click=${() => touch({ kind: 'look-again', what: 'wifi' })}>
      ${icon('waves')}${isLooking ? words.wifiLooking : words.wifiLook}
    </button>
  </section>`;
}

const joinSigns = {
  now: 'clock',
  joined: 'check',
  'wrong-key': 'warning',
  'not-there': 'warning',
  failed: 'warning',
} as const;

function joiningTemplate(
  { ssid, state }: NonNullable<NonNullable<Part<'network'>['wifi']>['joining']>,
  words: UpkeepWords,
): TemplateResult {
  const tone = state === 'joined' ? 'fine' : state === 'now' ? '' : 'amiss';
  return told(joinSigns[state], tone, words.joining[state](ssid));
}

export function enrolmentTab(
  terminal: string,
  { certificate, canBeginAnew }: Part<'enrolment'>,
  { speech, touch }: TabParts,
): TemplateResult {
  const words = upkeepWords[speech.language];
  const left = certificate && (certificate.daysLeft < 0 ? words.over : words.days(`${certificate.daysLeft}`));
  return html`
    <section class="card">
      <h2>${words.certificate}</h2>
      ${
        certificate
          ? html`<dl>
              <div><dt>${words.terminal}</dt><dd>${terminal}</dd></div>
              <div><dt>${words.until}</dt><dd>${speech.formats.date(certificate.until)}</dd></div>
              <div><dt>${words.daysLeft}</dt><dd>${left} ${stateTemplate(certificate.state, speech)}</dd></div>
            </dl>
            <p class=${certificate.state === 'fine' ? 'soft' : 'sum'}>${certificate.state === 'fine' ? words.renews : words.renewsLate}</p>`
          : html`<p>${words.certificateNone}</p>`
      }
    </section>
    ${
      canBeginAnew
        ? html`<section class="card">
            <h2>${words.anewTitle}</h2>
            <p>${words.anewText}</p>
            <ol>${words.anewSteps.map((step) => html`<li>${step}</li>`)}</ol>
            <k-sure
              label=${words.anew}
              ask=${words.anewAsk}
              yes=${words.anewYes}
              no=${words.sureNo}
              @sure=${() => touch({ kind: 'enrol-anew' })}
            ></k-sure>
          </section>`
        : nothing
    }
  `;
}

const stepPercent = 10;

export function lookTab(
  { volume, loudest, brightness }: Part<'look'>,
  { speech, touch }: TabParts,
): TemplateResult {
  const words = upkeepWords[speech.language];
  const set = (percent: number): void => {
    if (brightness)
      touch({
        kind: 'set-brightness',
        percent: Math.min(brightness.most, Math.max(brightness.least, percent)),
      });
  };
  return html`
    <section class="card">
      <h2>${words.volume}</h2>
      <div class="ways" role="group" aria-label=${words.volume}>
        ${([0, 1, 2, 3] as const)
          .filter((each) => each <= loudest)
          .map(
            (each) => html`<button
              aria-pressed=${each === volume}
              @click=${() => touch({ kind: 'set-volume', volume: each })}
            >${words.volumes[each]}</button>`,
          )}
      </div>
      <p class="soft">${words.volumeText}</p>
    </section>
    <section class="card">
      <h2>${words.brightness}</h2>
      ${
        brightness
          ? html`<div class="ways">
              <button ?disabled=${brightness.now <= brightness.least} @click=${() => set(brightness.now - stepPercent)}>
                ${icon('minus')}${words.darker}
              </button>
              <p class="now" role="status">${words.percent(`${brightness.now}`)}</p>
              <button ?disabled=${brightness.now >= brightness.most} @click=${() => set(brightness.now + stepPercent)}>
                ${icon('plus')}${words.brighter}
              </button>
            </div>`
          : html`<p>${words.noBrightness}</p>`
      }
    </section>
  `;
}

export function systemTab(
  { stick, canRestartMachine, update }: Part<'system'>,
  { speech, touch }: TabParts,
): TemplateResult {
  const words = upkeepWords[speech.language];
  return html`
    ${
      update
        ? html`<section class="card wide">
            <h2>${words.update}</h2>
            ${updateTemplate(update, words)}
            ${
              update.kind === 'waiting' && update.canGoOnNow
                ? html`<button @click=${() => touch({ kind: 'update-now' })}>${words.updateNow}</button>`
                : nothing
            }
          </section>`
        : nothing
    }
    <section class="card">
      <h2>${words.restart}</h2>
      <p class="soft">${words.restartText}</p>
      <k-sure
        label=${words.restartProgram}
        ask=${words.restartProgramAsk}
        yes=${words.restartYes}
        no=${words.sureNo}
        @sure=${() => touch({ kind: 'restart', what: 'program' })}
      ></k-sure>
      ${
        canRestartMachine
          ? html`<k-sure
              label=${words.restartMachine}
              ask=${words.restartMachineAsk}
              yes=${words.restartYes}
              no=${words.sureNo}
              @sure=${() => touch({ kind: 'restart', what: 'machine' })}
            ></k-sure>`
          : nothing
      }
    </section>
    ${
      stick
        ? html`<section class="card">
            <h2>${words.stick}</h2>
            <p class="soft">${words.stickText}</p>
            <button ?disabled=${stick.kind === 'writing'} @click=${() => touch({ kind: 'export-diagnosis' })}>
              ${words.stickSave}
            </button>
            ${stickTemplate(stick, speech)}
          </section>`
        : nothing
    }
  `;
}

function updateTemplate(
  update: NonNullable<Part<'system'>['update']>,
  { updateSteps, updateWaits, updateOther }: UpkeepWords,
): TemplateResult {
  switch (update.kind) {
    case 'fetching':
      return html`<p role="status">${updateSteps.fetching(`${update.percent}`)}</p>
        <progress max="100" value=${update.percent} aria-hidden="true"></progress>`;
    case 'checking':
    case 'trying':
      return html`<p role="status">${updateSteps[update.kind]}</p>`;
    case 'waiting':
      return html`<p>${updateWaits[update.why] ?? updateOther} <code lang="en">${update.why}</code></p>`;
  }
}

function stickTemplate(stick: NonNullable<Part<'system'>['stick']>, { language }: Speech): TemplateResult {
  const words = upkeepWords[language];
  switch (stick.kind) {
    case 'possible':
      return html`<p role="status"></p>`;
    case 'writing':
      return told('clock', '', words.stickWriting);
    case 'written':
      return told('check', 'fine', words.stickWritten(stick.file));
    case 'failed':
      return told('warning', 'amiss', words.stickFailed[stick.why]);
  }
}

function told(sign: IconName, tone: 'fine' | 'amiss' | '', text: string): TemplateResult {
  return html`<p class="told ${tone}" role="status">${icon(sign)}<span class="lies">${text}</span></p>`;
}

const chips = { fine: 'fine', care: 'out', bad: 'bad', unsure: 'off' } as const;
const signs = { fine: 'check', care: 'warning', bad: 'blocked', unsure: 'question' } as const;

export function stateTemplate(state: CheckState, { language }: Speech): TemplateResult {
  return html`<span class="chip ${chips[state]}">${icon(signs[state])}${upkeepWords[language].state[state]}</span>`;
}
