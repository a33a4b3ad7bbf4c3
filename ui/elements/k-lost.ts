// No line to the terminal: what is going on, and after a while where to go and which code to tell. In both languages.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type LostStage, stateWords } from '../text/state-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { noticeSign } from './notice-sign.ts';

/** Starting again, with an update, is over by then; another window may stay for as long as it likes. */
const patienceMs = { starting: 60_000, lost: 30_000, leaving: 90_000, elsewhere: undefined } as const;

@customElement('k-lost')
export class KLost extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    css`
      .also {
        padding-top: var(--gap);
        border-top: 1px solid var(--rule);
        color: var(--text-soft);
      }
      .also h2 {
        font-family: var(--sans);
        color: var(--text-main);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--gap-s) var(--gap);
        font-size: var(--text-l);
      }
      dt {
        color: var(--text-soft);
      }
      .bar {
        height: 0.4rem;
        overflow: hidden;
        border-radius: 1rem;
        background: var(--surface-sunk);
      }
      .bar i {
        display: block;
        width: 30%;
        height: 100%;
        border-radius: inherit;
        background: var(--seal);
        animation: to-and-fro 2.4s ease-in-out infinite alternate;
      }
      @keyframes to-and-fro {
        to {
          transform: translateX(233%);
        }
      }
    `,
  ];

  @property() stage: Exclude<LostStage, 'long'> = 'lost';
  /** of this place, as last heard; empty = never heard */
  @property() terminal = '';
  @property() phone = '';
  @state() private isLong = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const ms = patienceMs[this.stage];
    if (ms === undefined) return;
    this.#timer = setTimeout(() => {
      this.isLong = true;
    }, ms);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    const stage = this.isLong ? 'long' : this.stage;
    const { zh } = stateWords;
    return html`<div class="notice ${stage === 'long' ? 'warm' : ''}" role="status">
      ${noticeSign(stage === 'long' ? 'warning' : 'clock', stage === 'long' ? 'desk' : 'lantern')}
      <div class="say">
        ${(['zh', 'en'] as const).map((language) => {
          const { tag, lost } = stateWords[language];
          return language === 'zh'
            ? html`<h1 lang=${tag}>${lost[stage].title}</h1><p class="lead" lang=${tag}>${lost[stage].text}</p>`
            : html`<div class="also" lang=${tag}><h2>${lost[stage].title}</h2><p>${lost[stage].text}</p></div>`;
        })}
        ${
          stage === 'elsewhere'
            ? html`<div class="actions"><button class="primary" @click=${() => location.reload()}>${zh.here} · ${stateWords.en.here}</button></div>`
            : nothing
        }
        ${stage === 'long' || stage === 'elsewhere' ? nothing : html`<div class="bar" aria-hidden="true"><i></i></div>`}
        ${
          stage !== 'long' || this.phone === ''
            ? nothing
            : html`<dl class="card" lang="zh-CN">
                <dt>${zh.phone}</dt><dd class="number">${this.phone}</dd>
                <dt>${zh.code}</dt><dd>${this.terminal} · screen-line-lost</dd>
              </dl>`
        }
      </div>
    </div>`;
  }
}
