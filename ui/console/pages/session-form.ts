// The form of an event and the form of a session: what is filled in, and nothing of what becomes of it.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type ActivityAnswers,
  activityAnswers,
  type SessionBody,
  type SessionItem,
} from '../../../sync/headquarters/api/activity-api.ts';
import { PageElement } from '../page-element.ts';
import { ActivityPageElement } from './activity-page-element.ts';

type All = ActivityAnswers['activities'];
type Event_ = All['activities'][number];

const formStyle = css`
  form { display: grid; gap: 0.9rem; padding: 1.1rem; margin-bottom: 1rem; }
  .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0.75rem; align-items: end; }
  .row :is(input, select) { width: 100%; min-width: 0; height: 2.6rem; }
  input:read-only { background: none; color: var(--text-soft); }
  fieldset { display: grid; grid-template-columns: auto 1fr 1fr; gap: 0.5rem 0.75rem; align-items: center; margin: 0; padding: 0.9rem 1rem; border: 1px solid var(--rule); border-radius: 10px; }
  legend { padding: 0 0.4rem; color: var(--text-soft); font-size: 0.9rem; }
  label.check { display: flex; align-items: center; gap: 0.5rem; color: var(--text-main); }
  label.check > input { min-height: 1.4rem; }
`;

/** @fires closed when it is saved or given up */
@customElement('event-form')
export class EventForm extends ActivityPageElement {
  static override styles = [...PageElement.styles, formStyle];
  @property({ attribute: false }) declare projects: All['projects'];
  /** undefined = a new one */
  @property({ attribute: false }) declare event: Event_ | undefined;

  override render(): TemplateResult {
    const { words, event, language } = this;
    return html`<form class="panel" @submit=${this.#submit} aria-label=${event ? words.editEvent : words.newEvent}>
      <h3>${event ? words.editEvent : words.newEvent}</h3>
      <div class="row">
        <label>${words.nameZh}<input name="zh" required maxlength="60" .value=${event?.name.zh ?? ''} /></label>
        <label>${words.nameEn}<input name="en" required maxlength="80" .value=${event?.name.en ?? ''} /></label>
        <label>${words.placeZh}<input name="placeZh" required maxlength="60" .value=${event?.place.zh ?? ''} /></label>
        <label>${words.placeEn}<input name="placeEn" required maxlength="80" .value=${event?.place.en ?? ''} /></label>
        <label>${words.project}<select name="project">
          <option value="">${words.everyProject}</option>
          ${this.projects.map(
            ({ id, name }) =>
              html`<option value=${id} ?selected=${event?.project === id}>${name[language]}</option>`,
          )}
        </select></label>
      </div>
      <div class="actions">
        <button type="button" @click=${() => this.dispatchEvent(new Event('closed'))}>${words.cancel}</button>
        <button class="primary">${words.save}</button>
      </div>
    </form>`;
  }

  readonly #submit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    if (!(submitted.target instanceof HTMLFormElement)) return;
    const text = textOf(new FormData(submitted.target));
    const isDone = await this.attempt(async () => {
      const body = {
        ...(this.event ? { id: this.event.id } : {}),
        name: { zh: text('zh'), en: text('en') },
        place: { zh: text('placeZh'), en: text('placeEn') },
        project: text('project') === '' ? null : text('project'),
      };
      await this.api.post('activities', body, activityAnswers.made);
      this.notify({ message: this.words.saved });
    });
    if (isDone) this.dispatchEvent(new Event('closed'));
  };
}

/** @fires closed when it is saved or given up */
@customElement('session-form')
export class SessionForm extends ActivityPageElement {
  static override styles = [...PageElement.styles, formStyle];
  @property({ attribute: false }) declare levels: All['levels'];
  @property({ attribute: false }) declare event: Event_;
  /** undefined = a new one */
  @property({ attribute: false }) declare session: SessionItem | undefined;
  /** a new one after the pattern of `session` */
  @property({ type: Boolean }) declare copy: boolean;

  override render(): TemplateResult {
    const { words, session, language } = this;
    const title = session && !this.copy ? words.editSession : words.newSession;
    // terminals book what they know: what they may have gone by stays
    const isStarted = session !== undefined && !this.copy && Date.parse(session.opensAt) <= Date.now();
    return html`<form class="panel" @submit=${this.#submit} aria-label=${title}>
      <h3>${this.event.name[language]} · ${title}</h3>
      ${isStarted ? html`<p class="soft">${words.isStarted}</p>` : nothing}
      <div class="row">
        <label>${words.nameZh}<input name="zh" required maxlength="60" .value=${session?.name.zh ?? ''} /></label>
        <label>${words.nameEn}<input name="en" required maxlength="80" .value=${session?.name.en ?? ''} /></label>
        <label>${words.opens}<input name="opens" type="datetime-local" required ?readonly=${isStarted} .value=${localOf(this.#begin(session?.opensAt))} /></label>
        <label>${words.ends}<input name="ends" type="datetime-local" required .value=${localOf(this.#begin(session?.endsAt))} /></label>
        <label>${words.points}<input name="points" type="number" min="0" max="10000" required ?readonly=${isStarted} .value=${String(session?.points ?? 20)} /></label>
        <label>${words.quota}<input name="quota" type="number" min="1" max="100000" .value=${String(session?.quota ?? '')} /></label>
        <label>${words.minLevel}<select name="minLevel">
          <option value="">${words.everyLevel}</option>
          ${this.levels.map(
            ({ code, name }) =>
              html`<option value=${code} ?selected=${session?.minLevel === code}>${name[language]}</option>`,
          )}
        </select></label>
        <label>${words.gates}<input name="gates" maxlength="400" .value=${(session?.gates ?? []).join(', ')} /></label>
      </div>
      <label class="check"><input type="checkbox" name="walkIn" ?checked=${session?.walkIn ?? false} />${words.walkIn}</label>
      <label class="check"><input type="checkbox" name="signUp" ?checked=${session?.signUp ?? true} />${words.signUp}</label>
      <fieldset><legend>${words.treatments}</legend>
        ${this.levels.map(({ code, name }) => this.#treatment(code, name[language]))}
      </fieldset>
      <div class="actions">
        <button type="button" @click=${() => this.dispatchEvent(new Event('closed'))}>${words.cancel}</button>
        <button class="primary">${words.save}</button>
      </div>
    </form>`;
  }

  /** What the field begins with: a copy is held a week later. */
  #begin(instant: string | undefined): string | undefined {
    if (instant === undefined || !this.copy) return instant;
    return new Date(Date.parse(instant) + 7 * 86_400_000).toISOString();
  }

  #treatment(code: string, level: string): TemplateResult {
    const { words, session } = this;
    const given = session?.treatments?.[code];
    return html`
      <span>${level}</span>
      <input name="zh-${code}" maxlength="60" placeholder=${words.treatmentZh} aria-label=${`${level} ${words.treatmentZh}`} .value=${given?.zh ?? ''} />
      <input name="en-${code}" maxlength="80" placeholder=${words.treatmentEn} aria-label=${`${level} ${words.treatmentEn}`} .value=${given?.en ?? ''} />
    `;
  }

  readonly #submit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    if (!(submitted.target instanceof HTMLFormElement)) return;
    const data = new FormData(submitted.target);
    const told = bodyOf(data, this.levels);
    const { session } = this;
    const kept = (instant: string, before: string | undefined): string =>
      before !== undefined && localOf(before) === localOf(instant) ? before : instant;
    const body = {
      ...told,
      // the field shows minutes; seconds that were there before stay
      opensAt: kept(told.opensAt, session?.opensAt),
      endsAt: kept(told.endsAt, session?.endsAt),
      ...(session && !this.copy ? { id: session.id } : {}),
    };
    const isDone = await this.attempt(async () => {
      await this.api.post(`activities/${this.event.id}/sessions`, body, activityAnswers.made);
      this.notify({ message: this.words.saved });
    });
    if (isDone) this.dispatchEvent(new Event('closed'));
  };
}

function bodyOf(data: FormData, levels: All['levels']): SessionBody {
  const text = textOf(data);
  const gates = text('gates')
    .split(/[,，\s]+/)
    .filter(Boolean);
  const treatments = levels.flatMap(({ code }) => {
    const [zh, en] = [text(`zh-${code}`), text(`en-${code}`)];
    // what is given in one language only is given in both
    return zh === '' && en === '' ? [] : [[code, { zh: zh || en, en: en || zh }] as const];
  });
  return {
    name: { zh: text('zh'), en: text('en') },
    opensAt: new Date(text('opens')).toISOString(),
    endsAt: new Date(text('ends')).toISOString(),
    points: Number(text('points')),
    quota: text('quota') === '' ? null : Number(text('quota')),
    walkIn: data.has('walkIn'),
    signUp: data.has('signUp'),
    minLevel: text('minLevel') === '' ? null : text('minLevel'),
    gates: gates.length === 0 ? null : gates,
    treatments: Object.fromEntries(treatments),
  };
}

function textOf(data: FormData): (name: string) => string {
  return (name) => String(data.get(name) ?? '').trim();
}

/** As `datetime-local` wants it, in the zone of who sits here. */
function localOf(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
