// The page: draws the last Show, one element per kind of screen, between the header and the bar.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Screen, ScreenKind, Show } from '../../kiosk/screen.ts';
import { type Chime, playChime } from '../elements/chime.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-bar.ts';
import '../elements/k-header.ts';
import '../elements/k-idle-warning.ts';
import '../elements/k-invitation.ts';
import '../elements/k-outage.ts';
import type { TouchedEvent } from '../elements/touched-event.ts';
import { type Speech, speechOf } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
import { appStyles } from './app-styles.ts';
import { barPlaces } from './bar-places.ts';
import type { KeyboardWedge } from './keyboard-wedge.ts';
import { ScreenConnection } from './screen-connection.ts';
import { loadScreen, prefetchScreens } from './screen-modules.ts';

/** Where people arrive: what is out of order is said at length here, and in a word everywhere else. */
const noticeScreens: ReadonlySet<ScreenKind> = new Set(['attract', 'home']);

/** What is said while there is no Show to tell the language. */
const unspoken = speechOf('zh', 'Asia/Shanghai');

@customElement('kiosk-app')
export class KioskApp extends LitElement {
  static override styles = [base, appStyles];

  readonly #connection = new ScreenConnection(this);
  /** The last Show whose screen could be drawn: what the person sees. */
  #seen: Show | undefined;
  #before: Show | undefined;
  #wedge: KeyboardWedge | undefined;
  #isWedgeAsked = false;

  override willUpdate(): void {
    const { show, isBusy } = this.#connection;
    this.#listenToWedge(show?.status.wedge?.maxGapMs);
    this.toggleAttribute('busy', isBusy);
    this.#before = this.#seen;
    if (!show) {
      this.#seen = undefined;
      return;
    }
    const loading = loadScreen(show.screen.kind);
    if (!loading) this.#seen = show;
    else
      loading.then(
        () => this.requestUpdate(),
        () => location.reload(),
      );
  }

  override render() {
    const show = this.#seen;
    if (!show) return this.#connection.isLost ? lostTemplate() : nothing;
    const speech = speechOf(show.language, show.status.timeZone);
    const places = barPlaces[show.screen.kind];
    const hasNotice = noticeScreens.has(show.screen.kind) && show.status.troubles.length > 0;
    return html`
      <div class="frame" @touched=${this.#send}>
        <k-header .status=${show.status} .speech=${speech} ?brief=${hasNotice}></k-header>
        ${hasNotice ? html`<k-outage .status=${show.status} .speech=${speech}></k-outage>` : nothing}
        ${show.invitation ? html`<k-invitation .invitation=${show.invitation} .speech=${speech}></k-invitation>` : nothing}
        <main tabindex="-1">${screenTemplate(show.screen, show, speech)}</main>
        ${show.isHelpCalled ? helpTemplate(show, speech) : nothing}
        <k-bar
          .speech=${speech}
          .hasBack=${places.back}
          .hasHome=${places.home}
          .hasEnd=${places.end}
        ></k-bar>
        ${
          show.idle
            ? html`<k-idle-warning .seconds=${show.idle.secondsLeft} .speech=${speech}></k-idle-warning>`
            : nothing
        }
      </div>
    `;
  }

  override updated(_: PropertyValues): void {
    const [before, now] = [this.#before, this.#seen];
    // the page greets by itself until there is something to show
    if (now || this.#connection.isLost) document.querySelector('.arrival')?.remove();
    if (!now || now === before) return;
    this.setAttribute('revision', `${now.revision}`);
    document.documentElement.lang = speechOf(now.language, now.status.timeZone).words.tag;
    if (!before) prefetchScreens();
    const isNewScreen = before?.screen.kind !== now.screen.kind;
    // the reading position starts anew with the screen
    if (before && isNewScreen) this.renderRoot.querySelector('main')?.focus({ preventScroll: true });
    const chime = chimeOf(before, now, isNewScreen);
    if (chime) playChime(chime);
  }

  /** Fetched only where a reader types into the page. */
  #listenToWedge(maxGapMs: number | undefined): void {
    if (maxGapMs === undefined) return;
    if (this.#wedge) this.#wedge.maxGapMs = maxGapMs;
    if (this.#isWedgeAsked) return;
    this.#isWedgeAsked = true;
    import('./keyboard-wedge.ts').then(
      ({ KeyboardWedge }) => {
        this.#wedge = new KeyboardWedge((keys) => this.#connection.sendTypedCard(keys));
        this.#wedge.maxGapMs = maxGapMs;
        this.addController(this.#wedge);
        this.setAttribute('wedge', '');
      },
      () => {
        this.#isWedgeAsked = false;
      },
    );
  }

  readonly #send = (event: TouchedEvent): void => {
    if (this.#seen) this.#connection.send(event.touch, this.#seen.revision);
  };
}

function screenTemplate(screen: Screen, { status, invitation }: Show, speech: Speech): TemplateResult {
  switch (screen.kind) {
    case 'attract':
      return html`<attract-screen .screen=${screen} .status=${status} .speech=${speech}></attract-screen>`;
    case 'home':
      return html`<home-screen ?invited=${!!invitation} .screen=${screen} .status=${status} .speech=${speech}></home-screen>`;
    case 'projects':
      return html`<projects-screen .screen=${screen} .status=${status} .speech=${speech}></projects-screen>`;
    case 'buildings':
      return html`<buildings-screen .screen=${screen} .status=${status} .speech=${speech}></buildings-screen>`;
    case 'board':
      return html`<board-screen .screen=${screen} .status=${status} .speech=${speech}></board-screen>`;
    case 'unit':
      return html`<unit-screen .screen=${screen} .status=${status} .speech=${speech}></unit-screen>`;
    case 'adverse-facts':
      return html`<adverse-facts-screen .screen=${screen} .status=${status} .speech=${speech}></adverse-facts-screen>`;
    case 'search':
      return html`<search-screen .screen=${screen} .status=${status} .speech=${speech}></search-screen>`;
    case 'checked-in':
      return html`<checked-in-screen .screen=${screen} .status=${status} .speech=${speech}></checked-in-screen>`;
    case 'check-in-refused':
      return html`<check-in-refused-screen .screen=${screen} .status=${status} .speech=${speech}></check-in-refused-screen>`;
    case 'welcome':
      return html`<welcome-screen .screen=${screen} .status=${status} .speech=${speech}></welcome-screen>`;
    case 'checking-card':
      return html`<checking-card-screen .screen=${screen} .status=${status} .speech=${speech}></checking-card-screen>`;
    case 'ask-card':
      return html`<ask-card-screen .screen=${screen} .status=${status} .speech=${speech}></ask-card-screen>`;
    case 'enter-pin':
      return html`<enter-pin-screen .screen=${screen} .status=${status} .speech=${speech}></enter-pin-screen>`;
    case 'card-problem':
      return html`<card-problem-screen .screen=${screen} .status=${status} .speech=${speech}></card-problem-screen>`;
    case 'points':
      return html`<points-screen .screen=${screen} .status=${status} .speech=${speech}></points-screen>`;
    case 'activities':
      return html`<activities-screen .screen=${screen} .status=${status} .speech=${speech}></activities-screen>`;
    case 'activity':
      return html`<activity-screen .screen=${screen} .status=${status} .speech=${speech}></activity-screen>`;
    case 'report-choice':
      return html`<report-choice-screen .screen=${screen} .status=${status} .speech=${speech}></report-choice-screen>`;
    case 'report-review':
      return html`<report-review-screen .screen=${screen} .status=${status} .speech=${speech}></report-review-screen>`;
    case 'request-filed':
      return html`<request-filed-screen .screen=${screen} .status=${status} .speech=${speech}></request-filed-screen>`;
    case 'requests':
      return html`<requests-screen .screen=${screen} .status=${status} .speech=${speech}></requests-screen>`;
    case 'request':
      return html`<request-screen .screen=${screen} .status=${status} .speech=${speech}></request-screen>`;
    case 'survey-intro':
      return html`<survey-intro-screen .screen=${screen} .status=${status} .speech=${speech}></survey-intro-screen>`;
    case 'survey-question':
      return html`<survey-question-screen .screen=${screen} .status=${status} .speech=${speech}></survey-question-screen>`;
    case 'survey-end':
      return html`<survey-end-screen .screen=${screen} .status=${status} .speech=${speech}></survey-end-screen>`;
    case 'survey-done':
      return html`<survey-done-screen .screen=${screen} .status=${status} .speech=${speech}></survey-done-screen>`;
    case 'answers':
      return html`<answers-screen .screen=${screen} .status=${status} .speech=${speech}></answers-screen>`;
    case 'answer':
      return html`<answer-screen .screen=${screen} .status=${status} .speech=${speech}></answer-screen>`;
    case 'judge-question':
      return html`<judge-question-screen .screen=${screen} .status=${status} .speech=${speech}></judge-question-screen>`;
    case 'judge-end':
      return html`<judge-end-screen .screen=${screen} .status=${status} .speech=${speech}></judge-end-screen>`;
    case 'maintenance-pin':
      return html`<maintenance-pin-screen .screen=${screen} .status=${status} .speech=${speech}></maintenance-pin-screen>`;
    case 'maintenance':
      return html`<maintenance-screen .screen=${screen} .status=${status} .speech=${speech}></maintenance-screen>`;
    case 'out-of-service':
      return html`<out-of-service-screen .screen=${screen} .status=${status} .speech=${speech}></out-of-service-screen>`;
  }
}

function helpTemplate({ status, screen }: Show, { words }: Speech): TemplateResult {
  const code = 'reason' in screen ? `${screen.kind}/${screen.reason}` : screen.kind;
  return html`<aside role="status">
    ${icon('help')}
    <div>
      <strong>${words.help.called}</strong>
      <p>${words.help.phone(status.helpPhone)} · ${words.help.code(`${status.terminal} ${code}`)}</p>
    </div>
  </aside>`;
}

function lostTemplate(): TemplateResult {
  const { lost, brand } = unspoken.words;
  return html`<div class="lost" role="status">
    <span class="seal" aria-hidden="true">迎</span>
    <h1>${lost.title}</h1>
    <p>${lost.text}</p>
    <p lang="en">One moment please. Service is coming back.</p>
    <p class="brand">${brand}</p>
  </div>`;
}

function chimeOf(before: Show | undefined, now: Show, isNewScreen: boolean): Chime | undefined {
  if (now.idle && !before?.idle) return 'attention';
  if (now.isHelpCalled && !before?.isHelpCalled) return 'done';
  if (!isNewScreen || !before) return undefined;
  switch (now.screen.kind) {
    case 'checked-in':
    case 'welcome':
    case 'request-filed':
      return 'done';
    case 'survey-done':
      return now.screen.what === 'thanks' ? 'done' : undefined;
    case 'check-in-refused':
    case 'card-problem':
      return 'look';
    default:
      return undefined;
  }
}
