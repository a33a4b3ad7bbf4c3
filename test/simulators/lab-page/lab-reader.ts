// The drawn card reader: a pad with an LED that shows whether anybody listens and when a card was read.
import { css, html, LitElement, type PropertyValues } from 'lit';
import type { LabReaderState, ShelfReader } from '../lab/lab-view.ts';
import { countFaults, readerFaults } from './device-faults.ts';
import type { LabText, Language } from './lab-text.ts';
import { sheetKey } from './sheet-key.ts';
import { baseSheet, keySheet } from './sheets.ts';

const glowMs = 900;

export class LabReader extends LitElement {
  static override properties = {
    text: {},
    language: {},
    reader: {},
    model: {},
    isTarget: { type: Boolean },
    isReading: { state: true },
  };
  declare text: LabText;
  declare language: Language;
  /** each swipe more is a card that was read */
  declare reader: LabReaderState;
  declare model: ShelfReader | undefined;
  /** a card hovers above it */
  declare isTarget: boolean;
  declare isReading: boolean;
  #glow: number | undefined;

  constructor() {
    super();
    this.isTarget = false;
    this.isReading = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('reader');
    const { swipes, isConnected, isSilent } = this.reader;
    if (!before || swipes <= before.swipes || !isConnected || isSilent) return;
    this.isReading = true;
    window.clearTimeout(this.#glow);
    this.#glow = window.setTimeout(() => {
      this.isReading = false;
    }, glowMs);
  }

  protected override render() {
    const { text, reader, model } = this;
    const isHeard = reader.isConnected;
    const says = this.isReading
      ? text.readerRead
      : this.isTarget
        ? text.dropHere
        : isHeard
          ? text.readerIdle
          : reader.isPlugged
            ? text.readerDeaf
            : text.devices.unplugged;
    const look = this.isReading ? 'reading' : isHeard ? 'idle' : 'deaf';
    return html`
      <div class="pad ${look} ${this.isTarget ? 'target' : ''}" role="img" aria-label="${text.reader}: ${says}">
        <span class="led"></span>
        <svg viewBox="0 0 120 100" aria-hidden="true">
          <g class="waves">
            <path d="M66 26 a34 34 0 0 1 0 48" /><path d="M79 16 a48 48 0 0 1 0 68" />
            <path d="M92 6 a62 62 0 0 1 0 88" />
          </g>
          <rect x="14" y="30" width="44" height="30" rx="4" transform="rotate(-14 36 45)" />
          <path class="stripe" d="M13 46 l42 -10.5" />
        </svg>
        <strong>${says}</strong>
      </div>
      ${sheetKey(this, {
        device: 'reader',
        model: model?.name[this.language] ?? '',
        faults: countFaults(readerFaults(reader, model, text.devices)),
        text: text.devices,
      })}
    `;
  }

  static override styles = [
    baseSheet,
    keySheet,
    css`
      :host {
        position: relative;
      }
      .sheet-key {
        position: absolute;
        bottom: 22px;
        left: 50%;
        translate: -50% 0;
      }
      .pad {
        position: relative;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 0.4rem;
        height: 100%;
        min-height: 190px;
        padding: 1.2rem 0.8rem 3.2rem;
        border-radius: 30px;
        background:
          radial-gradient(circle at 50% 20%, rgb(255 255 255 / 12%), transparent 60%),
          linear-gradient(160deg, #3b3f45, #1a1c20 70%);
        box-shadow:
          inset 0 2px 1px rgb(255 255 255 / 25%),
          inset 0 -4px 8px rgb(0 0 0 / 50%),
          0 14px 30px rgb(0 0 0 / 45%),
          0 0 0 6px #101215;
        transition: box-shadow 160ms;
      }
      .target {
        box-shadow:
          inset 0 2px 1px rgb(255 255 255 / 25%),
          inset 0 0 40px rgb(255 215 119 / 45%),
          0 14px 30px rgb(0 0 0 / 45%),
          0 0 0 6px var(--gold);
      }
      .led {
        position: absolute;
        top: 16px;
        width: 76px;
        height: 8px;
        border-radius: 4px;
        background: #4a4e55;
        transition: background 120ms;
      }
      .idle .led {
        background: #58b8ff;
        box-shadow: 0 0 14px #3aa0f5;
        animation: breathe 3s ease-in-out infinite;
      }
      .reading .led {
        background: #62f3a0;
        box-shadow: 0 0 26px 4px #2ee88a;
      }
      svg {
        width: 118px;
        fill: none;
        stroke: #e9eef2;
        stroke-width: 4;
        stroke-linecap: round;
      }
      .stripe {
        stroke-width: 6;
      }
      .waves path {
        opacity: 0.4;
      }
      .idle .waves path {
        animation: wave 3s ease-in-out infinite;
      }
      .waves path:nth-child(2) {
        animation-delay: 0.2s;
      }
      .waves path:nth-child(3) {
        animation-delay: 0.4s;
      }
      .reading svg {
        stroke: #8dffc0;
      }
      .reading .waves path {
        animation: none;
        opacity: 1;
      }
      .deaf svg {
        stroke: #8a8f96;
      }
      .pad strong {
        font: 600 1.1rem / 1.2 var(--sans);
        letter-spacing: 0.06em;
        color: #f2f5f7;
      }
      .pad.deaf strong {
        color: #b9bec4;
      }
      .pad.reading strong {
        color: #8dffc0;
      }
      @keyframes breathe {
        50% {
          opacity: 0.45;
        }
      }
      @keyframes wave {
        0%,
        60%,
        100% {
          opacity: 0.3;
        }
        25% {
          opacity: 1;
        }
      }
    `,
  ];
}

customElements.define('lab-reader', LabReader);
