// One terminal: how it stands and what to do about it, what it did of late, and what of it was set aside.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import {
  answers,
  type DeadLetterItem,
  type FactItem,
  type TerminalItem,
} from '../../../sync/headquarters/api.ts';
import { factSentence } from '../fact-sentence.ts';
import '../figure-tiles.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showAgo, showTime } from '../show.ts';
import { fleetWords } from './fleet-words.ts';
import { setAsideTable } from './set-aside-table.ts';
import { terminalState, terminalTones } from './terminal-state.ts';

interface Seen {
  readonly terminal: TerminalItem | undefined;
  readonly facts: readonly FactItem[];
  readonly letters: readonly DeadLetterItem[];
}

const shownFacts = 20;
/** above every number that headquarters will ever give */
const newest = 999_999_999_999_999;

/** `about`: the terminal's name. */
@customElement('terminal-view')
export class TerminalView extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      h3 { margin: 1.5rem 0 0.6rem; font-size: 1.05rem; }
      .advice { padding: 0.75rem 1rem; margin-bottom: 1rem; border-left: 5px solid var(--warn); }
      .advice.bad { border-left-color: var(--bad); }
      ol { list-style: none; margin: 0; padding: 0; }
      li { display: grid; grid-template-columns: 9rem 1fr; gap: 0.2rem 1rem; padding: 0.45rem 1rem; border-bottom: 1px solid var(--rule); }
      li:last-child { border-bottom: 0; }
      time { color: var(--text-soft); font-variant-numeric: tabular-nums; }
    `,
  ];

  readonly #seen = new Polling<Seen>(
    this,
    async () => {
      const [{ terminals }, { facts }, { deadLetters }] = await Promise.all([
        this.api.get('terminals', answers.terminals),
        this.api.get(`facts?before=${newest}`, answers.facts),
        this.api.get('dead-letters?limit=50', answers.deadLetters),
      ]);
      const isOurs = ({ terminal }: { readonly terminal: string }): boolean => terminal === this.about;
      return {
        terminal: terminals.find(isOurs),
        facts: facts.filter(isOurs).slice(-shownFacts).reverse(),
        letters: deadLetters.filter(isOurs),
      };
    },
    2_000,
  );

  override render(): TemplateResult {
    const words = fleetWords[this.language];
    return html`
      <div class="bar"><a href=${placeHash('terminals')}>← ${words.back}</a></div>
      ${this.renderLoaded(this.#seen, ({ terminal, facts, letters }) =>
        terminal
          ? html`
            ${this.#renderState(terminal)}
            <h3>${words.recent}</h3>
            ${facts.length === 0 ? pageStates.empty(words.recentNone) : this.#renderFacts(facts)}
            <h3>${words.setAside}</h3>
            ${letters.length === 0 ? html`<p class="soft">${words.setAsideNone}</p>` : setAsideTable(letters, this.language)}`
          : pageStates.empty(words.unknown(this.about ?? '')),
      )}
    `;
  }

  #renderState(item: TerminalItem): TemplateResult {
    const words = fleetWords[this.language];
    const { text, language } = this;
    const state = terminalState(item, Date.now());
    const tone = terminalTones[state];
    return html`
      <div class="bar">
        <h2>${item.terminal}</h2>
        <span class="tag ${tone}">${words.states[state]}</span>
        <span class="grow"></span>
        <a href=${placeHash('facts', item.terminal)}>${words.allFacts}</a>
        ${this.may('it') ? html`<a href=${placeHash('orders')}>${words.orders}</a>` : nothing}
      </div>
      ${words.advice[state] === '' ? nothing : html`<p class="panel advice ${tone}">${words.advice[state]}</p>`}
      <figure-tiles .figures=${[
        { label: text.lastSeen, value: showAgo(item.lastSeen, text) },
        { label: words.toUpload, value: item.waiting, tone: item.waiting > 0 ? 'warn' : undefined },
        { label: text.applied, value: item.applied },
        { label: text.version, value: item.version || '–' },
        { label: words.firstSeen, value: showTime(item.firstSeen, language) },
      ]}></figure-tiles>
    `;
  }

  #renderFacts(facts: readonly FactItem[]): TemplateResult {
    return html`<ol class="panel">${facts.map(
      (fact) => html`<li>
        <time datetime=${fact.at}>${showTime(fact.at, this.language, true)}</time>
        <span>${factSentence(fact, this.language).text}</span>
      </li>`,
    )}</ol>`;
  }
}
