// Which of the floors a home is on, as a small tower.
import { type SVGTemplateResult, svg } from 'lit';

const width = 90;
const height = 240;

/** A group of 90 × 240 for an SVG: the floor in question stands out, by size as well as colour. */
export function floorPlace(floor: number, floors: number, label: string): SVGTemplateResult {
  const count = Math.max(floors, floor, 1);
  const step = height / count;
  const top = height - Math.max(0, floor) * step;
  return svg`
    <rect width=${width} height=${height} fill="var(--surface-sunk)" stroke="var(--rule-strong)" />
    ${Array.from(
      { length: count - 1 },
      (_, n) => svg`<path d="M0 ${step * (n + 1)}H${width}" stroke="var(--rule)" />`,
    )}
    <rect x="-8" y=${top} width=${width + 16} height=${Math.max(step, 4)} fill="var(--seal)" />
    <text x=${width + 16} y=${top + step / 2} dominant-baseline="central" font-size="22" font-weight="700" fill="var(--text-main)">${label}</text>
    <path d="M-20 ${height}H${width + 20}" stroke="var(--text-main)" stroke-width="3" />`;
}
