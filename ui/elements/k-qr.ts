// A QR code as crisp SVG.
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { encode } from 'uqr';

const quietZone = 4;

@customElement('k-qr')
export class KQr extends LitElement {
  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
      background: #fff;
      border-radius: 0.4rem;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      visibility: var(--of-a-person, visible);
    }
  `;

  @property({ attribute: false }) text = '';
  @property() label = '';

  override render() {
    const { data, size } = encode(this.text, { ecc: 'M', border: quietZone });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
      ${svg`<path d=${dark.join('')} fill="#231e19" />`}
    </svg>`;
  }
}
