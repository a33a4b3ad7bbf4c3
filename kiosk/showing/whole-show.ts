// Everything the page needs to draw the screen now, in the tongue of whoever stands here.
import type { KioskOptions } from '../kiosk-options.ts';
import type { Manner } from '../manner.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Screen, Show, Status } from '../screen.ts';
import { readingPatience, type Session } from '../view.ts';
import { showInHant } from './in-hant.ts';
import { showInvitation } from './show-forms.ts';
import { showPaper } from './show-paper.ts';
import { showScreen } from './show-screen.ts';
import { showStatus } from './show-status.ts';

/** What the session and the rules do not know of themselves. */
export type Moment = Pick<Show, 'revision' | 'idle' | 'confirms' | 'isHelpCalled'> &
  Pick<Status, 'link'> & { readonly isLeaving: boolean };

export function wholeShow(
  options: KioskOptions,
  session: Session,
  context: RuleContext,
  { link, isLeaving, ...moment }: Moment,
): Show {
  const now = options.clock();
  const screen: Screen = showScreen(context) ?? { kind: 'home', today: [] };
  const show: Show = {
    v: 1,
    kind: 'show',
    language: session.language,
    ...moment,
    status: showStatus(options, session.language, { link, now, isLeaving }),
    manner: mannerOf(options, session),
    display: options.display,
    invitation: showInvitation(context),
    paper: showPaper(screen, context),
    screen,
  };
  return session.script === 'hant' ? showInHant(show) : show;
}

/** How it is shown and heard: as at this hour of this site, and as was chosen here. */
export function mannerOf({ mannerAt, clock }: KioskOptions, session: Session): Manner {
  return { ...mannerAt(clock()), ...session.manner };
}

/** How many times as long as usual somebody may stand still: in large text, and where there is much to read. */
export function patienceOf(options: KioskOptions, session: Session): number {
  return (mannerOf(options, session).text === 'large' ? 2 : 1) * readingPatience(session.view);
}
