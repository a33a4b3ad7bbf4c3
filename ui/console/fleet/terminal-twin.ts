// How a terminal is set up: what it shall serve with and what it says, each value with the layer that set it, and the layer of its own.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type TwinAnswers, type TwinItem, twinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import { ApiError } from '../api-client.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import './layer-editor.ts';
import { pathWord } from './path-words.ts';
import { setUpState, setUpTones } from './set-up-state.ts';
import { settingText } from './setting-text.ts';
import { terminalsWords } from './terminals-words.ts';
import { twinWords } from './twin-words.ts';

type Seen = TwinAnswers['twin'] | undefined;

/** `about`: the terminal's name. */
@customElement('terminal-twin')
export class TerminalTwin extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`td code { white-space: pre-wrap; } .value { max-width: 34rem; }`,
  ];

  readonly #seen = new Polling<Seen>(
    this,
    () =>
      this.api
        .get(`fleet/twins/${encodeURIComponent(this.about ?? '')}`, twinAnswers.twin)
        .catch((error: unknown) => {
          if (error instanceof ApiError && error.code === 'unknown-device') return undefined;
          throw error;
        }),
    5_000,
  );

  override render(): TemplateResult {
    const words = twinWords[this.language];
    return this.renderLoaded(this.#seen, (seen) =>
      seen
        ? html`
          ${seen.twin ? this.#renderTwin(seen.twin) : nothing}
          <h3>${words.own}</h3>
          <layer-editor .api=${this.api} .me=${this.me} .language=${this.language} .layer=${'device'} .subject=${this.about ?? ''}
            @saved=${() => void this.#seen.refresh()}></layer-editor>
          <h3>${words.effective}</h3>
          ${seen.values.length === 0 ? pageStates.empty(words.effectiveNone) : this.#renderValues(seen.values)}`
        : pageStates.empty(words.noRecord),
    );
  }

  #renderTwin(twin: TwinItem): TemplateResult {
    const words = twinWords[this.language];
    const state = setUpState(twin, Date.now());
    const time = (at: string): string => showTime(at, this.language);
    const { reported } = twin;
    const why = reported?.code
      ? `${reported.code}${reported.path ? ` · ${pathWord(reported.path, this.language)}` : ''}`
      : undefined;
    const rows: readonly (readonly [string, TemplateResult | string])[] = [
      [
        words.state,
        html`<span class="tag ${setUpTones[state]}">${terminalsWords[this.language].setUps[state]}</span>`,
      ],
      [
        words.desired,
        `${words.revision} ${twin.rev} · ${time(twin.at)} · ${twin.sentAt === null ? words.notSent : `${words.sent} ${time(twin.sentAt)}`}`,
      ],
      [
        words.reported,
        reported ? `${words.revision} ${reported.rev} · ${words.told} ${time(reported.at)}` : words.notTold,
      ],
      [
        terminalsWords[this.language].release,
        reported
          ? reported.release === 0
            ? terminalsWords[this.language].byHand
            : `${reported.release}`
          : '–',
      ],
      ...(why === undefined ? [] : [[words.why, why] as const]),
      ...(twin.driftSince === null ? [] : [['', words.driftSince(time(twin.driftSince))] as const]),
    ];
    return html`<section class="panel"><dl class="facts">${rows.map(([name, said]) => html`<dt>${name}</dt><dd>${said}</dd>`)}</dl></section>`;
  }

  #renderValues(values: TwinAnswers['twin']['values']): TemplateResult {
    const words = twinWords[this.language];
    return html`<div class="panel scroll"><table>
      <thead><tr><th>${words.path}</th><th>${words.value}</th><th>${words.setBy}</th></tr></thead>
      <tbody>${values.map(
        ({ path, value, layer, subject, by, at }) => html`<tr>
          <td>${pathWord(path, this.language)}<br /><code class="soft">${path}</code></td>
          <td class="value"><code>${settingText(path, value) || '–'}</code></td>
          <td><span class="tag">${words.layers[layer]}${subject === '' || layer === 'device' ? '' : ` ${subject}`}</span>
            <p class="small soft">${by} · ${showTime(at, this.language)}</p></td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }
}
