// One request: how far it is, what is promised by when and known since when, and the owner's own word about it.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-clock.ts';
import type { Clock } from '../elements/k-clock.ts';
import '../elements/k-scroller.ts';
import '../elements/k-slip.ts';
import '../keyboard/k-own-words.ts';
import { type FollowWords, followWords } from '../text/follow-words.ts';
import { progressStyles } from '../theme/clocks.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { requestStyles } from './request-styles.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('request-screen')
export class RequestScreen extends ScreenElement<'request'> {
  static override styles = [base, buttons, page, progressStyles, requestStyles];

  override render() {
    const words = followWords[this.speech.language];
    const { request, isWriting, slip } = this.screen;
    if (isWriting) return this.#keyboard(words);
    return html`
      <div class="head">
        <p class="soft">${words.number}</p>
        <h1>${request.number}</h1>
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${request.number}>
        <div class="content">
          ${this.#ask(words)} ${this.#what(words)} ${this.#progress(words)} ${this.#answer(words)}
          ${this.#tasks(words)} ${this.#history(words)}
        </div>
      </k-scroller>
      <div class="actions">
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        <button @click=${() => this.touch({ kind: 'take-slip' })}>${icon('printer')}${words.slip}</button>
        ${
          request.canNote
            ? html`<button @click=${() => this.touch({ kind: 'write' })}>${icon('pen')}${words.note}</button>`
            : nothing
        }
        ${
          request.canReopen
            ? html`<button @click=${() => this.touch({ kind: 'judge', verdict: 'not-solved' })}>
              ${icon('wrench')}${words.reopen}
            </button>`
            : nothing
        }
      </div>
    `;
  }

  #keyboard(words: FollowWords) {
    return html`
      <div class="head"><h1>${words.noteTitle}</h1></div>
      <k-own-words
        class="fill"
        .speech=${this.speech}
        .title=${words.noteTitle}
        .hint=${words.noteHint}
        @cancelled=${() => this.touch({ kind: 'back' })}
      ></k-own-words>
    `;
  }

  /** The owner's word is wanted, or has been given just now. */
  #ask(words: FollowWords) {
    const { asksVerdict, said, isNoted } = this.screen.request;
    const told = said === null ? (isNoted ? words.noted : null) : words.said[said];
    if (told !== null)
      return html`<section class="card told" role="status"><p class="line">${icon('check')}${told}</p></section>`;
    if (!asksVerdict) return nothing;
    return html`<section class="card ask">
      <h2>${words.ask}</h2>
      <p>${words.askText}</p>
      <div class="verdicts">
        ${(['solved', 'partly', 'not-solved'] as const).map(
          (verdict) => html`<button class=${verdict === 'solved' ? 'primary' : ''}
            @click=${() => this.touch({ kind: 'judge', verdict })}>${words.verdicts[verdict]}</button>`,
        )}
      </div>
    </section>`;
  }

  #what(words: FollowWords) {
    const { request } = this.screen;
    return html`<section class="card">
      <p class="line">
        <span class="chip ${request.state}">${words.state[request.state]}</span>
        ${request.isWaiting ? html`<span class="chip unsent">${icon('offline')}${words.waitingText}</span>` : nothing}
      </p>
      <h2>${request.label}</h2>
      ${request.home === null ? nothing : html`<p class="soft">${request.home}</p>`}
      ${request.hasOwnWords ? html`<p>${words.text} · ${request.text ?? words.sealed}</p>` : nothing}
      ${request.port === '' ? nothing : html`<p>${words.port} · <strong>${request.port}</strong></p>`}
      ${request.photos === 0 ? nothing : html`<p>${words.photos(`${request.photos}`)}</p>`}
    </section>`;
  }

  #progress(words: FollowWords) {
    const { formats } = this.speech;
    const { request } = this.screen;
    const { asOf } = this.status;
    const { steps, clocks, level } = request;
    if (steps.length === 0 && clocks.length === 0 && level === null) return nothing;
    const current = steps.findLastIndex(({ at }) => at !== null);
    return html`<section class="card">
      <p class="soft small line">${icon('clock')}${asOf === null ? words.asOfNever : words.asOf(formats.moment(asOf))}</p>
      ${clocks.map((clock) => this.#clock(clock))}
      ${steps.length === 0 ? nothing : html`<h3>${words.steps}</h3>`}
      <ol class="steps">
        ${steps.map(
          (
            { name, at },
            index,
          ) => html`<li class=${index === current ? 'passed current' : at === null ? '' : 'passed'}>
            <span>${name}</span>
            ${at === null ? nothing : html`<span class="small">${formats.moment(at)}</span>`}
          </li>`,
        )}
      </ol>
      ${
        level === null
          ? nothing
          : html`<h3>${words.level} · ${words.levels[level.level]}</h3>
            <p>${words.holder(level.holder)}</p>
            ${level.next ? html`${this.#clock(level.next)}<p class="soft small">${words.climbs}</p>` : nothing}`
      }
    </section>`;
  }

  #answer(words: FollowWords) {
    const { formats } = this.speech;
    const { answer, outcome, calls, state } = this.screen.request;
    if (answer === null && outcome === null && calls.length === 0) return nothing;
    return html`<section class="card answer">
      ${answer === null ? nothing : html`<h3>${state === 'invalid' ? words.reason : words.answer}</h3><p>${answer}</p>`}
      ${outcome === null ? nothing : html`<p>${words.outcome} · <strong>${words.outcomes[outcome]}</strong></p>`}
      ${calls.map(({ at, verdict }) => html`<p>${words.called(formats.moment(at), words.outcomes[verdict])}</p>`)}
    </section>`;
  }

  #tasks(words: FollowWords) {
    const { tasks } = this.screen.request;
    if (tasks.length === 0) return nothing;
    return html`<section class="card">
      <h3>${words.tasks}</h3>
      <ol class="tasks">
        ${tasks.map(
          ({ label, port, status, isDone, deadline }) => html`<li>
            <p>${label}</p>
            <p class="line">
              <span class="chip ${isDone ? 'done' : 'in-progress'} small">${isDone ? words.done : (status ?? words.state.filed)}</span>
              <span>${port}</span>
            </p>
            ${deadline ? this.#clock(deadline) : nothing}
          </li>`,
        )}
      </ol>
    </section>`;
  }

  #history(words: FollowWords) {
    const { formats } = this.speech;
    return html`<section class="card history">
      <h3>${words.history}</h3>
      <ol>
        ${this.screen.request.history.toReversed().map(
          ({ at, state, note }) => html`<li>
            <strong>${words.state[state]}</strong>
            <span class="soft small">${formats.moment(at)}</span>
            ${note === null ? nothing : html`<p>${note}</p>`}
          </li>`,
        )}
      </ol>
    </section>`;
  }

  #clock(clock: Clock) {
    return html`<k-clock .clock=${clock} .speech=${this.speech}></k-clock>`;
  }
}
