// One step of a defect report: a short page of choices, or own words.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { urgentCall, urgentStyles } from '../elements/urgent-call.ts';
import '../keyboard/k-own-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Choice = ReportChoiceScreen['screen']['choices'][number];
type Group = NonNullable<Choice['group']>;

/** What a person takes in at once. */
const choicesPerPage = 8;
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
        background: var(--line);
      }
      .progress i.done {
        background: var(--vermilion);
      }
      .path {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-xs);
        align-items: center;
        color: var(--ink-soft);
      }
      .path li {
        display: inline-flex;
        align-items: center;
      }
      .path li + li::before {
        content: '›';
        padding: 0 0.5em;
      }
      .tabs {
        display: flex;
        gap: var(--gap-s);
      }
      .tabs button {
        flex: 1;
        max-width: 14rem;
      }
      .tabs button[aria-pressed='true'] {
        background: var(--night);
        border-color: var(--night);
        color: #fff;
      }
      .choices {
        display: grid;
        grid-template-columns: 1fr 1fr;
        grid-auto-rows: minmax(4.4rem, 9rem);
        gap: var(--gap);
        align-content: start;
      }
      .choices.single {
        grid-template-columns: 1fr;
        grid-auto-rows: minmax(4.4rem, 6rem);
      }
      .choices button {
        padding: var(--gap);
        border: 1px solid var(--line);
        font-size: var(--text-l);
        font-weight: 700;
        justify-content: flex-start;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .choices svg.icon {
        margin-left: auto;
        color: var(--line-strong);
      }
      .urgent {
        padding: 0.15em 0.7em;
        border-radius: 2em;
        background: var(--vermilion-wash);
        color: var(--vermilion-deep);
        font-size: var(--text-s);
        white-space: nowrap;
      }
      .foot {
        display: flex;
        align-items: center;
        gap: var(--gap);
      }
      .foot .own {
        margin-right: auto;
      }
      @media (orientation: landscape) {
        .choices {
          grid-template-columns: repeat(4, 1fr);
          grid-auto-rows: minmax(4.4rem, 10rem);
        }
        .choices.single {
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

  @state() private group: Group = 'room';
  @state() private pageIndex = 0;
  @state() private isDescribing = false;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('screen');
    if (!changed.has('screen') || (before && sameStep(before, this.screen))) return;
    this.group = 'room';
    this.pageIndex = 0;
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
    const { choices, canDescribe } = this.screen;
    const hasGroups = groups.every((group) => choices.some((choice) => choice.group === group));
    const inGroup = hasGroups ? choices.filter((choice) => choice.group === this.group) : choices;
    const pages = Math.max(1, Math.ceil(inGroup.length / choicesPerPage));
    const shown = inGroup.slice(this.pageIndex * choicesPerPage, (this.pageIndex + 1) * choicesPerPage);
    const isWordy = shown.some((choice) => choice.name.length > 14);
    return html`
      ${hasGroups ? this.#tabs() : nothing}
      <div class="choices fill ${isWordy ? 'single' : ''}">${shown.map((choice) => this.#choice(choice))}</div>
      <div class="foot">
        ${
          canDescribe
            ? html`<button
              class="own"
              @click=${() => {
                this.isDescribing = true;
              }}
            >${icon('pen')}${report.describe}</button>`
            : html`<span class="own"></span>`
        }
        ${pages > 1 ? this.#pager(pages) : nothing}
      </div>
    `;
  }

  #tabs() {
    const { report } = this.speech.words;
    return html`<div class="tabs" role="group">
      ${groups.map(
        (group) => html`<button
          aria-pressed=${`${this.group === group}` as const}
          @click=${() => {
            this.group = group;
            this.pageIndex = 0;
          }}
        >${report[group]}</button>`,
      )}
    </div>`;
  }

  #choice(choice: Choice) {
    return html`<button @click=${() => this.touch({ kind: 'choose', id: choice.id })}>
      <span>${choice.name}</span>
      ${choice.isUrgent ? html`<span class="urgent">${this.speech.words.report.urgent}</span>` : nothing}
      ${icon('forward')}
    </button>`;
  }

  #pager(pages: number) {
    const { report } = this.speech.words;
    const turn = (by: number) => () => {
      this.pageIndex += by;
    };
    return html`
      <button ?disabled=${this.pageIndex === 0} @click=${turn(-1)}>${icon('back')}${report.previous}</button>
      <span class="soft">${report.page(`${this.pageIndex + 1}`, `${pages}`)}</span>
      <button ?disabled=${this.pageIndex >= pages - 1} @click=${turn(1)}>${report.next}${icon('forward')}</button>
    `;
  }
}

function sameStep(a: ReportChoiceScreen['screen'], b: ReportChoiceScreen['screen']): boolean {
  return a.step === b.step && a.path.join('\n') === b.path.join('\n');
}
