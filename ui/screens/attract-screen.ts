// What waits for people: a calm picture, today's events, and one touch that wakes it.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { eventLineStyles, todayLine } from '../elements/event-line.ts';
import { icon } from '../elements/icons.ts';
import { scenery } from '../elements/scenery.ts';
import { base } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

const shownEvents = 3;

@customElement('attract-screen')
export class AttractScreen extends ScreenElement<'attract'> {
  static override styles = [
    base,
    eventLineStyles,
    css`
      :host {
        display: block;
        position: relative;
        height: var(--page-height, 100%);
        overflow: hidden;
      }
      .wake {
        position: absolute;
        inset: 0;
        width: 100%;
        z-index: 1;
        border: none;
        background: none;
      }
      .wake:focus-visible {
        outline: var(--focus);
        outline-offset: -8px;
      }
      /* the whole picture wanders by some pixels, so that nothing burns into the panel */
      .drift {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: var(--page-height, 100%);
        min-height: 100%;
        padding: var(--gap) var(--edge) var(--gap-l);
        gap: var(--gap);
        animation: drift 600s steps(40) infinite alternate;
      }
      .greeting {
        display: grid;
        gap: var(--gap-s);
        justify-items: start;
      }
      h1 {
        font-size: 5.2rem;
        letter-spacing: 0.06em;
      }
      h1:lang(en) {
        letter-spacing: -0.01em;
        font-size: 4.4rem;
      }
      .sub {
        font-size: var(--text-l);
        color: var(--text-soft);
        letter-spacing: 0.08em;
      }
      .picture {
        margin: 0 calc(-1 * var(--edge));
        min-height: 0;
      }
      k-attract-loop {
        display: grid;
        height: 100%;
      }
      .landscape {
        position: relative;
        height: 100%;
        overflow: hidden;
      }
      .sun {
        position: absolute;
        top: 4%;
        right: 17%;
        height: min(38%, 9.5rem);
      }
      .land {
        position: absolute;
        inset: auto 0 0;
        width: 100%;
        height: 90%;
        /* hills that have no room end in mist, not in a cut */
        mask-image: linear-gradient(transparent, #000 22%);
      }
      .foot {
        display: grid;
        gap: var(--gap-l);
      }
      .today {
        display: grid;
        gap: var(--gap-s);
        padding: var(--gap) var(--gap-l);
      }
      .said {
        display: flex;
        gap: var(--gap);
        align-items: center;
        padding: var(--gap) var(--gap-l);
        border-left: 0.4rem solid var(--seal);
        font-size: var(--text-l);
        overflow-wrap: anywhere;
      }
      .said svg.icon {
        flex: none;
        color: var(--accent);
      }
      .said h2,
      .today h2 {
        font-size: var(--text);
        color: var(--text-soft);
      }
      .invite {
        display: grid;
        gap: var(--gap-s);
        justify-items: center;
      }
      .touch {
        display: flex;
        align-items: center;
        gap: 0.6em;
        padding: 0.75em 1.8em;
        border-radius: 3em;
        background: var(--seal);
        color: var(--on-seal);
        font-size: var(--title);
        font-weight: 700;
      }
      .swipe {
        display: flex;
        align-items: center;
        gap: 0.6em;
        font-size: var(--text-l);
      }
      @media (orientation: landscape) {
        .drift {
          grid-template: auto minmax(0, 1fr) / minmax(0, 1.05fr) minmax(0, 1fr);
          column-gap: var(--gap-xl);
          padding-block: 0 var(--gap);
        }
        .greeting {
          align-self: end;
          padding-top: var(--gap-l);
        }
        .picture {
          grid-area: 1 / 1 / 3 / 2;
          margin-right: 0;
        }
        .land {
          height: 66%;
        }
        .sun {
          top: 14%;
        }
        .greeting,
        .foot {
          grid-column: 2;
        }
        .foot {
          align-content: start;
        }
        .invite {
          justify-items: start;
        }
        .touch {
          font-size: var(--text-l);
          white-space: nowrap;
        }
        .event ~ .event ~ .event,
        :host([tight]) .event ~ .event,
        .said + .today {
          display: none;
        }
        h1 {
          font-size: 4.2rem;
        }
        h1:lang(en) {
          font-size: 3.6rem;
        }
      }
      /* no empty card while its steps are on their way */
      .today:has(k-first-start:not(:defined)) {
        visibility: hidden;
      }
      @keyframes drift {
        from {
          transform: translate(-6px, -5px);
        }
        to {
          transform: translate(6px, 5px);
        }
      }
    `,
  ];

  /** What is out of order, and what is said to all, take their room from the picture, and on a wide screen from the later events. */
  override willUpdate(): void {
    const isTroubled = this.status.troubles.some(({ visitor }) => visitor !== null);
    this.toggleAttribute('tight', isTroubled || this.screen.notice !== null);
  }

  override render() {
    const { attract } = this.speech.words;
    const { notice, opensAt } = this.screen;
    const isClosed = !!opensAt;
    return html`
      <div class="drift">
        <div class="greeting">
          <h1>${isClosed ? attract.closed : attract.greeting}</h1>
          <p class="sub">${isClosed ? attract.opens(opensAt) : attract.sub}</p>
        </div>
        <div class="picture">
          <k-attract-loop .screen=${this.screen} .speech=${this.speech}>
            <div class="landscape" aria-hidden="true">
              <svg class="sun" viewBox="0 0 100 100"><circle cx="50" cy="50" r="50" fill="var(--scene-sun)" /></svg>
              <svg class="land" viewBox="0 320 1080 560" preserveAspectRatio="xMidYMax slice">${scenery}</svg>
            </div>
          </k-attract-loop>
        </div>
        <div class="foot">
          ${
            notice === null
              ? nothing
              : html`<section class="said card" role="status">
                ${icon('notice')}
                <div><h2>${attract.notice}</h2><p>${notice}</p></div>
              </section>`
          }
          ${this.status.asOf === null ? this.#firstStart() : this.#today()}
          <div class="invite">
            <p class="touch">${icon('tap')}<span>${attract.touch}</span></p>
            <p class="swipe" ?hidden=${this.status.reader !== 'ready'}>
              ${icon('card')}<span>${attract.swipe}</span>
            </p>
          </div>
        </div>
      </div>
      <button class="wake" aria-label=${attract.touch} @click=${() => this.touch({ kind: 'start' })}></button>
    `;
  }

  #today() {
    const { attract } = this.speech.words;
    const today = this.screen.today.slice(0, shownEvents);
    return html`<section class="today card">
      <h2>${attract.today}</h2>
      ${
        today.length === 0
          ? html`<p>${attract.noEvents}</p>`
          : today.map((event) => todayLine(event, this.speech))
      }
    </section>`;
  }

  /** Once in a terminal's life: its element comes when idle. */
  #firstStart() {
    return html`<section class="today card">
      <k-first-start .status=${this.status} .speech=${this.speech}></k-first-start>
    </section>`;
  }
}
