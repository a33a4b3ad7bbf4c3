// A chart of bars, three for each line: this month, the month before, a year ago. Drawn as SVG, so that it prints.
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

export interface BarLine {
  readonly label: string;
  /** null = nothing was counted */
  readonly now: number | null;
  readonly before: number | null;
  readonly yearAgo: number | null;
}
export interface BarChartOptions {
  /** said to those who cannot see it */
  readonly title: string;
  readonly legend: readonly [now: string, before: string, yearAgo: string];
  readonly format: (value: number) => string;
  /** what a full bar stands for; the largest value unless given */
  readonly most?: number;
  /** a line across all bars */
  readonly threshold?: number | null;
}

const width = 720;
const labelWidth = 210;
const valueWidth = 70;
const barHeight = 9;
const lineHeight = 44;
const colours = [
  'var(--accent)',
  'color-mix(in srgb, var(--accent) 50%, var(--surface-raised))',
  'var(--rule-strong)',
] as const;

export function barChart(lines: readonly BarLine[], options: BarChartOptions): TemplateResult {
  const { title, legend, format, threshold = null } = options;
  const values = lines.flatMap(({ now, before, yearAgo }) => [now ?? 0, before ?? 0, yearAgo ?? 0]);
  const most = Math.max(options.most ?? 0, ...(options.most === undefined ? values : []), 1);
  const room = width - labelWidth - valueWidth;
  const x = (value: number): number => labelWidth + (Math.min(value, most) / most) * room;
  const height = lines.length * lineHeight + 30;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${title}>
    ${legend.map((name, at) => legendOf(name, at))}
    ${lines.map((line, index) => bars(line, 30 + index * lineHeight, { x, format }))}
    ${
      threshold === null
        ? nothing
        : svg`<line x1=${x(threshold)} x2=${x(threshold)} y1="26" y2=${height} stroke="var(--bad)" stroke-dasharray="4 3"/>`
    }
  </svg>`;
}

function legendOf(name: string, at: number): SVGTemplateResult {
  const left = labelWidth + at * 130;
  return svg`<rect x=${left} y="6" width="12" height="12" fill=${colours[at] ?? 'var(--text-main)'}/>
    <text x=${left + 18} y="16" font-size="13" fill="var(--text-soft)">${name}</text>`;
}

function bars(
  { label, now, before, yearAgo }: BarLine,
  top: number,
  { x, format }: { readonly x: (value: number) => number; readonly format: (value: number) => string },
): SVGTemplateResult {
  const shown = [...label].length > 15 ? `${[...label].slice(0, 14).join('')}…` : label;
  return svg`<text x=${labelWidth - 10} y=${top + 20} font-size="13" text-anchor="end" fill="var(--text-main)"><title>${label}</title>${shown}</text>
    ${[now, before, yearAgo].map((value, at) => {
      if (value === null) return nothing;
      const y = top + at * (barHeight + 2);
      return svg`<rect x=${labelWidth} y=${y} width=${Math.max(1, x(value) - labelWidth)} height=${barHeight} rx="2" fill=${colours[at] ?? 'var(--text-main)'}/>
        ${at === 0 ? svg`<text x=${x(value) + 6} y=${y + 9} font-size="12" fill="var(--text-main)">${format(value)}</text>` : nothing}`;
    })}`;
}
