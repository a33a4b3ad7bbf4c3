// The small panel above the bar: large text, contrast, reach and sound, for this session only.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Manner, type MannerChoice, volumes } from '../../kiosk/manner.ts';
import { mannerWords } from '../text/manner-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { hasVoice } from './speak.ts';
import { TouchedEvent } from './touched-event.ts';

@customElement('k-manner')
export class KManner extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      section {
        display: grid;
        gap: var(--gap-s);
        max-height: 100%;
        overflow-y: auto;
        padding: var(--gap) var(--edge);
        border-top: 3px solid var(--text-main);
        background: var(--surface-raised);
        box-shadow: 0 -1rem 2rem rgb(24 20 16 / 18%);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap);
      }
      [role='group'] {
        display: grid;
        grid-template-columns: minmax(5.5em, 1fr) 3fr;
        align-items: center;
        gap: var(--gap-xs) var(--gap);
      }
      .ways {
        display: flex;
        gap: var(--gap-s);
      }
      .ways button {
        flex: 1;
        padding-inline: 0.3em;
      }
      button[aria-pressed='true'] {
        background: var(--night);
        border-color: var(--night);
        color: #fff;
        font-weight: 700;
        text-decoration: underline;
        text-underline-offset: 0.3em;
      }
      @container style(--layout: single) {
        [role='group'] {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (orientation: landscape) {
        .rows {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: var(--gap-s) var(--gap-l);
        }
        @container style(--layout: single) {
          .rows {
            grid-template-columns: 1fr;
          }
        }
      }
      .rows {
        display: grid;
        gap: var(--gap-s);
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property({ attribute: false }) manner!: Manner;

  override firstUpdated(): void {
    this.renderRoot.querySelector('button')?.focus({ preventScroll: true });
  }

  override render() {
    const words = mannerWords[this.speech.language];
    const { text, contrast, reach, volume, isSpoken } = this.manner;
    return html`<section aria-labelledby="title" @keydown=${this.#key}>
      <div class="head">
        <h2 id="title">${words.title}</h2>
        <button @click=${this.#close}>${words.close}</button>
      </div>
      <div class="rows">
        ${this.#row(words.text, [{ text: 'normal' }, { text: 'large' }], text === 'large' ? 1 : 0)}
        ${this.#row(words.contrast, [{ contrast: 'normal' }, { contrast: 'high' }], contrast === 'high' ? 1 : 0)}
        ${this.#row(words.reach, [{ reach: 'full' }, { reach: 'low' }], reach === 'low' ? 1 : 0)}
        ${this.#row(
          words.volume,
          volumes.map((each) => ({ volume: each })),
          volume,
        )}
        ${hasVoice() ? this.#row(words.spoken, [{ isSpoken: false }, { isSpoken: true }], isSpoken ? 1 : 0) : ''}
      </div>
    </section>`;
  }

  #row([name, ...labels]: readonly string[], choices: readonly MannerChoice[], chosen: number) {
    return html`<div role="group" aria-label=${name ?? ''}>
      <span>${name}</span>
      <div class="ways">
        ${choices.map(
          (manner, at) => html`<button
            aria-pressed=${at === chosen}
            @click=${() => this.dispatchEvent(new TouchedEvent({ kind: 'choose-manner', manner }))}
          >${labels[at]}</button>`,
        )}
      </div>
    </div>`;
  }

  readonly #close = (): void => {
    this.dispatchEvent(new Event('k-close', { bubbles: true, composed: true }));
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#close();
  };
}
