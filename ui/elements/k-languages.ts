// The tongues that are not spoken now, each by its own name: one tap each, and the step that one is at stays.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Tongue } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { TouchedEvent } from './touched-event.ts';

/** with the tag by which a screen reader picks its voice */
const names: readonly (readonly [tongue: Tongue, tag: string, name: string])[] = [
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
      [role='group'] {
        display: grid;
        gap: 0.25rem;
        height: 100%;
      }
      button {
        min-height: max(60px, 2.2rem);
        padding: 0.1rem 0.2rem;
        border-color: transparent;
        background: var(--surface-sunk);
        font-size: 0.92rem;
        line-height: 1.15;
        white-space: nowrap;
      }
      :lang(zh-Hant) {
        font-family: 'Noto Sans CJK TC', 'Source Han Sans TC', 'PingFang TC', sans-serif;
      }
      @media (orientation: landscape) {
        [role='group'] {
          grid-auto-flow: column;
          grid-auto-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;

  override render() {
    const { language, words } = this.speech;
    return html`<div role="group" aria-label=${words.bar.languages}>
      ${names
        .filter(([tongue]) => tongue !== language)
        .map(
          ([tongue, tag, name]) => html`<button
            lang=${tag}
            @click=${() => this.dispatchEvent(new TouchedEvent({ kind: 'choose-language', language: tongue }))}
          >${name}</button>`,
        )}
    </div>`;
  }
}
