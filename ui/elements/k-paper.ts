// The slip as the paper has it, to be read before it comes out, and to be photographed where none does.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SlipProgress } from '../../kiosk/screen.ts';
import type { ShownPaper } from '../../kiosk/shown-paper.ts';
import { paperWords } from '../text/paper-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import './k-qr.ts';
import './k-scroller.ts';

@customElement('k-paper')
export class KPaper extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        gap: var(--gap);
        padding: var(--gap-l) var(--edge) var(--gap);
        background: var(--surface-sunk);
        border-top: 1px solid var(--rule-strong);
        box-shadow: var(--lift-high);
      }
      /* paper is white at any hour */
      article {
        width: min(100%, 28rem);
        margin: auto;
        font-size: var(--text-l);
        padding: var(--gap) var(--gap-l) var(--gap-l);
        background: #fff;
        color: #231e19;
        box-shadow: var(--lift);
      }
      h3,
      .centred {
        text-align: center;
      }
      .bold {
        font-weight: 700;
      }
      hr {
        border: none;
        border-top: 2px dashed #8b7d69;
        margin: var(--gap-s) 0;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--gap);
      }
      .pair > * {
        overflow-wrap: anywhere;
      }
      k-qr {
        width: 11rem;
        margin: var(--gap-s) auto;
      }
      .foot {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap);
      }
      .how {
        display: flex;
        align-items: center;
        gap: var(--gap-s);
        font-size: var(--text-l);
        font-weight: 700;
      }
      @container style(--layout: single) {
        article {
          padding: var(--gap);
        }
        .foot {
          flex-direction: column;
        }
      }
    `,
  ];

  @property({ attribute: false }) lines: ShownPaper = [];
  @property({ attribute: false }) progress: SlipProgress = 'none';
  @property({ attribute: false }) speech!: Speech;

  override render() {
    const words = paperWords[this.speech.language];
    const isComing = this.progress === 'printing' || this.progress === 'printed';
    return html`
      <k-scroller .speech=${this.speech} .label=${words.title}>
        <article>${this.lines.map((line) => lineTemplate(line, words.code))}</article>
      </k-scroller>
      <div class="foot">
        <p class="how">${icon(isComing ? 'printer' : 'camera')}<span>${isComing ? words.coming : words.photograph}</span></p>
        <button class="primary" @click=${() => this.dispatchEvent(new Event('k-paper', { bubbles: true, composed: true }))}>
          ${words.close}
        </button>
      </div>
    `;
  }
}

function lineTemplate(line: ShownPaper[number], code: string) {
  switch (line.kind) {
    case 'title':
      return html`<h3>${line.text}</h3>`;
    case 'text':
      return html`<p class="${line.isBold ? 'bold' : ''} ${line.isCentred ? 'centred' : ''}">${line.text}</p>`;
    case 'pair':
      return html`<p class="pair ${line.isBold ? 'bold' : ''}"><span>${line.label}</span><span>${line.value}</span></p>`;
    case 'rule':
      return html`<hr />`;
    case 'qr':
      return html`<k-qr .text=${line.content} label=${code}></k-qr>`;
  }
}
