// The departments and what each promises: reply and on-site time in minutes; where one says nothing the default holds.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { libraryKeyOf } from '../../../sync/headquarters/api/library-api.ts';
import { LibraryPart, partStyle } from './library-part.ts';
import { fieldsOf, freshId, type Of, rowsOf } from './library-rows.ts';

@customElement('library-ports')
export class LibraryPorts extends LibraryPart {
  static override styles = [...LibraryPart.styles, partStyle];

  override render(): TemplateResult {
    const { words } = this;
    return html`<div class="list">
      <div class="panel detail">
        <h3>${words.defaultClock}</h3>
        ${this.#renderClock('default', this.#clock('default'))}
      </div>
      ${rowsOf(this.library, 'port').map(
        (port) => html`<div class="panel detail" data-port=${port.id}>
          <h3>${port.name[this.language]}</h3>
          ${this.renderRow(port, port.name, (row, name) => ({ ...row, name }))}
          ${this.#renderClock(port.id, this.#clock(port.id))}
        </div>`,
      )}
      ${
        this.isEditor
          ? html`<details class="panel detail new"><summary>${words.addPort}</summary>${this.renderNew(
              words.add,
              (name) => {
                const row: Of<'port'> = { kind: 'port', id: freshId(), name };
                return [libraryKeyOf(row), row];
              },
            )}</details>`
          : nothing
      }
    </div>`;
  }

  #clock(id: string): Of<'clock'> | undefined {
    return rowsOf(this.library, 'clock').find((clock) => clock.id === id);
  }

  #renderClock(id: string, clock: Of<'clock'> | undefined): TemplateResult {
    const { words } = this;
    const isDefault = id === 'default';
    return html`<form class="row of-clock" data-clock=${id} @submit=${(event: SubmitEvent) => {
      const fields = fieldsOf(event);
      const row: Of<'clock'> = {
        kind: 'clock',
        id,
        replyMin: fields.count('reply') ?? 0,
        onSiteMin: fields.count('on-site') ?? 0,
      };
      const key = libraryKeyOf(row);
      this.put([[key, row]], [[key, clock ?? null]]);
    }}>
      <div class="more">
        ${this.renderCount('reply', words.replyMin, clock?.replyMin, true)}
        ${this.renderCount('on-site', words.onSiteMin, clock?.onSiteMin, true)}
      </div>
      <p class="soft small">${clock || isDefault ? '' : words.asDefault}</p>
      <div class="more">
        ${this.isEditor ? html`<button>${words.save}</button>` : nothing}
        ${
          this.isEditor && clock && !isDefault
            ? html`<button type="button" class="danger" @click=${() => this.drop(clock)}>${words.useDefault}</button>`
            : nothing
        }
      </div>
    </form>`;
  }
}
