// The executives' daily digest: yesterday in numbers, complaints by level, what is open longest, and praise.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type DigestItem, reportAnswers } from '../../../sync/headquarters/api/report-api.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FormsPageElement } from './forms-page-element.ts';

@customElement('digest-page')
export class DigestPage extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.75rem; }
      @media (max-width: 640px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem; } .tile { padding: 0.6rem 0.8rem; } }
      .tile { padding: 0.9rem 1.1rem; }
      .tile strong { display: block; font-size: 1.7rem; font-variant-numeric: tabular-nums; }
      section { margin-top: 1.4rem; }
      section h3 { margin-bottom: 0.6rem; }
      blockquote { display: grid; margin: 0 0 0.6rem; padding: 0.7rem 1rem; border-left: 4px solid var(--good); background: var(--surface-raised); }
      ol { list-style: none; margin: 0; padding: 0; }
      li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.9rem; padding: 0.6rem 1.1rem; }
      li + li { border-top: 1px solid var(--rule); }
      .what { flex: 1 1 16rem; }
      @media print { label { display: none; } }
    `,
  ];
  @state() private day = '';

  readonly #digest = new Polling<DigestItem>(
    this,
    async () =>
      (await this.api.get(this.day === '' ? 'digest' : `digest?day=${this.day}`, reportAnswers.digest))
        .digest,
    60_000,
  );

  override render(): TemplateResult {
    const { words } = this;
    return this.renderLoaded(
      this.#digest,
      (digest) => html`
        <div class="bar">
          <h2>${words.digest} · ${digest.day}</h2>
          <span class="grow"></span>
          <label>${words.day}<input type="date" .value=${digest.day} @change=${this.#choose} /></label>
        </div>
        <div class="tiles">
          ${digest.filed.map(({ kind, count }) => this.#tile(`${words.filedToday} · ${words.kinds[kind] ?? kind}`, count))}
          ${this.#tile(words.closed, digest.closed)} ${this.#tile(words.lateReplies, digest.lateReplies)}
          ${this.#tile(words.climbed, digest.climbed)} ${this.#tile(words.surveyAnswers, digest.surveyAnswers)}
        </div>
        <section>
          <h3>${words.complaints}</h3>
          <div class="tiles">${digest.complaints.map(({ level, open, isNew }) =>
            this.#tile(`${words.levels[level] ?? level} · ${words.isNew} ${isNew}`, open),
          )}</div>
        </section>
        <section>
          <h3>${words.oldest}</h3>
          <div class="panel">${digest.oldest.length === 0 ? html`<p class="empty">${words.none}</p>` : this.#oldest(digest)}</div>
        </section>
        <section>
          <h3>${words.praise}</h3>
          ${
            digest.praise.length === 0
              ? html`<div class="panel empty">${words.none}</div>`
              : digest.praise.map(
                  ({ number, text }) =>
                    html`<blockquote>${text === '' ? html`<span class="soft">${words.noWords}</span>` : text}
                      <span class="soft small">${number}</span></blockquote>`,
                )
          }
        </section>
      `,
    );
  }

  #oldest({ oldest }: DigestItem): TemplateResult {
    const { words, language } = this;
    return html`<ol>${oldest.map(
      ({ number, kind, level, filedAt, label }) => html`<li>
        <strong>${number}</strong> <span>${words.kinds[kind] ?? kind}</span>
        <span class="tag ${level === 'ordinary' ? '' : 'warn'}">${words.levels[level] ?? level}</span>
        <span class="soft small">${showTime(filedAt, language)}</span>
        <span class="what">${label?.[language] ?? ''}</span></li>`,
    )}</ol>`;
  }

  #tile(label: string, value: number): TemplateResult {
    return html`<div class="panel tile"><span class="soft small">${label}</span><strong>${value}</strong></div>`;
  }

  readonly #choose = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement) || event.target.value === '') return;
    this.day = event.target.value;
    void this.#digest.restart();
  };
}
