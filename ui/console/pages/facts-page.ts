// What has just happened at the terminals; new facts arrive by themselves, newest on top.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { answers, type FactItem } from '../../../sync/headquarters/api.ts';
import { factSentence } from '../fact-sentence.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';

const kept = 300;
/** above every number that headquarters will ever give */
const newest = 999_999_999_999_999;
/** A fact that came so much later than it happened was waiting for the network. */
const lateMs = 60_000;

@customElement('facts-page')
export class FactsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      ol { list-style: none; margin: 0; padding: 0; }
      li {
        display: grid; grid-template-columns: 6rem 1fr auto; gap: 0.2rem 1rem; align-items: baseline;
        padding: 0.65rem 1.1rem; border-bottom: 1px solid var(--rule); border-left: 4px solid transparent;
      }
      li:last-child { border-bottom: 0; }
      li.good { border-left-color: var(--good); }
      li.warn { border-left-color: var(--warn); }
      li.new { animation: arrive 1.6s ease-out; }
      @keyframes arrive { from { background: var(--accent-wash); } }
      @media (prefers-reduced-motion: reduce) { li.new { animation: none; } }
      time { color: var(--text-soft); font-variant-numeric: tabular-nums; }
      .text { overflow-wrap: anywhere; }
      @media (max-width: 640px) {
        li { grid-template-columns: 1fr auto; }
        .text { grid-column: 1 / -1; grid-row: 2; }
      }
    `,
  ];
  @state() private terminal = '';
  /** facts up to here were there when the page opened */
  #knownUpTo = 0;

  readonly #facts = new Polling<readonly FactItem[]>(
    this,
    async (before) => {
      if (before === undefined) {
        const { facts } = await this.api.get(`facts?before=${newest}`, answers.facts);
        this.#knownUpTo = facts.at(-1)?.n ?? 0;
        return facts;
      }
      const { facts } = await this.api.get(`facts?after=${before.at(-1)?.n ?? 0}`, answers.facts);
      return facts.length === 0 ? before : [...before, ...facts].slice(-kept);
    },
    1_000,
  );

  /** Whoever came from a terminal sees that one first. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('about')) this.terminal = this.about ?? '';
  }

  override render(): TemplateResult {
    return this.renderLoaded(this.#facts, (facts) => {
      const terminals = [...new Set(facts.map(({ terminal }) => terminal).concat(this.about ?? []))].sort(
        (a, b) => a.localeCompare(b),
      );
      const shown = facts.filter(({ terminal }) => this.terminal === '' || terminal === this.terminal);
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <span class="grow"></span>
          <select
            aria-label=${this.text.terminal}
            @change=${(event: Event) => {
              if (event.target instanceof HTMLSelectElement) this.terminal = event.target.value;
            }}
          >
            <option value="">${this.text.allTerminals}</option>
            ${terminals.map((terminal) => html`<option ?selected=${terminal === this.terminal}>${terminal}</option>`)}
          </select>
        </div>
        ${
          shown.length === 0
            ? pageStates.empty(this.text.noFacts)
            : html`<ol class="panel" aria-live="polite" aria-relevant="additions">
              ${repeat(
                [...shown].reverse(),
                ({ n }) => n,
                (fact) => this.#renderFact(fact),
              )}
            </ol>`
        }
      `;
    });
  }

  #renderFact(fact: FactItem): TemplateResult {
    const { tone, text } = factSentence(fact, this.language);
    const isLate = Date.parse(fact.receivedAt) - Date.parse(fact.at) > lateMs;
    return html`
      <li class="${tone} ${fact.n > this.#knownUpTo ? 'new' : ''}">
        <time datetime=${fact.at}>${showTime(fact.at, this.language, true)}</time>
        <span class="text">${text}</span>
        <span class="soft small">
          ${isLate ? html`<span class="tag">${this.text.late}</span>` : nothing} ${fact.terminal}
        </span>
      </li>
    `;
  }
}
