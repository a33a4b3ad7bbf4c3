// The fair replayed into headquarters: every visit counts once, in whatever order its terminals are heard.
import { describe, expect, it } from 'vitest';
import { smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { makeWorld, now, send } from '../sync/headquarters/world.ts';
import { makeFairDays } from './fair-days.ts';

const dayMs = 86_400_000;
const firstDay = new Date(Math.floor(now().getTime() / dayMs) * dayMs - 9 * dayMs);
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index + 1}`);

describe('fair days', () => {
  it('D3: are the same for the same seed, and 10,000 visits from nine sites', () => {
    const options = { seed: 3, firstDay, members: names(2_000) };
    const fair = makeFairDays(options);
    expect(makeFairDays(options)).toEqual(fair);
    expect(makeFairDays({ ...options, seed: 4 })).not.toEqual(fair);
    expect(fair.sessions).toHaveLength(72);
    const told = [...fair.streams.values()].flat();
    expect(new Set(told.map(({ body }) => `${body.session}/${body.member}`)).size).toBe(10_000);
    expect(told).toHaveLength(10_000 + fair.doubles);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  it('D3: replayed, each visit is one check-in and one booking, and the doubles are seen', async () => {
    const developer = smallDeveloper();
    const [one] = developer.members;
    if (!one) throw new Error('nobody');
    const members = names(60);
    const fair = makeFairDays({ seed: 3, firstDay, members, visitors: 720 });
    const world = await makeWorld({
      ...developer,
      members: members.map((id) => ({ ...one, id, cards: [], homes: [], ledger: [] })),
      events: fair.events,
      sessions: fair.sessions,
      rosters: fair.rosters,
    });
    for (const [terminal, facts] of [...fair.streams].reverse()) {
      for (let start = 0; start < facts.length; start += 200) {
        const some = facts.slice(start, start + 200);
        const { deadLetters } = await send(world, some, terminal, undefined, {
          prev: facts[start - 1]?.id ?? null,
        });
        expect(deadLetters).toEqual([]);
      }
    }
    const { activities } = await world.activityDesk.activities();
    const figures = activities.flatMap(({ sessions }) => sessions.map((session) => session.figures));
    const sum = (of: (one: (typeof figures)[number]) => number): number =>
      figures.reduce((all, each) => all + of(each), 0);
    expect(sum(({ checkedIn }) => checkedIn)).toBe(720);
    expect(sum(({ doubles }) => doubles)).toBe(fair.doubles);
    expect(sum(({ walkIns }) => walkIns)).toBe(720 - fair.rosters.length);
    const booked = await world.store.db.selectFrom('ledger').select('points').execute();
    expect(booked).toHaveLength(720);
    await world.remove();
  });
});
