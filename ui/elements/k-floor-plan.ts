// A layout drawn to scale from its rooms, with outer measures in metres.
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';

type Room = ScreenOf<'unit'>['layout']['plan'][number];

const wallCm = 14;
/** room for the measuring lines */
const marginCm = 96;
const tints = ['#fdf6e6', '#f6ede0', '#eef1e6', '#f7e9e1', '#e9eef0', '#f3eadb'];

@customElement('k-floor-plan')
export class KFloorPlan extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-height: 0;
      min-width: 0;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      font-family: var(--sans);
    }
    .room {
      stroke: #231e19;
    }
    text {
      fill: #231e19;
      text-anchor: middle;
      dominant-baseline: central;
    }
    .area,
    .measure {
      fill: #4e463c;
    }
    line {
      stroke: #8b7d69;
      stroke-width: 3;
    }
  `;

  @property({ attribute: false }) rooms: readonly Room[] = [];
  /** empty = what stands around it says what it is */
  @property() label = '';

  override render() {
    const left = Math.min(...this.rooms.map((r) => r.x));
    const top = Math.min(...this.rooms.map((r) => r.y));
    const width = Math.max(...this.rooms.map((r) => r.x + r.w)) - left;
    const height = Math.max(...this.rooms.map((r) => r.y + r.h)) - top;
    if (!Number.isFinite(width + height)) return html``;
    const box = [left - wallCm, top - wallCm, width + marginCm + wallCm * 2, height + marginCm + wallCm * 2];
    const isNamed = this.label !== '';
    return html`<svg role=${isNamed ? 'img' : nothing} aria-hidden=${isNamed ? nothing : 'true'} aria-label=${this.label || nothing} viewBox=${box.join(' ')}>
      ${this.rooms.map((room, i) => drawRoom(room, tints[i % tints.length] ?? '#fff'))}
      ${drawMeasures(left, top, width, height)}
    </svg>`;
  }
}

function drawRoom(room: Room, tint: string) {
  const middle = room.x + room.w / 2;
  const glyphs = [...room.name].reduce((sum, c) => sum + (c > '\u2e80' ? 1 : 0.56), 0);
  const size = Math.max(22, Math.min(64, (room.w * 0.84) / glyphs, room.h * 0.3));
  const hasArea = room.h > size * 3.2 && room.w > 150;
  const area = ((room.w * room.h) / 10_000).toFixed(1);
  return svg`
    <rect class="room" x=${room.x} y=${room.y} width=${room.w} height=${room.h} fill=${tint} stroke-width=${wallCm} />
    <text x=${middle} y=${room.y + room.h / 2 - (hasArea ? size * 0.6 : 0)} font-size=${size}>${room.name}</text>
    ${hasArea ? svg`<text class="area" x=${middle} y=${room.y + room.h / 2 + size * 0.7} font-size=${size * 0.72}>${area} m²</text>` : ''}`;
}

function drawMeasures(left: number, top: number, width: number, height: number) {
  const below = top + height + 52;
  const beside = left + width + 52;
  const metres = (cm: number): string => `${(cm / 100).toFixed(1)} m`;
  return svg`
    <line x1=${left} y1=${below} x2=${left + width} y2=${below} />
    <line x1=${left} y1=${below - 16} x2=${left} y2=${below + 16} />
    <line x1=${left + width} y1=${below - 16} x2=${left + width} y2=${below + 16} />
    <rect x=${left + width / 2 - 80} y=${below - 26} width="160" height="52" fill="#fffcf6" />
    <text class="measure" x=${left + width / 2} y=${below} font-size="48">${metres(width)}</text>
    <line x1=${beside} y1=${top} x2=${beside} y2=${top + height} />
    <line x1=${beside - 16} y1=${top} x2=${beside + 16} y2=${top} />
    <line x1=${beside - 16} y1=${top + height} x2=${beside + 16} y2=${top + height} />
    <g transform="rotate(-90 ${beside} ${top + height / 2})">
      <rect x=${beside - 80} y=${top + height / 2 - 26} width="160" height="52" fill="#fffcf6" />
      <text class="measure" x=${beside} y=${top + height / 2} font-size="48">${metres(height)}</text>
    </g>`;
}
