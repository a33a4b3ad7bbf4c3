// Which terminals there are and how each stands, as a list or a map, the worst first; what could not be applied; the one that the address names.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { deviceAnswers } from '../../../sync/headquarters/api/device-api.ts';
import { twinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import { answers, type DeadLetterItem } from '../../../sync/headquarters/api.ts';
import '../data-table.ts';
import type { RowChosenEvent } from '../data-table.ts';
import '../figure-tiles.ts';
import { fleetWords } from '../fleet/fleet-words.ts';
import { saveFile } from '../fleet/save-file.ts';
import { setAsideTable } from '../fleet/set-aside-table.ts';
import { terminalColumns } from '../fleet/terminal-columns.ts';
import '../fleet/terminal-map.ts';
import { mapGroups } from '../fleet/terminal-map.ts';
import { type Cause, causes, type FleetRow, fleetRows, rowStates, rowTones } from '../fleet/terminal-row.ts';
import '../fleet/terminal-view.ts';
import { terminalsWords } from '../fleet/terminals-words.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import './site-bundle-panel.ts';

interface Fleet {
  readonly rows: readonly FleetRow[];
  readonly deadLetters: readonly DeadLetterItem[];
}
const views = ['list', 'site', 'ring'] as const;

@customElement('terminals-page')
export class TerminalsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      data-table { --table-height: max(24rem, calc(100vh - 22rem)); }
      .why { margin-bottom: 0.8rem; align-items: baseline; }
      .why .chips { flex: 1 1 30rem; }
      section { margin-top: 1.75rem; }
      h3 { margin-bottom: 0.6rem; font-size: 1.05rem; }
    `,
  ];

  @state() private view: (typeof views)[number] = 'list';
  /** only those that are to be looked at for this */
  @state() private cause: Cause | undefined;

  readonly #fleet = new Polling<Fleet>(
    this,
    async () => {
      const [{ terminals }, { deadLetters }, { devices }, { twins }] = await Promise.all([
        this.api.get('terminals', answers.terminals),
        this.api.get('dead-letters?limit=50', answers.deadLetters),
        this.api.get('fleet/devices?limit=5000', deviceAnswers.devices),
        this.api.get('fleet/twins', twinAnswers.twins),
      ]);
      return { rows: fleetRows(devices, terminals, twins, Date.now()), deadLetters };
    },
    2_000,
  );

  override render(): TemplateResult {
    if (this.about !== undefined) {
      return html`<terminal-view .api=${this.api} .me=${this.me} .language=${this.language} .about=${this.about}></terminal-view>`;
    }
    return this.renderLoaded(
      this.#fleet,
      ({ rows, deadLetters }) => html`
      ${this.#renderHead(rows)}
      ${rows.length === 0 ? nothing : this.#renderFigures(rows)}
      ${this.#renderCauses(rows)}
      ${this.#renderRows(rows)}
      <section>
        <h3>${deadLetters.length === 0 ? this.text.setAsideNone : this.text.setAside(deadLetters.length)}</h3>
        ${deadLetters.length === 0 ? nothing : setAsideTable(deadLetters, this.language)}
      </section>
      ${
        this.may('it')
          ? html`<site-bundle-panel .api=${this.api} .language=${this.language}></site-bundle-panel>`
          : nothing
      }
    `,
    );
  }

  #renderHead(rows: readonly FleetRow[]): TemplateResult {
    const words = terminalsWords[this.language];
    const serving = rows.filter(({ state }) => rowTones[state] !== 'off');
    const hasRecords = rows.some(({ device }) => device !== undefined);
    return html`<div class="bar">
      <h2>${this.heading}</h2>
      <span class="soft">${this.text.onlineOf(serving.filter(({ seen }) => seen?.online).length, serving.length)}</span>
      <span class="grow"></span>
      <div class="chips" role="group" aria-label=${words.view}>${views
        .filter((view) => hasRecords || view === 'list')
        .map(
          (view) =>
            html`<button aria-pressed=${view === this.view} @click=${() => {
              this.view = view;
            }}>${words.views[view]}</button>`,
        )}</div>
      ${hasRecords ? html`<button @click=${() => void this.#export()}>${words.export}</button>` : nothing}
    </div>`;
  }

  /** Why terminals do not serve as they shall, the most urgent first; a click leaves those alone. */
  #renderCauses(rows: readonly FleetRow[]): TemplateResult | typeof nothing {
    const words = terminalsWords[this.language];
    const counts = causes
      .map((cause) => [cause, rows.filter((row) => row.causes.includes(cause)).length] as const)
      .filter(([cause, count]) => count > 0 || cause === this.cause);
    if (counts.length === 0) return nothing;
    const chip = (cause: Cause | undefined, said: string): TemplateResult =>
      html`<button aria-pressed=${cause === this.cause} @click=${() => {
        this.cause = cause;
      }}>${said}</button>`;
    return html`<div class="bar why">
      <span class="soft" id="why">${words.why}</span>
      <div class="chips" role="group" aria-labelledby="why">
        ${chip(undefined, words.anyCause(rows.length))}
        ${counts.map(([cause, count]) => chip(cause, `${words.causes[cause]} ${count}`))}
      </div>
    </div>`;
  }

  #renderRows(all: readonly FleetRow[]): TemplateResult {
    const { cause, view } = this;
    const rows = cause === undefined ? all : all.filter((row) => row.causes.includes(cause));
    if (view === 'list' || all.length === 0) return this.#renderTable(rows);
    return rows.length === 0
      ? pageStates.empty(terminalsWords[this.language].noneOfCause)
      : this.#renderMap(rows, view);
  }

  #renderTable(rows: readonly FleetRow[]): TemplateResult {
    const hasRecords = rows.some(({ device }) => device !== undefined);
    return html`<data-table choosable file="terminals" .columns=${terminalColumns(this.language, hasRecords)}
      .rows=${rows} .language=${this.language} .label=${this.heading} .empty=${this.cause === undefined ? this.text.noTerminals : terminalsWords[this.language].noneOfCause}
      .keyOf=${({ terminal }: FleetRow) => terminal}
      @row-chosen=${({ row }: RowChosenEvent<FleetRow>) => {
        location.hash = placeHash('terminals', row.terminal);
      }}></data-table>`;
  }

  #renderMap(rows: readonly FleetRow[], by: 'site' | 'ring'): TemplateResult {
    const words = terminalsWords[this.language];
    const nameOf = ({ device }: FleetRow): string | undefined =>
      by === 'site' ? device?.site : device && (words.rings[device.ring] ?? words.byName);
    return html`<terminal-map .language=${this.language}
      .groups=${mapGroups(rows, nameOf, words.noSite)}></terminal-map>`;
  }

  #renderFigures(rows: readonly FleetRow[]): TemplateResult {
    const words = terminalsWords[this.language];
    const waiting = rows.reduce((sum, { seen }) => sum + (seen?.waiting ?? 0), 0);
    const attention = rows.filter(({ causes }) => causes.length > 0).length;
    const shown = rowStates
      .map((each) => ({ each, value: rows.filter(({ state }) => state === each).length }))
      .filter(({ each, value }) => value > 0 || ['alarm', 'lost', 'offline', 'online'].includes(each));
    return html`<figure-tiles .figures=${[
      ...shown.map(({ each, value }) => {
        const tone = rowTones[each];
        return { label: words.states[each], value, tone: value === 0 || tone === 'off' ? undefined : tone };
      }),
      { label: words.attention, value: attention, tone: attention > 0 ? 'warn' : undefined },
      { label: fleetWords[this.language].toUpload, value: waiting },
    ]}></figure-tiles>`;
  }

  async #export(): Promise<void> {
    await this.attempt(async () => saveFile('devices.csv', await this.api.download('fleet/export')));
  }
}
