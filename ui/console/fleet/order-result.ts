// What came of one order: how far it is, and the report, picture or log that the terminal brought for it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import * as v from 'valibot';
import { type Diagnosis, diagnosisSchema, type TerminalOrder } from '../../../sync/headquarters/api.ts';
import { orderTexts } from '../order-text.ts';
import { showTime } from '../show.ts';
import type { Language } from '../text.ts';
import './diagnosis-view.ts';
import { diagnosisWords } from './diagnosis-words.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import './log-view.ts';
import { orderTones } from './order-tones.ts';
import { saveFile } from './save-file.ts';
import { terminalOrderWords } from './terminal-order-words.ts';

type Brought =
  | { readonly kind: 'report'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'picture'; readonly url: string }
  | { readonly kind: 'unreadable' };

/** how a file of this kind ends */
const endings: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'application/json': '.json',
  'application/gzip': '.json.gz',
};

/** `<order-result .api .me language about=TERMINAL .order .isOnline @closed>` */
@customElement('order-result')
export class OrderResult extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      :host { margin-top: 1rem; }
      .head { display: flex; flex-wrap: wrap; gap: 0.5rem 0.9rem; align-items: center; margin-bottom: 0.8rem; }
      .head h3 { margin: 0; }
      .head .grow { flex: 1; }
      figure { margin: 0; display: grid; gap: 0.5rem; justify-items: start; }
      img { max-width: 100%; max-height: 70vh; border: 1px solid var(--rule-strong); border-radius: 8px; }
    `,
  ];
  @property({ attribute: false }) declare order: TerminalOrder;
  @property({ attribute: false }) declare isOnline: boolean;
  @state() private brought: Brought | undefined;
  /** of which order and when it came, so that it is fetched once */
  #fetched = '';

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('order')) return;
    const { id, kind, upload } = this.order;
    const wanted = `${id} ${upload?.at ?? ''}`;
    if (wanted === this.#fetched) return;
    this.#fetched = wanted;
    this.brought = undefined;
    if (upload !== null && kind !== 'send-log') void this.#fetch();
  }

  override render(): TemplateResult {
    const [words, orders] = [terminalOrderWords[this.language], orderTexts[this.language]];
    const { kind, state: how, at, orderedBy, upload } = this.order;
    const kinds: Readonly<Record<string, string>> = orders.kinds;
    return html`<section class="panel" aria-labelledby="what">
      <div class="head">
        <h3 id="what">${kinds[kind] ?? kind}</h3>
        <span class="tag ${orderTones[how]}">${orders.states[how]}</span>
        <span class="soft small">${showTime(at, this.language, true)} · ${orderedBy}</span>
        <span class="grow"></span>
        ${
          upload !== null && kind !== 'send-log'
            ? html`<button @click=${() => void this.#save()}>${words.download}</button>`
            : nothing
        }
        <button @click=${() => this.dispatchEvent(new Event('closed'))}>${words.close}</button>
      </div>
      ${this.#renderWaiting()}
      ${this.#renderBrought()}
    </section>`;
  }

  #renderWaiting(): TemplateResult | typeof nothing {
    const [words, orders] = [terminalOrderWords[this.language], orderTexts[this.language]];
    const { kind, state: how, code } = this.order;
    if (how === 'failed' || how === 'expired')
      return html`<p class="problem"><span>${code === null ? orders.states[how] : orderProblem(code, this.language)}</span></p>`;
    if (how !== 'queued' && how !== 'received' && how !== 'running') return nothing;
    // that the log comes in says it
    if (kind === 'send-log' && how === 'running') return nothing;
    const said = how === 'queued' && !this.isOnline ? words.waiting.away : words.waiting[how];
    return html`<p class="soft" role="status">${said}</p>`;
  }

  #renderBrought(): TemplateResult | typeof nothing {
    const words = terminalOrderWords[this.language];
    const { id, kind, state: how, detail } = this.order;
    const { language, about, brought } = this;
    if (kind === 'send-log')
      return how === 'failed' || how === 'expired' || how === 'cancelled'
        ? nothing
        : html`<log-view .api=${this.api} .language=${language} .order=${id} .terminal=${about ?? ''}
            .isLive=${how !== 'done'}></log-view>`;
    switch (brought?.kind) {
      case 'report':
        return html`<diagnosis-view .diagnosis=${brought.diagnosis} .language=${language}></diagnosis-view>`;
      case 'picture':
        return html`<figure><img src=${brought.url} alt=${words.screenshot(about ?? '')} />
          <figcaption class="small soft">${detail?.['isMasked'] === false ? words.plain : words.masked}</figcaption></figure>`;
      case 'unreadable':
        return html`<p class="problem">${diagnosisWords[language].unreadable}</p>`;
      case undefined:
        return html`${kind === 'open-ssh' && how === 'done' ? html`<p>${words.openTo}</p>` : nothing}
          ${detail === null ? nothing : html`<dl class="facts">${detailRows(detail, language)}</dl>`}`;
    }
  }

  async #fetch(): Promise<void> {
    const { id, kind } = this.order;
    await this.attempt(async () => {
      const file = await this.api.download(`fleet/uploads/${id}`);
      const brought = kind === 'take-screenshot' ? await pictureOf(file) : await reportOf(file);
      // another one may be shown by now
      if (id === this.order.id) this.brought = brought;
    });
  }

  async #save(): Promise<void> {
    const { id, kind } = this.order;
    await this.attempt(async () => {
      const file = await this.api.download(`fleet/uploads/${id}`);
      saveFile(`${this.about}-${kind}${endings[file.type] ?? '.txt'}`, file);
    });
  }
}

/** Why an order failed. */
export function orderProblem(code: string, language: Language): string {
  return orderTexts[language].codes[code] ?? terminalOrderWords[language].codes[code] ?? code;
}

/** In short what came of it; a check is called as in the report. */
export function detailRows(
  detail: NonNullable<TerminalOrder['detail']>,
  language: Language,
): readonly TemplateResult[] {
  const words = terminalOrderWords[language];
  const checks: Readonly<Record<string, { readonly name: string }>> = diagnosisWords[language].checks;
  return Object.entries(detail).map(([name, value]) => {
    const said = typeof value === 'boolean' ? (value ? words.yes : words.no) : (value ?? '–');
    return html`<dt>${words.details[name] ?? checks[name]?.name ?? name}</dt><dd>${said}</dd>`;
  });
}

/** As data: no other address of a picture is open to this page. */
async function pictureOf(file: Blob): Promise<Brought> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the picture cannot be read')));
    reader.readAsDataURL(file);
  });
  return { kind: 'picture', url };
}

async function reportOf(file: Blob): Promise<Brought> {
  const isPacked = file.type === 'application/gzip';
  const stream = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  try {
    const diagnosis = v.safeParse(diagnosisSchema, JSON.parse(await new Response(stream).text()));
    return diagnosis.success ? { kind: 'report', diagnosis: diagnosis.output } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}
