// Where a home faces, with the sun's path of midsummer and midwinter around it, as one sees it from above.
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { boardWords } from '../text/board-words.ts';
import type { Speech } from '../text/speech.ts';
import { sunArc } from './sun-arc.ts';

@customElement('k-sun-path')
export class KSunPath extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      font-family: var(--sans);
    }
    text {
      fill: var(--text-main);
      text-anchor: middle;
      dominant-baseline: central;
      font-size: 17px;
    }
    .horizon {
      fill: var(--surface-raised);
      stroke: var(--rule-strong);
    }
    .path {
      fill: none;
      stroke-width: 4;
      stroke-linecap: round;
    }
    .summer {
      stroke: var(--seal);
    }
    .winter {
      stroke: #1f5fa8;
      stroke-dasharray: 2 8;
    }
    .facing {
      fill: var(--gold);
      fill-opacity: 0.55;
      stroke: var(--warn);
    }
    .home {
      fill: var(--night);
    }
    .season {
      font-size: 14px;
      fill: var(--text-soft);
    }
  `;

  /** clockwise from north in degrees */
  @property({ type: Number }) degrees = 180;
  @property() facing = '';
  @property({ attribute: false }) speech!: Speech;

  override render() {
    const words = boardWords[this.speech.language].sun;
    const summer = sunArc('summer');
    const winter = sunArc('winter');
    return html`<svg role="img" aria-label=${words.label(this.facing)} viewBox="-130 -130 260 260">
      <circle class="horizon" r="104" />
      <path class="facing" transform="rotate(${this.degrees})" d="M0 0L-52 -90A104 104 0 0152 -90Z" />
      <path class="path summer" d=${summer} />
      <path class="path winter" d=${winter} />
      <rect class="home" x="-13" y="-13" width="26" height="26" rx="3" transform="rotate(${this.degrees})" />
      ${[
        [words.north, 0, -118],
        [words.south, 0, 118],
        [words.east, 118, 0],
        [words.west, -118, 0],
      ].map(([name, x, y]) => svg`<text x=${x} y=${y}>${name}</text>`)}
      <text class="season" x="0" y="-24">${words.summer}</text>
      <text class="season" x="0" y="80">${words.winter}</text>
    </svg>`;
  }
}
