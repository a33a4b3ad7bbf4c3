// One headquarters' keys for tests, the same in every process, and both ends of sealing with them.

import * as v from 'valibot';
import { type Fact, factContentSchema, type WireFact } from '../../sync/contract/facts.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import { makeOpener, makeSealer, sealBond } from '../../sync/contract/seal.ts';
import type { HeadquartersKeys } from '../../sync/headquarters/keys.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');

export const someKeys: HeadquartersKeys = {
  seal: {
    privateKey: bytes('SIl2ir1Jvifq46dTYLFPNrJ+RSGAxDx5uh0njoh1UFM='),
    publicKey: bytes('WzMcl6cyjczkYv98/GQIepg5pEE2mAqIgMs6UPaxPkw='),
  },
  sign: {
    privateKey: bytes('SHiRmZBbtnJM9so3ki11RMe9r5Y3dJQuIGWYRaGL/Ik='),
    publicKey: bytes('fa6EwLTiaAD6m1I/VJqjlMUyN4vkaDEPCDB9Q4aJfcc='),
  },
  formerSealKeys: [],
};

/** Seals to them. */
export const someSealer = makeSealer(someKeys.seal.publicKey);
export const someOpener = makeOpener([someKeys.seal.privateKey]);

/** The fact as its terminal recorded it. */
export function opened({ body, ...head }: WireFact, terminal: TerminalId): Fact {
  const words = someOpener.open(body, sealBond(terminal, head));
  if (words === undefined) throw new Error(`fact ${head.seq} cannot be opened`);
  const content = v.parse(factContentSchema, { kind: head.kind, body: JSON.parse(words) });
  return { ...head, ...content };
}

const sealedBefore = new Map<string, string>();

/**
 * As it would stand in a batch: its words sealed, if it has any; the same words each time, as on a retry.
 * @param fact may be wrong in any way
 */
export function sealed(fact: unknown, terminal = 'hall-1'): unknown {
  const { id, kind, schema, body } = (fact ?? {}) as Record<string, unknown>;
  if (body === undefined || typeof body === 'string') return fact;
  const bond = sealBond(terminal, { id, kind, schema } as WireFact);
  const words = JSON.stringify(body);
  const name = `${bond}|${words}`;
  const again = sealedBefore.get(name) ?? someSealer.seal(words, bond);
  sealedBefore.set(name, again);
  return { ...(fact as object), body: again };
}
