// An owner's homes: how far the purchase is, what is due and what to bring, our care, and the hand-over.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-mine.ts';
import '../elements/k-scroller.ts';
import { type OwnerWords, ownerWords } from '../text/owner-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Home = MyHomesScreen['screen']['homes'][number];
type Purchase = NonNullable<Home['purchase']>;

@customElement('my-homes-screen')
export class MyHomesScreen extends ScreenElement<'my-homes'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .homes,
      .home {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap);
      }
      .homes {
        gap: var(--gap-l);
      }
      .home h2 {
        font-size: var(--title);
      }
      ol {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 1fr);
        gap: 0.3rem;
      }
      ol li {
        display: grid;
        gap: 0.15rem;
        align-content: start;
        padding-top: var(--gap-s);
        border-top: 0.5rem solid var(--rule);
        color: var(--text-soft);
      }
      ol li.reached {
        border-color: var(--good);
        color: var(--text-main);
      }
      ol li.now {
        border-color: var(--seal);
        color: var(--text-main);
      }
      ol li.now strong {
        color: var(--accent-deep);
      }
      .money {
        margin-top: var(--gap);
        padding-top: var(--gap-s);
        border-top: 1px solid var(--rule);
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--gap);
      }
      dt {
        color: var(--text-soft);
        font-size: var(--text-s);
      }
      dd {
        font-weight: 700;
      }
      .due {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 var(--gap);
        padding: var(--gap-s) 0;
        border-top: 1px solid var(--rule);
      }
      .due .number {
        grid-area: 1 / 2 / 3 / 3;
        align-self: center;
        font-size: 1.5rem;
      }
      .late {
        color: var(--accent-deep);
        font-weight: 700;
      }
      .bring,
      .contact {
        display: flex;
        gap: 0.7em;
        align-items: center;
      }
      .bring,
      .contact {
        margin-top: var(--gap-s);
      }
      .bring svg.icon,
      .contact svg.icon {
        color: var(--good);
      }
      .kept {
        justify-content: flex-start;
        min-height: var(--least);
      }
      .kept svg.icon:last-child {
        margin-left: auto;
      }
      .hand-over {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap);
        align-items: center;
        justify-content: space-between;
        background: var(--warn-wash);
        border-color: #dcc78c;
      }
      h3 {
        margin-bottom: var(--gap-s);
      }
      .none {
        display: grid;
        gap: var(--gap);
        place-content: center;
        text-align: center;
      }
      /* eight words do not fit beside each other, and are read better in two rows */
      .care ol {
        grid-auto-flow: row;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        row-gap: var(--gap-s);
      }
    `,
  ];

  override render() {
    const { formats, language } = this.speech;
    const words = ownerWords[language];
    const { homes, member, asOf, kept = 0 } = this.screen;
    return html`
      <div class="head">
        <h1>${words.homes}</h1>
        <p class="soft">
          ${member.name} · ${member.level}${asOf === null ? nothing : html` · ${words.asOf(formats.moment(asOf))}`}
        </p>
      </div>
      ${kept > 0 ? this.#kept(kept, words) : nothing}
      ${
        homes.length === 0
          ? html`<div class="none fill"><h2>${words.homesNone}</h2><p class="lead">${words.homesNoneText}</p></div>`
          : html`<k-scroller class="fill" .speech=${this.speech} label=${words.homes}>
            <div class="homes">${homes.map((home) => this.#home(home, words))}</div>
          </k-scroller>`
      }
      <k-mine .speech=${this.speech} here="homes"></k-mine>
    `;
  }

  /** What they chose among what is for sale stands beside what they bought. */
  #kept(kept: number, words: OwnerWords) {
    return html`<button class="kept" @click=${() => this.touch({ kind: 'open', purpose: 'shortlist' })}>
      ${icon('heart')}<span>${words.shortlistOf(this.speech.formats.number(kept))}</span>${icon('forward')}
    </button>`;
  }

  #home({ unit, label, purchase, care, handOver }: Home, words: OwnerWords) {
    return html`<section class="home">
      <h2>${label}</h2>
      ${handOver && (!handOver.isSigned || handOver.isToday) ? this.#handOver(unit, handOver, words) : nothing}
      ${purchase ? this.#purchase(purchase, words) : nothing}
      ${care ? this.#care(care, words) : nothing}
    </section>`;
  }

  #handOver(unit: string, handOver: NonNullable<Home['handOver']>, words: OwnerWords) {
    const { formats } = this.speech;
    const { isToday, isSigned, day, from, to, place, number, outcome } = handOver;
    return html`<div class="card hand-over">
      <div>
        <h3>${isToday ? words.handOverToday : words.handOverOn(formats.day(noonOf(day)))}</h3>
        <p>${formats.hours(from, to)} · ${place}</p>
        ${number && !isSigned ? html`<p>${words.number} <strong class="number">${number}</strong></p>` : nothing}
        ${isSigned ? html`<p><strong>${words.signed[outcome ?? 'accepted']}</strong></p>` : nothing}
      </div>
      ${
        isToday
          ? html`<button class="primary" @click=${() => this.touch({ kind: 'open-hand-over', id: unit })}>
            ${isSigned ? words.look : words.goHandOver}${icon('forward')}
          </button>`
          : nothing
      }
    </div>`;
  }

  #purchase({ stage, reached, payment, total, paid, dues, nextDocument }: Purchase, words: OwnerWords) {
    const { formats } = this.speech;
    return html`
      <div class="card">
        <h3>${words.stage}</h3>
        <ol>
          ${reached.map(
            (each) => html`<li class=${each.stage === stage ? 'now' : each.on === null ? '' : 'reached'}
              aria-current=${each.stage === stage ? 'step' : nothing}>
              <strong>${words.stages[each.stage]}</strong>
              <span class="small">${each.on ?? words.ahead}</span>
            </li>`,
          )}
        </ol>
        <dl class="money">
          <div><dt>${words.total}</dt><dd>${formats.price(total)}</dd></div>
          <div><dt>${words.paid}</dt><dd>${formats.price(paid)}</dd></div>
          <div><dt>${words.payment}</dt><dd>${payment}</dd></div>
        </dl>
      </div>
      <div class="card">
        <h3>${words.dues}</h3>
        ${dues.length === 0 ? html`<p class="soft">${words.duesNone}</p>` : nothing}
        ${dues.map(
          ({ what, amount, by, isLate }) => html`<div class="due">
            <span>${what}</span>
            <span class="small ${isLate ? 'late' : 'soft'}">${words.by(by)}${isLate ? ` · ${words.late}` : ''}</span>
            <span class="number">${formats.price(amount)}</span>
          </div>`,
        )}
        <p class="bring">${icon('list')}<span>${
          nextDocument === null
            ? words.noDocument
            : html`${words.nextDocument}: <strong>${nextDocument}</strong>`
        }</span></p>
      </div>
    `;
  }

  #care({ step, steps, next }: NonNullable<Home['care']>, words: OwnerWords) {
    const at = steps.indexOf(step);
    return html`<div class="card care">
      <h3>${words.care}</h3>
      <ol>
        ${steps.map(
          (each, index) => html`<li class=${each === step ? 'now' : index < at ? 'reached' : ''}
            aria-current=${each === step ? 'step' : nothing}><strong>${words.steps[each]}</strong></li>`,
        )}
      </ol>
      ${
        next
          ? html`<p class="contact">${icon('phone')}
            <span>${
              next.isDue
                ? html`<strong>${words.contactSoon}</strong>`
                : html`${words.nextContact}: <strong>${next.on}</strong>`
            } ${next.what}</span></p>`
          : nothing
      }
    </div>`;
  }
}

/** A day of the site as an instant that is that day in every zone of China. */
function noonOf(day: string): string {
  return `${day}T04:00:00.000Z`;
}
