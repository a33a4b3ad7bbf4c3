// The ways between one person's pages: who has shown card and PIN once goes from club to sales to service without either.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Touch } from '../../kiosk/touch.ts';
import { activityWords } from '../text/activity-words.ts';
import { joinWords } from '../text/join-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { type IconName, icon } from './icons.ts';
import { TouchedEvent } from './touched-event.ts';

type Purpose = Extract<Touch, { kind: 'open' }>['purpose'];
const signs = {
  points: 'star',
  homes: 'home',
  requests: 'list',
  sessions: 'calendar',
  profile: 'person',
} as const satisfies Partial<Record<Purpose, IconName>>;
type Mine = keyof typeof signs;
const all: readonly Mine[] = ['points', 'homes', 'requests', 'sessions', 'profile'];

/** `<k-mine .speech=${speech} here="points">`: all but the page where they are */
@customElement('k-mine')
export class KMine extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      nav {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: var(--gap-s);
      }
      button {
        min-height: var(--least);
        padding: var(--gap-xs) var(--gap-s);
        justify-content: center;
        gap: 0.4em;
        font-size: var(--text-s);
        white-space: nowrap;
      }
      @container style(--layout: single) {
        nav {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        button {
          white-space: normal;
        }
      }
      button svg.icon {
        width: 1.5rem;
        height: 1.5rem;
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property() here: Mine = 'points';

  override render() {
    const { language, words } = this.speech;
    const names: Readonly<Record<Mine, string>> = {
      points: words.home.points,
      homes: words.home.homes,
      requests: words.home.requests,
      sessions: activityWords[language].home,
      profile: joinWords[language].profileTitle,
    };
    return html`<nav aria-label=${words.welcome.mine}>
      ${all
        .filter((purpose) => purpose !== this.here)
        .map(
          (purpose) =>
            html`<button @click=${() => this.#open(purpose)}>${icon(signs[purpose])}${names[purpose]}</button>`,
        )}
    </nav>`;
  }

  #open(purpose: Mine): void {
    this.dispatchEvent(new TouchedEvent({ kind: 'open', purpose }));
  }
}
