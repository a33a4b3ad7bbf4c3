// The one card that is in the air: it follows a hand, flies to the reader, and back into the tray.
import { css, html, LitElement, nothing } from 'lit';
import type { LabCard } from '../lab/lab-view.ts';
import './card-face.ts';
import type { LabText } from './lab-text.ts';
import { baseSheet } from './sheets.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

const width = 172;
const height = 108;

export class CardFlight extends LitElement {
  static override properties = { text: {}, card: { state: true } };
  declare text: LabText;
  declare card: LabCard | null;
  #at: Place = { x: 0, y: 0 };

  constructor() {
    super();
    this.card = null;
  }

  /** @param at middle of the card */
  take(card: LabCard, at: Place): void {
    this.card = card;
    this.#at = at;
    this.style.transform = `${moved(at)} rotate(-4deg) scale(1.06)`;
  }

  /** Resolves when it arrived. */
  async fly(to: Place, ms: number): Promise<void> {
    await this.updateComplete;
    const from = this.style.transform || moved(this.#at);
    const end = moved(to);
    this.style.transform = end;
    this.#at = to;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    await this.animate([{ transform: from }, { transform: end }], {
      duration: ms,
      easing: 'cubic-bezier(0.3, 0.1, 0.2, 1)',
    }).finished;
  }

  end(): void {
    this.card = null;
    this.style.transform = '';
  }

  protected override render() {
    return this.card ? html`<card-face .card=${this.card} .text=${this.text}></card-face>` : nothing;
  }

  static override styles = [
    baseSheet,
    css`
      :host {
        position: fixed;
        left: 0;
        top: 0;
        z-index: 20;
        width: 172px;
        filter: drop-shadow(0 18px 16px rgb(0 0 0 / 45%));
        pointer-events: none;
      }
    `,
  ];
}

function moved({ x, y }: Place): string {
  return `translate(${x - width / 2}px, ${y - height / 2}px)`;
}

customElements.define('card-flight', CardFlight);
