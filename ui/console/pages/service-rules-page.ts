// The rules of the service: promises with their hours, where they hold, reasons to pause, call-backs; in versions.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type ServiceRules,
  type ServiceRulesAnswer,
  serviceRulesAnswers,
} from '../../../sync/headquarters/api/service-rules-api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { hoursText, readDays, readHours } from '../service/hours-text.ts';
import { type RulesWords, rulesWords } from '../service/rules-words.ts';
import { showTime } from '../show.ts';
import { problemText } from '../text.ts';

type Profile = ServiceRules['profiles'][number];
type Calendar = Profile['calendar'];
type Assignment = ServiceRules['assignments'][number];
type Kind = NonNullable<Assignment['kind']>;
const kinds = ['repair', 'selfCheckRepair', 'complaint', 'enquiry', 'praise', 'handover'] as const;

@customElement('service-rules-page')
export class ServiceRulesPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      form { display: grid; gap: 1.1rem; margin-top: 0.8rem; }
      section { padding: 1rem 1.15rem; display: grid; gap: 0.7rem; }
      .row { display: grid; gap: 0.6rem 0.8rem; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); align-items: end; }
      .week { display: grid; gap: 0.5rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
      .days { display: grid; gap: 0.8rem; grid-template-columns: 1fr 1fr; }
      fieldset { border: 1px solid var(--rule); border-radius: 10px; padding: 0.8rem 1rem 1rem; margin: 0; display: grid; gap: 0.7rem; min-width: 0; }
      legend { font-weight: 600; padding-inline: 0.3rem; }
      fieldset.all { border: 0; padding: 0; gap: 1.1rem; }
      .danger { justify-self: start; }
      textarea { min-height: 4.5rem; resize: vertical; }
      input { min-width: 0; width: 100%; }
    `,
  ];
  /** what is being written; undefined = as it is kept */
  @state() private draft: ServiceRules | undefined;
  @state() private version: number | undefined;

  readonly #rules = new Polling<ServiceRulesAnswer>(
    this,
    () =>
      this.api.get(
        `service/rules${this.version === undefined ? '' : `?version=${this.version}`}`,
        serviceRulesAnswers.rules,
      ),
    60_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#rules, (answer) => {
      const words = rulesWords[this.language];
      const rules = this.draft ?? answer.rules;
      const newest = answer.versions[0]?.version ?? 0;
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <label>${words.versions}<select @change=${this.#choose}>
            ${[...answer.versions, { version: 0, at: null, actor: null }].map(
              ({
                version,
                at,
                actor,
              }) => html`<option value=${version} ?selected=${version === answer.version}>
                ${words.version(version)}${at === null ? '' : ` · ${showTime(at, this.language)} · ${actor}`}
              </option>`,
            )}
          </select></label>
        </div>
        <p class="soft small">${words.hint}</p>
        <form @submit=${(event: SubmitEvent) => this.#save(event, newest, rules)}>
          <fieldset class="all" ?disabled=${!this.may('manager')}>
            ${this.#renderAssignments(rules, answer, words)}
            ${this.#renderProfiles(rules, words)}
            ${this.#renderReasons(rules, words)}
            ${this.#renderCalls(rules, words)}
            ${
              this.may('manager')
                ? html`<div class="actions"><button class="primary">${words.save}</button></div>`
                : nothing
            }
          </fieldset>
        </form>
      `;
    });
  }

  #renderAssignments(rules: ServiceRules, answer: ServiceRulesAnswer, words: RulesWords): TemplateResult {
    const set = (index: number, change: Partial<Assignment>) =>
      this.#draft(rules, { assignments: replaced(rules.assignments, index, change) });
    const first = rules.profiles[0]?.code ?? '';
    return html`<section class="panel" aria-label=${words.assignments}>
      <h3>${words.assignments}</h3>
      <p class="soft small">${words.assignmentsHint}</p>
      ${rules.assignments.map(
        ({ project, kind, profile }, index) => html`<div class="row">
          ${select(
            words.project,
            [['', words.all], ...answer.projects.map(({ id, name }) => [id, name[this.language]] as const)],
            project ?? '',
            (value) => set(index, { project: (value || null) as Assignment['project'] }),
          )}
          ${select(
            words.kind,
            [['', words.all], ...kinds.map((one) => [one, words.kinds[one]] as const)],
            kind ?? '',
            (value) => set(index, { kind: (value || null) as Kind | null }),
          )}
          ${select(
            words.profile,
            rules.profiles.map(({ code, name }) => [code, name[this.language]] as const),
            profile,
            (value) => set(index, { profile: value }),
          )}
          ${this.#renderRemove(words, () => this.#draft(rules, { assignments: without(rules.assignments, index) }))}
        </div>`,
      )}
      ${this.#renderAdd(words, words.assignments, () =>
        this.#draft(rules, {
          assignments: [...rules.assignments, { project: null, kind: null, profile: first }],
        }),
      )}
    </section>`;
  }

  #renderProfiles(rules: ServiceRules, words: RulesWords): TemplateResult {
    const add = () => {
      const [like] = rules.profiles;
      if (!like) return;
      const name = { zh: '', en: '' };
      const code = `profile-${rules.profiles.length + 1}`;
      this.#draft(rules, { profiles: [...rules.profiles, { ...like, code, name }] });
    };
    return html`<section class="panel" aria-label=${words.profiles}>
      <h3>${words.profiles}</h3>
      <p class="soft small">${words.hoursHint}</p>
      ${rules.profiles.map((profile, index) => this.#renderProfile(rules, profile, index, words))}
      ${this.#renderAdd(words, words.profiles, add)}
    </section>`;
  }

  #renderProfile(rules: ServiceRules, profile: Profile, index: number, words: RulesWords): TemplateResult {
    const { calendar } = profile;
    const set = (change: Partial<Profile>) =>
      this.#draft(rules, { profiles: replaced(rules.profiles, index, change) });
    const setCalendar = (change: Partial<Calendar>) => set({ calendar: { ...calendar, ...change } });
    const maybe = (text: string): number | null => (text === '' ? null : Number(text));
    return html`<fieldset>
      <legend>${profile.name[this.language] || profile.code}</legend>
      <div class="row">
        ${field(words.code, profile.code, (code) => set({ code }), { required: true })}
        ${field(words.nameZh, profile.name.zh, (zh) => set({ name: { ...profile.name, zh } }), { required: true })}
        ${field(words.nameEn, profile.name.en, (en) => set({ name: { ...profile.name, en } }), { required: true })}
      </div>
      <div class="row">
        ${field(words.replyMin, `${profile.replyMin}`, (text) => set({ replyMin: Number(text) }), { type: 'number', required: true })}
        ${field(words.onSiteMin, `${profile.onSiteMin ?? ''}`, (text) => set({ onSiteMin: maybe(text) }), { type: 'number' })}
        ${field(words.messageDays, `${profile.messageDays ?? ''}`, (text) => set({ messageDays: maybe(text) }), { type: 'number' })}
        ${field(words.timeZone, calendar.timeZone, (timeZone) => setCalendar({ timeZone }), { required: true })}
      </div>
      <div class="week">
        ${words.days.map((day, at) =>
          field(day, hoursText(calendar.week[at] ?? []), (text) =>
            setCalendar({ week: calendar.week.map((spans, n) => (n === at ? readHours(text) : spans)) }),
          ),
        )}
      </div>
      <div class="days">
        ${area(words.holidays, calendar.holidays, (holidays) => setCalendar({ holidays }))}
        ${area(words.workdays, calendar.workdays, (workdays) => setCalendar({ workdays }))}
      </div>
      ${
        rules.profiles.length > 1
          ? this.#renderRemove(words, () => this.#draft(rules, { profiles: without(rules.profiles, index) }))
          : nothing
      }
    </fieldset>`;
  }

  #renderReasons(rules: ServiceRules, words: RulesWords): TemplateResult {
    const { pauseReasons } = rules;
    const set = (index: number, change: Partial<ServiceRules['pauseReasons'][number]>) =>
      this.#draft(rules, { pauseReasons: replaced(pauseReasons, index, change) });
    const fresh = { code: `reason-${pauseReasons.length + 1}`, name: { zh: '', en: '' } };
    return html`<section class="panel" aria-label=${words.pauseReasons}>
      <h3>${words.pauseReasons}</h3>
      ${pauseReasons.map(
        ({ code, name }, index) => html`<div class="row">
          ${field(words.code, code, (text) => set(index, { code: text }), { required: true })}
          ${field(words.nameZh, name.zh, (zh) => set(index, { name: { ...name, zh } }), { required: true })}
          ${field(words.nameEn, name.en, (en) => set(index, { name: { ...name, en } }), { required: true })}
          ${this.#renderRemove(words, () => this.#draft(rules, { pauseReasons: without(pauseReasons, index) }))}
        </div>`,
      )}
      ${this.#renderAdd(words, words.pauseReasons, () =>
        this.#draft(rules, { pauseReasons: [...pauseReasons, fresh] }),
      )}
    </section>`;
  }

  #renderCalls(rules: ServiceRules, words: RulesWords): TemplateResult {
    const set = (name: keyof ServiceRules['calls']) => (text: string) =>
      this.#draft(rules, { calls: { ...rules.calls, [name]: Number(text) } });
    return html`<section class="panel" aria-label=${words.calls}>
      <h3>${words.calls}</h3>
      <div class="row">
        ${(['firstAfterMin', 'nextAfterMin', 'attempts'] as const).map((name) =>
          field(words[name], `${rules.calls[name]}`, set(name), { type: 'number', required: true }),
        )}
      </div>
    </section>`;
  }

  #renderRemove(words: RulesWords, onClick: () => void): TemplateResult | typeof nothing {
    return this.may('manager')
      ? html`<button type="button" class="danger" @click=${onClick}>${words.remove}</button>`
      : nothing;
  }

  #renderAdd(words: RulesWords, what: string, onClick: () => void): TemplateResult | typeof nothing {
    return this.may('manager')
      ? html`<div><button type="button" aria-label=${`${words.add} · ${what}`} @click=${onClick}>＋ ${words.add}</button></div>`
      : nothing;
  }

  #draft(rules: ServiceRules, change: Partial<ServiceRules>): void {
    this.draft = { ...rules, ...change };
  }

  readonly #choose = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.version = Number(event.target.value);
    this.draft = undefined;
    void this.#rules.restart();
  };

  async #save(event: SubmitEvent, version: number, rules: ServiceRules): Promise<void> {
    event.preventDefault();
    const words = rulesWords[this.language];
    try {
      const made = await this.api.post('service/rules', { version, rules }, serviceRulesAnswers.rules);
      this.draft = undefined;
      this.version = undefined;
      this.notify({ message: words.saved(made.version) });
      await this.#rules.refresh();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      this.notify({ message: words.problems[code] ?? problemText(this.text, code) });
    }
  }
}

type Options = readonly (readonly [value: string, text: string])[];

function select(
  label: string,
  options: Options,
  chosen: string,
  onChange: (value: string) => void,
): TemplateResult {
  return html`<label>${label}<select @change=${(event: Event) => {
    if (event.target instanceof HTMLSelectElement) onChange(event.target.value);
  }}>${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></label>`;
}

function field(
  label: string,
  value: string,
  onChange: (text: string) => void,
  { type = 'text', required = false } = {},
): TemplateResult {
  return html`<label>${label}<input .value=${value} type=${type} min="1" ?required=${required} autocomplete="off" maxlength="80"
    @change=${(event: Event) => {
      if (event.target instanceof HTMLInputElement) onChange(event.target.value.trim());
    }} /></label>`;
}

function area(label: string, days: readonly string[], onChange: (days: string[]) => void): TemplateResult {
  return html`<label>${label}<textarea .value=${days.join('\n')} @change=${(event: Event) => {
    if (event.target instanceof HTMLTextAreaElement) onChange(readDays(event.target.value));
  }}></textarea></label>`;
}

function replaced<T>(all: readonly T[], at: number, change: Partial<T>): T[] {
  return all.map((one, index) => (index === at ? { ...one, ...change } : one));
}

function without<T>(all: readonly T[], at: number): T[] {
  return all.filter((_, index) => index !== at);
}
