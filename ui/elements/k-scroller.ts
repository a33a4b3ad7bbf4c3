// A scrolling area that can also be moved by two large buttons.
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';

@customElement('k-scroller')
export class KScroller extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        gap: var(--gap-s);
        min-height: 0;
        min-width: 0;
      }
      .area {
        flex: 1;
        min-width: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        scrollbar-width: none;
        border-radius: var(--round);
        padding: 4px;
        margin: -4px;
        touch-action: pan-y;
      }
      .area:focus-visible {
        outline: var(--focus);
        outline-offset: -4px;
      }
      .area.more {
        mask-image: linear-gradient(to bottom, #000 calc(100% - 2.4rem), transparent);
      }
      .rail {
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        gap: var(--gap-s);
      }
      .rail button {
        width: var(--target);
        min-height: 4.6rem;
        padding: 0;
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property() label = '';
  @state() private overflows = false;
  @state() private isAtTop = true;
  @state() private isAtBottom = true;
  @query('.area') private readonly area!: HTMLElement;

  readonly #resize = new ResizeObserver(() => this.#measure());

  override render() {
    const { scroll } = this.speech.words;
    return html`
      <div
        class=${this.overflows && !this.isAtBottom ? 'area more' : 'area'}
        tabindex=${this.overflows ? '0' : '-1'}
        role="region"
        aria-label=${this.label || scroll.area}
        @scroll=${this.#measure}
      >
        <div class="content"><slot></slot></div>
      </div>
      <div class="rail" ?hidden=${!this.overflows}>
        <button aria-label=${scroll.up} ?disabled=${this.isAtTop} @click=${() => this.#move(-1)}>
          ${icon('up')}
        </button>
        <button aria-label=${scroll.down} ?disabled=${this.isAtBottom} @click=${() => this.#move(1)}>
          ${icon('down')}
        </button>
      </div>
    `;
  }

  override firstUpdated(): void {
    this.#resize.observe(this.area);
    for (const content of this.area.children) this.#resize.observe(content);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  toTop(): void {
    this.area.scrollTop = 0;
  }

  readonly #measure = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.area;
    this.overflows = scrollHeight > clientHeight + 8;
    this.isAtTop = scrollTop < 4;
    this.isAtBottom = scrollTop + clientHeight > scrollHeight - 4;
  };

  #move(direction: 1 | -1): void {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.area.scrollBy({
      top: direction * this.area.clientHeight * 0.8,
      behavior: isCalm ? 'auto' : 'smooth',
    });
  }
}
