// Facts and batches as terminals send them, for tests and for proofs, which know no test runner.
import { randomUUID } from 'node:crypto';
import type { Fact } from '../../../sync/contract/facts.ts';
import { sealed } from '../some-keys.ts';

export const epoch = '0123456789abcdef0123456789abcdef';

/** A fact as a terminal would send it, with what the test cares about. */
export function fact(seq: number, content: Partial<Fact> | object = {}): Record<string, unknown> {
  return {
    id: randomUUID(),
    seq,
    at: '2025-11-21T07:00:00.000Z',
    boot: 'boot-1',
    monoMs: seq * 10,
    clock: 'synced',
    schema: 1,
    kind: 'person-proven',
    body: { member: 'm1', purpose: 'points' },
    ...content,
  };
}

export const checkIn = (member: string, session = 'open-1') => ({
  kind: 'check-in-recorded',
  body: { member, card: 'c'.repeat(22), event: 'open', session, points: 20 },
});

export const filing = (member = 'm1') => ({
  kind: 'request-filed',
  body: {
    number: 'H01-0001',
    request: 'repair',
    member,
    unit: 'milan-301',
    libraryVersion: 1,
    tasks: [
      {
        place: 'bathroom',
        element: 'ceiling',
        problem: 'leak',
        phrase: null,
        text: null,
        port: 'engineering',
        label: { zh: '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏', en: 'leak' },
      },
    ],
    replyBy: '2025-11-21T07:10:00.000Z',
    onSiteBy: '2025-11-21T08:00:00.000Z',
  },
});

/** A batch as it would stand in a frame, sealed. @param facts may be wrong */
export function batchOf(
  facts: readonly unknown[],
  terminal = 'hall-1',
  stream = epoch,
  more: { readonly forgotten?: number; readonly prev?: unknown } = {},
): object {
  const words = facts.map((one) => sealed(one, terminal));
  return { v: 1, terminal, epoch: stream, forgotten: 0, prev: null, ...more, facts: words };
}
