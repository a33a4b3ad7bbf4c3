// What is ordered, of which terminals, and for how long: the form of the orders page.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  type BatchItem,
  datasetNames,
  maxNotice,
  maxOrderMs,
  type OrderContent,
  type TerminalItem,
} from '../../../sync/headquarters/api.ts';
import { consoleStyle } from '../console-style.ts';
import { type OrderTexts, orderTexts } from '../order-text.ts';
import type { Language } from '../text.ts';

type Kind = OrderContent['kind'];

/** Given on the page of the terminal that it is about. */
const ofOneTerminal: ReadonlySet<string> = new Set<Kind>(['open-ssh', 'retire', 'send-log', 'test-reader']);

/** What the form asks its page to order. */
export interface Wish {
  readonly terminals: readonly string[] | 'all';
  readonly kind: Kind;
  readonly body: object;
  readonly expiresInMs: number;
}
export class WishEvent extends Event {
  readonly wish: Wish;
  constructor(wish: Wish) {
    super('wish', { bubbles: true, composed: true });
    this.wish = wish;
  }
}

const hourMs = 3_600_000;
const expiries = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;
/** Above this many a name is found faster by typing it. */
const findAbove = 12;

@customElement('order-form')
export class OrderForm extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      form { padding: 1.1rem 1.25rem; display: grid; gap: 0.9rem; }
      fieldset { border: 0; padding: 0; margin: 0; display: grid; gap: 0.5rem; min-width: 0; }
      legend { padding: 0; font-size: 0.9rem; color: var(--text-soft); margin-bottom: 0.25rem; }
      .row { display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
      .names { display: flex; flex-wrap: wrap; gap: 0.4rem; max-height: 11rem; overflow-y: auto; padding: 0.2rem; }
      .names label {
        display: flex; align-items: center; gap: 0.45rem; padding: 0.3rem 0.8rem; min-height: 2.25rem;
        border: 1px solid var(--rule-strong); border-radius: 999px; color: var(--text-main); font-size: 0.95rem;
      }
      .names input { min-height: 0; width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
      .wrong { color: var(--bad); }
      .actions { margin-top: 0; }
    `,
  ];
  @property() declare language: Language;
  @property({ attribute: false }) declare terminals: readonly TerminalItem[];
  /** earlier orders: a notice is taken down by its own */
  @property({ attribute: false }) declare batches: readonly BatchItem[];
  @property({ type: Boolean }) declare sending: boolean;
  /** what the field begins with: it is the person's from then on */
  readonly #until = inFourHours();
  @state() private kind: Kind = 'show-notice';
  @state() private chosen: ReadonlySet<string> | 'all' = 'all';
  @state() private find = '';
  @state() private wrong: string | undefined;

  /** What was ordered is not to be ordered again by the next tap. */
  clear(): void {
    this.renderRoot.querySelector('form')?.reset();
    this.kind = 'show-notice';
    this.#choose('all');
  }

  override render(): TemplateResult {
    const text = orderTexts[this.language];
    const count = this.chosen === 'all' ? this.terminals.length : this.chosen.size;
    return html`
      <form class="panel" @submit=${this.#submit}>
        <div class="row">
          <label>
            ${text.what}
            <select name="kind" @change=${this.#chooseKind}>
              ${Object.entries(text.kinds)
                .filter(([kind]) => !ofOneTerminal.has(kind))
                .map(
                  ([kind, name]) =>
                    html`<option value=${kind} ?selected=${kind === this.kind}>${name}</option>`,
                )}
            </select>
          </label>
          ${this.kind === 'show-notice' ? nothing : this.#renderExpiry(text)}
        </div>
        <p class="small soft">${text.hints[this.kind]}</p>
        ${this.#renderBody(text)}
        ${this.#renderTerminals(text)}
        ${this.wrong === undefined ? nothing : html`<p class="wrong" role="alert">${this.wrong}</p>`}
        <div class="actions">
          <button class="primary" ?disabled=${this.sending || count === 0}>${text.give(count)}</button>
        </div>
      </form>
    `;
  }

  #renderExpiry(text: OrderTexts): TemplateResult {
    return html`<label>
      ${text.expires}
      <select name="expires">
        ${Object.entries(text.expiresIn).map(
          ([name, words]) => html`<option value=${name} ?selected=${name === 'day'}>${words}</option>`,
        )}
      </select>
      <span class="small">${text.expiresHint}</span>
    </label>`;
  }

  #renderBody(text: OrderTexts): TemplateResult | typeof nothing {
    if (this.kind === 'show-notice') {
      return html`
        <div class="row">
        <label>${text.noticeZh}<input name="zh" required maxlength=${maxNotice.zh} lang="zh-CN" autocomplete="off" /></label>
        <label>${text.noticeEn}<input name="en" required maxlength=${maxNotice.en} lang="en" autocomplete="off" /></label>
        <label>${text.until}<input name="until" type="datetime-local" required value=${this.#until} /></label>
        </div>
      `;
    }
    if (this.kind !== 'forget-notice') return nothing;
    const notices = this.batches.filter(({ kind }) => kind === 'show-notice');
    return html`<label>
      ${text.whichNotice}
      <select name="notice">
        <option value="">${text.allNotices}</option>
        ${notices.map(({ batch, body }) => html`<option value=${batch}>${noticeWords(body, this.language)}</option>`)}
      </select>
    </label>`;
  }

  #renderTerminals(text: OrderTexts): TemplateResult {
    const { chosen, terminals } = this;
    const shown = terminals.filter(({ terminal }) =>
      terminal.toLowerCase().includes(this.find.toLowerCase()),
    );
    return html`
      <fieldset>
        <legend>${text.who}</legend>
        <div class="chips">
          <button type="button" aria-pressed=${chosen === 'all'} @click=${() => this.#choose('all')}>
            ${text.all(terminals.length)}
          </button>
          <button type="button" aria-pressed=${chosen !== 'all'} @click=${() => this.#choose(new Set())}>
            ${text.some}
          </button>
        </div>
        ${
          chosen === 'all'
            ? nothing
            : html`
              ${
                terminals.length > findAbove
                  ? html`<input type="search" aria-label=${text.find} placeholder=${text.find} @input=${this.#search} />`
                  : nothing
              }
              <div class="names">
                ${shown.map(
                  ({ terminal }) => html`<label>
                    <input type="checkbox" .checked=${chosen.has(terminal)} @change=${() => this.#toggle(terminal)} />
                    ${terminal}
                  </label>`,
                )}
              </div>
            `
        }
      </fieldset>
    `;
  }

  readonly #chooseKind = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) this.kind = event.target.value as Kind;
    this.wrong = undefined;
  };

  readonly #search = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.find = event.target.value;
  };

  #choose(chosen: ReadonlySet<string> | 'all'): void {
    this.chosen = chosen;
    this.wrong = undefined;
  }

  #toggle(terminal: string): void {
    if (this.chosen === 'all') return;
    const chosen = new Set(this.chosen);
    if (!chosen.delete(terminal)) chosen.add(terminal);
    this.#choose(chosen);
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const field = (name: string): string => String(data.get(name) ?? '').trim();
    const terminals = this.chosen === 'all' ? ('all' as const) : [...this.chosen];
    const expiry = expiries[field('expires') as keyof typeof expiries] ?? expiries.day;
    switch (this.kind) {
      case 'show-notice': {
        const untilMs = Date.parse(field('until'));
        const expiresInMs = untilMs - Date.now();
        if (!(expiresInMs >= 1_000 && expiresInMs <= maxOrderMs)) {
          this.wrong = orderTexts[this.language].untilWrong;
          return;
        }
        const words = { zh: field('zh'), en: field('en') };
        this.#wish(terminals, { words, until: new Date(untilMs).toISOString() }, expiresInMs);
        return;
      }
      case 'forget-notice':
        this.#wish(terminals, { notice: field('notice') || null }, expiry);
        return;
      case 'take-datasets':
        this.#wish(terminals, { datasets: datasetNames }, expiry);
        return;
      default:
        this.#wish(terminals, {}, expiry);
    }
  };

  #wish(terminals: Wish['terminals'], body: object, expiresInMs: number): void {
    this.wrong = undefined;
    this.dispatchEvent(new WishEvent({ terminals, kind: this.kind, body, expiresInMs }));
  }
}

/** What a notice says, or nothing when this is none. */
export function noticeWords(body: unknown, language: Language): string {
  const words = (body as { words?: Partial<Record<Language, unknown>> } | null)?.words?.[language];
  return typeof words === 'string' ? words : '';
}

/** Local time as the field wants it. */
function inFourHours(): string {
  const at = new Date(Date.now() + 4 * hourMs);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
