// What is out of order, for two readers: the visitor learns what still works, staff what to do. Gone when it is over.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Status } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
import { icon } from './icons.ts';

@customElement('k-outage')
export class KOutage extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--gap-xs);
        padding: var(--gap-s) var(--edge) 0;
      }
      .visitor {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: var(--gap);
        padding: var(--gap-s) var(--gap);
        border-left: 0.35rem solid var(--warn);
        border-radius: 0 var(--round) var(--round) 0;
        background: var(--warn-wash);
        font-size: var(--text-l);
        font-weight: 700;
      }
      .visitor p {
        word-break: keep-all;
        overflow-wrap: anywhere;
        text-wrap: balance;
      }
      .visitor svg.icon {
        color: var(--warn);
        width: 1.9rem;
        height: 1.9rem;
      }
      .staff {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.1em;
        justify-content: flex-end;
        font-size: var(--text-s);
        color: var(--text-soft);
      }
      @media (orientation: landscape) {
        .visitor {
          padding-block: var(--gap-xs);
          font-size: var(--text);
        }
      }
    `,
  ];

  @property({ attribute: false }) status!: Status;
  @property({ attribute: false }) speech!: Speech;

  override render() {
    const { troubles, terminal } = this.status;
    const { status } = this.speech.words;
    // two devices may have one thing to say
    const sentences = [...new Set(troubles.flatMap(({ visitor }) => visitor ?? []))];
    return html`
      ${
        sentences.length === 0
          ? nothing
          : html`<div class="visitor" role="status">
              ${icon('warning')}
              <div>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
            </div>`
      }
      <p class="staff">
        <span>${status.staff} · ${terminal}</span>
        ${troubles.map(({ code, staff }) => html`<span>${staff} <span lang="en">${code}</span></span>`)}
      </p>
    `;
  }
}
