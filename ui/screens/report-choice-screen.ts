// One step of a defect report: a page of choices, or own words.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { urgentCall, urgentStyles } from '../elements/urgent-call.ts';
import '../keyboard/k-own-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Choice = ReportChoiceScreen['screen']['choices'][number];
type Homes = ReportChoiceScreen['screen']['homes'];
type Group = NonNullable<Choice['group']>;

/** Up to so many are large, and more than so many small: all of them are seen at once. */
const few = 8;
const many = 16;
const groups: readonly Group[] = ['room', 'public'];

@customElement('report-choice-screen')
export class ReportChoiceScreen extends ScreenElement<'report-choice'> {
  static override styles = [
    base,
    buttons,
    page,
    urgentStyles,
    css`
      .progress {
        display: flex;
        gap: 0.4rem;
        max-width: 24rem;
        margin-bottom: var(--gap-s);
      }
      .progress i {
        flex: 1;
        height: 0.45rem;
        border-radius: 1rem;
        background: var(--rule);
      }
      .progress i.done {
        background: var(--seal);
      }
      .path {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-xs);
        align-items: center;
        color: var(--text-soft);
      }
      .actions.start {
        justify-content: flex-start;
      }
      .path li {
        display: inline-flex;
        align-items: center;
      }
      .path li + li::before {
        content: '›';
        padding: 0 0.5em;
      }
      .homes {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s);
      }
      .homes button[aria-pressed='true'] {
        background: var(--night);
        border-color: var(--night);
        color: #fff;
      }
      .group {
        display: grid;
        gap: var(--gap-s);
      }
      .group + .group {
        margin-top: var(--gap);
      }
      .choices {
        display: grid;
        grid-template-columns: 1fr 1fr;
        grid-auto-rows: minmax(4rem, auto);
        gap: var(--gap-s);
      }
      .choices.few {
        grid-auto-rows: minmax(7rem, auto);
        gap: var(--gap);
      }
      .choices.many {
        grid-template-columns: repeat(4, 1fr);
        grid-auto-rows: minmax(4.6rem, auto);
      }
      .choices.many button {
        padding: var(--gap-s);
        justify-content: center;
        text-align: center;
        font-size: var(--text);
      }
      .choices.many svg.icon {
        display: none;
      }
      .choices.wordy {
        grid-template-columns: 1fr;
        grid-auto-rows: minmax(4.4rem, auto);
      }
      .choices button {
        padding: var(--gap);
        border: 1px solid var(--rule);
        font-size: var(--text-l);
        font-weight: 700;
        justify-content: flex-start;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .choices svg.icon {
        margin-left: auto;
        color: var(--rule-strong);
      }
      .urgent {
        padding: 0.15em 0.7em;
        border-radius: 2em;
        background: var(--accent-wash);
        color: var(--accent-deep);
        font-size: var(--text-s);
        white-space: nowrap;
      }
      @media (orientation: landscape) {
        .choices {
          grid-template-columns: repeat(4, 1fr);
        }
        .choices.many {
          grid-template-columns: repeat(8, 1fr);
          grid-auto-rows: minmax(3.4rem, auto);
        }
        .choices.many button {
          padding: var(--gap-xs);
        }
        .choices.wordy {
          grid-template-columns: 1fr 1fr;
        }
        .head {
          grid-template-columns: 1fr auto;
          align-items: end;
        }
        .progress,
        .steps {
          grid-column: 2;
          min-width: 14rem;
          margin: 0;
        }
        .steps {
          grid-row: 1;
          text-align: right;
        }
        h1 {
          grid-area: 1 / 1 / 3 / 2;
        }
        .path {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @state() private isDescribing = false;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('screen');
    if (!changed.has('screen') || (before && sameStep(before, this.screen))) return;
    this.isDescribing = false;
  }

  override render() {
    return html`
      ${this.#head()}
      ${this.screen.isUrgent ? urgentCall(this.status.helpPhone, this.speech.language) : nothing}
      ${
        this.isDescribing
          ? html`<k-own-words
            class="fill"
            .speech=${this.speech}
            @cancelled=${() => {
              this.isDescribing = false;
            }}
          ></k-own-words>`
          : this.#list()
      }
    `;
  }

  #head() {
    const { report } = this.speech.words;
    const { step, stepNumber, stepCount, path } = this.screen;
    return html`<div class="head">
      <p class="steps soft">${report.stepOf(`${stepNumber}`, `${stepCount}`)}</p>
      <div class="progress" aria-hidden="true">
        ${Array.from({ length: stepCount }, (_, i) => html`<i class=${i < stepNumber ? 'done' : ''}></i>`)}
      </div>
      <h1>${this.isDescribing ? report.describeTitle : report.step[step]}</h1>
      <ol class="path" aria-label=${report.path} ?hidden=${path.length === 0}>
        ${path.map((part) => html`<li>${part}</li>`)}
      </ol>
    </div>`;
  }

  #list() {
    const { report } = this.speech.words;
    const { step, choices, homes, canDescribe } = this.screen;
    const hasGroups = groups.every((group) => choices.some((choice) => choice.group === group));
    return html`
      ${homes.length === 0 ? nothing : this.#homes(homes)}
      <k-scroller class="fill" .speech=${this.speech} label=${report.step[step]}>
        ${
          hasGroups
            ? groups.map(
                (group) => html`<section class="group">
                  <h3>${report[group]}</h3>
                  ${this.#choices(choices.filter((choice) => choice.group === group))}
                </section>`,
              )
            : this.#choices(choices)
        }
      </k-scroller>
      ${
        canDescribe
          ? html`<div class="actions start">
            <button
              @click=${() => {
                this.isDescribing = true;
              }}
            >${icon('pen')}${report.describe}</button>
          </div>`
          : nothing
      }
    `;
  }

  /** Which home it is about: the likely one is chosen. */
  #homes(homes: Homes) {
    return html`<div class="homes" role="group" aria-label=${this.speech.words.review.home}>
      ${homes.map(
        ({ id, name, isChosen }) => html`<button
          aria-pressed=${`${isChosen}` as const}
          @click=${() => this.touch({ kind: 'choose', id })}
        >${name}</button>`,
      )}
    </div>`;
  }

  #choices(choices: readonly Choice[]) {
    const isWordy = choices.some(({ name }) => name.length > (this.speech.isChinese ? 10 : 26));
    const all = this.screen.choices.length;
    const kind = isWordy ? 'wordy' : all > many ? 'many' : all > few ? '' : 'few';
    return html`<div class="choices ${kind}">${choices.map((choice) => this.#choice(choice))}</div>`;
  }

  #choice(choice: Choice) {
    return html`<button @click=${() => this.touch({ kind: 'choose', id: choice.id })}>
      <span>${choice.name}</span>
      ${choice.isUrgent ? html`<span class="urgent">${this.speech.words.report.urgent}</span>` : nothing}
      ${icon('forward')}
    </button>`;
  }
}

function sameStep(a: ReportChoiceScreen['screen'], b: ReportChoiceScreen['screen']): boolean {
  // the names in the path are others in another tongue
  return a.step === b.step && a.path.length === b.path.length;
}
