// Around every screen: lets it be as long as it must where text is large or reach is low, and is nothing elsewhere.
import { css } from 'lit';
import { customElement } from 'lit/decorators.js';
import { KScroller } from './k-scroller.ts';

@customElement('page-scroller')
export class PageScroller extends KScroller {
  static override styles = [
    ...KScroller.styles,
    css`
      :host {
        height: 100%;
      }
      :host(:not([flows])) .area {
        overflow: hidden;
        height: 100%;
        margin: 0;
        padding: 0;
        border-radius: 0;
      }
      :host(:not([flows])) .content {
        height: 100%;
      }
      :host([flows]) .content {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        min-height: 100%;
      }
      @media (orientation: portrait) {
        :host([flows]) {
          flex-direction: column;
          gap: 0;
        }
        .rail:not([hidden]) {
          flex-direction: row;
          padding: var(--gap-xs) var(--edge);
        }
        .rail button {
          flex: 1;
          min-height: var(--target);
        }
      }
      @media (orientation: landscape) {
        .rail {
          padding: 0 var(--gap-s) var(--gap-s) 0;
        }
      }
    `,
  ];
}
