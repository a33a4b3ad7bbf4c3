// What the parts of the members page share: their words, forms, and what is said when an act fails.
import { css } from 'lit';
import { PageElement } from '../../page-element.ts';
import { type MembersTexts, membersProblem, membersTexts } from './members-words.ts';

const tones: Readonly<Record<string, string>> = {
  active: 'good',
  lost: 'bad',
  blocked: 'bad',
  expired: 'warn',
  replaced: '',
};

export abstract class MembersPanel extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      :host { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
      form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; padding: 1rem; }
      form .wide { flex: 1 1 16rem; }
      form h3, form p, form .full { flex-basis: 100%; }
      h3 { font-size: 1rem; }
      textarea { width: 100%; min-height: 9rem; line-height: 1.6; }
      .both { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 1rem; }
      .card { padding: 1rem 1.25rem; display: grid; gap: 0.7rem; align-content: start; }
      dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0.35rem 1rem; margin: 0; }
      dt { color: var(--text-soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      data-table.few { --table-height: 18rem; }
      .differs { color: var(--warn); font-weight: 600; }
    `,
  ];

  protected get words(): MembersTexts {
    return membersTexts[this.language];
  }

  protected tone(state: string): string {
    return `tag ${tones[state] ?? ''}`;
  }

  protected override problemOf(code: string): string {
    return membersProblem(this.language, code);
  }

  /** @param done what is said then, if anything @returns whether it was done */
  protected attemptSaying(done: string, work: () => Promise<void>): Promise<boolean> {
    return this.attempt(async () => {
      await work();
      return done;
    });
  }
}

/** Enough to tell one member's cards apart. */
export function shortCard(card: string): string {
  return `…${card.slice(-6)}`;
}
