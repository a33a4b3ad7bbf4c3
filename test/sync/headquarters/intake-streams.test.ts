// Streams that go wrong: clones, restored cards, gaps that cannot be closed, words that cannot be read.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FactContent } from '../../../sync/contract/facts.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { makeSealer, makeSealKeys, sealBond } from '../../../sync/contract/seal.ts';
import { type ContentReader, FactReader } from '../../../sync/headquarters/arrival.ts';
import { readAgain } from '../../../sync/headquarters/second-reading.ts';
import { sealed, someKeys, someOpener } from '../some-keys.ts';
import { storeKinds } from './store-kinds.ts';
import { ackOf, checkIn, epoch, fact, filing, makeWorld, send, type World } from './world.ts';

const nextEpoch = 'e'.repeat(32);
const terminal = 'hall-1' as TerminalId;

describe.each(storeKinds)('streams that go wrong on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  const points = async (member: string) => (await world.desk.member(member))?.points;
  const letters = async () => (await world.deadLetters.list(100)).map(({ reason }) => reason);
  const alarm = async () => {
    await world.fleet.noteSeen(terminal);
    return (await world.fleet.list())[0]?.alarm;
  };
  const renumber = (facts: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
    facts.map((one, index) => ({ ...one, seq: index + 1 }));

  it('IN6 IN12: another fact under a used number is an alarm; nothing of that epoch counts any more', async () => {
    const first = [fact(1, checkIn('m1')), fact(2, { kind: 'from-the-future' })];
    await send(world, first);
    const result = await send(world, [fact(1, checkIn('m2')), fact(2), fact(3)]);
    expect(result.deadLetters).toEqual(['seq-conflict', 'seq-conflict']);
    expect(ackOf(result)).toMatchObject({ applied: 2, last: first[1]?.['id'], renew: true });
    expect([await points('m1'), await points('m2')]).toEqual([210, 190]);
    expect(await alarm()).toBe('seq-conflict');
    // also the rightful one goes on under a new epoch
    expect(ackOf(await send(world, [fact(3, checkIn('m2'))]))).toMatchObject({ applied: 2, renew: true });
    expect(await points('m2')).toBe(190);
  });

  it('IN6: a batch that follows another fact than ours is a conflict, whatever it brings', async () => {
    const facts = [fact(1), fact(2), fact(3)];
    await send(world, facts);
    const prev = (index: number) => ({ prev: facts[index]?.['id'] });
    expect(ackOf(await send(world, [fact(4)], 'hall-1', epoch, prev(2)))).toMatchObject({ applied: 4 });
    expect(ackOf(await send(world, [facts[1]], 'hall-1', epoch, prev(0)))).toMatchObject({ renew: false });
    const wrong = await send(world, [fact(5, checkIn('m1'))], 'hall-1', epoch, { prev: randomUUID() });
    expect(wrong.deadLetters).toEqual(['seq-conflict']);
    expect(ackOf(wrong)).toMatchObject({ applied: 4, renew: true });
    expect(await points('m1')).toBe(190);
  });

  it('IN6: one number twice in one batch with other words is a conflict', async () => {
    const result = await send(world, [fact(1), fact(1, checkIn('m1')), fact(2)]);
    expect(ackOf(result)).toMatchObject({ applied: 0, renew: true });
  });

  it('IN8: in a new epoch, facts that are known pass without a letter, also those that were set aside', async () => {
    const old = [fact(1, checkIn('m1')), fact(2, { kind: 'from-the-future' }), fact(3, filing())];
    await send(world, old);
    const again = [...renumber(old.slice(1)), fact(3, checkIn('m2'))];
    const result = await send(world, again, 'hall-1', nextEpoch);
    expect(result.deadLetters).toEqual([]);
    expect(ackOf(result)).toMatchObject({ epoch: nextEpoch, applied: 3, last: again[2]?.['id'] });
    expect(await world.service.list(10)).toHaveLength(1);
    expect([await points('m1'), await points('m2')]).toEqual([210, 210]);
    expect(await letters()).toEqual(['unknown-kind']);
    // repeats are compared in the new epoch too
    expect(ackOf(await send(world, again, 'hall-1', nextEpoch))).toMatchObject({ renew: false });
    const follows = { prev: again[1]?.['id'] };
    expect(ackOf(await send(world, [fact(4)], 'hall-1', nextEpoch, { prev: again[2]?.['id'] })).applied).toBe(
      4,
    );
    expect(ackOf(await send(world, again.slice(2), 'hall-1', nextEpoch, follows)).renew).toBe(false);
  });

  it('IN8: a known id with other words is set aside', async () => {
    const original = fact(1, filing());
    await send(world, [original]);
    const result = await send(world, [{ ...original, monoMs: 77 }], 'hall-1', nextEpoch);
    expect(result.deadLetters).toEqual(['id-known']);
    expect(await world.service.list(10)).toHaveLength(1);
  });

  it('IN12: two clones each go on under a new epoch, and all that either told counts once', async () => {
    const shared = [fact(1, checkIn('m1'))];
    const [ours, theirs] = [fact(2, checkIn('m2')), fact(2, filing())];
    await send(world, shared);
    await send(world, [ours]);
    expect(ackOf(await send(world, [theirs])).renew).toBe(true);
    await send(world, renumber([...shared, ours]), 'hall-1', nextEpoch);
    await send(world, renumber([...shared, theirs]), 'hall-1', 'd'.repeat(32));
    expect([await points('m1'), await points('m2')]).toEqual([210, 210]);
    expect(await world.service.list(10)).toHaveLength(1);
    expect(await letters()).toEqual(['seq-conflict']);
  });

  it('IN16: goes on after facts that neither end has any more, and says which', async () => {
    await send(world, [fact(1)]);
    const beyond = [fact(7, checkIn('m1'))];
    expect(ackOf(await send(world, beyond, 'hall-1', epoch, { forgotten: 5 })).applied).toBe(1);
    const result = await send(world, beyond, 'hall-1', epoch, { forgotten: 6 });
    expect(result.deadLetters).toEqual(['facts-missing']);
    expect(ackOf(result)).toMatchObject({ applied: 7, last: beyond[0]?.['id'], renew: false });
    expect((await world.deadLetters.list(1))[0]).toMatchObject({
      seq: 2,
      detail: expect.stringContaining('numbers 2 to 6'),
    });
    expect(await alarm()).toBe('facts-missing');
    expect(await points('m1')).toBe(210);
    expect(ackOf(await send(world, beyond, 'hall-1', epoch, { forgotten: 6 })).renew).toBe(false);
  });

  it('IN10: opens what is sealed to our key and to this fact; sets aside what is not', async () => {
    const sealer = makeSealer(someKeys.seal.publicKey);
    const sealedBy = (
      seq: number,
      content: { kind: string; body: object },
      change: object = {},
      by = sealer,
    ) => {
      const one = fact(seq, content);
      const bond = sealBond(terminal, { id: String(one['id']), kind: content.kind, schema: 1 });
      return { ...one, body: by.seal(JSON.stringify(content.body), bond), ...change };
    };
    const stranger = makeSealer(makeSealKeys().publicKey);
    const result = await send(world, [
      sealedBy(1, checkIn('m1')),
      sealedBy(2, checkIn('m2'), { id: randomUUID() }),
      sealedBy(3, checkIn('m2'), { kind: 'request-filed' }),
      sealedBy(4, checkIn('m2'), {}, stranger),
      { ...sealedBy(5, checkIn('m2')), body: 'rubbish' },
      sealedBy(6, checkIn('m2'), { body: JSON.stringify(checkIn('m2').body) }),
    ]);
    expect(result.deadLetters).toEqual(Array.from({ length: 5 }, () => 'unsealable'));
    expect(ackOf(result).applied).toBe(6);
    const inClear = { v: 1, terminal, epoch, forgotten: 0, prev: null, facts: [fact(7, checkIn('m2'))] };
    expect((await world.intake.receive(terminal, encodeFrame(inClear))).deadLetters).toEqual(['fact-shape']);
    expect([await points('m1'), await points('m2')]).toEqual([210, 190]);
    expect((await world.desk.factsAfter(0, 9)).map(({ body }) => body)).toEqual([checkIn('m1').body]);
  });

  it('F17 IN11: a fact of a later schema is set aside as it came', async () => {
    const later = fact(1, { ...checkIn('m1'), schema: 2 });
    const result = await send(world, [later, fact(2, checkIn('m2'))]);
    expect(result.deadLetters).toEqual(['later-schema']);
    expect(JSON.parse((await world.deadLetters.list(1))[0]?.raw ?? '')).toEqual(sealed(later));
    expect([await points('m1'), await points('m2')]).toEqual([190, 210]);
  });

  it('IN13: what an earlier version could not read is applied, in order, by one that can', async () => {
    const early = [
      fact(1, { ...checkIn('m1'), schema: 2 }),
      fact(2, { kind: 'from-the-future', body: {} }),
      fact(3, { ...checkIn('m2'), schema: 2 }),
      fact(4, { ...checkIn('nobody'), schema: 2 }),
    ];
    await send(world, [...early, fact(5)]);
    expect(await readAgain(world)).toBe(0);
    const readers = new Map<number, ContentReader>([
      [1, () => undefined],
      [2, (_kind: string, body: unknown) => ({ kind: 'check-in-recorded', body }) as FactContent],
    ]);
    const reader = new FactReader(someOpener, readers);
    expect(await readAgain({ ...world, reader })).toBe(3);
    expect(await letters()).toEqual(['unknown-member', 'unknown-kind']);
    expect([await points('m1'), await points('m2')]).toEqual([210, 210]);
    expect((await world.desk.factsAfter(0, 9)).map(({ seq }) => seq)).toEqual([5, 1, 3, 4]);
    // the terminal may still send them again
    expect(ackOf(await send(world, early))).toMatchObject({ applied: 5, renew: false });
    expect(await readAgain({ ...world, reader })).toBe(0);
    expect(await points('m1')).toBe(210);
  });

  it('IN13 IN5: two processes that start at once read each letter once, and lose none', async () => {
    const early = [fact(1, { ...checkIn('m1'), schema: 2 }), fact(2, { ...checkIn('nobody'), schema: 2 })];
    await send(world, early);
    const asToday: ContentReader = (_kind, body) => ({ kind: 'check-in-recorded', body }) as FactContent;
    const parts = { ...world, reader: new FactReader(someOpener, new Map([[2, asToday]])) };
    const counts = await Promise.all([readAgain(parts), readAgain(parts)]);
    expect(counts[0] + counts[1]).toBe(2);
    expect(await letters()).toEqual(['unknown-member']);
    expect(await points('m1')).toBe(210);
  });

  it('F17 IN11: a fact of an earlier schema is read by the rules that it was written by', () => {
    const current = (kind: string, body: unknown) => ({ kind, body }) as FactContent;
    // schema 1 called the member otherwise
    const former = (kind: string, body: unknown) =>
      current(kind, { member: (body as { person: string }).person, purpose: 'points' });
    const reader = new FactReader(
      someOpener,
      new Map([
        [1, former],
        [2, current],
      ]),
    );
    const old = reader.read(terminal, sealed(fact(1, { body: { person: 'm1' } }), terminal));
    expect(old).toMatchObject({ kind: 'fact', fact: { body: { member: 'm1', purpose: 'points' } } });
    const later = reader.read(terminal, sealed(fact(1, { schema: 3 }), terminal));
    expect(later).toMatchObject({ kind: 'unread', reason: 'later-schema' });
  });

  it('CK3 CK5 S59: times of a boot are mended when its clock is known; an impossible time is that of arrival', async () => {
    const guess = (seq: number, member: string, monoMs: number, boot = 'boot-1') =>
      fact(seq, { ...checkIn(member), clock: 'guess', at: '1970-01-01T00:00:05.000Z', monoMs, boot });
    await send(world, [guess(1, 'm1', 1_000), guess(2, 'm3', 1_000, 'boot-0')]);
    await send(world, [guess(3, 'm2', 3_000), fact(4, { at: '2025-11-21T07:30:00.000Z', monoMs: 60_000 })]);
    const times = (await world.desk.factsAfter(0, 9)).map(({ at, mendedAt }) => [at, mendedAt]);
    expect(times).toEqual([
      ['1970-01-01T00:00:05.000Z', '2025-11-21T07:29:01.000Z'],
      ['1970-01-01T00:00:05.000Z', null],
      ['1970-01-01T00:00:05.000Z', '2025-11-21T07:29:03.000Z'],
      ['2025-11-21T07:30:00.000Z', null],
    ]);
    const checkedIn = async (member: string) => (await world.desk.member(member))?.checkIns[0]?.at;
    expect(await checkedIn('m3')).toBe('2025-11-21T08:00:00.000Z');
    expect(await checkedIn('m2')).toBe('2025-11-21T07:29:03.000Z');
  });

  it('CK5: a time that cannot be counted with stops neither its terminal nor the rows of others', async () => {
    const synced = (seq: number, at: string, monoMs: number, boot: string) =>
      fact(seq, { ...checkIn(`m${seq}`), at, monoMs, boot });
    const odd = [
      // a date by its form, which no clock can read
      synced(1, '2025-11-21T07:00:00+08', 10, 'boot-1'),
      synced(2, '2025-11-21T07:00:00.000Z', Number.MAX_SAFE_INTEGER, 'boot-2'),
      fact(3, { ...filing(), clock: 'guess', monoMs: 0, boot: 'boot-2' }),
      synced(4, '2025-11-21T07:00:00.000Z', 8e14, 'boot-3'),
      fact(5, { ...checkIn('m3'), clock: 'guess', monoMs: 0, boot: 'boot-3' }),
    ];
    expect(ackOf(await send(world, odd.slice(0, 4)))).toMatchObject({ applied: 4 });
    expect(ackOf(await send(world, odd.slice(4)))).toMatchObject({ applied: 5 });
    expect(await world.desk.factsAfter(0, 9)).toHaveLength(5);
    expect(await world.service.list(9)).toMatchObject([{ filedAt: '2025-11-21T07:00:00.000Z' }]);
    const [first, second, third] = await Promise.all(['m1', 'm2', 'm3'].map((id) => world.desk.member(id)));
    expect(first?.checkIns).toMatchObject([{ at: '2025-11-21T08:00:00.000Z' }]);
    expect(second?.checkIns).toMatchObject([{ at: '2025-11-21T07:00:00.000Z' }]);
    expect(third?.checkIns).toMatchObject([{ at: '2025-11-21T07:00:00.000Z' }]);
  });
});
