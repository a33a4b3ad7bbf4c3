// The homes that somebody wants to remember, and up to four of them side by side.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-qr.ts';
import '../elements/k-scroller.ts';
import '../elements/k-slip.ts';
import { statePatterns } from '../elements/state-pattern.ts';
import { type OwnerWords, ownerWords } from '../text/owner-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Kept = ShortlistScreen['screen']['units'][number];

const stateStyles = css`
  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
  }
  .swatch {
    width: 1.1em;
    height: 1.1em;
    border-radius: 0.2em;
    flex: none;
  }
`;

const stateTag = ({ state }: Kept) => html`<span class="state" .style=${`--c:${state.colour}`}>
  <span class="swatch p-${state.pattern}"></span>${state.name}
</span>`;

@customElement('shortlist-screen')
export class ShortlistScreen extends ScreenElement<'shortlist'> {
  static override styles = [
    base,
    buttons,
    page,
    statePatterns,
    stateStyles,
    css`
      ul {
        display: grid;
        gap: var(--gap);
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto auto;
        gap: var(--gap-xs) var(--gap);
        align-items: center;
      }
      .price {
        font-size: 1.7rem;
        color: var(--accent);
        text-align: right;
      }
      .buttons {
        grid-area: 1 / 3 / 3 / 4;
        display: grid;
        gap: var(--gap-s);
      }
      .take {
        display: grid;
        grid-template-columns: 9rem 1fr;
        gap: var(--gap-l);
        align-items: center;
      }
      .take > div {
        display: grid;
        gap: var(--gap-s);
        justify-items: start;
      }
      .saved {
        display: flex;
        gap: 0.6em;
        align-items: center;
        color: var(--good);
        font-weight: 700;
      }
      .none {
        display: grid;
        gap: var(--gap);
        place-content: center;
        text-align: center;
      }
      @container style(--layout: single) {
        li,
        .take {
          grid-template-columns: minmax(0, 1fr);
        }
        .price {
          text-align: start;
        }
        .buttons {
          grid-area: auto;
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: auto minmax(0, 1fr) / 1.4fr 1fr;
        }
        .head {
          grid-column: 1 / -1;
        }
        .take {
          align-self: end;
          grid-template-columns: 6rem 1fr;
        }
      }
    `,
  ];

  override render() {
    const { language, formats } = this.speech;
    const words = ownerWords[language];
    const { units, member, most } = this.screen;
    return html`
      <div class="head">
        <h1>${words.shortlist}</h1>
        <p class="soft">${words.shortlistText(formats.number(units.length), formats.number(most))}</p>
        ${member ? html`<p class="saved">${icon('check')}<span>${words.savedFor(member.name)}</span></p>` : nothing}
      </div>
      ${
        units.length === 0
          ? html`<div class="none fill">
            <h2>${words.shortlistNone}</h2>
            <p class="lead">${words.shortlistNoneText}</p>
            ${member ? nothing : this.#save(words)}
          </div>`
          : html`<k-scroller class="fill" .speech=${this.speech} label=${words.shortlist}>
              <ul>${units.map((unit) => this.#unit(unit, words))}</ul>
            </k-scroller>
            ${this.#take(words)}`
      }
    `;
  }

  #unit(unit: Kept, words: OwnerWords) {
    const { formats } = this.speech;
    return html`<li class="card">
      <div><h3>${unit.name}</h3><p class="soft small">${unit.project}</p></div>
      <p class="number price">${formats.price(unit.price)}</p>
      <p>${words.rooms(`${unit.bedrooms}`, `${unit.halls}`, `${unit.baths}`)} · ${formats.area(unit.area)}</p>
      <p>${stateTag(unit)}</p>
      <div class="buttons">
        <button @click=${() => this.touch({ kind: 'open-kept', id: unit.id })}>${words.look}${icon('forward')}</button>
        <button aria-label=${words.remove(unit.name)} @click=${() => this.touch({ kind: 'drop-kept', id: unit.id })}>
          ${icon('erase')}
        </button>
      </div>
    </li>`;
  }

  #save(words: OwnerWords) {
    return this.status.reader === 'ready'
      ? html`<button @click=${() => this.touch({ kind: 'open', purpose: 'shortlist' })}>${icon('card')}${words.save}</button>`
      : nothing;
  }

  #take(words: OwnerWords) {
    const { qr, slip, units, member } = this.screen;
    const isWanted = slip === 'none' || slip === 'failed' || slip === 'unconfirmed';
    return html`<section class="take card">
      <k-qr .text=${qr} label=${words.qr}></k-qr>
      <div>
        <h3>${words.qr}</h3>
        ${member ? nothing : html`<p class="soft small">${words.saveText}</p>`}
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        <div class="actions">
          ${
            this.status.printer !== 'absent' && isWanted
              ? html`<button @click=${() => this.touch({ kind: 'take-slip' })}>${icon('printer')}${words.take}</button>`
              : nothing
          }
          ${member ? nothing : this.#save(words)}
          ${
            units.length > 1
              ? html`<button class="primary" @click=${() => this.touch({ kind: 'compare-kept' })}>${words.compare}</button>`
              : nothing
          }
        </div>
      </div>
    </section>`;
  }
}

@customElement('compare-screen')
export class CompareScreen extends ScreenElement<'compare'> {
  static override styles = [
    base,
    buttons,
    page,
    statePatterns,
    stateStyles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        table-layout: fixed;
      }
      th,
      td {
        padding: var(--gap-s);
        border-bottom: 1px solid var(--rule);
        text-align: left;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      tbody th {
        font-weight: 400;
        color: var(--text-soft);
      }
      thead button {
        width: 100%;
        font-weight: 700;
      }
      .best {
        color: var(--good);
        font-weight: 700;
      }
    `,
  ];

  override render() {
    const { language } = this.speech;
    const words = ownerWords[language];
    return html`
      <div class="head"><h1>${words.compareTitle}</h1><p class="soft">${words.compareText}</p></div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.compareTitle}>
        <div class="card">${this.#table(words)}</div>
      </k-scroller>
    `;
  }

  #table(words: OwnerWords) {
    const { formats } = this.speech;
    const { units } = this.screen;
    // a price that is not set is no lowest one
    const least = (pick: (unit: Kept) => number): number =>
      Math.min(...units.map(pick).filter((value) => value > 0));
    const row = (
      label: string,
      show: (unit: Kept) => unknown,
      isBest: (unit: Kept) => boolean = () => false,
    ) =>
      html`<tr>
        <th scope="row">${label}</th>
        ${units.map((unit) => html`<td class=${isBest(unit) ? 'best' : ''}>${show(unit)}</td>`)}
      </tr>`;
    return html`<table>
      <thead><tr>
        <td></td>
        ${units.map(
          (unit) => html`<th scope="col">
            <button @click=${() => this.touch({ kind: 'open-kept', id: unit.id })}>${unit.name}</button>
            <p class="soft small">${unit.project}</p>
          </th>`,
        )}
      </tr></thead>
      <tbody>
        ${row(words.rows.state, stateTag)}
        ${row(
          words.rows.price,
          ({ price }) => formats.price(price),
          ({ price }) => price === least((each) => each.price),
        )}
        ${row(
          words.rows.perM2,
          ({ pricePerM2 }) => formats.pricePerM2(pricePerM2),
          ({ pricePerM2 }) => pricePerM2 === least((each) => each.pricePerM2),
        )}
        ${row(words.rows.area, ({ area }) => formats.area(area))}
        ${row(words.rows.rooms, (unit) => words.rooms(`${unit.bedrooms}`, `${unit.halls}`, `${unit.baths}`))}
        ${row(words.rows.floor, ({ floor }) => words.floor(`${floor}`))}
        ${row(words.rows.facing, ({ facing }) => facing)}
        ${row(words.rows.adverse, ({ adverse }) => words.items(formats.number(adverse)))}
      </tbody>
    </table>`;
  }
}
