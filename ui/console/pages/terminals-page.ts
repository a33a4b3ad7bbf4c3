// Which terminals there are, who is there now, and what could not be applied.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { answers, type DeadLetterItem, type TerminalItem } from '../../../sync/headquarters/api.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import './site-bundle-panel.ts';
import { showAgo, showTime } from '../show.ts';

interface Fleet {
  readonly terminals: readonly TerminalItem[];
  readonly deadLetters: readonly DeadLetterItem[];
}

@customElement('terminals-page')
export class TerminalsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .list { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); }
      .terminal { padding: 1rem 1.1rem; display: grid; gap: 0.75rem; }
      .head { display: flex; align-items: center; justify-content: space-between; gap: 0.5rem; }
      .name { font-size: 1.1rem; font-weight: 600; overflow-wrap: anywhere; }
      dl { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem 1rem; margin: 0; }
      dt { font-size: 0.82rem; color: var(--text-soft); }
      dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 500; }
      section { margin-top: 1.75rem; }
      .letters { margin-top: 0.6rem; overflow-x: auto; }
      .dot { width: 0.55rem; height: 0.55rem; border-radius: 50%; background: currentcolor; }
      .dot.hollow { background: none; border: 2px solid currentcolor; }
    `,
  ];

  readonly #fleet = new Polling<Fleet>(
    this,
    async () => {
      const [{ terminals }, { deadLetters }] = await Promise.all([
        this.api.get('terminals', answers.terminals),
        this.api.get('dead-letters?limit=50', answers.deadLetters),
      ]);
      return { terminals, deadLetters };
    },
    2_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(
      this.#fleet,
      ({ terminals, deadLetters }) => html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <span class="soft">
          ${this.text.onlineOf(terminals.filter(({ online }) => online).length, terminals.length)}
        </span>
      </div>
      ${
        terminals.length === 0
          ? html`<div class="panel empty">${this.text.noTerminals}</div>`
          : html`<div class="list">${terminals.map((terminal) => this.#renderTerminal(terminal))}</div>`
      }
      ${
        this.may('it')
          ? html`<site-bundle-panel .api=${this.api} .language=${this.language}></site-bundle-panel>`
          : nothing
      }
      <section>
        <h3>${deadLetters.length === 0 ? this.text.setAsideNone : this.text.setAside(deadLetters.length)}</h3>
        ${deadLetters.length === 0 ? nothing : this.#renderLetters(deadLetters)}
      </section>
    `,
    );
  }

  #renderTerminal({
    terminal,
    online,
    lastSeen,
    waiting,
    applied,
    version,
    alarm,
  }: TerminalItem): TemplateResult {
    return html`
      <article class="panel terminal">
        <div class="head">
          <span class="name">${terminal}</span>
          <span class="tag ${online ? 'good' : ''}">
            <span class="dot ${online ? '' : 'hollow'}"></span>${online ? this.text.online : this.text.offline}
          </span>
        </div>
        ${alarm === null ? nothing : html`<p class="tag bad">${this.text.alarm}</p>`}
        <dl>
          <div><dt>${this.text.lastSeen}</dt><dd>${showAgo(lastSeen, this.text)}</dd></div>
          <div><dt>${this.text.waiting}</dt><dd>${waiting}</dd></div>
          <div><dt>${this.text.applied}</dt><dd>${applied}</dd></div>
          <div><dt>${this.text.version}</dt><dd>${version || '–'}</dd></div>
        </dl>
      </article>
    `;
  }

  #renderLetters(letters: readonly DeadLetterItem[]): TemplateResult {
    return html`
      <div class="panel letters">
        <table>
          <tbody>
            ${letters.map(
              ({ terminal, seq, reason, detail, receivedAt }) => html`
              <tr>
                <td class="soft">${showTime(receivedAt, this.language)}</td>
                <td>${terminal}${seq === null ? nothing : html` <span class="soft">#${seq}</span>`}</td>
                <td><span class="tag warn">${this.text.reasons[reason] ?? reason}</span></td>
                <td class="small">${detail}</td>
              </tr>
            `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}
