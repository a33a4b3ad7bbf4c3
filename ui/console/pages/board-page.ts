// The sales board's working copy: change a unit, review what changed, approve and publish.
import { css, html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type Answers, answers, type UnitItem } from '../../../sync/headquarters/api.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { Polling } from '../polling.ts';
import '../sales/unit-form.ts';
import { pageStates } from '../page-states.ts';
import { salesWords } from '../sales-words.ts';
import { showShortPrice } from '../show.ts';

type Board = Answers['board'];
type State = Board['states'][number];
interface Shown {
  readonly board: Board;
  readonly building: string | undefined;
  readonly units: readonly UnitItem[];
}

@customElement('board-page')
export class BoardPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .scroll { overflow: auto; padding: 0.9rem; max-height: calc(100vh - 19rem); min-height: 16rem; }
      .floors { display: grid; gap: 0.35rem; min-width: max-content; }
      .floor { display: grid; grid-auto-flow: column; grid-template-columns: 3.6rem; grid-auto-columns: minmax(6.4rem, 1fr); gap: 0.35rem; }
      .floor > span { align-self: center; font-size: 0.82rem; color: var(--text-soft); }
      .unit {
        position: relative; display: grid; grid-template-columns: auto 1fr; gap: 0 0.45rem; align-items: center;
        text-align: left; padding: 0.3rem 0.5rem; min-height: 2.9rem; line-height: 1.25;
      }
      .unit b { font-size: 0.92rem; font-variant-numeric: tabular-nums; }
      .unit small { grid-column: 2; color: var(--text-soft); white-space: nowrap; }
      .unit.pending { border: 2px dashed var(--warn); background: var(--warn-wash); }
      svg { display: block; width: 0.9rem; height: 0.9rem; }
      .legend { display: flex; flex-wrap: wrap; gap: 0.35rem 1rem; font-size: 0.87rem; }
      .legend span { display: inline-flex; align-items: center; gap: 0.4rem; }
      .wait { padding: 0.7rem 1rem; }
      .review { padding: 0.45rem 0.9rem; border-radius: 8px; background: var(--seal); color: var(--on-seal); text-decoration: none; }
      .wait.some { background: var(--warn-wash); border-color: var(--warn); }
    `,
  ];
  @state() private building: string | undefined;
  @state() private edited: UnitItem | undefined;

  readonly #shown = new Polling<Shown>(
    this,
    async () => {
      const board = await this.api.get('board', answers.board);
      const building = this.building ?? board.projects[0]?.buildings[0]?.id;
      const { units } =
        building === undefined
          ? { units: [] }
          : await this.api.get(`board/units?building=${encodeURIComponent(building)}`, answers.units);
      return { board, building, units };
    },
    5_000,
  );

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  override render(): TemplateResult {
    return this.renderLoaded(this.#shown, ({ board, building, units }) => {
      const project = board.projects.find(({ buildings }) => buildings.some(({ id }) => id === building));
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <select aria-label=${this.text.project} @change=${this.#chooseProject}>
            ${board.projects.map(
              ({ id, name }) => html`
              <option value=${id} ?selected=${id === project?.id}>${name[this.language]}</option>
            `,
            )}
          </select>
          <div class="chips">
            ${project?.buildings.map(
              ({ id, name }) => html`
              <button aria-pressed=${id === building} @click=${() => this.#chooseBuilding(id)}>
                ${name[this.language]}
              </button>
            `,
            )}
          </div>
        </div>
        <div class="bar panel wait ${board.pending > 0 ? 'some' : ''}">
          <span class="grow" role="status">
            ${board.pending > 0 ? this.text.pendingSome(board.pending) : this.text.pendingNone}
          </span>
          ${
            board.pending > 0
              ? html`<a class="review" href=${placeHash('board-approval')}>${this.text.review}</a>`
              : nothing
          }
        </div>
        <div class="bar legend">
          ${board.states.map(
            (one) => html`
            <span>${swatch(one)}${one.name[this.language]}
              <span class="soft">${units.filter((unit) => stateOf(unit) === one.code).length}</span></span>
          `,
          )}
        </div>
        ${
          units.length === 0
            ? pageStates.empty(this.text.noUnits)
            : html`<div class="panel scroll"><div class="floors">${this.#renderFloors(board, units)}</div></div>`
        }
        <dialog aria-labelledby="edited" @close=${() => {
          this.edited = undefined;
        }}>
          ${
            this.edited
              ? html`<unit-form .api=${this.api} .board=${board} .unit=${this.edited} language=${this.language}
                  @done=${this.#done}></unit-form>`
              : nothing
          }
        </dialog>
      `;
    });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('edited') && this.edited && this.#dialog && !this.#dialog.open) this.#dialog.showModal();
  }

  #renderFloors(board: Board, units: readonly UnitItem[]): TemplateResult[] {
    const states = new Map(board.states.map((one) => [one.code, one]));
    const floors = [...new Set(units.map(({ approved }) => approved.floor))].sort((a, b) => b - a);
    return floors.map(
      (floor) => html`
      <div class="floor">
        <span>${this.text.floor(floor)}</span>
        ${units
          .filter(({ approved }) => approved.floor === floor)
          .map((unit) => this.#renderUnit(unit, states.get(stateOf(unit))))}
      </div>
    `,
    );
  }

  #renderUnit(unit: UnitItem, at: State | undefined): TemplateResult {
    const { number } = unit.approved;
    const stateName = at?.name[this.language] ?? stateOf(unit);
    const price = showShortPrice(priceOf(unit), this.language);
    const mark = unit.pending ? `, ${this.text.pendingMark}` : '';
    return html`
      <button
        class="unit ${unit.pending ? 'pending' : ''}"
        aria-label=${`${this.text.unit} ${number}, ${stateName}, ${price}${mark}`}
        @click=${() => {
          this.edited = unit;
        }}
      >
        ${at ? swatch(at) : nothing}<b>${number}</b>
        <small>${stateName} · ${price}</small>
      </button>
    `;
  }

  readonly #done = async ({ detail }: CustomEvent<{ isProposed: boolean }>): Promise<void> => {
    this.#dialog?.close();
    if (!detail.isProposed) return;
    this.notify({ message: salesWords[this.language].proposed });
    await this.#shown.refresh();
  };

  readonly #chooseProject = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const chosen = event.target.value;
    const project = this.#shown.value?.board.projects.find(({ id }) => id === chosen);
    const [first] = project?.buildings ?? [];
    if (first) this.#chooseBuilding(first.id);
  };

  #chooseBuilding(id: string): void {
    this.building = id;
    void this.#shown.refresh();
  }
}

const stateOf = ({ approved, pending }: UnitItem): string => pending?.state ?? approved.state;
const priceOf = ({ approved, pending }: UnitItem): number => pending?.price ?? approved.price;

/** A state's colour with its pattern on it: never colour alone. Attributes, because inline styles are not allowed here. */
function swatch({ colour, pattern }: State): TemplateResult {
  const marks: Record<State['pattern'], string> = {
    plain: '',
    solid: 'M4 4h8v8H4z',
    dots: 'M4 4h2v2H4zM10 4h2v2h-2zM4 10h2v2H4zM10 10h2v2h-2z',
    stripes: 'M0 10L10 0h4L0 14zM6 16L16 6v4l-6 6z',
    cross: 'M2 0l14 14-2 2L0 2zM14 0L0 14l2 2L16 2z',
    grid: 'M4 0h2v16H4zM10 0h2v16h-2zM0 4h16v2H0zM0 10h16v2H0z',
    empty: 'M2 2h12v12H2z',
  };
  return html`<svg viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<rect width="16" height="16" rx="3" fill=${colour}></rect><path d=${marks[pattern]} fill="var(--on-seal)" fill-opacity="0.75"></path>`}
  </svg>`;
}
