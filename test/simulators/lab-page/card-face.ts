// The face of a plastic card: level colour, masked name, PIN for the demo, and a badge when it will be refused.
import { css, html, LitElement, nothing } from 'lit';
import type { LabCard } from '../lab/lab-view.ts';
import { type LabText, wordOf } from './lab-text.ts';
import { baseSheet } from './sheets.ts';

export class CardFace extends LitElement {
  static override properties = { card: {}, text: {}, wasSwiped: { type: Boolean } };
  declare card: LabCard;
  declare text: LabText;
  declare wasSwiped: boolean;

  protected override render() {
    const { card, text } = this;
    const isBlank = card.member === null;
    const level = card.level ?? (isBlank ? 'blank' : 'plain');
    const levelName = wordOf(text.levels, level, isBlank ? text.blankCard : text.plainLevel);
    const isRefused = card.state !== 'active';
    return html`
      <div class="plastic ${level} ${isRefused ? 'refused' : ''}">
        <svg class="gate" viewBox="0 0 100 100" aria-hidden="true">
          <circle cx="50" cy="50" r="44" /><circle cx="50" cy="50" r="34" />
          <path d="M16 66 q17 -14 34 0 t34 0 M22 74 q14 -11 28 0 t28 0" />
        </svg>
        <div class="top"><b>${levelName}</b><span>${isBlank ? nothing : text.club}</span></div>
        <div class="name">${card.maskedName ?? '— —'}</div>
        <div class="foot">
          ${
            isRefused
              ? html`<span class="badge">${wordOf(text.states, card.state, card.state)}</span>`
              : html`<span class="pin">${card.pin === null ? text.noPin : text.pin(card.pin)}</span>`
          }
          <span class="number" aria-hidden="true">·· ${card.number.slice(-4)}</span>
        </div>
        ${this.wasSwiped ? html`<div class="stamp">${text.swiped}</div>` : nothing}
      </div>
    `;
  }

  static override styles = [
    baseSheet,
    css`
      .plastic {
        --tone: #2b6a58;
        position: relative;
        display: flex;
        flex-direction: column;
        width: 172px;
        height: 108px;
        padding: 9px 12px 9px;
        border-radius: 10px;
        overflow: hidden;
        background: linear-gradient(125deg, #3d8a73, #1f5747 70%);
        color: #f7f3e6;
        box-shadow:
          inset 0 1px 0 rgb(255 255 255 / 45%),
          inset 0 -1px 0 rgb(0 0 0 / 35%),
          0 5px 14px rgb(0 0 0 / 45%);
        text-align: start;
      }
      .plastic::after {
        content: '';
        position: absolute;
        inset: 0;
        background: linear-gradient(112deg, transparent 34%, rgb(255 255 255 / 20%) 46%, transparent 58%);
        pointer-events: none;
      }
      .silver {
        background:
          repeating-linear-gradient(92deg, rgb(255 255 255 / 9%) 0 1px, transparent 1px 3px),
          linear-gradient(125deg, #eef1f2, #a9b3b8 75%);
        color: #20272b;
      }
      .gold {
        background: linear-gradient(125deg, #f9e3a4, #d1a24a 55%, #e9c679);
        color: #3b2807;
      }
      .diamond {
        background:
          linear-gradient(120deg, rgb(120 220 255 / 22%), rgb(255 150 230 / 20%) 45%, rgb(255 230 140 / 20%)),
          linear-gradient(125deg, #2a2c3c, #0f1018 70%);
        color: #f3eefc;
      }
      .blank {
        background: linear-gradient(125deg, #ffffff, #dcdcd6);
        color: #3b3b37;
      }
      .gate {
        position: absolute;
        right: -14px;
        top: -4px;
        width: 106px;
        fill: none;
        stroke: currentcolor;
        stroke-width: 1.6;
        opacity: 0.24;
      }
      .top {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        font: 500 0.72rem / 1.3 var(--sans);
        letter-spacing: 0.08em;
      }
      .top b {
        font-size: 0.82rem;
      }
      .name {
        margin: auto 0 4px;
        font: 700 1.35rem / 1.15 var(--serif);
        letter-spacing: 0.06em;
        white-space: nowrap;
      }
      .foot {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 0.3rem;
        font: 600 0.74rem / 1 var(--sans);
      }
      .pin,
      .badge {
        padding: 4px 6px;
        border-radius: 3px;
        background: #fff3b0;
        color: #3a3000;
        white-space: nowrap;
      }
      .badge {
        background: #a92b1e;
        color: #fff6ef;
      }
      .number {
        font: 500 0.72rem / 1 var(--mono);
        opacity: 0.85;
        white-space: nowrap;
      }
      .stamp {
        position: absolute;
        right: 12px;
        top: 36px;
        padding: 1px 6px;
        border: 2px solid currentcolor;
        border-radius: 4px;
        font: 700 0.74rem / 1.4 var(--sans);
        transform: rotate(-12deg);
        opacity: 0.8;
      }
    `,
  ];
}

customElements.define('card-face', CardFace);
