// The task board: columns by how far each task is; a port sees its own, the desk sees all.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  type ServicePerson,
  serviceAnswers,
  type TaskItem,
  type taskColumns,
} from '../../../sync/headquarters/api/service-api.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { ServicePage, serviceStyle } from '../service/service-page.ts';
import { type Port, renderTaskForm, type TaskChange } from '../service/task-form.ts';

type Words = TaskItem['label'];
type Column = (typeof taskColumns)[number];
const open = ['filed', 'assigned', 'working'] as const;
/** Closed tasks that are worth looking at again. */
const maxDone = 20;

@customElement('tasks-page')
export class TasksPage extends ServicePage {
  static override styles = [
    ...ServicePage.styles,
    serviceStyle,
    css`
      .board { display: grid; grid-template-columns: repeat(4, minmax(14rem, 1fr)); gap: 0.75rem; overflow-x: auto; align-items: start; }
      section { display: grid; min-width: 0; gap: 0.6rem; padding: 0.7rem; border-radius: var(--radius); background: var(--surface-sunk); }
      section { max-height: calc(100vh - 10rem); min-height: 8rem; overflow-y: auto; padding-top: 0; }
      h3 {
        position: sticky; top: 0; z-index: 1; display: flex; justify-content: space-between; padding: 0.7rem 0.2rem 0.5rem;
        font-size: 0.95rem; background: var(--surface-sunk);
      }
      article { padding: 0.6rem 0.8rem; display: grid; gap: 0.35rem; min-width: 0; }
      article :is(form, label, input, select) { min-width: 0; max-width: 100%; }
      article:focus-within { border-color: var(--accent); }
      .moves { display: flex; flex-wrap: wrap; gap: 0.35rem; }
      .moves button { min-height: 1.9rem; padding: 0.1rem 0.6rem; font-size: 0.86rem; }
      .moves button.primary { background: none; color: var(--accent); border-color: var(--accent); font-weight: 600; }
      .moves button.primary:hover:not(:disabled) { background: var(--accent-wash); }
    `,
  ];
  @state() private port = '';
  /** the task that is being changed */
  @state() private changing: string | undefined;
  /** the port that its form names */
  @state() private toPort = '';

  readonly #tasks = new Polling<readonly TaskItem[]>(
    this,
    async () => {
      const now = await this.api.get('service/tasks', serviceAnswers.tasks);
      const before = await this.api.get('service/tasks?closed=true', serviceAnswers.tasks);
      const done = before.tasks.toSorted((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? ''));
      return [...now.tasks, ...done.slice(0, maxDone)];
    },
    5_000,
  );

  readonly #ports = new Polling<readonly { readonly id: string; readonly name: Words }[]>(
    this,
    async () => {
      const { library } = await this.api.get('service/forms', serviceAnswers.forms);
      return library.flatMap((row) => (row.kind === 'port' ? [row] : []));
    },
    600_000,
  );

  readonly #people = new Polling<readonly ServicePerson[]>(
    this,
    async () => (await this.api.get('service/people', serviceAnswers.people)).people,
    60_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#tasks, (tasks) => {
      const ports = new Map(tasks.map(({ port, portName }) => [port, portName]));
      const shown = tasks.filter(({ port }) => this.port === '' || port === this.port);
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <div class="chips">
            ${[['', undefined] as const, ...ports].map(
              ([port, name]) =>
                html`<button aria-pressed=${port === this.port} @click=${() => {
                  this.port = port;
                }}>${name?.[this.language] ?? this.text.allStates}</button>`,
            )}
          </div>
        </div>
        ${
          shown.length === 0
            ? pageStates.empty(this.words.tasksEmpty)
            : html`<div class="board" @keydown=${this.#walk}>
                ${[...open, 'done' as const].map((column) => this.#renderColumn(column, shown))}
              </div>`
        }
      `;
    });
  }

  protected override async reload(): Promise<void> {
    await this.#tasks.refresh();
  }

  /** Only the desk hands a task to another port. */
  #portsFor(): Port[] {
    if (!this.may('service-desk', 'manager')) return [];
    return (this.#ports.value ?? []).map(({ id, name }) => ({ id, name: name[this.language] }));
  }

  #renderColumn(column: Column, tasks: readonly TaskItem[]): TemplateResult {
    const inside = tasks.filter(({ step }) => step === column || (column === 'done' && step === 'cancelled'));
    return html`<section aria-label=${this.words.columns[column]} tabindex="0">
      <h3><span>${this.words.columns[column]}</span><span class="soft">${inside.length}</span></h3>
      ${repeat(
        inside,
        ({ id }) => id,
        (task) => this.#renderTask(task),
      )}
    </section>`;
  }

  #renderTask(task: TaskItem): TemplateResult {
    const { words, language } = this;
    const isOpen = task.closedAt === null;
    return html`<article class="panel" data-task="${task.number}/${task.n}">
      <p class="strong">${task.label[language]}</p>
      ${task.text ? html`<p class="small">${words.ownWords}: ${task.text}</p>` : nothing}
      <div class="meta small soft">
        <a href=${placeHash('requests', task.request)}>${task.kindName[language]} ${task.number}</a>
        <span>${task.portName[language]}${task.person ? ` · ${this.#nameOf(task.person)}` : ''}</span>
        ${isOpen && task.deadline ? this.renderDue({ what: 'task', at: task.deadline }) : nothing}
        ${task.step === 'cancelled' ? html`<span class="tag">${words.columns.cancelled}</span>` : nothing}
      </div>
      ${isOpen ? this.#renderMoves(task) : nothing}
      ${
        this.changing === task.id
          ? renderTaskForm(task, this.words, this.#portsFor(), this.#people.value ?? [], {
              port: this.toPort,
              onPort: (port) => {
                this.toPort = port;
              },
              onSave: (change) => this.#change(task, change),
              onCancel: () => {
                this.changing = undefined;
              },
            })
          : nothing
      }
    </article>`;
  }

  #nameOf(account: string): string {
    return this.#people.value?.find((one) => one.account === account)?.name ?? account;
  }

  #renderMoves(task: TaskItem): TemplateResult {
    const { words } = this;
    const to = [...open, 'done' as const].filter((column) => column !== task.step && column !== 'filed');
    // the next column is the usual way; a task that is being worked on is done next
    const nextAt = task.step === 'working' ? to.indexOf('done') : 0;
    return html`<div class="moves">
      ${to.map(
        (
          column,
          index,
        ) => html`<button class=${index === nextAt ? 'primary' : ''} @click=${() => this.#move(task, column)}>
          ${words.moveTo(words.columns[column])}
        </button>`,
      )}
      <button aria-expanded=${this.changing === task.id} @click=${() => {
        this.changing = this.changing === task.id ? undefined : task.id;
        this.toPort = task.port;
      }}>${words.change}</button>
    </div>`;
  }

  /** Arrows walk between the buttons of the board. */
  readonly #walk = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLButtonElement)) return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.board button')];
    buttons[buttons.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  };

  async #move(task: TaskItem, to: Column): Promise<void> {
    await this.send(`tasks/${encodeURIComponent(task.id)}/step`, { from: task.step, to }, true);
  }

  async #change(task: TaskItem, change: TaskChange): Promise<void> {
    if (await this.send(`tasks/${encodeURIComponent(task.id)}`, change, true)) this.changing = undefined;
  }
}
