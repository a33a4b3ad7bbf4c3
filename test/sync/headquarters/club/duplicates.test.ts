// D2 at the size of 蓝光: 10,000 members of 27,000 buyers; who comes back is known, who is new is let in.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityTrait } from '../../../../sync/contract/identity-key.ts';
import { askedKeys, identityKey, plainId } from '../../../../sync/contract/identity-key.ts';
import { type Application, crowdMembers, disguises, makeClubCrowd } from '../../../simulators/club-crowd.ts';
import { smallDeveloper } from '../small-developer.ts';
import { fact, fleetKey, makeWorld, send, type World } from '../world.ts';
import { blank, joined, newMember } from './joining-facts.ts';

const seed = 20_261_122;
const crowd = makeClubCrowd(seed);
/** Who is sent through the whole of headquarters, in place of being looked up. */
const sentCount = 420;

let world: World;
/** what every terminal knows: key → member */
const known = new Map<string, string>();
beforeAll(async () => {
  const { levels, ...rest } = smallDeveloper();
  world = await makeWorld({ ...rest, levels, members: crowdMembers(crowd), rosters: [] });
  const rows = await world.store.db
    .selectFrom('dataset_row')
    .select(['key', 'body'])
    .where('dataset', '=', 'members')
    .where('key', 'like', 'identity/%')
    .where('body', 'is not', null)
    .execute();
  for (const { key, body } of rows) {
    known.set(key.slice('identity/'.length), (JSON.parse(String(body)) as { member: string }).member);
  }
}, 180_000);
afterAll(() => world?.remove());

const idKeyOf = (number: string | null) =>
  number === null ? null : identityKey(fleetKey, 'id', plainId(number));

/** As `rules/join.ts` asks: the telephone first, then all that was told. */
function atTerminal(told: Application): IdentityTrait | undefined {
  const person = { ...told, idKey: idKeyOf(told.idNumber) };
  return askedKeys(fleetKey, person).find(({ key }) => known.has(key))?.trait;
}

const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(2)} %`;

describe(`D2 M2: the crowd of seed ${seed}`, () => {
  it('of members who come back at least 99 % are known at the terminal; of strangers at most 1 % are refused', () => {
    const lines = disguises.map((disguise) => {
      const all = crowd.duplicates.filter((each) => each.disguise === disguise);
      const found = all.filter(({ told }) => atTerminal(told) !== undefined).length;
      return { disguise, all: all.length, found };
    });
    const found = lines.reduce((sum, line) => sum + line.found, 0);
    const traits = crowd.strangers.map(atTerminal);
    const refused = traits.filter((trait) => trait === 'phone' || trait === 'id').length;
    const asked = traits.filter((trait) => trait !== undefined).length - refused;
    process.stdout.write(
      `members ${crowd.memberCount}, keys ${known.size}; come back ${crowd.duplicates.length}, known ${percent(found, crowd.duplicates.length)}\n` +
        `${lines.map(({ disguise, all, found: some }) => `  ${disguise}: ${percent(some, all)} of ${all}`).join('\n')}\n` +
        `strangers ${crowd.strangers.length}: refused ${percent(refused, crowd.strangers.length)}, asked "is it you?" ${percent(asked, crowd.strangers.length)}\n`,
    );
    expect(crowd.buyers).toHaveLength(27_000);
    expect(found / crowd.duplicates.length).toBeGreaterThanOrEqual(0.99);
    for (const line of lines)
      expect([line.disguise, line.found / line.all >= 0.99]).toEqual([line.disguise, true]);
    expect((refused + asked) / crowd.strangers.length).toBeLessThanOrEqual(0.01);
  });

  it('whoever joined all the same, at a terminal without news: no second active card for a telephone and name, or a paper; the others are suspected', async () => {
    const some = crowd.duplicates.slice(0, sentCount);
    const facts = some.map(({ told }, index) => {
      const { name, phone, birthday, idNumber } = told;
      return fact(
        index + 1,
        joined(newMember(), {
          name: name.trim(),
          phone,
          birthday,
          idKey: idKeyOf(idNumber),
          card: blank(0xb000 + index),
        }),
      );
    });
    for (let start = 0; start < facts.length; start += 60) await send(world, facts.slice(start, start + 60));
    const { db } = world.store;
    const members = facts.map(({ body }) => (body as { member: string }).member);
    const rows = await db
      .selectFrom('member')
      .select(['id', 'merged_into'])
      .where(world.store.among('id', members))
      .execute();
    const now = new Map(rows.map(({ id, merged_into }) => [id, merged_into]));
    const suspected = new Set(
      (await db.selectFrom('suspicion').select(['a', 'b']).execute()).flatMap(({ a, b }) => [
        `${a} ${b}`,
        `${b} ${a}`,
      ]),
    );
    const outcome = some.map(({ of, disguise }, index) => {
      const member = members[index] ?? '';
      if (now.get(member) === `b${of}`) return `${disguise}: one`;
      return `${disguise}: ${suspected.has(`${member} b${of}`) ? 'suspected' : 'unknown'}`;
    });
    const counts = new Map<string, number>();
    for (const each of outcome) counts.set(each, (counts.get(each) ?? 0) + 1);
    process.stdout.write(`${[...counts].map(([what, n]) => `  ${what} ${n}`).join('\n')}\n`);
    const [each] = [sentCount / disguises.length];
    expect(counts).toEqual(
      new Map([
        ['same-phone: one', each],
        ['same-paper: one', each],
        ['second-phone: suspected', each],
        ['other-writing: suspected', each],
        ['homophone: suspected', each],
        ['family-phone: suspected', each],
        ['paper-typo: suspected', each],
      ]),
    );
    const doubles = await db
      .selectFrom('card')
      .innerJoin('identity', 'identity.member', 'card.member')
      .select(['identity.key'])
      .select(({ fn }) => fn.count('card.token').distinct().as('n'))
      .where('card.state', '=', 'active')
      .where('identity.trait', 'in', ['id', 'phone-pinyin'])
      .groupBy('identity.key')
      .having(({ fn }) => fn.count('card.token').distinct(), '>', 1)
      .execute();
    expect(doubles).toEqual([]);
  }, 120_000);
});
