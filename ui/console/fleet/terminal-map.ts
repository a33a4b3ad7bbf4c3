// The fleet as a map: a tile for each terminal, together by site or ring, its state as word, pattern and colour.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { consoleStyle } from '../console-style.ts';
import { placeHash } from '../page-place.ts';
import type { Language } from '../text.ts';
import { type FleetRow, rowTones } from './terminal-row.ts';
import { terminalsWords } from './terminals-words.ts';

export interface MapGroup {
  readonly name: string;
  readonly rows: readonly FleetRow[];
}

/** `<terminal-map .groups language>` */
@customElement('terminal-map')
export class TerminalMap extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
      /* a thousand tiles: what is off the screen is not drawn */
      section { padding: 0.9rem 1.1rem 1.1rem; content-visibility: auto; contain-intrinsic-block-size: auto 20rem; }
      h3 { margin-bottom: 0.6rem; font-size: 1rem; font-weight: 600; }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); }
      a {
        position: relative; display: grid; gap: 0.05rem; min-height: 3.4rem; padding: 0.4rem 0.7rem 0.45rem 1.1rem; overflow: hidden;
        border: 1px solid var(--rule); border-radius: 8px; background: var(--surface); color: var(--text-main); text-decoration: none;
      }
      a:hover { border-color: var(--accent); }
      a::before { content: ''; position: absolute; inset: 0 auto 0 0; width: 0.45rem; background: var(--tone); }
      a.good { --tone: var(--good); }
      a.warn { --tone: repeating-linear-gradient(0deg, var(--warn) 0 4px, transparent 4px 7px); border-color: var(--warn); }
      a.bad { --tone: repeating-linear-gradient(45deg, var(--bad) 0 4px, var(--bad-wash) 4px 7px); border-color: var(--bad); background: var(--bad-wash); }
      a.off { --tone: none; border-style: dashed; border-color: var(--rule-strong); }
      b { font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
      .bad .how { color: var(--bad); }
      .warn .how { color: var(--warn); }
      .good .how { color: var(--good); }
      .how { font-size: 0.85rem; color: var(--text-soft); line-height: 1.35; }
      @media print { a { print-color-adjust: exact; } }
    `,
  ];
  @property({ attribute: false }) declare groups: readonly MapGroup[];
  @property() declare language: Language;

  override render(): TemplateResult {
    const words = terminalsWords[this.language];
    return html`${this.groups.map(({ name, rows }) => {
      const serving = rows.filter(({ state }) => rowTones[state] !== 'off');
      const wrong = serving.filter(
        ({ state, causes }) => rowTones[state] !== 'good' || causes.length > 0,
      ).length;
      const [tone, said] = wrong > 0 ? ['warn', words.mapWrong(wrong)] : ['good', words.mapWell];
      return html`<section class="panel" @keydown=${this.#move}>
        <h3>${words.mapOf(name, rows.length)} ${serving.length === 0 ? nothing : html`<span class="tag ${tone}">${said}</span>`}</h3>
        <ul>${repeat(
          rows,
          ({ terminal }) => terminal,
          (row, index) => this.#renderTile(row, index),
        )}</ul>
      </section>`;
    })}`;
  }

  #renderTile({ terminal, state, causes }: FleetRow, index: number): TemplateResult {
    const words = terminalsWords[this.language];
    const tone = rowTones[state] === 'good' && causes.length > 0 ? 'warn' : rowTones[state];
    const [first] = causes;
    return html`<li>
      <a class=${tone} href=${placeHash('terminals', terminal)} tabindex=${index === 0 ? 0 : -1}>
        <b>${terminal}</b>
        <span class="how">${words.states[state]}${first === undefined ? '' : ` · ${words.causes[first]}`}</span>
      </a>
    </li>`;
  }

  /** Tab comes to each group; arrows walk its tiles. */
  readonly #move = (event: KeyboardEvent): void => {
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const tiles = [...event.currentTarget.querySelectorAll('a')];
    const at = tiles.findIndex((tile) => tile.matches(':focus'));
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: tiles.length - 1,
    }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    tiles[Math.max(0, Math.min(tiles.length - 1, to))]?.focus();
  };
}

/** @returns by name, with what has none at the end */
export function mapGroups(
  rows: readonly FleetRow[],
  nameOf: (row: FleetRow) => string | undefined,
  nameless: string,
): readonly MapGroup[] {
  const groups = new Map<string, FleetRow[]>();
  for (const row of rows) {
    const name = nameOf(row) ?? nameless;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return [...groups]
    .sort(([a], [b]) => Number(a === nameless) - Number(b === nameless) || collator.compare(a, b))
    .map(([name, members]) => ({ name, rows: members }));
}
