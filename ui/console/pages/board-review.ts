// The dialog in which pending changes are looked at once more before they are approved or discarded.
import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Answers, answers, type UnitItem } from '../../../sync/headquarters/api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { showUnit, showYuan } from '../show.ts';
import { problemText } from '../text.ts';

@customElement('board-review')
export class BoardReview extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      dialog { width: min(52rem, calc(100vw - 2rem)); }
      .changes { margin-top: 0.9rem; max-height: 55vh; overflow: auto; }
      input[type='checkbox'] { min-height: 0; width: 1.2rem; height: 1.2rem; accent-color: var(--accent); }
      del { color: var(--ink-soft); }
      ins { text-decoration: none; font-weight: 600; }
      th:first-child, td:first-child { width: 3rem; }
      @media (max-width: 640px) { del { display: block; } }
    `,
  ];
  @property({ attribute: false }) declare board: Answers['board'];
  @state() private units: readonly UnitItem[] = [];
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private isSending = false;

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Reads what is pending and shows it, all chosen. */
  async open(): Promise<void> {
    try {
      this.units = (await this.api.get('board/units?pending=true', answers.units)).units;
      this.chosen = new Set(this.units.map(({ approved }) => approved.id));
      this.#dialog?.showModal();
    } catch (error) {
      this.#fail(error);
    }
  }

  override render(): TemplateResult {
    const { text, chosen, units } = this;
    const isAll = chosen.size === units.length;
    return html`
      <dialog aria-labelledby="review">
        <h2 id="review">${text.reviewTitle}</h2>
        <div class="changes">
          <table>
            <thead>
              <tr>
                <th>
                  <input type="checkbox" aria-label=${text.selectAll} .checked=${isAll}
                    @change=${() => {
                      this.chosen = isAll ? new Set() : new Set(units.map(({ approved }) => approved.id));
                    }} />
                </th>
                <th>${text.unit}</th>
                <th>${text.state}</th>
                <th class="number">${text.price}</th>
              </tr>
            </thead>
            <tbody>${units.map((unit) => this.#renderChange(unit))}</tbody>
          </table>
        </div>
        <div class="actions">
          <button @click=${() => this.#dialog?.close()}>${text.close}</button>
          <button class="danger" ?disabled=${this.isSending || chosen.size === 0} @click=${() => this.#send('discard')}>
            ${text.discard}
          </button>
          <button class="primary" ?disabled=${this.isSending || chosen.size === 0} @click=${() => this.#send('publish')}>
            ${text.publish(chosen.size)}
          </button>
        </div>
      </dialog>
    `;
  }

  #renderChange({ approved, pending }: UnitItem): TemplateResult {
    const unitName = showUnit(this.board, approved, this.language);
    const name = (code: string): string =>
      this.board.states.find((one) => one.code === code)?.name[this.language] ?? code;
    const change = (before: string, after: string | undefined): TemplateResult =>
      after === undefined ? html`${before}` : html`<del>${before}</del> → <ins>${after}</ins>`;
    return html`
      <tr>
        <td>
          <input type="checkbox" aria-label=${`${this.text.unit} ${unitName}`} .checked=${this.chosen.has(approved.id)}
            @change=${() => this.#toggle(approved.id)} />
        </td>
        <td>${unitName}</td>
        <td>${change(name(approved.state), pending?.state ? name(pending.state) : undefined)}</td>
        <td class="number">
          ${change(showYuan(approved.price), pending?.price ? showYuan(pending.price) : undefined)}
        </td>
      </tr>
    `;
  }

  #toggle(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  async #send(what: 'publish' | 'discard'): Promise<void> {
    this.isSending = true;
    try {
      const { changed } = await this.api.post(`board/${what}`, { units: [...this.chosen] }, answers.changed);
      this.#dialog?.close();
      this.notify({
        message: what === 'publish' ? this.text.published(changed) : this.text.discarded(changed),
      });
      this.dispatchEvent(new CustomEvent('done'));
    } catch (error) {
      this.#fail(error);
    }
    this.isSending = false;
  }

  #fail(error: unknown): void {
    this.notify({ message: problemText(this.text, error instanceof ApiError ? error.code : 'fault') });
  }
}
