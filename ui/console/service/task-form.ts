// The form of one task: port, person, follow-ups, deadline, supplier, cause.
import { html, type TemplateResult } from 'lit';
import { type TaskItem, taskCauses } from '../../../sync/headquarters/api/service-api.ts';
import type { ServiceTexts } from './service-text.ts';

export interface TaskChange {
  readonly port?: string;
  readonly person: string | null;
  readonly followers: readonly string[];
  readonly deadline: string | null;
  readonly supplier: string | null;
  readonly cause: string | null;
}
interface Hands {
  readonly onSave: (change: TaskChange) => Promise<void>;
  readonly onCancel: () => void;
}

export interface Port {
  readonly id: string;
  readonly name: string;
}

/** @param ports to hand it over to; none = it stays where it is */
export function renderTaskForm(
  task: TaskItem,
  words: ServiceTexts,
  ports: readonly Port[],
  hands: Hands,
): TemplateResult {
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) void hands.onSave(changeOf(new FormData(event.target)));
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') hands.onCancel();
    }}
  >
    ${
      ports.length === 0
        ? ''
        : html`<label>${words.port}<select name="port">${ports.map(
            ({ id, name }) => html`<option value=${id} ?selected=${id === task.port}>${name}</option>`,
          )}</select></label>`
    }
    <label>${words.person}<input name="person" maxlength="60" autocomplete="off" .value=${task.person ?? ''} /></label>
    <label>${words.followers}<input name="followers" autocomplete="off" .value=${task.followers.join(', ')} /></label>
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

function changeOf(form: FormData): TaskChange {
  const text = (name: string): string | null => String(form.get(name) ?? '').trim() || null;
  const deadline = text('deadline');
  const port = text('port');
  return {
    ...(port === null ? {} : { port }),
    person: text('person'),
    followers: (text('followers') ?? '').split(/[,，]/).flatMap((name) => name.trim() || []),
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
    supplier: text('supplier'),
    cause: text('cause'),
  };
}

/** As the browser's field wants it: local, without a zone. */
function localMinute(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
