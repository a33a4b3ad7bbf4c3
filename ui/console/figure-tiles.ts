// A row of figures, each with what it counts; one that calls for somebody has its tone and says so by its sign.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { consoleStyle } from './console-style.ts';

export interface Figure {
  readonly label: string;
  /** as it is to be read */
  readonly value: string | number;
  readonly note?: string;
  /** shown only where there is something to see to: leave it out for a nought */
  readonly tone?: 'good' | 'warn' | 'bad' | undefined;
}

/** `<figure-tiles .figures=${[{ label, value }]}>` */
@customElement('figure-tiles')
export class FigureTiles extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      :host { margin-bottom: 1rem; }
      dl {
        display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 1px; margin: 0; overflow: hidden;
        background: var(--rule);
      }
      div { display: grid; align-content: start; padding: 0.6rem 1rem 0.7rem; background: var(--surface-raised); }
      dt { color: var(--text-soft); font-size: 0.85rem; }
      dd { margin: 0; font-variant-numeric: tabular-nums; }
      b { font-size: 1.45rem; font-weight: 600; line-height: 1.3; }
      .bad b { color: var(--bad); }
      .warn b { color: var(--warn); }
      .good b { color: var(--good); }
      .bad dt::before, .warn dt::before { content: ''; display: inline-block; width: 0.6rem; height: 0.6rem; margin-right: 0.35rem; }
      .bad dt::before { background: var(--bad); clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }
      .warn dt::before { background: var(--warn); clip-path: polygon(50% 4%, 100% 96%, 0 96%); }
      @media print { dl { gap: 0; } div { border: 1px solid var(--rule); } }
    `,
  ];
  @property({ attribute: false }) declare figures: readonly Figure[];

  override render(): TemplateResult {
    return html`<dl class="panel">${this.figures.map(
      ({ label, value, note, tone }) => html`<div class=${tone ?? ''}>
        <dt>${label}</dt>
        <dd><b>${value}</b>${note === undefined ? nothing : html` <span class="soft small">${note}</span>`}</dd>
      </div>`,
    )}</dl>`;
  }
}
