// Everything the page needs to draw the screen now, in the tongue of whoever stands here.
import type { LeaveReason } from '../keeper-line.ts';
import type { KioskOptions } from '../kiosk-options.ts';
import type { Manner } from '../manner.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Screen, Show, Status } from '../screen.ts';
import { updatingScreen } from '../updating-screen.ts';
import { isPersonal, readingPatience, type Session } from '../view.ts';
import { showInHant } from './in-hant.ts';
import { showInvitation } from './show-forms.ts';
import { showPaper } from './show-paper.ts';
import { showScreen } from './show-screen.ts';
import { showStatus } from './show-status.ts';

/** What the session and the rules do not know of themselves. */
export type Moment = Pick<Show, 'revision' | 'idle' | 'confirms' | 'isHelpCalled'> &
  Pick<Status, 'link'> & {
    /** the terminal is about to end, and what for; null = it is not */
    readonly leaving: LeaveReason | 'restart' | null;
  };

export function wholeShow(
  options: KioskOptions,
  session: Session,
  context: RuleContext,
  { link, leaving, ...moment }: Moment,
): Show {
  const now = options.clock();
  const screen: Screen = showScreen(context) ?? { kind: 'home', today: [] };
  const show: Show = {
    v: 1,
    kind: 'show',
    language: session.language,
    ...moment,
    status: showStatus(options, session.language, { link, now, isLeaving: leaving === 'restart' }),
    manner: mannerOf(options, session),
    display: options.display,
    invitation: showInvitation(context),
    paper: showPaper(screen, context),
    summons: options.summons?.shown ?? null,
    cover: options.cover?.shown(isPersonal(session)) ?? null,
    screen,
  };
  const shown = leaving === null || leaving === 'restart' ? show : updatingShow(show, leaving, context);
  return session.script === 'hant' ? showInHant(shown) : shown;
}

/** Nothing of what was there before: it stays on the screen until something serves again. */
function updatingShow(show: Show, why: LeaveReason, { know }: RuleContext): Show {
  const board = `${show.status.terminal} · ${know.upkeep.version}`;
  const nothing = {
    idle: null,
    confirms: null,
    isHelpCalled: false,
    invitation: null,
    paper: null,
    summons: null,
  };
  return { ...show, ...nothing, screen: updatingScreen(why, board) };
}

/** How it is shown and heard: as at this hour of this site, and as was chosen here. */
export function mannerOf({ mannerAt, clock, loudest = 3 }: KioskOptions, session: Session): Manner {
  const manner = { ...mannerAt(clock()), ...session.manner };
  return manner.volume > loudest ? { ...manner, volume: loudest } : manner;
}

/** How many times as long as usual somebody may stand still: in large text, and where there is much to read. */
export function patienceOf(options: KioskOptions, session: Session): number {
  return (mannerOf(options, session).text === 'large' ? 2 : 1) * readingPatience(session.view);
}
