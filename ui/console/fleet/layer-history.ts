// What a layer set before, by whom, and the way back to it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type LayerItem, twinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import { showTime } from '../show.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { pathWord } from './path-words.ts';
import { isSameValue, settingText } from './setting-text.ts';
import { twinWords } from './twin-words.ts';

/** @fires saved when an earlier revision was brought back */
@customElement('layer-history')
export class LayerHistory extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`details { margin-top: 0.75rem; } summary { cursor: pointer; padding: 0.3rem 0; color: var(--accent); font-weight: 500; }
      td { vertical-align: top; } ul { margin: 0; padding: 0; list-style: none; }`,
  ];
  /** as it is now */
  @property({ attribute: false }) declare layer: LayerItem;
  @state() private revisions: readonly LayerItem[] | undefined;
  @state() private isOpen = false;
  @state() private deed: Deed | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('layer')) return;
    this.revisions = undefined;
    if (this.isOpen) void this.#load();
  }

  override render(): TemplateResult {
    const words = twinWords[this.language];
    if (this.layer.rev === 0) return html``;
    return html`<details @toggle=${this.#toggle}>
        <summary>${words.history}</summary>
        ${this.revisions ? this.#renderRevisions(this.revisions) : nothing}
      </details>
      <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
        this.deed = undefined;
      }}></deed-dialog>`;
  }

  #renderRevisions(revisions: readonly LayerItem[]): TemplateResult {
    const words = twinWords[this.language];
    if (revisions.length < 2) return html`<p class="soft">${words.historyNone}</p>`;
    return html`<div class="panel scroll"><table>
      <tbody>${revisions.map((each, index) => {
        const before = revisions[index + 1]?.values ?? {};
        const paths = [...new Set([...Object.keys(before), ...Object.keys(each.values)])]
          .filter((path) => !isSameValue(before[path], each.values[path]))
          .sort((a, b) => (a < b ? -1 : 1));
        return html`<tr>
          <td class="nowrap">${words.rev(each.rev, each.by, showTime(each.at, this.language))}</td>
          <td><ul>${paths.map(
            (path) => html`<li>${pathWord(path, this.language)}
              <code>${path in each.values ? settingText(path, each.values[path]) : words.unset}</code></li>`,
          )}</ul></td>
          <td>${
            index > 0 && this.may('it')
              ? html`<button @click=${() => this.#ask(each)}>${words.bringBack}</button>`
              : nothing
          }</td>
        </tr>`;
      })}</tbody>
    </table></div>`;
  }

  readonly #toggle = (event: Event): void => {
    this.isOpen = event.target instanceof HTMLDetailsElement && event.target.open;
    if (this.isOpen && !this.revisions) void this.#load();
  };

  async #load(): Promise<void> {
    const { layer, subject } = this.layer;
    const query = new URLSearchParams({ subject });
    await this.attempt(async () => {
      const path = `fleet/layers/${layer}/history?${query}`;
      this.revisions = (await this.api.get(path, twinAnswers.history)).revisions;
    });
  }

  #ask({ rev: to }: LayerItem): void {
    const words = twinWords[this.language];
    const { layer, subject, rev: baseRev } = this.layer;
    this.deed = {
      title: words.bringBackTitle(to),
      happens: words.bringBackHappens,
      label: words.bringBack,
      run: async () => {
        const body = { subject, baseRev, to };
        await this.api.post(`fleet/layers/${layer}/rollback`, body, twinAnswers.written);
        this.notify({ message: words.broughtBack(to) });
        this.dispatchEvent(new Event('saved', { bubbles: true, composed: true }));
      },
    };
  }
}
