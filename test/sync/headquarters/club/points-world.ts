// A headquarters whose clock the test sets, with what tests of points ask of it.
import type { MemberId } from '../../../../sync/contract/ids.ts';
import type { MemberRow } from '../../../../sync/contract/members.ts';
import { defaultRules } from '../../../../sync/contract/points.ts';
import type { RulesVersion } from '../../../../sync/headquarters/club/rules-in-force.ts';
import { type DeveloperFile, parseDeveloper } from '../../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../../../sync/headquarters/parts.ts';
import { openStore } from '../../../../sync/headquarters/store/open-store.ts';
import { someOpener, someSealer } from '../../some-keys.ts';
import { smallDeveloper } from '../small-developer.ts';
import { freshStore, type StoreKind } from '../store-kinds.ts';
import { fleetKey } from '../world.ts';

export interface PointsWorld extends Parts {
  clock: Date;
  readonly import: (developer: DeveloperFile) => Promise<void>;
  readonly rowOf: (id: MemberId) => Promise<MemberRow>;
  readonly linesOf: (id: MemberId) => ReturnType<Parts['ledger']['lines']>;
  readonly sumOf: (id: MemberId) => Promise<number>;
  readonly award: (member: MemberId, points: number) => ReturnType<Parts['awards']['bookByHand']>;
  readonly rulesWith: (changes: Partial<RulesVersion>) => Promise<RulesVersion>;
  remove(): Promise<void>;
}

export const [m1, m2] = ['m1', 'm2'] as [MemberId, MemberId];
export const [li, wang] = [{ account: 'li' }, { account: 'wang' }] as const;
export const reason = { zh: '更正', en: 'correction' };
export const visit = (member: string, at: string, project: string | null = 'siji') => ({
  at,
  kind: 'visit-recorded',
  body: { member, card: 'c'.repeat(22), project },
});

export async function pointsWorld(
  kind: StoreKind,
  developer: DeveloperFile = smallDeveloper(),
): Promise<PointsWorld> {
  const place = await freshStore(kind);
  const store = await openStore(place.url);
  const parts = buildParts({
    store,
    opener: someOpener,
    sealer: someSealer,
    fleetKey: Buffer.alloc(32, 7),
    now: () => world.clock,
    limits: { undoMs: 30_000, keptFrames: 3 },
    onChange: () => {},
  });
  const linesOf = (id: MemberId) => parts.ledger.lines(store.db, [id], 100);
  const world: PointsWorld = {
    ...parts,
    clock: new Date('2025-11-21T08:00:00.000Z'),
    import: async (file) => {
      await importDeveloper({ ...parts, fleetKey, cardWidth: 'all' }, parseDeveloper(file, 'test'));
    },
    rowOf: async (id) => {
      const { body } = await store.db
        .selectFrom('dataset_row')
        .select('body')
        .where('key', '=', `member/${id}`)
        .executeTakeFirstOrThrow();
      return JSON.parse(String(body)) as MemberRow;
    },
    linesOf,
    sumOf: async (id) => (await linesOf(id)).reduce((sum, { points }) => sum + points, 0),
    award: (member, points) =>
      parts.awards.bookByHand(member, { item: 'manual', points, reason: '测试' }, li),
    rulesWith: async (changes) => {
      const { items, lotMonths, levelMonths } = defaultRules;
      return { items, lotMonths, levelMonths, levels: await parts.club.levels(store.db), ...changes };
    },
    remove: async () => {
      await store.close();
      place.remove();
    },
  };
  await world.import(developer);
  return world;
}
