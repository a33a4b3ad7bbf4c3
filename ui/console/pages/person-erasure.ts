// What a person may ask of us: all that is known of them as a file, and that it is erased; for managers.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type PersonAnswers, personAnswers } from '../../../sync/headquarters/api/person-api.ts';
import '../fleet/deed-dialog.ts';
import type { Deed } from '../fleet/deed-dialog.ts';
import { saveFile } from '../fleet/save-file.ts';
import { PageElement } from '../page-element.ts';
import { showTime } from '../show.ts';
import { type PersonErasureTexts, personErasureTexts } from './person-erasure-words.ts';

/** @fires erased when it was done */
@customElement('person-erasure')
export class PersonErasure extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      section { display: grid; gap: 0.6rem; border-top: 1px solid var(--rule); padding-top: 0.8rem; }
      h4 { margin: 0; font-size: 1rem; }
      ul { margin: 0.3rem 0 0; padding-left: 1.1rem; }
      .deeds { display: flex; flex-wrap: wrap; gap: 0.6rem; }
    `,
  ];
  @property() declare member: string;
  @state() private outlook: PersonAnswers['outlook'] | undefined;
  @state() private deed: Deed | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // what is open for one says nothing of the next
    if (changed.has('member')) this.outlook = undefined;
  }

  override render(): TemplateResult {
    const words = personErasureTexts[this.language];
    return html`<section>
      <h4>${words.heading}</h4>
      <div class="deeds">
        <button @click=${() => void this.#export(words)}>${words.export}</button>
        <button class="danger" @click=${() => void this.#ask(words)}>${words.erase}</button>
      </div>
      <div role="status">${this.outlook ? this.#renderOutlook(this.outlook, words) : nothing}</div>
    </section>
    <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
      this.deed = undefined;
    }}></deed-dialog>`;
  }

  #renderOutlook({ open, erasedAt }: PersonAnswers['outlook'], words: PersonErasureTexts): TemplateResult {
    return html`${erasedAt === null ? nothing : html`<p>${words.erasedAt(showTime(erasedAt, this.language))}</p>`}
      ${
        open.length === 0
          ? nothing
          : html`<p>${words.openTitle}</p>
            <ul>${open.map(({ kind, label }) => html`<li>${words.kinds[kind]} · ${label}</li>`)}</ul>`
      }`;
  }

  #export(words: PersonErasureTexts): Promise<boolean> {
    return this.attempt(async () => {
      saveFile('person.json', await this.api.download(`persons/${encodeURIComponent(this.member)}/export`));
      return words.exported;
    });
  }

  /** What is open is told before anybody types anything. */
  #ask(words: PersonErasureTexts): Promise<boolean> {
    const id = this.member;
    const path = `persons/${encodeURIComponent(id)}/erasure`;
    return this.attempt(async () => {
      this.outlook = await this.api.get(path, personAnswers.outlook);
      if (this.outlook.open.length > 0) return;
      this.deed = {
        title: words.title(id),
        happens: words.happens,
        label: words.label,
        typed: id,
        isDanger: true,
        fields: html`<label>${words.reason}<select name="reason">
          ${Object.entries(words.reasons).map(([code, name]) => html`<option value=${code}>${name}</option>`)}
        </select></label>`,
        problemOf: (code) => words.problems[code] ?? this.problemOf(code),
        run: async (data) => {
          const typed = String(data.get('typed')).trim();
          await this.api.post(path, { id: typed, reason: data.get('reason') }, personAnswers.erased);
          // the page says so: this element goes with the person
          this.dispatchEvent(new Event('erased'));
        },
      };
    });
  }
}
