// The tray of cards: each is a button; a tap swipes it, a drag takes it along.
import { css, html, LitElement } from 'lit';
import type { LabCard } from '../lab/lab-view.ts';
import './card-face.ts';
import { type LabText, wordOf } from './lab-text.ts';
import { baseSheet } from './sheets.ts';

/** Finger or mouse moved this far: the card is carried, not tapped. */
const dragPx = 8;

export interface CardMove {
  readonly card: LabCard;
  readonly slot: HTMLElement;
  readonly x: number;
  readonly y: number;
}

export class CardTray extends LitElement {
  static override properties = { cards: {}, text: {}, swiped: {}, away: {}, looked: { state: true } };
  declare cards: readonly LabCard[];
  declare text: LabText;
  /** names of cards that were on the reader */
  declare swiped: ReadonlySet<string>;
  /** name of the card that is out of the tray */
  declare away: string | null;
  declare looked: LabCard | null;
  #pressed: CardMove | undefined;
  #isCarried = false;

  constructor() {
    super();
    this.looked = null;
  }

  protected override render() {
    const { text, cards } = this;
    const forecast = this.looked && wordOf(text.forecasts, this.looked.state, text.otherForecast);
    return html`
      <div class="head">
        <h2>${text.cards}</h2>
        <p>${forecast ?? text.cardsHint}</p>
        <button class="turn" aria-label=${text.earlierCards} @click=${() => this.#turn(-1)}>‹</button>
        <button class="turn" aria-label=${text.laterCards} @click=${() => this.#turn(1)}>›</button>
      </div>
      <ul @pointerleave=${() => this.#look(null)}>
        ${cards.map((card) => this.#slot(card))}
      </ul>
    `;
  }

  #slot(card: LabCard) {
    const { text } = this;
    const forecast = wordOf(text.forecasts, card.state, text.otherForecast);
    return html`
      <li class=${card.name === this.away ? 'away' : ''}>
        <button
          data-card=${card.name}
          title=${forecast}
          @focus=${() => this.#look(card)}
          @pointerenter=${() => this.#look(card)}
          @pointerdown=${(event: PointerEvent) => this.#press(card, event)}
          @pointermove=${(event: PointerEvent) => this.#move(event)}
          @pointerup=${(event: PointerEvent) => this.#drop(event)}
          @pointercancel=${() => this.#cancel()}
          @dragstart=${(event: Event) => event.preventDefault()}
          @click=${(event: MouseEvent) => this.#tap(card, event)}
        >
          <span class="unseen">${text.swipe}</span>
          <card-face .card=${card} .text=${text} .wasSwiped=${this.swiped.has(card.name)}></card-face>
        </button>
      </li>
    `;
  }

  #turn(direction: 1 | -1): void {
    const list = this.renderRoot.querySelector('ul');
    list?.scrollBy({ left: direction * list.clientWidth * 0.8, behavior: 'smooth' });
  }

  #look(card: LabCard | null): void {
    this.looked = card;
  }

  #press(card: LabCard, event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#isCarried = false;
    const slot = event.currentTarget as HTMLElement;
    this.#pressed = { card, slot, x: event.clientX, y: event.clientY };
    // a quick hand has left the card before the second event
    slot.setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    if (!this.#isCarried && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < dragPx) return;
    this.#isCarried = true;
    this.#tell('card-carried', event);
  }

  #drop(event: PointerEvent): void {
    if (this.#isCarried) this.#tell('card-dropped', event);
    this.#pressed = undefined;
  }

  #cancel(): void {
    if (this.#isCarried) this.dispatchEvent(new CustomEvent('card-let-go'));
    this.#pressed = undefined;
    this.#isCarried = false;
  }

  #tap(card: LabCard, event: MouseEvent): void {
    // the click that ends a drag is no tap; one from the keyboard has detail 0
    if (this.#isCarried && event.detail > 0) return;
    const slot = event.currentTarget as HTMLElement;
    const { left, top } = slot.getBoundingClientRect();
    this.dispatchEvent(new CustomEvent<CardMove>('card-tapped', { detail: { card, slot, x: left, y: top } }));
  }

  #tell(name: string, { clientX, clientY }: PointerEvent): void {
    if (!this.#pressed) return;
    this.dispatchEvent(
      new CustomEvent<CardMove>(name, { detail: { ...this.#pressed, x: clientX, y: clientY } }),
    );
  }

  static override styles = [
    baseSheet,
    css`
      :host {
        display: flex;
        flex-direction: column;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        height: 1.75rem;
      }
      .turn {
        flex: none;
        width: 2rem;
        height: 1.75rem;
        padding: 0 0 0.2rem;
        border: 1px solid var(--chalk-soft);
        border-radius: 0.5rem;
        background: none;
        font: 600 1.2rem / 1 var(--sans);
        color: var(--chalk);
        cursor: pointer;
      }
      .turn:active {
        background: var(--mat-deep);
      }
      p {
        flex: 1;
        min-width: 0;
        margin: 0 0 0 0.5rem;
        overflow: hidden;
        font-size: 0.86rem;
        color: var(--chalk-soft);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      ul {
        display: flex;
        flex: 1;
        margin: 0.35rem 0 0;
        align-items: center;
        padding: 12px 90px 6px 16px;
        overflow: auto hidden;
        border-radius: 14px;
        background: linear-gradient(#7a4f31, #5d3a22);
        box-shadow:
          inset 0 8px 18px rgb(0 0 0 / 50%),
          inset 0 -3px 0 #8d6242,
          0 8px 20px rgb(0 0 0 / 35%);
        list-style: none;
        scrollbar-color: #d9b48f transparent;
        scrollbar-width: thin;
        scroll-padding: 0 80px;
      }
      li {
        flex: none;
        width: 102px;
      }
      li:nth-child(3n + 1) {
        rotate: -1.6deg;
      }
      li:nth-child(3n) {
        rotate: 1.3deg;
      }
      li button {
        position: relative;
        padding: 0;
        border: 0;
        border-radius: 10px;
        background: none;
        color: inherit;
        cursor: grab;
        touch-action: pan-x;
        user-select: none;
        -webkit-tap-highlight-color: transparent;
        transition: transform 160ms cubic-bezier(0.2, 1.3, 0.5, 1);
      }
      li button:is(:hover, :focus-visible) {
        transform: translateY(-9px) rotate(0.5deg);
      }
      li:has(button:is(:hover, :focus-visible)) {
        position: relative;
        z-index: 1;
      }
      .away button {
        opacity: 0.12;
      }
      @media (max-width: 700px) {
        .head {
          height: 2.75rem;
        }
        p {
          white-space: normal;
        }
        .turn {
          width: 2.75rem;
          height: 2.75rem;
        }
      }
    `,
  ];
}

customElements.define('card-tray', CardTray);
