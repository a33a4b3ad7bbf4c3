// A sheet of squared notebook paper: the guided experiments with what is done and what was learned.
import { css, html, LitElement } from 'lit';
import { beginsAt, type ExperimentId, experimentIds, isDone, type Progress } from './experiments.ts';
import type { LabText } from './lab-text.ts';
import { opensFaults } from './sheet-key.ts';
import { baseSheet } from './sheets.ts';

export class LabTries extends LitElement {
  static override properties = { progress: {}, text: {} };
  declare progress: Progress;
  declare text: LabText;

  protected override render() {
    const { text, progress } = this;
    const done = experimentIds.filter((id) => isDone(progress, id)).length;
    return html`
      <section class="sheet" aria-label=${text.tries}>
        <div class="head">
          <h2>${text.tries}</h2>
          ${
            done === experimentIds.length
              ? html`<strong class="seal">${text.allDone}</strong>`
              : html`<span>${text.triesDone(done, experimentIds.length)}</span>`
          }
        </div>
        <ol>
          ${experimentIds.map((id) => this.#experiment(id))}
        </ol>
      </section>
    `;
  }

  #experiment(id: ExperimentId) {
    const { title, steps, insight } = this.text.experiments[id];
    const done = isDone(this.progress, id);
    return html`
      <li class=${done ? 'done' : ''} data-experiment=${id}>
        <span class="box" aria-hidden="true">
          <svg viewBox="0 0 24 24"><path d="M4 13 q3 3 5 7 q4 -11 12 -17" /></svg>
        </span>
        <b>${title}${done ? html`<span class="unseen"> ✓</span>` : ''}</b>
        ${
          done
            ? html`<p>${insight}</p>`
            : html`<p class="steps">
                ${steps.map(
                  (step, n) => html`
                    <span class=${n < this.progress[id] ? 'taken' : ''}>${n === 0 ? this.#firstStep(id, step) : step}</span>
                  `,
                )}
              </p>`
        }
      </li>
    `;
  }

  #firstStep(id: ExperimentId, step: string) {
    const device = beginsAt[id];
    if (!device) return step;
    const open = () => this.dispatchEvent(opensFaults(device));
    return html`<button class="there" @click=${open}>${step}</button>`;
  }

  static override styles = [
    baseSheet,
    css`
      .sheet {
        height: 100%;
        padding: 1.1rem 1rem 0.9rem 1.1rem;
        border-radius: 3px 12px 12px 3px;
        overflow: auto;
        background:
          repeating-linear-gradient(0deg, transparent 0 21px, rgb(80 120 150 / 14%) 21px 22px),
          repeating-linear-gradient(90deg, transparent 0 21px, rgb(80 120 150 / 10%) 21px 22px),
          linear-gradient(100deg, #f1e8d4, var(--paper) 12%);
        box-shadow:
          inset 10px 0 12px -10px rgb(0 0 0 / 30%),
          0 12px 26px rgb(0 0 0 / 42%);
        color: var(--ink);
      }
      .seal {
        margin: -0.4rem 0 -0.3rem;
        padding: 0.1rem 0.6rem;
        border: 3px double var(--vermilion);
        border-radius: 6px;
        font: 700 1.05rem / 1.4 var(--serif);
        letter-spacing: 0.15em;
        color: var(--vermilion);
        rotate: -6deg;
        animation: stamp 380ms cubic-bezier(0.3, 1.5, 0.5, 1);
      }
      @keyframes stamp {
        from {
          opacity: 0;
          transform: scale(2.4);
        }
      }
      .head {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        padding-bottom: 0.4rem;
        border-bottom: 2px solid var(--vermilion);
      }
      h2 {
        font: 700 1.3rem / 1.2 var(--serif);
        color: var(--ink);
      }
      .head span {
        font: 700 1rem / 1 var(--serif);
        color: var(--vermilion);
      }
      ol {
        display: grid;
        gap: 0.55rem;
        margin: 0.65rem 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 1.6rem 1fr;
        column-gap: 0.6rem;
      }
      b {
        font: 600 0.96rem / 1.45 var(--sans);
      }
      p {
        grid-column: 2;
        margin: 0.1rem 0 0;
        font-size: 0.84rem;
        line-height: 1.4;
        color: var(--ink-soft);
      }
      .steps span:not(:last-child)::after {
        content: ' → ';
      }
      .there {
        padding: 0;
        border: 0;
        background: none;
        font: inherit;
        color: inherit;
        text-decoration: underline;
        text-underline-offset: 3px;
        cursor: pointer;
      }
      .taken {
        color: #22694f;
        font-weight: 600;
      }
      .box {
        position: relative;
        width: 1.35rem;
        height: 1.35rem;
        margin-top: 0.05rem;
        border: 2px solid var(--ink-soft);
        border-radius: 4px;
      }
      .box svg {
        position: absolute;
        left: -1px;
        bottom: 0;
        width: 28px;
        fill: none;
        stroke: var(--vermilion);
        stroke-width: 3.4;
        stroke-linecap: round;
        stroke-dasharray: 40;
        stroke-dashoffset: 40;
      }
      .done svg {
        stroke-dashoffset: 0;
        transition: stroke-dashoffset 500ms 150ms;
      }
    `,
  ];
}

customElements.define('lab-tries', LabTries);
