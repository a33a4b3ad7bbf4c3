// "Are you still there?": a modal with a count-down that one tap ends.
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Manner } from '../../kiosk/manner.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { playChime } from './chime.ts';
import { TouchedEvent } from './touched-event.ts';

/** Now and then, and each of the last ones: heard by who does not look. */
function isHeard(left: number): boolean {
  return left > 0 && (left <= 5 || left % 5 === 0);
}

/** Read out at once; each second would drown what else is read. */
function isTold(left: number): boolean {
  return left === 10 || left === 5;
}

function focused(): Element | null {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
  return activeElement;
}

@customElement('k-idle-warning')
export class KIdleWarning extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      dialog {
        width: min(80vw, 30rem);
        max-width: 96vw;
        max-height: 96vh;
        padding: var(--gap-xl) var(--gap-l) var(--gap-l);
        border: none;
        border-radius: 1.2rem;
        background: var(--surface-raised);
        color: var(--text-main);
        text-align: center;
      }
      dialog::backdrop {
        background: rgb(24 20 16 / 72%);
      }
      .count {
        margin: var(--gap-l) auto;
        width: 8.4rem;
        height: 8.4rem;
        border-radius: 50%;
        border: 0.4rem solid var(--seal);
        display: grid;
        align-content: center;
        gap: 0.2rem;
      }
      .count .number {
        font-size: 4rem;
      }
      @container style(--layout: single) {
        .count {
          width: 5rem;
          height: 5rem;
        }
        .count .number {
          font-size: 2.4rem;
        }
      }
      .actions {
        display: grid;
        gap: var(--gap);
        margin-top: var(--gap-l);
      }
      @media (orientation: landscape) {
        dialog {
          padding: var(--gap-l);
          width: 30rem;
        }
        .count {
          margin-block: var(--gap);
        }
        .actions {
          grid-template-columns: 1fr auto;
          direction: rtl;
          margin-top: var(--gap);
        }
      }
    `,
  ];

  @property({ type: Number }) seconds = 0;
  @property({ attribute: false }) volume: Manner['volume'] = 0;
  @property({ attribute: false }) speech!: Speech;
  @state() private left = 0;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  /** goes on where it was when the warning came */
  #before: Element | null = null;
  #tick: ReturnType<typeof setInterval> | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('seconds')) this.left = this.seconds;
  }

  override firstUpdated(): void {
    this.#before = focused();
    this.dialog.showModal();
    // the kiosk may tell the seconds only now and then; the count goes on in between
    this.#tick = setInterval(() => {
      this.left = Math.max(0, this.left - 1);
      if (isHeard(this.left)) playChime('tick', this.volume);
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
    if (this.#before instanceof HTMLElement && this.#before.isConnected)
      this.#before.focus({ preventScroll: true });
    this.#before = null;
  }

  override render() {
    const { idle } = this.speech.words;
    return html`<dialog role="alertdialog" aria-labelledby="title" aria-describedby="text" @cancel=${this.#cancel}>
      <h1 id="title">${idle.title}</h1>
      <div class="count" role="timer" aria-atomic="true" aria-live=${isTold(this.left) ? 'assertive' : 'off'}>
        <span class="number">${this.left}</span><span class="small">${idle.seconds}</span>
      </div>
      <p id="text">${idle.text}</p>
      <div class="actions">
        <button class="primary" autofocus @click=${this.#stay}>${idle.stay}</button>
        <button @click=${() => this.dispatchEvent(new TouchedEvent({ kind: 'end' }))}>${idle.end}</button>
      </div>
    </dialog>`;
  }

  readonly #stay = (): void => {
    this.dispatchEvent(new TouchedEvent({ kind: 'stay' }));
  };

  readonly #cancel = (event: Event): void => {
    event.preventDefault();
    this.#stay();
  };
}
