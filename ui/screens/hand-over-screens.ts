// Hand-over day: the number that is called out, what is noted about the home, and the signature.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-faces.ts';
import type { ScoredEvent } from '../elements/k-faces.ts';
import '../elements/k-scroller.ts';
import '../elements/k-slip.ts';
import { formsWords } from '../text/forms-words.ts';
import { type OwnerWords, ownerWords } from '../text/owner-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('hand-over-screen')
export class HandOverScreen extends ScreenElement<'hand-over'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .ticket {
        display: grid;
        gap: var(--gap-s);
        padding: var(--gap-l);
        border-radius: 1.2rem;
        background: var(--night);
        color: #fff;
        text-align: center;
      }
      .ticket .gold {
        color: var(--gold);
      }
      .ticket [role='status'] {
        font-size: var(--text-l);
      }
      .ticket .number {
        font-size: 5.4rem;
      }
      .arrive {
        display: grid;
        gap: var(--gap-l);
        place-content: center;
        text-align: center;
      }
      .arrive h2 {
        font-size: var(--headline);
      }
      .arrive .lead {
        font-size: var(--text-l);
      }
      .arrive button {
        min-height: 9rem;
        padding: var(--gap) calc(2 * var(--gap-l));
        font-size: var(--title);
      }
      .signed {
        display: flex;
        gap: 0.6em;
        align-items: center;
        color: var(--good);
        font-size: var(--text-l);
        font-weight: 700;
      }
      h3 {
        margin-bottom: var(--gap-s);
      }
      li {
        display: grid;
        padding: var(--gap-s) 0;
        border-top: 1px solid var(--rule);
      }
    `,
  ];

  override render() {
    const { language, formats } = this.speech;
    const words = ownerWords[language];
    const { label, place, from, to, number, signed } = this.screen;
    return html`
      <div class="head">
        <p class="soft">${words.handOver} · ${formats.hours(from, to)} · ${place}</p>
        <h1>${label}</h1>
      </div>
      ${number === null && signed === null ? this.#arrive(words) : this.#arrived(words)}
    `;
  }

  #arrive(words: OwnerWords) {
    return html`<div class="arrive fill">
      <h2>${words.arriveTitle}</h2>
      <p class="lead">${words.arriveText}</p>
      <button class="primary" @click=${() => this.touch({ kind: 'arrive' })}>${words.arrive}</button>
    </div>`;
  }

  #arrived(words: OwnerWords) {
    const { number, signed, defects, slip } = this.screen;
    return html`
      ${
        signed === null
          ? html`<section class="ticket">
            <p class="gold">${words.number}</p>
            <p class="number">${number}</p>
            <p role="status">${this.#ahead(words)}</p>
          </section>`
          : html`<p class="signed" role="status">${icon('check')}<span>${words.signed[signed]}</span></p>`
      }
      <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
      <k-scroller class="fill" .speech=${this.speech} label=${words.defects}>
        <section class="card">
          <h3>${words.defects}</h3>
          ${defects.length === 0 ? html`<p class="soft">${words.defectsNone}</p>` : nothing}
          <ul>${defects.map(
            (each) => html`<li>
              <span>${each.label}</span>
              <span class="soft small">${each.number}${each.isWaiting ? ` · ${words.waiting}` : ''}</span>
            </li>`,
          )}</ul>
        </section>
      </k-scroller>
      ${
        signed === null
          ? html`<div class="actions">
            <button @click=${() => this.touch({ kind: 'note-defect' })}>${icon('wrench')}${words.noteDefect}</button>
            <button class="primary" @click=${() => this.touch({ kind: 'start-signing' })}>${icon('pen')}${words.sign}</button>
          </div>`
          : nothing
      }
    `;
  }

  #ahead(words: OwnerWords): string {
    const { ahead, turn = 'waiting' } = this.screen;
    if (turn !== 'waiting') return words[turn];
    if (ahead === null) return words.beforeUnknown;
    return ahead === 0 ? words.yourTurn : words.before(this.speech.formats.number(ahead));
  }
}

@customElement('hand-over-sign-screen')
export class HandOverSignScreen extends ScreenElement<'hand-over-sign'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .outcomes {
        display: grid;
        gap: var(--gap);
      }
      .outcomes button {
        display: grid;
        gap: 0.1em;
        justify-content: start;
        justify-items: start;
        text-align: left;
        padding: var(--gap) var(--gap-l);
      }
      .outcomes strong {
        font-size: var(--text-l);
      }
      .outcomes .primary .soft {
        color: #fff;
      }
      @media (orientation: landscape) {
        .outcomes {
          grid-template-columns: 1fr 1fr;
        }
      }
    `,
  ];

  override render() {
    const { language, formats } = this.speech;
    const words = ownerWords[language];
    const { label, defects, score } = this.screen;
    const outcomes = [defects === 0 ? 'accepted' : 'accepted-with-defects', 'refused'] as const;
    return html`
      <div class="head">
        <p class="soft">${label} · ${words.signText(formats.number(defects))}</p>
        <h1>${score === null ? words.score : words.signTitle}</h1>
      </div>
      <k-faces .labels=${formsWords[language].scores} .chosen=${score}
        @scored=${({ score: given }: ScoredEvent) => this.touch({ kind: 'rate', score: given })}></k-faces>
      <div class="outcomes">
        ${outcomes.map(
          (outcome, index) => html`<button class=${index === 0 ? 'primary' : ''}
            @click=${() => this.touch({ kind: 'sign', outcome })}>
            <strong>${words.outcomes[outcome]}</strong><span class="soft">${words.outcomeTexts[outcome]}</span>
          </button>`,
        )}
      </div>
    `;
  }
}
