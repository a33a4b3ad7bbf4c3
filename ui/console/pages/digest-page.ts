// The executives' daily digest: yesterday in numbers, complaints by level, what is open longest, and praise.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type DigestItem, reportAnswers } from '../../../sync/headquarters/api/report-api.ts';
import '../figure-tiles.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FormsPageElement } from './forms-page-element.ts';

@customElement('digest-page')
export class DigestPage extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
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
        <figure-tiles .figures=${[
          ...digest.filed.map(({ kind, count }) => ({
            label: words.kinds[kind] ?? kind,
            note: words.filedToday,
            value: count,
          })),
          { label: words.closed, value: digest.closed },
          { label: words.lateReplies, value: digest.lateReplies, tone: toneOf(digest.lateReplies, 'bad') },
          { label: words.climbed, value: digest.climbed, tone: toneOf(digest.climbed, 'warn') },
          { label: words.surveyAnswers, value: digest.surveyAnswers },
        ]}></figure-tiles>
        <section>
          <h3>${words.complaints}</h3>
          <figure-tiles .figures=${digest.complaints.map(({ level, open, isNew }) => ({
            label: words.levels[level] ?? level,
            value: open,
            note: `${words.isNew} ${isNew}`,
            tone: level === 'ordinary' ? undefined : toneOf(open, level === 'key' ? 'warn' : 'bad'),
          }))}></figure-tiles>
        </section>
        <section>
          <h3>${words.oldest}</h3>
          <div class="panel">${digest.oldest.length === 0 ? pageStates.empty(words.none) : this.#oldest(digest)}</div>
        </section>
        <section>
          <h3>${words.praise}</h3>
          ${
            digest.praise.length === 0
              ? pageStates.empty(words.none)
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

  readonly #choose = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement) || event.target.value === '') return;
    this.day = event.target.value;
    void this.#digest.restart();
  };
}

function toneOf(count: number, tone: 'warn' | 'bad'): 'warn' | 'bad' | undefined {
  return count === 0 ? undefined : tone;
}
