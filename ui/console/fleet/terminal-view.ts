// One terminal: how it stands and what to do about it, what it did of late; who it is, how it is set up, what it is ordered.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { deviceFault } from '../../../kiosk/fault-table.ts';
import {
  answers,
  type DeadLetterItem,
  type FactItem,
  type TerminalItem,
} from '../../../sync/headquarters/api.ts';
import { deviceWord, factSentence } from '../fact-sentence.ts';
import '../figure-tiles.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showAgo, showTime } from '../show.ts';
import { fleetWords } from './fleet-words.ts';
import { setAsideTable } from './set-aside-table.ts';
import './terminal-identity.ts';
import './terminal-orders.ts';
import { terminalState, terminalTones } from './terminal-state.ts';
import './terminal-twin.ts';
import { terminalViewWords } from './terminal-view-words.ts';
import { terminalsWords } from './terminals-words.ts';

interface Seen {
  readonly terminal: TerminalItem | undefined;
  readonly facts: readonly FactItem[];
  readonly letters: readonly DeadLetterItem[];
}

const sections = ['overview', 'identity', 'set-up', 'orders'] as const;
type Section = (typeof sections)[number];
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

  @state() private section: Section | undefined;

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
      ${this.renderLoaded(this.#seen, (seen) => {
        // of one that never came there is only its record
        const section = this.section ?? (seen.terminal ? 'overview' : 'identity');
        return html`${this.#renderHead(seen.terminal, section)}${this.#renderSection(section, seen)}`;
      })}
    `;
  }

  #renderHead(item: TerminalItem | undefined, section: Section): TemplateResult {
    const [words, views] = [fleetWords[this.language], terminalViewWords[this.language]];
    const state = item && terminalState(item, Date.now());
    return html`
      <div class="bar">
        <h2>${this.about}</h2>
        ${state ? html`<span class="tag ${terminalTones[state]}">${words.states[state]}</span>` : nothing}
        <span class="grow"></span>
        <a href=${placeHash('audit', this.about)}>${views.audit}</a>
        <a href=${placeHash('facts', this.about)}>${words.allFacts}</a>
      </div>
      <div class="bar chips" role="group" aria-label=${views.parts}>${sections
        .filter((each) => each !== 'orders' || this.may('it'))
        .map(
          (each) =>
            html`<button aria-pressed=${each === section} @click=${() => {
              this.section = each;
            }}>${views.sections[each]}</button>`,
        )}</div>
    `;
  }

  #renderSection(section: Section, { terminal, facts, letters }: Seen): TemplateResult {
    const words = fleetWords[this.language];
    const { api, me, language, about } = this;
    switch (section) {
      case 'overview':
        return terminal
          ? html`
            ${this.#renderState(terminal)}
            <h3>${words.recent}</h3>
            ${facts.length === 0 ? pageStates.empty(words.recentNone) : this.#renderFacts(facts)}
            <h3>${words.setAside}</h3>
            ${letters.length === 0 ? html`<p class="soft">${words.setAsideNone}</p>` : setAsideTable(letters, language)}`
          : pageStates.empty(words.unknown(about ?? ''));
      case 'identity':
        return html`<terminal-identity .api=${api} .me=${me} .language=${language} .about=${about}></terminal-identity>`;
      case 'set-up':
        return html`<terminal-twin .api=${api} .me=${me} .language=${language} .about=${about}></terminal-twin>`;
      case 'orders':
        return html`<terminal-orders .api=${api} .me=${me} .language=${language} .about=${about}
          .isOnline=${terminal?.online ?? false}></terminal-orders>`;
    }
  }

  #renderState(item: TerminalItem): TemplateResult {
    const words = fleetWords[this.language];
    const { text, language } = this;
    const state = terminalState(item, Date.now());
    return html`
      ${words.advice[state] === '' ? nothing : html`<p class="panel advice ${terminalTones[state]}">${words.advice[state]}</p>`}
      <figure-tiles .figures=${[
        { label: text.lastSeen, value: showAgo(item.lastSeen, text) },
        { label: words.toUpload, value: item.waiting, tone: item.waiting > 0 ? 'warn' : undefined },
        ...(item.oldestWaitingAt
          ? [
              {
                label: terminalsWords[language].oldest,
                value: showAgo(item.oldestWaitingAt, text),
                tone: 'warn' as const,
              },
            ]
          : []),
        { label: text.applied, value: item.applied },
        { label: text.version, value: item.version || '–' },
        { label: words.firstSeen, value: showTime(item.firstSeen, language) },
      ]}></figure-tiles>
      ${this.#renderDevices(item)}
    `;
  }

  #renderDevices({ devices = [] }: TerminalItem): TemplateResult | typeof nothing {
    if (devices.length === 0) return nothing;
    const { language } = this;
    const toneOf = (how: string): string => (deviceFault(how) ? 'bad' : how === 'ready' ? 'good' : 'warn');
    return html`<h3>${terminalViewWords[language].devices}</h3>
      <ol class="panel">${devices.map(
        ({ device, state, at }) => html`<li>
          <span>${deviceWord(device, language)}</span>
          <span><span class="tag ${toneOf(state)}">${deviceWord(state, language)}</span>
            <span class="soft small">${showAgo(at, this.text)}</span></span>
        </li>`,
      )}</ol>`;
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
