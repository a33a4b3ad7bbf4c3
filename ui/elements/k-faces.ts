// Five large faces from very dissatisfied to very satisfied: one touch is one score.
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../theme/sheets.ts';

export type Score = 1 | 2 | 3 | 4 | 5;

export class ScoredEvent extends Event {
  readonly score: Score;
  constructor(score: Score) {
    super('scored');
    this.score = score;
  }
}

const scores: readonly Score[] = [5, 4, 3, 2, 1];
/** the mouth, from sad to glad */
const mouths: Record<Score, string> = {
  1: 'M15 35c3-6 15-6 18 0',
  2: 'M16 33c4-3 12-3 16 0',
  3: 'M16 32h16',
  4: 'M16 30c4 4 12 4 16 0',
  5: 'M14 28c2 9 18 9 20 0z',
};

@customElement('k-faces')
export class KFaces extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--gap);
        min-height: 0;
      }
      button {
        justify-content: flex-start;
        gap: var(--gap-l);
        padding: var(--gap-s) var(--gap-l);
        font-family: var(--serif);
        font-size: var(--title);
        font-weight: 700;
        text-align: left;
      }
      button[aria-pressed='true'] {
        border-color: var(--seal);
        background: var(--accent-wash);
      }
      svg {
        flex: none;
        width: 5rem;
        height: 5rem;
        fill: none;
        stroke: currentColor;
        stroke-width: 2.4;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .s5,
      .s4 {
        color: var(--good);
      }
      .s3 {
        color: var(--warn);
      }
      .s2,
      .s1 {
        color: var(--accent-deep);
      }
      button span {
        color: var(--text-main);
      }
      @media (orientation: landscape) {
        :host {
          grid-template-columns: repeat(5, 1fr);
        }
        button {
          flex-direction: column;
          justify-content: center;
          gap: var(--gap-s);
          padding: var(--gap-s);
          font-size: var(--text-l);
          text-align: center;
        }
      }
      @container style(--layout: single) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
        button {
          flex-direction: row;
          justify-content: flex-start;
          font-size: var(--text);
        }
        svg {
          width: 2.6rem;
          height: 2.6rem;
        }
      }
    `,
  ];

  /** from 1 to 5 */
  @property({ attribute: false }) labels: readonly string[] = [];
  @property({ attribute: false }) chosen: Score | null = null;

  override render() {
    return scores.map(
      (score) => html`<button
        class="s${score}"
        aria-pressed=${`${this.chosen === score}` as const}
        @click=${() => this.dispatchEvent(new ScoredEvent(score))}
      >
        <svg viewBox="0 0 48 48" aria-hidden="true">
          ${svg`<circle cx="24" cy="24" r="20"/><path d="M17 19v2M31 19v2"/><path d=${mouths[score]}/>`}
        </svg>
        <span>${this.labels[score - 1]}</span>
      </button>`,
    );
  }
}
