// A terminal that knows nothing yet: numbered steps, each with its word and its sign, until the first data are there.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Status } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { stateWords } from '../text/state-words.ts';
import { base } from '../theme/sheets.ts';
import { icon } from './icons.ts';

type Progress = 'done' | 'now' | 'later';

@customElement('k-first-start')
export class KFirstStart extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--gap);
      }
      ol {
        display: grid;
        gap: var(--gap-s);
      }
      li {
        display: grid;
        grid-template-columns: 2.6rem 1fr auto;
        align-items: center;
        gap: var(--gap);
        font-size: var(--text-l);
      }
      .sign {
        display: grid;
        place-items: center;
        width: 2.4rem;
        height: 2.4rem;
        border: 2px solid var(--rule-strong);
        border-radius: 50%;
      }
      .later {
        color: var(--text-soft);
      }
      .now .sign {
        border-color: var(--accent);
        color: var(--accent);
      }
      .done .sign {
        border-color: var(--good);
        background: var(--good-wash);
        color: var(--good);
      }
      .word {
        font-size: var(--text-s);
      }
      @media (orientation: landscape) {
        :host,
        ol {
          gap: var(--gap-xs);
        }
        li {
          font-size: var(--text);
        }
        .sign {
          width: 1.9rem;
          height: 1.9rem;
        }
        .soft {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) status!: Status;
  @property({ attribute: false }) speech!: Speech;

  override render() {
    const { link, asOf, reader, printer } = this.status;
    const { steps } = stateWords[this.speech.language];
    const isLinked = link === 'online';
    const hasDevices = reader === 'ready' || printer === 'ready' || printer === 'paper-low';
    const rows: readonly (readonly [string, Progress])[] = [
      [steps.started, 'done'],
      [steps.devices, hasDevices ? 'done' : 'now'],
      [steps.connected, isLinked ? 'done' : 'now'],
      [steps.received, asOf !== null ? 'done' : isLinked ? 'now' : 'later'],
    ];
    return html`<h2>${steps.title}</h2>
      <p class="soft">${steps.text}</p>
      <ol>
        ${rows.map(
          ([name, progress], at) => html`<li class=${progress}>
            <span class="sign number" aria-hidden="true">${progress === 'done' ? icon('check') : at + 1}</span>
            <span>${name}</span>
            <span class="word">${steps[progress]}</span>
          </li>`,
        )}
      </ol>`;
  }
}
