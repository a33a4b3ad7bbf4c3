// What screens that ask for a rating share: the question with its five faces, and the words of one's own beside it.
import { css, html, nothing } from 'lit';
import '../elements/k-faces.ts';
import type { ScoredEvent } from '../elements/k-faces.ts';
import '../keyboard/k-own-words.ts';
import type { Speech } from '../text/speech.ts';

export const ratingStyles = css`
  .progress {
    display: flex;
    gap: 0.3rem;
  }
  .progress i {
    flex: 1;
    height: 0.5rem;
    border-radius: 1rem;
    background: var(--rule);
  }
  .progress i.done {
    background: var(--seal);
  }
  .head h1 {
    overflow-wrap: anywhere;
  }
  k-faces {
    align-content: center;
  }
  blockquote {
    margin: 0;
    padding: var(--gap);
    border-left: 0.35rem solid var(--good);
    background: var(--surface-raised);
    overflow-wrap: anywhere;
  }
`;

export interface RatingQuestion {
  /** what it belongs to, and which question of how many in words */
  readonly about: string;
  readonly number: number;
  readonly count: number;
  readonly group: string | null;
  readonly title: string;
  readonly labels: readonly string[];
  readonly chosen: number | null;
}

export function ratingQuestion(
  { about, number, count, group, title, labels, chosen }: RatingQuestion,
  rate: (score: ScoredEvent['score']) => void,
) {
  return html`
    <div class="head">
      <p class="soft">${about}</p>
      <div class="progress" aria-hidden="true">
        ${Array.from({ length: count }, (_, i) => html`<i class=${i < number ? 'done' : ''}></i>`)}
      </div>
      ${group === null ? nothing : html`<p class="lead">${group}</p>`}
      <h1>${title}</h1>
    </div>
    <k-faces
      class="fill"
      .labels=${labels}
      .chosen=${chosen}
      @scored=${(event: ScoredEvent) => rate(event.score)}
    ></k-faces>
  `;
}

/** What somebody wrote, or nothing. */
export function ownWordsQuote(label: string, text: string | null) {
  return text === null ? nothing : html`<blockquote><p class="soft">${label}</p>${text}</blockquote>`;
}

export function ownWordsPage(
  speech: Speech,
  { wordsTitle, wordsHint }: { readonly wordsTitle: string; readonly wordsHint: string },
  giveUp: () => void,
) {
  return html`
    <div class="head"><h1>${wordsTitle}</h1></div>
    <k-own-words
      class="fill"
      .speech=${speech}
      .title=${wordsTitle}
      .hint=${wordsHint}
      @cancelled=${giveUp}
    ></k-own-words>
  `;
}
