// One home: its plan, price and facts, what speaks for and against it, and how to take it along.
import { html, nothing, type PropertyValues, svg } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { adverseList, factListStyles, highlightList } from '../elements/fact-lists.ts';
import { floorPlace } from '../elements/floor-place.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-floor-plan.ts';
import '../elements/k-mortgage.ts';
import '../elements/k-plan-look.ts';
import '../elements/k-qr.ts';
import '../elements/k-scroller.ts';
import '../elements/k-slip.ts';
import '../elements/k-sun-path.ts';
import { statePatterns } from '../elements/state-pattern.ts';
import { boardWords } from '../text/board-words.ts';
import { ownerWords } from '../text/owner-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';
import { unitStyles } from './unit-styles.ts';

const sides = ['plan', 'sun', 'price', 'mortgage'] as const;
type Side = (typeof sides)[number];

@customElement('unit-screen')
export class UnitScreen extends ScreenElement<'unit'> {
  static override styles = [base, buttons, page, statePatterns, factListStyles, unitStyles];

  /** what of the home is looked at; of this visit only */
  @state() private side: Side = 'plan';
  /** the drawing fills the page */
  @state() private isLooking = false;
  @query('.enlarge') private readonly enlarge!: HTMLElement | null;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('screen');
    if (before && before.unit.id !== this.screen.unit.id) {
      this.side = 'plan';
      this.isLooking = false;
    }
    this.toggleAttribute('looking', this.isLooking);
    this.toggleAttribute('reckoning', this.side === 'mortgage');
  }

  override render() {
    if (this.isLooking) return this.#large();
    return html`
      ${this.#head()}
      <section class="look">
        ${this.#sides()}
        ${this.#look()}
      </section>
      ${this.#numbers()}
      <k-scroller class="weighed" .speech=${this.speech} label=${this.speech.words.unit.adverse}>
        ${this.#facts()}
      </k-scroller>
      <button class="read" @click=${() => this.touch({ kind: 'open-adverse-facts' })}>
        ${icon('warning')}${this.speech.words.unit.readAdverse}${icon('forward')}
      </button>
      ${this.#takeAlong()}
    `;
  }

  #large() {
    return html`<k-plan-look
      .rooms=${this.screen.layout.plan}
      label=${this.#planName}
      .speech=${this.speech}
      @closed=${this.#endLook}
    ></k-plan-look>`;
  }

  readonly #beginLook = (): void => {
    this.isLooking = true;
  };

  readonly #endLook = (): void => {
    this.isLooking = false;
    // the reading position goes back to where it was
    this.updateComplete.then(
      () => this.enlarge?.focus({ preventScroll: true }),
      () => undefined,
    );
  };

  #head() {
    const { words, formats } = this.speech;
    const { project, building, unit, approvedAt } = this.screen;
    return html`<div class="title">
      <p class="soft">${project.name} · ${building.name}</p>
      <div class="name">
        <h1>${unit.number}</h1>
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

  get #planName(): string {
    const { words } = this.speech;
    const { name, bedrooms, halls, baths } = this.screen.layout;
    const rooms = words.unit.layout(`${bedrooms}`, `${halls}`, `${baths}`);
    return `${words.unit.plan} ${name} ${rooms}`;
  }

  #plan() {
    const words = boardWords[this.speech.language];
    const { name, plan, bedrooms, halls, baths } = this.screen.layout;
    if (plan.length === 0) return html`<div class="card parts"><p class="lead">${words.noPlan}</p></div>`;
    return html`<figure class="card">
      <div class="drawing">
        <k-floor-plan .rooms=${plan} label=${this.#planName}></k-floor-plan>
        <button class="enlarge" aria-label=${`${this.#planName} ${words.look.open}`} @click=${this.#beginLook}>${icon('search')}</button>
      </div>
      <figcaption><strong>${name}</strong> · ${this.speech.words.unit.layout(`${bedrooms}`, `${halls}`, `${baths}`)}</figcaption>
    </figure>`;
  }

  /** Nothing is reckoned of a price that is not known. */
  get #known(): readonly Side[] {
    return this.screen.unit.price > 0 ? sides : ['plan', 'sun'];
  }

  #sides() {
    const { words, language } = this.speech;
    const own = boardWords[language];
    const names: Readonly<Record<Side, string>> = {
      plan: words.unit.plan,
      sun: own.sun.title,
      price: own.price.title,
      mortgage: own.mortgage.open,
    };
    return html`<div class="sides" role="group" aria-label=${own.sides}>
      ${this.#known.map(
        (side) => html`<button
          aria-pressed=${this.side === side}
          @click=${() => {
            this.side = side;
          }}
        >${names[side]}</button>`,
      )}
    </div>`;
  }

  #look() {
    switch (this.side) {
      case 'plan':
        return this.#plan();
      case 'sun':
        return this.#sun();
      case 'price':
        return this.#priceParts();
      case 'mortgage':
        return html`<k-scroller class="card" .speech=${this.speech} label=${boardWords[this.speech.language].mortgage.title}>
          <k-mortgage .price=${this.screen.unit.price} .speech=${this.speech}></k-mortgage>
        </k-scroller>`;
    }
  }

  #sun() {
    const words = boardWords[this.speech.language];
    const { facing, facingDegrees, floor, floors } = this.screen.unit;
    return html`<figure class="card">
      <div class="sun">
        ${
          facingDegrees === undefined
            ? nothing
            : html`<k-sun-path .degrees=${facingDegrees} .facing=${facing} .speech=${this.speech}></k-sun-path>`
        }
        <svg role="img" aria-label=${words.place.label(`${floor}`, `${floors}`)} viewBox="-30 -14 220 270">
          ${svg`<g>${floorPlace(floor, floors, words.place.floor(`${floor}`))}</g>`}
        </svg>
      </div>
      <figcaption><strong>${facing}</strong> · ${words.place.label(`${floor}`, `${floors}`)}<br /><span class="soft small">${words.sun.note}</span></figcaption>
    </figure>`;
  }

  #priceParts() {
    const { formats, language } = this.speech;
    const words = boardWords[language].price;
    const { area, pricePerM2, price } = this.screen.unit;
    const product = Math.round((area * pricePerM2) / 100);
    const yuan = (fen: number) => boardWords[language].mortgage.yuan(formats.number(fen / 100));
    return html`<div class="card parts">
      <dl>
        <div><dt>${words.product}<br /><span>${words.sum(formats.area(area), formats.pricePerM2(pricePerM2))}</span></dt><dd>${yuan(product)}</dd></div>
        ${
          Math.abs(price - product) < 100
            ? nothing
            : html`<div><dt>${words.difference}</dt><dd>${yuan(price - product)}</dd></div>`
        }
        <div class="total"><dt>${words.total}</dt><dd>${yuan(price)}</dd></div>
      </dl>
      <p class="soft">${words.note}</p>
    </div>`;
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
        <div class="row">
          ${
            canPrint
              ? html`<button class="primary" @click=${() => this.touch({ kind: 'take-slip' })}>
                ${icon('printer')}${slip === 'unconfirmed' ? words.unit.again : words.unit.take}
              </button>`
              : nothing
          }
          ${this.#heart()}
        </div>
      </div>
    </section>`;
  }

  #facts() {
    const { words } = this.speech;
    const { highlights, adverse } = this.screen;
    return html`<div class="facts">
      ${highlightList(words.unit.highlights, highlights)}
      ${adverseList(words.unit.adverse, adverse, this.speech, false)}
    </div>`;
  }
}
