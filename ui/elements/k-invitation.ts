// A line on top of the screen: there is a survey for whoever stands here. One touch begins it, none is needed.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Show } from '../../kiosk/screen.ts';
import { formsWords } from '../text/forms-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import { TouchedEvent } from './touched-event.ts';

@customElement('k-invitation')
export class KInvitation extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: var(--gap-s) var(--edge) 4px;
      }
      button {
        display: grid;
        grid-template-columns: auto 1fr auto;
        justify-items: start;
        gap: var(--gap-xs) var(--gap);
        width: 100%;
        padding: var(--gap-s) var(--gap);
        border: 0;
        border-left: 0.35rem solid var(--good);
        border-radius: 0 var(--round) var(--round) 0;
        background: var(--good-wash);
        text-align: left;
      }
      strong {
        display: block;
        font-size: var(--text-l);
        overflow-wrap: anywhere;
      }
      .icon {
        color: var(--good);
      }
      .go {
        display: flex;
        align-items: center;
        gap: var(--gap-xs);
        font-weight: 700;
        color: var(--good);
        white-space: nowrap;
      }
      @media (orientation: landscape) {
        button {
          min-height: var(--least);
          padding-block: var(--gap-xs);
        }
        strong {
          display: inline;
          font-size: var(--text);
        }
      }
    `,
  ];

  @property({ attribute: false }) invitation!: NonNullable<Show['invitation']>;
  @property({ attribute: false }) speech!: Speech;

  override render() {
    const words = formsWords[this.speech.language];
    return html`<button @click=${this.#open}>
      ${icon('pen')}
      <span>
        <strong>${words.invite(this.invitation.name)}</strong>
        <span class="soft">${words.inviteText(`${this.invitation.questions}`)}</span>
      </span>
      <span class="go">${words.inviteStart}${icon('forward')}</span>
    </button>`;
  }

  readonly #open = (): void => {
    this.dispatchEvent(new TouchedEvent({ kind: 'open', purpose: 'survey' }));
  };
}
