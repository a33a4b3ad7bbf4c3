// The demo's cards as the lab shows them: in the colour of the member's level.
import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import { demoCards } from './developer.ts';

export function labDeck(developer: DeveloperFile, today: Date): LabCard[] {
  const members = new Map(developer.members.map((member) => [member.id, member]));
  return demoCards(developer).map((card) => {
    const owner = card.member === null ? undefined : members.get(card.member);
    return { ...card, level: owner ? levelOf(owner, developer.levels, today) : null };
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
