// The tongues by their own names, one tap each; the step that one is at stays. Behind one button where text is large.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Tongue } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import { TouchedEvent } from './touched-event.ts';

type Name = readonly [tongue: Tongue, tag: string, name: string];
/** with the tag by which a screen reader picks its voice */
const names: readonly Name[] = [
  ['zh', 'zh-CN', '简体中文'],
  ['zh-Hant', 'zh-Hant', '繁體中文'],
  ['en', 'en', 'English'],
];

@customElement('k-languages')
export class KLanguages extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .names:not([popover]),
      :popover-open {
        display: grid;
        gap: 0.25rem;
        height: 100%;
      }
      button {
        min-height: max(var(--least), 2.2rem);
        padding: 0.1rem 0.2rem;
        border-color: transparent;
        background: var(--surface-sunk);
        font-size: 0.92rem;
        line-height: 1.15;
        white-space: nowrap;
      }
      button:lang(zh-Hant) {
        font-family: 'Noto Sans CJK TC', 'Source Han Sans TC', 'PingFang TC', sans-serif;
      }
      .open {
        flex-direction: column;
        gap: 0.15rem;
        width: 100%;
        height: 100%;
        font-size: 0.72rem;
      }
      [popover] {
        inset: auto;
        width: 11rem;
        height: auto;
        /* the way to end stays in sight */
        margin: 0 0 3.2rem;
        padding: var(--gap-s);
        border: 3px solid var(--text-main);
        border-radius: var(--round);
        background: var(--surface-raised);
        position-area: top span-left;
      }
      [popover] button {
        min-height: max(var(--least), 2.3rem);
        border-color: var(--rule-strong);
        font-size: var(--text);
      }
      button[aria-pressed='true'] {
        background: var(--night);
        color: #fff;
        text-decoration: underline;
        text-underline-offset: 0.3em;
      }
      @media (orientation: landscape) {
        :host(:not([folded])) .names {
          grid-auto-flow: column;
          grid-auto-columns: 1fr;
        }
        .open svg {
          display: none;
        }
        [popover] {
          margin-bottom: var(--gap);
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  /** there is no room for all of them */
  @property({ type: Boolean, reflect: true }) folded = false;
  @query('[popover]') private readonly panel!: HTMLElement | null;

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('speech')) this.panel?.hidePopover();
  }

  override render() {
    const { language, words } = this.speech;
    if (!this.folded)
      return html`<div class="names" role="group" aria-label=${words.bar.languages}>
        ${names.filter(([tongue]) => tongue !== language).map((name) => this.#name(name))}
      </div>`;
    // both words always: whoever reads one of the scripts finds it
    return html`<button class="open" popovertarget="panel">
        ${icon('language')}<span><span lang="zh-CN">语言</span> <span lang="en">Language</span></span>
      </button>
      <div class="names" id="panel" popover role="group" aria-label=${words.bar.languages}>
        ${names.map((name) => this.#name(name, name[0] === language))}
      </div>`;
  }

  /** @param isSpoken left out = it is offered only because it is not */
  #name([tongue, tag, name]: Name, isSpoken?: boolean) {
    const touch = { kind: 'choose-language', language: tongue } as const;
    return html`<button
      lang=${tag}
      aria-pressed=${isSpoken ?? nothing}
      @click=${() => (isSpoken ? this.panel?.hidePopover() : this.dispatchEvent(new TouchedEvent(touch)))}
    >${name}</button>`;
  }
}
