// One home: its plan, price and facts, what speaks for and against it, and how to take it along.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { adverseList, factListStyles, highlightList } from '../elements/fact-lists.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-floor-plan.ts';
import '../elements/k-qr.ts';
import '../elements/k-scroller.ts';
import '../elements/k-slip.ts';
import { statePatterns } from '../elements/state-pattern.ts';
import { ownerWords } from '../text/owner-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';
import { unitStyles } from './unit-styles.ts';

@customElement('unit-screen')
export class UnitScreen extends ScreenElement<'unit'> {
  static override styles = [base, buttons, page, statePatterns, factListStyles, unitStyles];

  override render() {
    return html`
      ${this.#head()} ${this.#plan()} ${this.#numbers()}
      <k-scroller class="weighed" .speech=${this.speech} label=${this.speech.words.unit.adverse}>
        ${this.#facts()}
      </k-scroller>
      ${this.#takeAlong()}
    `;
  }

  #head() {
    const { words, formats } = this.speech;
    const { project, building, unit, approvedAt } = this.screen;
    return html`<div class="title">
      <p class="soft">${project.name} · ${building.name}</p>
      <div class="name">
        <h1>${unit.number}</h1>
        ${this.#heart()}
        <span class="state" .style=${`--c:${unit.state.colour}`}>
          <span class="swatch p-${unit.state.pattern}"></span>${unit.state.name}
        </span>
      </div>
      <p class="price">
        <span class="soft small">${words.unit.total}</span>
        <strong class="number">${formats.price(unit.price)}</strong>
      </p>
      ${approvedAt === null ? nothing : html`<p class="soft small">${words.status.approved(formats.moment(approvedAt))}</p>`}
    </div>`;
  }

  #heart() {
    const words = ownerWords[this.speech.language];
    const { isKept, kept, canKeep } = this.screen;
    return html`<button class="heart" aria-pressed=${isKept} ?disabled=${!isKept && !canKeep}
        @click=${() => this.touch({ kind: 'keep-unit' })}>
        ${icon('heart')}${isKept ? words.kept : words.keep}
      </button>
      ${
        kept > 0
          ? html`<button @click=${() => this.touch({ kind: 'open-shortlist' })}>
            ${words.shortlistOf(this.speech.formats.number(kept))}${icon('forward')}
          </button>`
          : nothing
      }`;
  }

  #plan() {
    const { words } = this.speech;
    const { layout } = this.screen;
    const rooms = words.unit.layout(`${layout.bedrooms}`, `${layout.halls}`, `${layout.baths}`);
    return html`<figure class="card">
      <k-floor-plan .rooms=${layout.plan} label="${words.unit.plan} ${layout.name} ${rooms}"></k-floor-plan>
      <figcaption><strong>${layout.name}</strong> · ${rooms}</figcaption>
    </figure>`;
  }

  #numbers() {
    const { words, formats } = this.speech;
    const { unit } = this.screen;
    return html`<dl class="numbers">
      <div><dt>${words.unit.perM2}</dt><dd>${formats.pricePerM2(unit.pricePerM2)}</dd></div>
      <div><dt>${words.unit.area}</dt><dd>${formats.area(unit.area)}</dd></div>
      <div><dt>${words.unit.facing}</dt><dd>${unit.facing}</dd></div>
      <div><dt>${words.unit.floor}</dt><dd>${words.unit.floorOf(`${unit.floor}`, `${unit.floors}`)}</dd></div>
    </dl>`;
  }

  #takeAlong() {
    const { words } = this.speech;
    const { qr, slip } = this.screen;
    // one slip a visit; another only when it may be missing
    const isWanted = slip === 'none' || slip === 'failed' || slip === 'unconfirmed';
    const canPrint = this.status.printer !== 'absent' && isWanted;
    return html`<section class="take card">
      <k-qr .text=${qr} label=${words.unit.qr}></k-qr>
      <div>
        <h3>${words.unit.qr}</h3>
        <p class="soft">${words.unit.qrText}</p>
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        ${
          canPrint
            ? html`<button class="primary" @click=${() => this.touch({ kind: 'take-slip' })}>
              ${icon('printer')}${slip === 'unconfirmed' ? words.unit.again : words.unit.take}
            </button>`
            : nothing
        }
      </div>
    </section>`;
  }

  #facts() {
    const { words } = this.speech;
    const { highlights, adverse } = this.screen;
    const more = html`<button @click=${() => this.touch({ kind: 'open-adverse-facts' })}>
      ${words.unit.readAdverse}${icon('forward')}
    </button>`;
    return html`<div class="facts">
      ${highlightList(words.unit.highlights, highlights)}
      ${adverseList(words.unit.adverse, adverse, this.speech, false, more)}
    </div>`;
  }
}
