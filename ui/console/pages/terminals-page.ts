// Which terminals there are and how each stands, the worst first; what could not be applied; the one that the address names.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { answers, type DeadLetterItem, type TerminalItem } from '../../../sync/headquarters/api.ts';
import '../data-table.ts';
import type { RowChosenEvent } from '../data-table.ts';
import '../figure-tiles.ts';
import { fleetWords } from '../fleet/fleet-words.ts';
import { setAsideTable } from '../fleet/set-aside-table.ts';
import { terminalState, terminalStates, terminalTones, worstFirst } from '../fleet/terminal-state.ts';
import '../fleet/terminal-view.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { Polling } from '../polling.ts';
import { showAgo } from '../show.ts';
import type { Column } from '../table-columns.ts';
import './site-bundle-panel.ts';

interface Fleet {
  readonly terminals: readonly TerminalItem[];
  readonly deadLetters: readonly DeadLetterItem[];
}

@customElement('terminals-page')
export class TerminalsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      data-table { --table-height: max(24rem, calc(100vh - 19rem)); }
      section { margin-top: 1.75rem; }
      h3 { margin-bottom: 0.6rem; font-size: 1.05rem; }
    `,
  ];

  readonly #fleet = new Polling<Fleet>(
    this,
    async () => {
      const [{ terminals }, { deadLetters }] = await Promise.all([
        this.api.get('terminals', answers.terminals),
        this.api.get('dead-letters?limit=50', answers.deadLetters),
      ]);
      return { terminals: worstFirst(terminals, Date.now()), deadLetters };
    },
    2_000,
  );

  override render(): TemplateResult {
    if (this.about !== undefined) {
      return html`<terminal-view .api=${this.api} .me=${this.me} .language=${this.language} .about=${this.about}></terminal-view>`;
    }
    return this.renderLoaded(
      this.#fleet,
      ({ terminals, deadLetters }) => html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <span class="soft">${this.text.onlineOf(terminals.filter(({ online }) => online).length, terminals.length)}</span>
      </div>
      ${terminals.length === 0 ? nothing : this.#renderFigures(terminals)}
      <data-table choosable file="terminals" .columns=${this.#columns()} .rows=${terminals} .language=${this.language}
        .label=${this.heading} .empty=${this.text.noTerminals} .keyOf=${({ terminal }: TerminalItem) => terminal}
        @row-chosen=${({ row }: RowChosenEvent<TerminalItem>) => {
          location.hash = placeHash('terminals', row.terminal);
        }}></data-table>
      <section>
        <h3>${deadLetters.length === 0 ? this.text.setAsideNone : this.text.setAside(deadLetters.length)}</h3>
        ${deadLetters.length === 0 ? nothing : setAsideTable(deadLetters, this.language)}
      </section>
      ${
        this.may('it')
          ? html`<site-bundle-panel .api=${this.api} .language=${this.language}></site-bundle-panel>`
          : nothing
      }
    `,
    );
  }

  #renderFigures(terminals: readonly TerminalItem[]): TemplateResult {
    const words = fleetWords[this.language];
    const states = terminals.map((item) => terminalState(item, Date.now()));
    const waiting = terminals.reduce((sum, item) => sum + item.waiting, 0);
    return html`<figure-tiles .figures=${[
      ...terminalStates.map((state) => {
        const value = states.filter((each) => each === state).length;
        return { label: words.states[state], value, tone: value === 0 ? undefined : terminalTones[state] };
      }),
      { label: words.toUpload, value: waiting },
    ]}></figure-tiles>`;
  }

  #columns(): readonly Column<TerminalItem>[] {
    const words = fleetWords[this.language];
    const { text } = this;
    const stateOf = (item: TerminalItem) => terminalState(item, Date.now());
    return [
      { id: 'terminal', label: words.terminal, value: ({ terminal }) => terminal },
      {
        id: 'state',
        label: words.state,
        isFacet: true,
        value: (item) => words.states[stateOf(item)],
        show: (item) =>
          html`<span class="tag ${terminalTones[stateOf(item)]}">${words.states[stateOf(item)]}</span>`,
      },
      {
        id: 'seen',
        label: text.lastSeen,
        value: ({ lastSeen }) => lastSeen,
        show: ({ lastSeen }) => showAgo(lastSeen, text),
      },
      { id: 'waiting', label: text.waiting, isNumber: true, value: ({ waiting }) => waiting },
      { id: 'applied', label: text.applied, isNumber: true, value: ({ applied }) => applied },
      { id: 'version', label: text.version, isFacet: true, value: ({ version }) => version || null },
    ];
  }
}
