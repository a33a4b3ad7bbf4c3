// What the pages of the fleet share: the sentence for what was refused, and how their panels look.
import { css } from 'lit';
import { PageElement } from '../page-element.ts';
import { fleetProblems } from './fleet-problems.ts';

export abstract class FleetPageElement extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      h3 { margin: 1.5rem 0 0.6rem; font-size: 1.05rem; }
      section.panel, .panel.body { padding: 1rem 1.15rem; }
      dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 1.25rem; margin: 0; }
      dl.facts dt { color: var(--text-soft); }
      dl.facts dd { margin: 0; overflow-wrap: anywhere; }
      code { font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: 0.9em; overflow-wrap: anywhere; }
      .deeds { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; }
      .lead { max-width: 62rem; margin-bottom: 1rem; }
      .scroll { overflow-x: auto; }
      @media (max-width: 640px) { dl.facts { grid-template-columns: 1fr; gap: 0.1rem; } dl.facts dd { margin-bottom: 0.5rem; } }
    `,
  ];

  protected override problemOf(code: string): string {
    return fleetProblems[this.language][code] ?? super.problemOf(code);
  }
}
