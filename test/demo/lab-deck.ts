// The demo's cards as the lab shows them: masked like everywhere, and saying what a swipe will do.
import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import { maskName } from '../../sync/headquarters/mask.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import { type DemoCard, demoCards } from './developer.ts';

const outcomes: Readonly<Record<DemoCard['state'], { zh: string; en: string }>> = {
  active: { zh: '今日名单', en: 'on the list today' },
  blocked: { zh: '已停用', en: 'blocked card' },
  lost: { zh: '已挂失', en: 'reported lost' },
  expired: { zh: '已过期', en: 'expired' },
  'not-on-list': { zh: '不在名单', en: 'not on the list' },
  'wrong-day': { zh: '明天的场次', en: "tomorrow's session" },
  unknown: { zh: '不认识的卡', en: 'a card nobody knows' },
};

export function labDeck(developer: DeveloperFile, today: Date): LabCard[] {
  const owners = new Map(
    developer.members.flatMap((member) => member.cards.map(({ number }) => [number, member] as const)),
  );
  return demoCards(developer).map(({ name, number, state, pin }) => {
    const owner = owners.get(number);
    const maskedName = owner ? maskName(owner.name) : null;
    const outcome = outcomes[state];
    const label = {
      zh: [maskedName, outcome.zh].filter(Boolean).join(' · '),
      en: [maskedName, outcome.en].filter(Boolean).join(' · '),
    };
    const level = owner ? levelOf(owner, developer.levels, today) : null;
    return { name, label, number, state, pin, member: owner?.id ?? null, maskedName, level };
  });
}

/** As headquarters counts: points earned in the last 24 months. */
function levelOf(
  { ledger }: DeveloperFile['members'][number],
  levels: DeveloperFile['levels'],
  today: Date,
): string | null {
  const since = new Date(today);
  since.setUTCMonth(since.getUTCMonth() - 24);
  const earned = ledger
    .filter(({ at, points }) => points > 0 && Date.parse(at) >= since.getTime())
    .reduce((sum, { points }) => sum + points, 0);
  return levels.findLast(({ from }) => from <= earned)?.code ?? null;
}
