// Orders of headquarters for tests of the terminal, and what the terminal told of them.
import type { Fact } from '../../sync/contract/facts.ts';
import type { BatchId, OrderId } from '../../sync/contract/ids.ts';
import type { WireOrder } from '../../sync/contract/orders.ts';
import { factIdMaker } from '../../sync/fact-id.ts';
import type { Outbox } from '../../sync/outbox.ts';
import { terminal } from './scratch.ts';
import { opened } from './some-keys.ts';

const day = 86_400_000;
const makeId = factIdMaker();
let no = 0;

/** One that is good for a day. */
export function someOrder(
  kind: string,
  body: unknown,
  atMs: number,
  change: Partial<WireOrder> = {},
): WireOrder {
  no += 1;
  return {
    v: 1,
    id: makeId(atMs) as string as OrderId,
    batch: makeId(atMs) as string as BatchId,
    terminal,
    no,
    at: new Date(atMs).toISOString(),
    expiresAt: new Date(atMs + day).toISOString(),
    kind,
    body,
    ...change,
  };
}

/** As headquarters sends it once more, because it was not told that it came. */
export function sentAgain(order: WireOrder): WireOrder {
  no += 1;
  return { ...order, no };
}

/** Steps with their codes, of a terminal that recorded nothing else. */
export function toldSteps(outbox: Outbox): string[] {
  return outbox
    .read(0, 500, 1_000_000)
    .map((fact) => opened(fact, terminal).body as Extract<Fact, { kind: 'order-progressed' }>['body'])
    .map(({ state, code }) => (code === null ? state : `${state}:${code}`));
}
