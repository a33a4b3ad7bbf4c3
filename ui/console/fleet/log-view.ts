// A terminal's log as it comes in: followed or held, chosen by severity and word, taken along.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type ApiClient, ApiError } from '../api-client.ts';
import { consoleStyle } from '../console-style.ts';
import { Polling } from '../polling.ts';
import type { Language } from '../text.ts';
import { type LogLine, readLogLines, type Severity, severities } from './log-lines.ts';
import { logWords } from './log-words.ts';
import { saveFile } from './save-file.ts';

/** More would stop the browser; the whole of it is in the download. */
const shownLines = 1_000;
const tones: Readonly<Record<Severity, string>> = { info: '', warn: 'warn', error: 'bad' };

/** `<log-view .api .order .terminal .isLive language>` */
@customElement('log-view')
export class LogView extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      .bar { margin-bottom: 0.6rem; gap: 0.6rem; }
      .bar :is(input, button) { min-height: 2.2rem; padding-block: 0.2rem; }
      ol {
        list-style: none; margin: 0; padding: 0.4rem 0; height: min(32rem, 55vh); overflow: auto; border: 1px solid var(--rule);
        border-radius: 8px; background: var(--surface); font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: 0.87rem;
      }
      li { display: grid; grid-template-columns: 6.5rem 4.6rem minmax(0, 1fr); gap: 0.8rem; padding: 0.12rem 1rem; }
      li.warn { background: var(--warn-wash); }
      li.bad { background: var(--bad-wash); }
      li :nth-child(2) { font-family: var(--font, inherit); }
      li.warn :nth-child(2) { color: var(--warn); }
      li.bad :nth-child(2) { color: var(--bad); }
      time { color: var(--text-soft); }
      .what { overflow-wrap: anywhere; }
      .none { padding: 1rem; color: var(--text-soft); font-family: inherit; }
      @media (max-width: 640px) { li { grid-template-columns: minmax(0, 1fr); gap: 0; padding-block: 0.4rem; } }
    `,
  ];
  @property({ attribute: false }) declare api: ApiClient;
  @property() declare language: Language;
  /** whose upload it is */
  @property() declare order: string;
  @property() declare terminal: string;
  /** more may come */
  @property({ attribute: false }) declare isLive: boolean;
  @state() private least: Severity = 'info';
  @state() private wanted = '';
  /** what was there when it was held; undefined = it is followed */
  @state() private heldAt: number | undefined;
  @query('ol') declare private list: HTMLOListElement | null;
  #bytes = 0;
  #decoder = new TextDecoder();
  #rest = '';
  /** to its end */
  #isRead = false;

  readonly #lines = new Polling<readonly LogLine[]>(
    this,
    async (before = []) => {
      const fresh = await this.#readOn();
      return fresh.length === 0 ? before : [...before, ...fresh];
    },
    1_500,
  );

  override render(): TemplateResult {
    const words = logWords[this.language];
    const all = this.#lines.value ?? [];
    const held = this.heldAt === undefined ? all : all.slice(0, this.heldAt);
    const chosen = this.#chosen(held);
    const shown = chosen.slice(-shownLines);
    return html`
      <div class="bar">
        <div class="chips" role="group" aria-label=${words.severity}>${severities.map(
          (each) =>
            html`<button aria-pressed=${each === this.least} @click=${() => {
              this.least = each;
            }}>${words.from[each]}</button>`,
        )}</div>
        <input type="search" placeholder=${words.find} aria-label=${words.find} .value=${this.wanted} @input=${this.#find} />
        <span class="soft small" role="status">${words.count(chosen.length, all.length)}</span>
        ${this.isLive ? html`<span class="tag good">${words.live}</span>` : html`<span class="tag">${words.over}</span>`}
        <span class="grow"></span>
        <button aria-pressed=${this.heldAt !== undefined} @click=${() => {
          this.heldAt = this.heldAt === undefined ? all.length : undefined;
        }}>${this.heldAt === undefined ? words.hold : words.follow(all.length - held.length)}</button>
        <button ?disabled=${all.length === 0} @click=${() => void this.#save()}>${words.download}</button>
      </div>
      <ol tabindex="0" aria-label=${words.log}>
        ${shown.length === 0 ? html`<p class="none">${all.length === 0 ? words.none : words.noneFound}</p>` : nothing}
        ${shown.map((line) => this.#renderLine(line))}
      </ol>
    `;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.heldAt === undefined) this.list?.scrollTo({ top: this.list.scrollHeight });
  }

  #renderLine({ at, severity, text }: LogLine): TemplateResult {
    return html`<li class=${tones[severity]}><time>${at === undefined ? '' : timeOf(at)}</time><span>${
      severity === 'info'
        ? nothing
        : `${severity === 'error' ? '◆' : '▲'} ${logWords[this.language].severities[severity]}`
    }</span><span class="what">${text}</span></li>`;
  }

  #chosen(lines: readonly LogLine[]): readonly LogLine[] {
    const least = severities.indexOf(this.least);
    const wanted = this.wanted.trim().toLowerCase();
    return lines.filter(
      ({ severity, text }) =>
        severities.indexOf(severity) >= least && (wanted === '' || text.toLowerCase().includes(wanted)),
    );
  }

  readonly #find = (event: InputEvent): void => {
    if (event.target instanceof HTMLInputElement) this.wanted = event.target.value;
  };

  /** Only what came since: the file grows at its end. */
  async #readOn(): Promise<readonly LogLine[]> {
    // what has ended does not grow
    if (this.#isRead) return [];
    const isLive = this.isLive;
    try {
      const piece = await this.api.download(`fleet/uploads/${this.order}?from=${this.#bytes}`);
      const bytes = await piece.arrayBuffer();
      this.#bytes += bytes.byteLength;
      this.#isRead = !isLive && bytes.byteLength === 0;
      const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
      const end = text.lastIndexOf('\n') + 1;
      this.#rest = text.slice(end);
      return readLogLines(text.slice(0, end));
    } catch (error) {
      // it has not begun to send
      if (error instanceof ApiError && error.code === 'unknown-upload') return [];
      throw error;
    }
  }

  async #save(): Promise<void> {
    saveFile(`${this.terminal}-log.txt`, await this.api.download(`fleet/uploads/${this.order}`));
  }
}

/** To the second, as it was at the desk. */
function timeOf(instant: string): string {
  const date = new Date(instant);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
