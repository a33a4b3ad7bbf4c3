// One layer of the set-up: its values by path or as JSON, whom a change reaches, and only then saving; its history and the way back.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  type LayerItem,
  type TwinAnswers,
  type TwinLayer,
  twinAnswers,
} from '../../../sync/headquarters/api/twin-api.ts';
import { ApiError } from '../api-client.ts';
import { pageStates } from '../page-states.ts';
import { showTime } from '../show.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { layerEditorStyle } from './layer-editor-style.ts';
import './layer-history.ts';
import { renderPlan } from './layer-plan.ts';
import { pathWord } from './path-words.ts';
import { editablePaths, isSameValue, readSetting, settingKind, settingText } from './setting-text.ts';
import { twinWords } from './twin-words.ts';

type Draft = ReadonlyMap<string, string>;

/** `<layer-editor .api .me language layer subject>` @fires saved when it was written */
@customElement('layer-editor')
export class LayerEditor extends FleetPageElement {
  static override styles = [...FleetPageElement.styles, layerEditorStyle];
  @property() declare layer: TwinLayer;
  @property() declare subject: string;
  /** as it was read; undefined = on its way */
  @state() private base: LayerItem | undefined;
  @state() private problem: string | undefined;
  /** path → what stands in its field */
  @state() private draft: Draft = new Map();
  /** what stands in the JSON view; undefined = the view by value */
  @state() private json: string | undefined;
  @state() private plan: TwinAnswers['plan'] | undefined;
  /** somebody else's, that came in between */
  @state() private theirs: LayerItem | undefined;
  @state() private isBusy = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('layer') || changed.has('subject')) void this.#load();
  }

  override render(): TemplateResult {
    const words = twinWords[this.language];
    if (this.problem !== undefined)
      return pageStates.problem(this.text, this.problem, () => void this.#load());
    const { base } = this;
    if (!base) return pageStates.waiting(this.text, 4);
    const wasSet =
      base.rev > 0 ? words.rev(base.rev, base.by, showTime(base.at, this.language)) : words.never;
    return html`
      <section class="panel editor" @keydown=${this.#keys}>
        <div class="bar">
          <h3>${words.layerOf(words.layers[this.layer], this.subject)}</h3>
          <span class="soft small">${wasSet}</span>
          <span class="grow"></span>
          <div class="chips" role="group" aria-label=${words.view}>
            <button aria-pressed=${this.json === undefined} @click=${() => this.#show('form')}>${words.form}</button>
            <button aria-pressed=${this.json !== undefined} @click=${() => this.#show('json')}>${words.json}</button>
          </div>
        </div>
        ${this.json === undefined ? this.#renderForm() : this.#renderJson(this.json)}
        ${this.theirs ? this.#renderConflict(this.theirs) : nothing}
        ${this.plan ? renderPlan(this.plan, this.language) : nothing}
        ${this.may('it') ? this.#renderActions(base) : nothing}
      </section>
      <layer-history .api=${this.api} .me=${this.me} .language=${this.language} .layer=${base}
        @saved=${() => void this.#load()}></layer-history>
    `;
  }

  #renderForm(): TemplateResult {
    const words = twinWords[this.language];
    const paths = [...this.draft.keys()].sort((a, b) => (a < b ? -1 : 1));
    return html`
      ${paths.length === 0 ? html`<p class="soft">${this.layer === 'default' ? words.emptyDefault : words.empty}</p>` : nothing}
      <div class="values">${repeat(
        paths,
        (path) => path,
        (path) => this.#renderValue(path, this.draft.get(path) ?? ''),
      )}</div>
      ${
        this.may('it')
          ? html`<label class="add">${words.add}<select .value=${''} @change=${this.#add}>
            <option value="">${words.addHint}</option>
            ${editablePaths
              .filter((path) => !this.draft.has(path))
              .map((path) => html`<option value=${path}>${pathWord(path, this.language)} · ${path}</option>`)}
          </select></label>`
          : nothing
      }
    `;
  }

  #renderValue(path: string, text: string): TemplateResult {
    const words = twinWords[this.language];
    const kind = settingKind(path);
    const read = readSetting(path, text);
    const fault =
      read.kind === 'wrong' ? words.fault(read.sentence ?? words.kinds[kind] ?? words.wrongValue) : undefined;
    const isLong = kind === 'json' && text.includes('\n');
    const isChanged = this.#isChanged(path);
    const write = (event: Event): void => this.#write(path, (event.target as HTMLInputElement).value);
    return html`<div class="value ${isChanged ? 'changed' : ''}">
      <label for=${path}>${pathWord(path, this.language)}<code>${path}</code></label>
      <div>
        ${
          isLong
            ? html`<textarea id=${path} rows=${Math.min(12, text.split('\n').length)} spellcheck="false" .value=${text}
                ?readonly=${!this.may('it')} aria-invalid=${fault !== undefined} @input=${write}></textarea>`
            : html`<input id=${path} .value=${text} spellcheck="false" autocomplete="off" ?readonly=${!this.may('it')}
                inputmode=${kind === 'number' ? 'numeric' : 'text'} placeholder=${words.kinds[kind] ?? ''}
                aria-invalid=${fault !== undefined} @input=${write} />`
        }
        ${fault === undefined ? nothing : html`<p class="fault small" role="alert">◆ ${fault}</p>`}
      </div>
      ${
        this.may('it')
          ? html`<button aria-label=${words.removeOf(path)} @click=${() => this.#remove(path)}>${words.remove}</button>`
          : nothing
      }
    </div>`;
  }

  #renderJson(json: string): TemplateResult {
    const words = twinWords[this.language];
    const isWrong = readValues(json) === undefined;
    return html`<textarea class="json" rows="14" spellcheck="false" aria-label=${words.json} .value=${json}
        ?readonly=${!this.may('it')} aria-invalid=${isWrong} @input=${this.#writeJson}></textarea>
      ${isWrong ? html`<p class="fault small" role="alert">◆ ${words.wrongJson}</p>` : nothing}`;
  }

  #renderConflict(theirs: LayerItem): TemplateResult {
    const words = twinWords[this.language];
    const [mine, before] = [this.#values() ?? {}, this.base?.values ?? {}];
    const isMine = (path: string): boolean => !isSameValue(mine[path], before[path]);
    const paths = [...new Set([...Object.keys(mine), ...Object.keys(before), ...Object.keys(theirs.values)])]
      .filter((path) => isMine(path) || !isSameValue(theirs.values[path], before[path]))
      .sort((a, b) => (a < b ? -1 : 1));
    const said = (path: string, value: unknown): string =>
      value === undefined ? words.unset : settingText(path, value);
    return html`<div class="problem conflict" role="alert">
      <p>${words.conflict(theirs.by, showTime(theirs.at, this.language))}</p>
      <button @click=${() => this.#rebase(theirs)}>${words.keepMine}</button>
      <table>
        <thead><tr><th>${words.path}</th><th>${words.theirs}</th><th>${words.mine}</th></tr></thead>
        <tbody>${paths.map(
          (path) => html`<tr><td>${pathWord(path, this.language)}</td>
            <td><code>${said(path, theirs.values[path])}</code></td><td>${isMine(path) ? html`<code>${said(path, mine[path])}</code>` : words.untouched}</td></tr>`,
        )}</tbody>
      </table>
    </div>`;
  }

  #renderActions(base: LayerItem): TemplateResult {
    const words = twinWords[this.language];
    const values = this.#values();
    const isChanged = values === undefined || !isSameValue(values, base.values);
    const { plan } = this;
    return html`<div class="actions">
      ${isChanged ? html`<span class="tag warn">${words.changed}</span>` : nothing}
      ${isChanged ? html`<button @click=${() => this.#take(base)}>${words.discard}</button>` : nothing}
      ${
        plan
          ? html`<button class="primary" ?disabled=${this.isBusy || !values || this.theirs !== undefined}
              @click=${() => void this.#save()}>${plan.count === 0 ? words.apply : words.applyTo(plan.count)}</button>`
          : html`<button class="primary" ?disabled=${this.isBusy || !isChanged || !values}
              @click=${() => void this.#look()}>${words.plan}</button>`
      }
    </div>`;
  }

  async #load(): Promise<void> {
    const { layer, subject } = this;
    this.base = undefined;
    this.problem = undefined;
    try {
      const read = await this.#read();
      if (layer === this.layer && subject === this.subject) this.#take(read);
    } catch (error) {
      this.problem = error instanceof ApiError ? error.code : 'fault';
    }
  }

  #read(): Promise<LayerItem> {
    const query = new URLSearchParams({ subject: this.subject });
    return this.api.get(`fleet/layers/${this.layer}?${query}`, twinAnswers.layer);
  }

  #take(base: LayerItem): void {
    this.base = base;
    this.#edit(draftOf(base.values));
    this.json = this.json === undefined ? undefined : JSON.stringify(base.values, null, 2);
    this.theirs = undefined;
  }

  /** Mine stand on top of what is there now; what I did not touch is theirs. */
  #rebase(theirs: LayerItem): void {
    const [mine, before] = [this.#values() ?? {}, this.base?.values ?? {}];
    const values = { ...theirs.values };
    for (const path of new Set([...Object.keys(mine), ...Object.keys(before)])) {
      if (isSameValue(mine[path], before[path])) continue;
      if (path in mine) values[path] = mine[path];
      else delete values[path];
    }
    this.#take(theirs);
    this.#edit(draftOf(values));
    if (this.json !== undefined) this.json = JSON.stringify(values, null, 2);
  }

  /** @returns undefined while something is wrong */
  #values(): Record<string, unknown> | undefined {
    if (this.json !== undefined) return readValues(this.json);
    const values: Record<string, unknown> = {};
    for (const [path, text] of this.draft) {
      const read = readSetting(path, text);
      if (read.kind === 'wrong') return undefined;
      values[path] = read.value;
    }
    return values;
  }

  #isChanged(path: string): boolean {
    const read = readSetting(path, this.draft.get(path) ?? '');
    return read.kind === 'wrong' || !isSameValue(read.value, this.base?.values[path]);
  }

  #show(view: 'form' | 'json'): void {
    const values = this.#values();
    if (!values) return;
    this.json = view === 'json' ? JSON.stringify(values, null, 2) : undefined;
    this.draft = draftOf(values);
  }

  #edit(draft: Draft): void {
    this.draft = draft;
    this.plan = undefined;
  }

  #write(path: string, text: string): void {
    this.#edit(new Map([...this.draft, [path, text]]));
  }

  #remove(path: string): void {
    this.#edit(new Map([...this.draft].filter(([each]) => each !== path)));
  }

  readonly #writeJson = (event: InputEvent): void => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.json = event.target.value;
    this.plan = undefined;
  };

  readonly #add = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement) || event.target.value === '') return;
    const path = event.target.value;
    event.target.value = '';
    this.#write(path, settingKind(path) === 'json' ? 'null' : '');
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[id="${path}"]`)?.focus(),
    );
  };

  /** Ctrl S goes one step on: first what changes, then saving. */
  readonly #keys = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || !this.may('it')) return;
    event.preventDefault();
    void (this.plan ? this.#save() : this.#look());
  };

  async #look(): Promise<void> {
    const values = this.#values();
    if (!values) return;
    this.isBusy = true;
    await this.attempt(async () => {
      const body = { subject: this.subject, values };
      this.plan = await this.api.post(`fleet/layers/${this.layer}/plan`, body, twinAnswers.plan);
    });
    this.isBusy = false;
  }

  async #save(): Promise<void> {
    const [values, base] = [this.#values(), this.base];
    if (!values || !base || this.theirs) return;
    this.isBusy = true;
    try {
      const body = { subject: this.subject, values, baseRev: base.rev };
      const { devices } = await this.api.post(`fleet/layers/${this.layer}`, body, twinAnswers.written);
      this.notify({ message: twinWords[this.language].saved(devices) });
      this.dispatchEvent(new Event('saved', { bubbles: true, composed: true }));
      await this.#load();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'layer-moved') this.theirs = await this.#read();
      else this.complain(error);
    }
    this.isBusy = false;
  }
}

function draftOf(values: Readonly<Record<string, unknown>>): Draft {
  return new Map(Object.entries(values).map(([path, value]) => [path, settingText(path, value)]));
}

function readValues(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...(value as Record<string, unknown>) }
      : undefined;
  } catch {
    return undefined;
  }
}
