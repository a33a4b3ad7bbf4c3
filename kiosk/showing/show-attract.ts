// What the terminal shows while nobody stands before it: today, the days to come, what is for sale, and its hours.
import { isCancelled } from '../../sync/contract/events.ts';
import { localDate } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { sessionsOfToday } from '../rules/session-choice.ts';
import type { ScreenOf } from '../screen.ts';
import { opensAgainAt } from '../site-hours.ts';
import { showBoard } from './show-board.ts';
import { planned } from './show-personal.ts';

const maxProjects = 6;
const maxSoon = 3;
const weekMs = 7 * 24 * 3_600_000;

export function showAttract(context: RuleContext): ScreenOf<'attract'> {
  const { know, session, site, now } = context;
  return {
    kind: 'attract',
    today: todayIn(context),
    notice: know.notice()?.[session.language] ?? null,
    opensAt: opensAgainAt(site.openHours, now, site.timeZone),
    soon: soonIn(context),
    projects: projectsIn(context),
  };
}

export function todayIn(context: RuleContext): ScreenOf<'home'>['today'] {
  return sessionsOfToday(context).flatMap((session) => planned(session, context) ?? []);
}

function soonIn(context: RuleContext): ScreenOf<'home'>['today'] {
  const { know, now, site } = context;
  const today = localDate(now, site.timeZone);
  return know.events
    .sessions()
    .filter((session) => {
      if (isCancelled(session)) return false;
      const { opensAt } = session;
      const leadMs = Date.parse(opensAt) - now.getTime();
      return leadMs > 0 && leadMs < weekMs && localDate(new Date(opensAt), site.timeZone) > today;
    })
    .slice(0, maxSoon)
    .flatMap((session) => planned(session, context) ?? []);
}

/** Those with homes to sell; the site's own first. */
function projectsIn(context: RuleContext): NonNullable<ScreenOf<'attract'>['projects']> {
  const board = showBoard({ kind: 'projects' }, context);
  if (board?.kind !== 'projects') return [];
  const own = context.site.project;
  return board.projects
    .filter(({ open }) => open > 0)
    .sort((a, b) => Number(b.id === own) - Number(a.id === own))
    .slice(0, maxProjects)
    .map(({ id, name, district, highlight, open, fromPrice }) => ({
      id,
      name,
      district,
      highlight,
      open,
      fromPrice,
    }));
}
