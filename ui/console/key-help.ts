// The keys that work on every page of the console, and when a key is somebody's typing instead.
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { consoleStyle } from './console-style.ts';
import type { Language } from './text.ts';

/** Whether the key goes into a field, or belongs to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  const [at] = event.composedPath();
  const isField =
    at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
  return isField || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
}

const words = {
  zh: {
    title: '键盘快捷键',
    close: '关闭',
    keys: [
      [['Ctrl', 'K'], '找页面'],
      [['/'], '在表中查找'],
      [['Esc'], '清空查找，关闭窗口'],
      [['↑', '↓'], '在行或页面之间移动（表中也可用 J、K）'],
      [['Home', 'End'], '第一行、最后一行'],
      [['Enter'], '打开所在的行'],
      [['?'], '显示这张表'],
    ],
  },
  en: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    keys: [
      [['Ctrl', 'K'], 'Go to a page'],
      [['/'], 'Find in the table'],
      [['Esc'], 'Clear what is searched, close a window'],
      [['↑', '↓'], 'From row to row or page to page (J and K too in tables)'],
      [['Home', 'End'], 'First row, last row'],
      [['Enter'], 'Open the row'],
      [['?'], 'Show this list'],
    ],
  },
} as const;

/** `<key-help language="zh">`; `?` opens it, or `show()`. */
@customElement('key-help')
export class KeyHelp extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      dl { display: grid; grid-template-columns: auto 1fr; gap: 0.6rem 1.2rem; align-items: center; margin: 1rem 0 0; }
      dt { white-space: nowrap; }
      dd { margin: 0; }
    `,
  ];
  @property() declare language: Language;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#open);
  }

  override render(): TemplateResult {
    const { title, close, keys } = words[this.language];
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${title}</h2>
      <dl>${keys.map(
        ([pressed, what]) => html`<dt>${pressed.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd>`,
      )}</dl>
      <form method="dialog" class="actions"><button>${close}</button></form>
    </dialog>`;
  }

  show(): void {
    if (!this.dialog?.open) this.dialog?.showModal();
  }

  readonly #open = (event: KeyboardEvent): void => {
    if (event.key !== '?' || isTyping(event)) return;
    event.preventDefault();
    this.show();
  };
}

export const keyHelpTitle = { zh: words.zh.title, en: words.en.title } as const;
