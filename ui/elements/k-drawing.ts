// One of the house's line drawings, in the colour of its text with one red. Fetched when idle: the words never wait for it.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type LinePicture, linePicture } from './line-pictures.ts';

@customElement('k-drawing')
export class KDrawing extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-width: 0;
      min-height: 0;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    .red {
      fill: var(--drawing-red, var(--scene-sun));
      stroke: none;
    }
  `;

  @property() name: LinePicture = 'skyline';
  /** the part of the picture that is seen, as SVG's viewBox */
  @property() view = '0 20 1080 730';
  /** where it stands when its box is of another shape, as SVG says it */
  @property() place = 'xMidYMid meet';

  override render() {
    return html`<svg viewBox=${this.view} preserveAspectRatio=${this.place} aria-hidden="true">
      ${linePicture(this.name)}
    </svg>`;
  }
}
