// The form that proposes a change of one home: every field of it, what nobody outside may know included.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ChangeKind, changeKinds } from '../../../sync/headquarters/api/sales-api.ts';
import { type Answers, answers, type UnitItem } from '../../../sync/headquarters/api.ts';
import { type ApiClient, ApiError } from '../api-client.ts';
import { consoleStyle } from '../console-style.ts';
import { type SalesWords, salesProblem, salesWords } from '../sales-words.ts';
import { showUnit, showYuan } from '../show.ts';
import type { Language } from '../text.ts';

type Field = 'price' | 'floorPrice' | 'discountLimit' | 'form';

/** @fires done when it was proposed, or given up: `detail.isProposed` */
@customElement('unit-form')
export class UnitForm extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      form { display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; margin-top: 0.9rem; align-items: start; }
      .wide, fieldset { grid-column: 1 / -1; }
      fieldset {
        display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; margin: 0; padding: 0.9rem; min-width: 0;
        border: 1px dashed var(--rule-strong); border-radius: 8px;
      }
      legend { padding: 0 0.4rem; font-size: 0.87rem; color: var(--text-soft); }
      input, select { width: 100%; }
      .wrong { color: var(--bad); font-size: 0.9rem; }
      .problem { margin: 0; }
    `,
  ];
  @property({ attribute: false }) declare api: ApiClient;
  @property() declare language: Language;
  @property({ attribute: false }) declare board: Answers['board'];
  @property({ attribute: false }) declare unit: UnitItem;
  @state() private wrong: Readonly<Partial<Record<Field, string>>> = {};
  @state() private isSending = false;

  override render(): TemplateResult {
    const words = salesWords[this.language];
    const { approved, pending } = this.unit;
    const internal = { ...this.unit.internal, ...pending?.internal };
    const stateName = this.board.states.find(({ code }) => code === approved.state)?.name[this.language];
    return html`
      <h2 id="edited">${showUnit(this.board, approved, this.language)}</h2>
      <p class="soft small">${words.inForce}: ${stateName} · ${showYuan(approved.price)}
        ${pending ? html`<span class="tag warn">${words.waitsFrom(pending.hands.join(', '))}</span>` : nothing}</p>
      <form @submit=${this.#propose} @input=${() => {
        this.wrong = {};
      }}>
        <label>${words.kind}
          <select name="kind">${changeKinds.map(
            (kind) => html`<option value=${kind} ?selected=${kind === (pending?.kind ?? 'state')}>
              ${words.kinds[kind]}</option>`,
          )}</select>
        </label>
        <label>${words.state}
          <select name="state">${this.board.states.map(
            ({
              code,
              name,
            }) => html`<option value=${code} ?selected=${code === (pending?.state ?? approved.state)}>
              ${name[this.language]}</option>`,
          )}</select>
        </label>
        ${this.#text('price', words.price, yuanOf(pending?.price ?? approved.price), words)}
        <fieldset>
          <legend>${words.internal}</legend>
          <label class="wide">${words.buyer}
            <input name="buyer" maxlength="80" autocomplete="off" .value=${internal.buyer ?? ''} /></label>
          ${this.#text('floorPrice', words.floorPrice, yuanOf(internal.floorPrice ?? null), words)}
          ${this.#text('discountLimit', words.discountPercent, percentOf(internal.discountLimit ?? null), words)}
        </fieldset>
        <label class="wide">${words.note}
          <input name="note" maxlength="300" autocomplete="off" placeholder=${words.noteHint} .value=${pending?.note ?? ''} /></label>
        ${this.wrong.form ? html`<p class="problem wide" role="alert">${this.wrong.form}</p>` : nothing}
        <div class="actions wide">
          <button type="button" @click=${() => this.#end(false)}>${words.cancel}</button>
          <button class="primary" ?disabled=${this.isSending}>${words.propose}</button>
        </div>
      </form>
    `;
  }

  #text(name: Exclude<Field, 'form'>, label: string, value: string, words: SalesWords): TemplateResult {
    const wrong = this.wrong[name];
    return html`<label>${label}
      <input name=${name} inputmode="decimal" autocomplete="off" .value=${value} aria-invalid=${wrong !== undefined}
        placeholder=${name === 'price' ? '' : words.noneSet} />
      ${wrong ? html`<span class="wrong" role="alert">${wrong}</span>` : nothing}
    </label>`;
  }

  readonly #propose = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement) || this.isSending) return;
    const words = salesWords[this.language];
    const form = new FormData(event.target);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const amounts = {
      price: scaledFrom(text('price')),
      floorPrice: scaledFrom(text('floorPrice')),
      discountLimit: scaledFrom(text('discountLimit')),
    };
    this.wrong = {
      ...(amounts.price ? {} : { price: words.amountWrong }),
      ...(amounts.floorPrice === undefined || amounts.floorPrice === 0
        ? { floorPrice: words.amountWrong }
        : {}),
      ...(amounts.discountLimit === undefined || (amounts.discountLimit ?? 0) > 10_000
        ? { discountLimit: words.percentWrong }
        : {}),
    };
    if (Object.keys(this.wrong).length > 0) return;
    const change = changeOf(this.unit, {
      kind: text('kind') as ChangeKind,
      state: text('state'),
      price: amounts.price ?? 0,
      buyer: text('buyer') || null,
      floorPrice: amounts.floorPrice ?? null,
      discountLimit: amounts.discountLimit ?? null,
    });
    if (!change) {
      this.wrong = { form: words.nothingChanged };
      return;
    }
    const note = text('note');
    this.isSending = true;
    try {
      const body = { ...change, ...(note === '' ? {} : { note }) };
      await this.api.post(`board/units/${encodeURIComponent(this.unit.approved.id)}`, body, answers.unit);
      this.#end(true);
    } catch (error) {
      this.wrong = { form: salesProblem(this.language, error instanceof ApiError ? error.code : 'fault') };
    }
    this.isSending = false;
  };

  #end(isProposed: boolean): void {
    this.dispatchEvent(new CustomEvent('done', { detail: { isProposed } }));
  }
}

interface Wanted {
  readonly kind: ChangeKind;
  readonly state: string;
  readonly price: number;
  readonly buyer: string | null;
  readonly floorPrice: number | null;
  readonly discountLimit: number | null;
}

/** @returns only what differs from what is shown, or undefined when nothing does */
function changeOf({ approved, internal, pending }: UnitItem, wanted: Wanted): Partial<Wanted> | undefined {
  const shown = {
    kind: pending?.kind,
    state: pending?.state ?? approved.state,
    price: pending?.price ?? approved.price,
    buyer: null,
    floorPrice: null,
    discountLimit: null,
    ...internal,
    ...pending?.internal,
  };
  const changed = Object.entries(wanted).filter(([name, value]) => value !== shown[name as keyof Wanted]);
  const isMore = changed.some(([name]) => name !== 'kind' || pending !== null);
  return isMore ? { ...Object.fromEntries(changed), kind: wanted.kind } : undefined;
}

/** Fen as yuan, with its fen where it has any. */
function yuanOf(fen: number | null): string {
  return fen === null ? '' : (fen / 100).toFixed(fen % 100 === 0 ? 0 : 2);
}

function percentOf(hundredths: number | null): string {
  return hundredths === null ? '' : `${hundredths / 100}`;
}

/** Yuan to fen, or per cent to its hundredths. @returns null = nothing given, undefined = no number */
function scaledFrom(text: string): number | null | undefined {
  const plain = text.replace(/[,，\s]/g, '');
  if (plain === '') return null;
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined;
}
