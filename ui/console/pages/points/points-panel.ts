// What the parts of the points page share: their words, forms, and what is said when an act fails.
import { css } from 'lit';
import { PageElement } from '../../page-element.ts';
import { type PointsTexts, pointsProblem, pointsTexts } from './points-words.ts';

export abstract class PointsPanel extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      :host { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
      form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; padding: 1rem; }
      form .wide { flex: 1 1 14rem; }
      form h3 { flex-basis: 100%; font-size: 1rem; }
      .figures { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; padding: 1rem; }
      .figures b { font-size: 1.3rem; font-variant-numeric: tabular-nums; }
      .scroll { overflow-x: auto; flex: 1 1 100%; min-width: 0; }
      .scroll input { min-width: 5rem; width: 100%; }
      .scroll th, .scroll td { padding: 0.25rem 0.4rem; }
      .bad { color: var(--bad); }
    `,
  ];

  protected get words(): PointsTexts {
    return pointsTexts[this.language];
  }

  protected override problemOf(code: string): string {
    return pointsProblem(this.language, code);
  }

  /** @param done what is said then, if anything @returns whether it was done */
  protected attemptSaying(done: string, work: () => Promise<void>): Promise<boolean> {
    return this.attempt(async () => {
      await work();
      return done;
    });
  }
}
