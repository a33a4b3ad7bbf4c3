// Every screen in every state, language and size, without hardware: a list, and the kiosk's own page in a frame.
import '../../../ui/theme/tokens.css';
import { css, html, LitElement } from 'lit';
import { type Language, languages } from '../../../kiosk/screen.ts';
import { galleryNames } from './gallery-shows.ts';

const sizes = { '1080×1920': [1080, 1920], '1920×1080': [1920, 1080], '1280×800': [1280, 800] } as const;
type Size = keyof typeof sizes;
const sizeNames = Object.keys(sizes) as readonly Size[];
const listWidth = 260;
const barHeight = 64;

export class GalleryApp extends LitElement {
  static override styles = css`
    :host {
      position: fixed;
      inset: 0;
      display: grid;
      grid-template: 64px minmax(0, 1fr) / 260px minmax(0, 1fr);
      font: 15px/1.4 var(--sans);
      color: var(--ink);
      background: var(--paper-sunk);
    }
    header {
      grid-column: 1 / -1;
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 0 16px;
      background: var(--paper-raised);
      border-bottom: 1px solid var(--line);
    }
    h1 {
      margin: 0 auto 0 0;
      font: 700 20px var(--serif);
    }
    button {
      min-height: 44px;
      padding: 0 14px;
      border: 1px solid var(--line-strong);
      border-radius: 8px;
      background: var(--paper-raised);
      color: inherit;
      font: inherit;
    }
    button[aria-pressed='true'],
    button[aria-current='true'] {
      background: var(--seal);
      border-color: var(--seal);
      color: var(--on-seal);
    }
    button:focus-visible {
      outline: 3px solid #1f5fa8;
    }
    nav {
      overflow-y: auto;
      display: grid;
      align-content: start;
      gap: 2px;
      padding: 8px;
    }
    nav button {
      border-color: transparent;
      background: none;
      text-align: left;
    }
    main {
      position: relative;
      overflow: hidden;
    }
    iframe {
      position: absolute;
      border: 0;
      transform-origin: 0 0;
      background: var(--paper);
      box-shadow: var(--lift-high);
    }
  `;

  static override properties = {
    language: { state: true },
    size: { state: true },
    name: { state: true },
  };
  declare language: Language;
  declare size: Size;
  declare name: string;

  constructor() {
    super();
    this.language = 'zh';
    this.size = '1080×1920';
    this.name = 'attract';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('resize', this.#resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('resize', this.#resized);
  }

  override render() {
    const [width, height] = sizes[this.size];
    const scale = Math.min((innerWidth - listWidth - 32) / width, (innerHeight - barHeight - 32) / height);
    const source = `./gallery-screen.html?${this.size}#${this.language}/${this.name}`;
    return html`
      <header>
        <h1>迎宾 · 全部屏幕 <span lang="en">All screens</span></h1>
        ${sizeNames.map((size) => this.#choice(size, this.size === size, () => (this.size = size)))}
        ${languages.map((language) =>
          this.#choice(language, this.language === language, () => (this.language = language)),
        )}
      </header>
      <nav aria-label="screens">
        ${galleryNames(this.language).map(
          (name) =>
            html`<button aria-current=${name === this.name} @click=${() => (this.name = name)}>${name}</button>`,
        )}
      </nav>
      <main>
        ${[source].map(
          (src) => html`<iframe
            title=${this.name}
            src=${src}
            width=${width}
            height=${height}
            .style=${`transform: translate(16px, 16px) scale(${scale})`}
          ></iframe>`,
        )}
      </main>
    `;
  }

  override updated(): void {
    // a change behind the # alone loads nothing
    this.renderRoot.querySelector('iframe')?.contentWindow?.location.reload();
  }

  readonly #resized = (): void => this.requestUpdate();

  #choice(label: string, isChosen: boolean, choose: () => void) {
    return html`<button aria-pressed=${isChosen} @click=${choose}>${label}</button>`;
  }
}

customElements.define('gallery-app', GalleryApp);
