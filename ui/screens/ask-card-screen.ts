// Asks for the card before anything personal is shown.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { filingWords } from '../text/filing-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('ask-card-screen')
export class AskCardScreen extends ScreenElement<'ask-card'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    css`
      .reader {
        position: relative;
        flex: none;
        width: 20rem;
        height: 16rem;
        align-self: center;
      }
      .slot,
      .member {
        position: absolute;
        border-radius: 1rem;
      }
      .slot {
        inset: 9rem 1rem 0;
        background: var(--night);
        border: 0.5rem solid var(--night-soft);
      }
      .slot svg.icon {
        position: absolute;
        inset: 0;
        margin: auto;
        width: 3.4rem;
        height: 3.4rem;
        color: var(--gold);
        rotate: 90deg;
      }
      .member {
        inset: 0 4rem auto;
        height: 7.6rem;
        background: var(--seal);
        color: #fff;
        font: 700 2rem/1 var(--serif);
        padding: 1.2rem;
        box-shadow: 0 0.6rem 1.2rem rgb(35 30 25 / 25%);
        animation: tap 3s ease-in-out infinite;
      }
      .without {
        justify-self: center;
        align-self: center;
      }
      .safe {
        display: flex;
        gap: 0.6em;
        align-items: center;
        color: var(--good);
      }
      @keyframes tap {
        0%,
        20% {
          transform: none;
        }
        50%,
        70% {
          transform: translateY(4.6rem);
        }
      }
      @media (orientation: landscape) {
        .reader {
          scale: 0.9;
        }
      }
    `,
  ];

  override render() {
    const { askCard, home } = this.speech.words;
    const filing = filingWords[this.speech.language];
    const { purpose } = this.screen;
    const titles = { ...askCard, ...filing.askCard };
    const isReady = this.status.reader === 'ready';
    return html`<div class="notice ${isReady ? 'warm' : ''}">
      ${
        isReady
          ? html`<div class="reader" aria-hidden="true">
            <div class="slot">${icon('waves')}</div>
            <div class="member">迎</div>
          </div>`
          : noticeSign('card')
      }
      <div class="say">
        <h1>${isReady ? titles[purpose] : home.noCards}</h1>
        <p class="lead">${isReady ? askCard.text : askCard.absent}</p>
        ${
          purpose in filing.askCard
            ? html`<button class="without" @click=${() => this.touch({ kind: 'go-without-card' })}>${filing.withoutCard}</button>`
            : nothing
        }
        <p class="safe" ?hidden=${!isReady}>${icon('shield')}<span>${askCard.safe}</span></p>
      </div>
    </div>`;
  }
}
