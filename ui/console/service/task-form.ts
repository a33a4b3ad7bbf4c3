// The form of one task: port, person, follow-ups, deadline, supplier, cause.
import { html, type TemplateResult } from 'lit';
import { type ServicePerson, type TaskItem, taskCauses } from '../../../sync/headquarters/api/service-api.ts';
import type { ServiceTexts } from './service-text.ts';

export interface TaskChange {
  readonly port?: string;
  readonly person: string | null;
  readonly followers: readonly string[];
  readonly deadline: string | null;
  readonly supplier: string | null;
  readonly cause: string | null;
  readonly version: number;
}
interface Hands {
  /** the port that is chosen now: others work there */
  readonly port: string;
  readonly onPort: (port: string) => void;
  readonly onSave: (change: TaskChange) => Promise<void>;
  readonly onCancel: () => void;
}

export interface Port {
  readonly id: string;
  readonly name: string;
}

/** @param ports to hand it over to; none = it stays where it is @param people who may be in charge, or follow it */
export function renderTaskForm(
  task: TaskItem,
  words: ServiceTexts,
  ports: readonly Port[],
  people: readonly ServicePerson[],
  hands: Hands,
): TemplateResult {
  const nameOf = ({ name, isDesk }: ServicePerson): string => (isDesk ? `${name} · ${words.desk}` : name);
  const own = people.filter(({ isDesk, ports: theirs }) => isDesk || theirs.includes(hands.port));
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement)
        void void hands.onSave(changeOf(new FormData(event.target), task));
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') hands.onCancel();
    }}
  >
    ${
      ports.length === 0
        ? ''
        : html`<label>${words.port}<select name="port" @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) hands.onPort(event.target.value);
          }}>${ports.map(
            ({ id, name }) => html`<option value=${id} ?selected=${id === hands.port}>${name}</option>`,
          )}</select></label>`
    }
    <label>${words.person}<select name="person">
      <option value="">${words.none}</option>
      ${own.map((one) => html`<option value=${one.account} ?selected=${one.account === task.person}>${nameOf(one)}</option>`)}
    </select></label>
    ${own.length === 0 ? html`<p class="small soft">${words.nobodyOfPort}</p>` : ''}
    ${
      own.length === 0
        ? ''
        : html`<fieldset><legend>${words.followers}</legend>${own.map(
            (one) => html`<label class="check"><input type="checkbox" name="followers" value=${one.account}
              ?checked=${task.followers.includes(one.account)} />${nameOf(one)}</label>`,
          )}</fieldset>`
    }
    <label>${words.deadline}<input name="deadline" type="datetime-local" .value=${localMinute(task.deadline)} /></label>
    <label>${words.supplier}<input name="supplier" maxlength="60" autocomplete="off" .value=${task.supplier ?? ''} /></label>
    <label>${words.cause}<select name="cause">
      <option value="">${words.none}</option>
      ${taskCauses.map((cause) => html`<option value=${cause} ?selected=${cause === task.cause}>${words.causes[cause]}</option>`)}
    </select></label>
    <div class="actions">
      <button type="button" @click=${hands.onCancel}>${words.cancel}</button>
      <button class="primary">${words.save}</button>
    </div>
  </form>`;
}

function changeOf(form: FormData, { version }: TaskItem): TaskChange {
  const text = (name: string): string | null => String(form.get(name) ?? '').trim() || null;
  const deadline = text('deadline');
  const port = text('port');
  return {
    ...(port === null ? {} : { port }),
    person: text('person'),
    followers: form.getAll('followers').map(String),
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
    supplier: text('supplier'),
    cause: text('cause'),
    version,
  };
}

/** As the browser's field wants it: local, without a zone. */
function localMinute(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
