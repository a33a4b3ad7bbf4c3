// How terminals shall be set up: one layer after the other, of which model, project, site or ring; and the secrets that they name.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { deviceAnswers, namedRings } from '../../../sync/headquarters/api/device-api.ts';
import {
  type LayerItem,
  type TwinLayer,
  twinAnswers,
  twinLayers,
} from '../../../sync/headquarters/api/twin-api.ts';
import { FleetPageElement } from '../fleet/fleet-page-element.ts';
import '../fleet/layer-editor.ts';
import '../fleet/secrets-panel.ts';
import { terminalsWords } from '../fleet/terminals-words.ts';
import { twinWords } from '../fleet/twin-words.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';

type Subjects = Readonly<Record<TwinLayer, readonly string[]>>;
interface Known {
  readonly subjects: Subjects;
  readonly layers: readonly LayerItem[];
}

@customElement('set-ups-page')
export class SetUpsPage extends FleetPageElement {
  @state() private layer: TwinLayer = 'default';
  /** undefined = the first that there is */
  @state() private subject: string | undefined;

  readonly #known = new Polling<Known>(
    this,
    async () => {
      const [{ devices }, { layers }] = await Promise.all([
        this.api.get('fleet/devices?limit=5000', deviceAnswers.devices),
        this.api.get('fleet/layers', twinAnswers.layers),
      ]);
      const named = (layer: TwinLayer, more: readonly (string | null)[]): readonly string[] => {
        const set = layers.filter((each) => each.layer === layer).map(({ subject }) => subject);
        const all = [...set, ...more].flatMap((each) => (each === null || each === '' ? [] : [each]));
        return [...new Set(all)].sort((a, b) => a.localeCompare(b, 'zh-CN', { numeric: true }));
      };
      const subjects: Subjects = {
        default: [''],
        model: named(
          'model',
          devices.map(({ model }) => model),
        ),
        project: named(
          'project',
          devices.map(({ project }) => project),
        ),
        site: named(
          'site',
          devices.map(({ site }) => site),
        ),
        ring: namedRings,
        device: named(
          'device',
          devices.map(({ terminal }) => terminal),
        ),
      };
      return { subjects, layers };
    },
    30_000,
  );

  override render(): TemplateResult {
    const words = twinWords[this.language];
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      <p class="soft lead">${words.lead}</p>
      ${this.renderLoaded(this.#known, (known) => this.#renderLayers(known))}
      ${this.may('it') ? html`<secrets-panel .api=${this.api} .me=${this.me} .language=${this.language}></secrets-panel>` : nothing}
    `;
  }

  #renderLayers({ subjects, layers }: Known): TemplateResult {
    const words = twinWords[this.language];
    const offered = subjects[this.layer];
    const subject = this.subject !== undefined && offered.includes(this.subject) ? this.subject : offered[0];
    const countOf = (layer: TwinLayer): number =>
      layers.filter((each) => each.layer === layer && Object.keys(each.values).length > 0).length;
    return html`
      <div class="bar">
        <div class="chips">${twinLayers.map(
          (each) =>
            html`<button aria-pressed=${each === this.layer} @click=${() => {
              this.layer = each;
              this.subject = undefined;
            }}>${words.layers[each]}${countOf(each) === 0 ? nothing : html` <span class="soft">${countOf(each)}</span>`}</button>`,
        )}</div>
        ${this.layer === 'default' || offered.length === 0 ? nothing : this.#renderSubjects(offered, subject)}
      </div>
      ${
        subject === undefined
          ? pageStates.empty(words.noSubject)
          : html`<layer-editor .api=${this.api} .me=${this.me} .language=${this.language} .layer=${this.layer} .subject=${subject}
              @saved=${() => void this.#known.refresh()}></layer-editor>`
      }
    `;
  }

  #renderSubjects(offered: readonly string[], subject: string | undefined): TemplateResult {
    const rings = terminalsWords[this.language].rings;
    return html`<label>${twinWords[this.language].subject}<select @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) this.subject = event.target.value;
    }}>${offered.map(
      (each) =>
        html`<option value=${each} ?selected=${each === subject}>${this.layer === 'ring' ? (rings[each] ?? each) : each}</option>`,
    )}</select></label>`;
  }
}
