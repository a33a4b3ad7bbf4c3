// A request on a store of its own, for the tests of the service desk.
import { afterEach } from 'vitest';
import type { PortId } from '../../../../sync/contract/ids.ts';
import { type RequestRow, requestKeys } from '../../../../sync/contract/requests.ts';
import { type Actor, type Role, tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import type { StoreKind } from '../store-kinds.ts';
import { fact, filing, makeWorld, send, type World } from '../world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.remove();
});

export const words = (text: string) => ({ zh: text, en: text });
export const rated = [
  { item: 'satisfaction', score: 4 },
  { item: 'leaks', score: 5 },
] as const;
export const somebody = (account: string, role: Role, ...ports: string[]): Actor => ({
  account,
  name: account,
  roles: new Set([role]),
  ports: new Set(ports as PortId[]),
});
export const agent = somebody('agent', 'service-desk');

/** A repair that m1 filed at a terminal, and what may be done with it. */
export async function filedRequest(kind: StoreKind) {
  const world = await makeWorld(undefined, kind);
  worlds.push(world);
  const told = fact(1, filing());
  await send(world, [told]);
  const id = String(told['id']);
  let seq = 1;
  const row = async (): Promise<RequestRow> => {
    const found = await world.store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'requests')
      .where('key', '=', requestKeys.request('m1', id))
      .executeTakeFirstOrThrow();
    return JSON.parse(String(found.body)) as RequestRow;
  };
  const say = async (content: object) => {
    seq += 1;
    return await send(world, [fact(seq, content)]);
  };
  const judge = (verdict: string, ratings: readonly object[] = [], member = 'm1') =>
    say({ kind: 'request-judged', body: { request: id, member, verdict, ratings, text: null } });
  const calls = () => world.service.desk.calls();
  const reached = async (verdict: 'solved' | 'partly' | 'not-solved', agrees: boolean) => {
    const [call] = await calls();
    return await world.service.callBacks.record(agent, call?.id ?? '', {
      kind: 'reached',
      verdict,
      agrees,
      ratings: rated,
      note: null,
    });
  };
  const finishTask = async () =>
    await world.service.tasks.move(tokenActor, `${id}/1`, 'working', 'done', null);
  return { world, id, row, say, judge, calls, reached, finishTask, service: world.service };
}
