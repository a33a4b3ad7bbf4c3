// A terminal that is not one yet: numbered steps, what stands in the way and the remedy, or the code that a person lets
// it in by. In both languages at once: nobody has chosen one. To be read from three metres.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../elements/k-qr.ts';
import { icon } from '../elements/icons.ts';
import { base, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Step = EnrollingScreen['screen']['steps'][number];
interface Both {
  readonly zh: string;
  readonly en: string;
}

const fewSteps = 4;

@customElement('enrolling-screen')
export class EnrollingScreen extends ScreenElement<'enrolling'> {
  static override styles = [
    base,
    page,
    css`
      .all {
        flex: 1;
        min-height: 0;
        display: grid;
        grid-template-rows: auto 1fr auto;
        gap: var(--gap);
      }
      .parts,
      .beside {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap);
        align-content: center;
      }
      /* nothing but the title: it stands where the eye is */
      .bare {
        grid-template-rows: 1fr auto;
        align-items: center;
        text-align: center;
      }
      .bare h1 {
        font-size: 3.4rem;
      }
      h1 {
        font-size: 2.6rem;
      }
      .en {
        display: block;
        color: var(--text-soft);
        font-family: var(--sans);
        font-weight: 400;
        /* the CJK fonts draw ’ a whole square wide */
        font-variant-east-asian: proportional-width;
      }
      [lang='zh-CN'] {
        font-variant-east-asian: normal;
      }
      h1 .en {
        font-size: var(--text-l);
      }
      ol {
        display: grid;
        gap: var(--gap-xs);
      }
      li {
        display: grid;
        grid-template-columns: 2.6rem 1fr;
        align-items: center;
        gap: var(--gap);
        font-size: 1.5rem;
        line-height: 1.25;
      }
      li .en {
        display: inline;
        margin-left: var(--gap-s);
        font-size: var(--text);
      }
      /* so few that a visitor can read them from where they stand */
      .few ol {
        gap: var(--gap-l);
      }
      .few li {
        font-size: 2rem;
      }
      .few li .en {
        display: block;
        margin-left: 0;
        font-size: var(--text-l);
      }
      .few h1 {
        font-size: 2.9rem;
      }
      .sign {
        display: grid;
        place-items: center;
        width: 2.5rem;
        height: 2.5rem;
        border: 2px solid var(--rule-strong);
        border-radius: 50%;
        font-size: var(--text-l);
      }
      .later {
        color: var(--text-soft);
      }
      .now .sign,
      .waiting .sign {
        border-color: var(--accent);
        background: var(--accent-wash);
        color: var(--accent);
      }
      .failed .sign {
        border-color: var(--bad);
        background: var(--bad-wash);
        color: var(--bad);
      }
      .failed,
      .now,
      .waiting {
        font-weight: 700;
      }
      .done .sign {
        border-color: var(--good);
        background: var(--good-wash);
        color: var(--good);
      }
      .trouble {
        display: grid;
        gap: var(--gap-s);
        padding: var(--gap);
        border-radius: 0.8rem;
        background: var(--warn-wash);
        color: var(--text-main);
        font-size: 1.8rem;
        line-height: 1.3;
      }
      .trouble .en {
        font-size: var(--text-l);
      }
      .remedy {
        font-weight: 700;
      }
      .pending {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        gap: var(--gap-l);
        padding: var(--gap);
        border-radius: 0.8rem;
        background: var(--surface-raised);
        font-size: var(--text-l);
      }
      .code {
        display: block;
        font-size: 4.6rem;
        font-weight: 700;
        line-height: 1.1;
        letter-spacing: 0.08em;
      }
      k-qr {
        width: 9rem;
      }
      .board {
        color: var(--text-soft);
        font-size: var(--text);
      }
      /* what to do comes before the steps where not all of it has room */
      @container style(--layout: single) {
        .beside {
          order: -1;
        }
        .pending {
          grid-template-columns: minmax(0, 1fr);
        }
        .few li {
          font-size: 1.5rem;
        }
        .few ol {
          gap: var(--gap-s);
        }
      }
      @media (orientation: landscape) {
        .parts {
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
          align-items: center;
        }
        .parts.alone {
          grid-template-columns: minmax(0, 1fr);
        }
        h1 {
          font-size: 2rem;
        }
        h1 .en {
          display: inline;
          margin-left: var(--gap-s);
        }
        ol {
          gap: var(--gap-xs);
        }
        li {
          font-size: 1.35rem;
          grid-template-columns: 2.2rem 1fr;
        }
        li .en {
          font-size: 0.95rem;
        }
        .few li {
          font-size: 1.7rem;
        }
        .few ol {
          gap: var(--gap);
        }
        .few h1 {
          font-size: 2.6rem;
        }
        .sign {
          width: 1.9rem;
          height: 1.9rem;
          font-size: var(--text);
        }
        .trouble {
          font-size: 1.7rem;
        }
        .code {
          font-size: 3.4rem;
        }
        k-qr {
          width: 7.5rem;
        }
      }
    `,
  ];

  override render() {
    const { title, steps, trouble, pending, board } = this.screen;
    const hasBeside = trouble !== null || pending !== null;
    const amount = steps.length === 0 ? 'bare' : steps.length <= fewSteps ? 'few' : '';
    return html`<div class="all ${hasBeside ? '' : amount}">
      <h1>${both(title)}</h1>
      <div class="parts ${hasBeside ? '' : 'alone'}" ?hidden=${steps.length === 0 && !hasBeside}>
        <ol>${steps.map(stepTemplate)}</ol>
        ${hasBeside ? html`<div class="beside">${pending === null ? nothing : pendingTemplate(pending)}${this.#trouble()}</div>` : nothing}
      </div>
      <p class="board">${board}${trouble === null ? nothing : html` · ${trouble.code}`}</p>
    </div>`;
  }

  #trouble() {
    const { trouble } = this.screen;
    if (trouble === null) return nothing;
    return html`<div class="trouble" role="status">
      <p>${both(trouble.what)}</p>
      <p class="remedy">${both(trouble.remedy)}</p>
    </div>`;
  }
}

function both({ zh, en }: Both) {
  return html`<span lang="zh-CN">${zh}</span> <span class="en" lang="en">${en}</span>`;
}

function stepTemplate({ name, state }: Step, at: number) {
  const sign = state === 'done' ? icon('check') : state === 'failed' ? icon('blocked') : at + 1;
  return html`<li class=${state} aria-current=${state === 'later' || state === 'done' ? 'false' : 'step'}>
    <span class="sign number" aria-hidden="true">${sign}</span>
    <span>${both(name)}</span>
  </li>`;
}

function pendingTemplate(code: string) {
  return html`<div class="pending">
    <p>${both({ zh: '本机代码', en: 'This terminal’s code' })}<span class="code number">${code}</span></p>
    <k-qr .text=${code} label=${code}></k-qr>
  </div>`;
}
