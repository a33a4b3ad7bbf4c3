// The page: draws the last Show, one element per kind of screen, between the header and the bar.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type StaticValue, html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import type { Screen, ScreenKind, Show } from '../../kiosk/screen.ts';
import type { Chime } from '../elements/chime.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-bar.ts';
import '../elements/k-header.ts';
import '../elements/k-outage.ts';
import '../elements/k-progress.ts';
import type { TouchedEvent } from '../elements/touched-event.ts';
import { type Speech, speechOf } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
import { appStyles } from './app-styles.ts';
import { applyManner, isNarrow } from './apply-manner.ts';
import { barPlaces } from './bar-places.ts';
import type { KeyboardWedge } from './keyboard-wedge.ts';
import { ReadingPlace } from './reading-place.ts';
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
  /** where this is, as last heard: of no person */
  #place: Show['status'] | undefined;
  readonly #reading = new ReadingPlace();
  #wedge: KeyboardWedge | undefined;
  #isWedgeAsked = false;
  #flows = false;
  #pressed: HTMLButtonElement | undefined;
  /** the panel is open where people choose how it is shown; closes with the screen */
  @state() private isEasing = false;
  /** the slip is looked at; closes with the screen */
  @state() private isReading = false;

  override willUpdate(): void {
    const { show, isBusy } = this.#connection;
    this.#listenToWedge(show?.status.wedge?.maxGapMs);
    this.toggleAttribute('busy', isBusy);
    if (!isBusy) this.#release();
    this.#before = this.#seen;
    this.#place = show?.status ?? this.#place;
    if (!show || show.status.isLeaving) {
      this.#seen = undefined;
      return;
    }
    const loading = loadScreen(show.screen.kind, show.language);
    if (!loading) this.#see(show);
    else
      loading.then(
        () => this.requestUpdate(),
        () => location.reload(),
      );
  }

  #see(show: Show): void {
    if (show.screen.kind !== this.#seen?.screen.kind) {
      this.isEasing = false;
      this.isReading = false;
    }
    this.#seen = show;
    this.#flows = applyManner(show.manner, show.display);
    this.toggleAttribute('low', show.manner.reach === 'low');
    this.toggleAttribute('covered', show.cover?.isPersonal === true);
    if (show.summons) import('../elements/k-summons.ts').catch(() => undefined);
    if (this.#flows) import('../elements/page-scroller.ts').catch(() => undefined);
  }

  override render() {
    const show = this.#seen;
    if (!show) {
      const { isLost, isElsewhere } = this.#connection;
      const isAway = isLost || isElsewhere || this.#place?.isLeaving;
      return isAway ? lostTemplate(this.#place, isElsewhere) : nothing;
    }
    const speech = speechOf(show.language, show.status.timeZone);
    const hasNotice = noticeScreens.has(show.screen.kind) && show.status.troubles.length > 0;
    return html`
      <div class="frame" @touched=${this.#send} @click=${this.#press} @k-ease=${this.#ease} @k-close=${this.#ease} @k-paper=${this.#read}>
        <k-header .status=${show.status} .speech=${speech} ?brief=${hasNotice}></k-header>
        ${hasNotice ? html`<k-outage .status=${show.status} .speech=${speech}></k-outage>` : nothing}
        ${show.invitation ? html`<k-invitation .invitation=${show.invitation} .speech=${speech}></k-invitation>` : nothing}
        <main tabindex="-1" ?inert=${this.isReading && !!show.paper}>
          <page-scroller ?flows=${this.#flows} .speech=${speech}>${screenTemplate(show.screen, show, speech)}</page-scroller>
        </main>
        <k-progress .screen=${show.screen} .speech=${speech} ?slow=${this.#connection.isSlow}></k-progress>
        ${show.isHelpCalled ? helpTemplate(show, speech) : nothing}
        ${show.screen.kind === 'enrolling' ? nothing : this.#bar(show, speech)}
        ${this.isEasing ? html`<k-manner .manner=${show.manner} .speech=${speech}></k-manner>` : nothing}
        ${this.isReading && show.paper ? paperTemplate(show, speech) : nothing}
        ${show.summons ? html`<k-summons .summons=${show.summons} .speech=${speech}></k-summons>` : nothing}
        ${
          show.idle
            ? html`<k-idle-warning .volume=${show.manner.volume} .seconds=${show.idle.secondsLeft} .speech=${speech}></k-idle-warning>`
            : nothing
        }
      </div>
    `;
  }

  #bar(show: Show, speech: Speech) {
    const places = barPlaces[show.screen.kind];
    return html`<k-bar
          .speech=${speech}
          .hasBack=${places.back}
          .hasHome=${places.home}
          .hasEnd=${places.end}
          .text=${show.manner.text}
          .isNarrow=${isNarrow(show.manner.text, show.display)}
          .isOpen=${this.isEasing}
        ></k-bar>`;
  }

  override updated(_: PropertyValues): void {
    const [before, now] = [this.#before, this.#seen];
    // a person who has gone must not be held by what was there before
    this.#before = undefined;
    // the page greets by itself until there is something to show
    const isNight = now?.screen.kind === 'attract' && now.status.isNight === true;
    document.documentElement.toggleAttribute('data-night', isNight);
    if (now || this.#connection.isLost || this.#connection.isElsewhere)
      document.querySelector('.arrival')?.remove();
    if (!now) this.#reading.forget();
    // who has gone is spoken to no more
    if (before?.manner.isSpoken && !now?.manner.isSpoken) globalThis.speechSynthesis?.cancel();
    if (now) this.#connection.notePainted(now.revision);
    // only of what was heard last: an older screen may stand there while the next one is fetched
    if (now?.cover && now === this.#connection.show) this.#connection.noteCovered(now.cover.no);
    if (!now || now === before) return;
    this.setAttribute('revision', `${now.revision}`);
    document.documentElement.lang = speechOf(now.language, now.status.timeZone).words.tag;
    if (!before) prefetchScreens();
    const isNewScreen = before?.screen.kind !== now.screen.kind;
    this.#readOn(before, now, isNewScreen);
    const chime = chimeOf(before, now, isNewScreen);
    if (chime) sound(chime, now.manner.volume);
    if (chime === 'attention') this.#speak(now);
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

  readonly #ease = (): void => {
    this.isEasing = !this.isEasing;
    if (this.isEasing) import('../elements/k-manner.ts').catch(() => undefined);
  };

  #readOn(before: Show | undefined, now: Show, isNewScreen: boolean): void {
    const main = this.renderRoot.querySelector('main');
    if (!main || !before) return;
    this.#reading.follow(main, isNewScreen, before.language !== now.language).then(
      (isAnew) => isAnew && this.#speak(now),
      () => undefined,
    );
  }

  readonly #read = (): void => {
    this.isReading = !this.isReading;
    if (this.isReading) import('../elements/k-paper.ts').catch(() => undefined);
  };

  /** What is shown, or what the count-down is about. */
  #speak(show: Show): void {
    if (!show.manner.isSpoken) return;
    import('../elements/speak.ts').then(
      ({ speak }) => {
        // somebody may have left meanwhile
        if (show.screen !== this.#seen?.screen) return;
        const screen = this.renderRoot.querySelector('main page-scroller')?.firstElementChild;
        const heading = screen?.shadowRoot?.querySelector('h1');
        // one that stands there in both languages is said in one
        const own = heading?.querySelector(`[lang|='${show.language.slice(0, 2)}']`) ?? heading;
        speak(show, own?.textContent?.trim() ?? '');
      },
      () => undefined,
    );
  }

  /** The button that was touched looks so until the answer is there. */
  readonly #press = (event: Event): void => {
    const button = event.composedPath().find((target) => target instanceof HTMLButtonElement);
    if (!button || !this.#connection.isBusy) return;
    this.#pressed = button;
    button.setAttribute('aria-busy', 'true');
  };

  #release(): void {
    this.#pressed?.removeAttribute('aria-busy');
    this.#pressed = undefined;
  }

  readonly #send = (event: TouchedEvent): void => {
    if (this.#seen) this.#connection.send(event.touch, this.#seen.revision);
  };
}

function sound(chime: Chime, volume: Show['manner']['volume']): void {
  import('../elements/chime.ts').then(
    ({ playChime }) => playChime(chime, volume),
    () => undefined,
  );
}

/** The element of a kind of screen is called after it. */
const tags = new Map<ScreenKind, StaticValue>();

function screenTemplate(screen: Screen, { status, invitation }: Show, speech: Speech): TemplateResult {
  const tag = tags.get(screen.kind) ?? unsafeStatic(`${screen.kind}-screen`);
  tags.set(screen.kind, tag);
  return staticHtml`<${tag} ?invited=${!!invitation} .screen=${screen} .status=${status} .speech=${speech}></${tag}>`;
}

function paperTemplate({ paper, screen }: Show, speech: Speech): TemplateResult {
  const progress = 'slip' in screen ? screen.slip : 'none';
  return html`<k-paper .lines=${paper} .progress=${progress} .speech=${speech}></k-paper>`;
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

function lostTemplate(place: Show['status'] | undefined, isElsewhere: boolean): TemplateResult {
  const { lost, brand } = unspoken.words;
  const stage = isElsewhere ? 'elsewhere' : place ? (place.isLeaving ? 'leaving' : 'lost') : 'starting';
  // until the element is there its content stands for it
  return html`<k-lost stage=${stage} terminal=${place?.terminal ?? ''} phone=${place?.helpPhone ?? ''}>
    <div class="lost" role="status">
      <span class="seal" aria-hidden="true">迎</span>
      <h1>${lost.title}</h1>
      <p>${lost.text}</p>
      <p lang="en">One moment please. Service is coming back.</p>
      <p class="brand">${brand}</p>
    </div>
  </k-lost>`;
}

function chimeOf(before: Show | undefined, now: Show, isNewScreen: boolean): Chime | undefined {
  if (now.summons && !before?.summons) return 'attention';
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
    case 'join':
      return now.screen.step === 'done' ? 'done' : undefined;
    case 'check-in-refused':
      return 'look';
    case 'card-problem':
    case 'out-of-service':
      return 'fail';
    default:
      return undefined;
  }
}
