// The form of an event and the form of a session: what is filled in, and nothing of what becomes of it.
import { css, html, type TemplateResult } from 'lit';
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
  .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.75rem; }
  label.check { display: flex; align-items: center; gap: 0.5rem; color: var(--ink); }
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

  override render(): TemplateResult {
    const { words, session, language } = this;
    return html`<form class="panel" @submit=${this.#submit} aria-label=${session ? words.editSession : words.newSession}>
      <h3>${this.event.name[language]} · ${session ? words.editSession : words.newSession}</h3>
      <div class="row">
        <label>${words.nameZh}<input name="zh" required maxlength="60" .value=${session?.name.zh ?? ''} /></label>
        <label>${words.nameEn}<input name="en" required maxlength="80" .value=${session?.name.en ?? ''} /></label>
        <label>${words.opens}<input name="opens" type="datetime-local" required .value=${localOf(session?.opensAt)} /></label>
        <label>${words.ends}<input name="ends" type="datetime-local" required .value=${localOf(session?.endsAt)} /></label>
        <label>${words.points}<input name="points" type="number" min="0" max="10000" required .value=${String(session?.points ?? 20)} /></label>
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
      <div class="row">${this.levels.map(({ code, name }) => this.#treatment(code, name[language]))}</div>
      <div class="actions">
        <button type="button" @click=${() => this.dispatchEvent(new Event('closed'))}>${words.cancel}</button>
        <button class="primary">${words.save}</button>
      </div>
    </form>`;
  }

  #treatment(code: string, level: string): TemplateResult {
    const { words, session } = this;
    const given = session?.treatments?.[code];
    return html`
      <label>${words.treatment(level, '中')}<input name="zh-${code}" maxlength="60" .value=${given?.zh ?? ''} /></label>
      <label>${words.treatment(level, 'EN')}<input name="en-${code}" maxlength="80" .value=${given?.en ?? ''} /></label>
    `;
  }

  readonly #submit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    if (!(submitted.target instanceof HTMLFormElement)) return;
    const data = new FormData(submitted.target);
    const body = { ...bodyOf(data, this.levels), ...(this.session ? { id: this.session.id } : {}) };
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
