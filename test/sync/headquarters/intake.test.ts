// What terminals tell takes effect exactly once, whatever the network does to it.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { MemberId, TerminalId } from '../../../sync/contract/ids.ts';
import { storeKinds } from './store-kinds.ts';
import { ackOf, checkIn, epoch, fact, filing, makeWorld, send, type World } from './world.ts';

let world: World;

const points = async (member: string) => (await world.desk.member(member))?.points;
const letters = async () => (await world.deadLetters.list(100)).map(({ reason }) => reason);

describe.each(storeKinds)('intake on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  it('IN1 IN4 IN9: applies contiguous facts in order and acks the absolute mark with visible versions', async () => {
    const facts = [fact(1), fact(2, checkIn('m1')), fact(3, filing())];
    const ack = ackOf(await send(world, facts));
    const { members, events, requests } = await world.publication.versions();
    expect(ack).toEqual({
      v: 1,
      epoch,
      applied: 3,
      safe: 0,
      last: facts[2]?.['id'],
      renew: false,
      visible: { members, events, requests },
    });
    expect((await world.desk.factsAfter(0, 10)).map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'person-proven'],
      [2, 'check-in-recorded'],
      [3, 'request-filed'],
    ]);
    expect(await points('m1')).toBe(210);
  });

  it('IN2: a repeated batch changes nothing and is acked again', async () => {
    const facts = [fact(1, checkIn('m1')), fact(2, checkIn('m2'))];
    await send(world, facts);
    const versions = await world.publication.versions();
    expect(ackOf(await send(world, facts)).applied).toBe(2);
    expect(ackOf(await send(world, facts.slice(0, 1))).applied).toBe(2);
    expect(await world.publication.versions()).toEqual(versions);
    expect(await points('m1')).toBe(210);
    expect(await world.desk.factCount()).toBe(2);
    expect(await letters()).toEqual([]);
  });

  it('IN1: keeps every end of a slip, the late one last, and which printer had it', async () => {
    const slip = { job: randomUUID(), slip: 'check-in', copy: 0, printer: 'fallback-printer' } as const;
    const unsure = { ...slip, outcome: 'unconfirmed', reason: 'printer-cut-off' } as const;
    const late = { ...slip, outcome: 'printed', reason: 'late-proof' } as const;
    await send(world, [
      fact(1, { kind: 'slip-settled', body: unsure }),
      fact(2, { kind: 'slip-settled', body: late }),
    ]);
    expect((await world.desk.factsAfter(0, 10)).map(({ body }) => body)).toEqual([unsure, late]);
    expect(await letters()).toEqual([]);
  });

  it('IN3: after a gap nothing is applied and the ack says from where to send', async () => {
    const [one, two, three] = [fact(1), fact(2, checkIn('m1')), fact(3, checkIn('m2'))];
    expect(ackOf(await send(world, [one])).applied).toBe(1);
    expect(ackOf(await send(world, [three])).applied).toBe(1);
    expect(await points('m2')).toBe(190);
    expect(ackOf(await send(world, [two, three])).applied).toBe(3);
    expect(await points('m2')).toBe(210);
  });

  it('IN3: a batch with a hole inside is applied up to the hole', async () => {
    expect(ackOf(await send(world, [fact(1), fact(3)])).applied).toBe(1);
  });

  it('IN4: each terminal and epoch is a stream of its own', async () => {
    expect(ackOf(await send(world, [fact(1)], 'hall-1')).applied).toBe(1);
    expect(ackOf(await send(world, [fact(1)], 'hall-2')).applied).toBe(1);
    expect(ackOf(await send(world, [fact(1), fact(2)], 'hall-1', 'f'.repeat(32))).applied).toBe(2);
  });

  it('F17 IN5: poison facts are set aside and the stream goes on', async () => {
    const poison = [
      fact(1, { kind: 'from-the-future', body: {} }),
      fact(2, { kind: 'check-in-recorded', body: { member: 'm1' } }),
      fact(3, { at: 'yesterday' }),
      fact(4, checkIn('nobody')),
      fact(5, checkIn('m1', 'no-session')),
      fact(6, checkIn('m1')),
    ];
    const result = await send(world, poison);
    expect(ackOf(result).applied).toBe(6);
    expect(result.deadLetters).toEqual([
      'unknown-kind',
      'fact-shape',
      'fact-shape',
      'unknown-member',
      'unknown-session',
    ]);
    expect((await send(world, poison)).deadLetters).toEqual([]);
    expect(await points('m1')).toBe(210);
  });

  it('IN5: a fact without a number stops the batch there and is kept', async () => {
    expect(ackOf(await send(world, [fact(1), { kind: 'person-proven' }, fact(2)])).applied).toBe(1);
    expect(await letters()).toEqual(['fact-shape']);
  });

  it('IN7: two terminals with the same member and session make one check-in and one ledger entry', async () => {
    await send(world, [fact(1, checkIn('m1'))], 'hall-1');
    await send(world, [fact(1, checkIn('m1'))], 'hall-2');
    const member = await world.desk.member('m1');
    expect(member?.checkIns).toHaveLength(1);
    expect(member?.ledger.filter(({ fact: id }) => id !== null)).toHaveLength(1);
    expect(member?.points).toBe(210);
    expect(await world.desk.factCount()).toBe(2);
  });

  it('IN8: a restart between commit and ack is healed by the terminal sending again', async () => {
    const facts = [fact(1, checkIn('m1')), fact(2, filing())];
    await send(world, facts);
    world = await world.reopen();
    expect(ackOf(await send(world, facts)).applied).toBe(2);
    expect(await points('m1')).toBe(210);
    expect(await world.service.list(10)).toHaveLength(1);
  });

  it('IN5: an effect that fails inside headquarters is set aside, the facts around it count', async () => {
    await sql`create unique index one_state_each on request(state)`.execute(world.store.db);
    const facts = [fact(1, checkIn('m1')), fact(2, filing()), fact(3, filing()), fact(4, checkIn('m2'))];
    const result = await send(world, facts);
    expect(result.deadLetters).toEqual(['effect-failed']);
    expect(ackOf(result).applied).toBe(4);
    expect(await world.service.list(10)).toMatchObject([{ id: facts[1]?.['id'] }]);
    expect([await points('m1'), await points('m2')]).toEqual([210, 210]);
  });

  it('IN5: what was filed and what was noted about it may come in one batch, between notes of others', async () => {
    const noted = (request: unknown) => ({
      kind: 'request-noted',
      body: { request, member: 'm1', text: '水更大了' },
    });
    const before = fact(1, filing());
    const after = fact(3, filing());
    await send(world, [before]);
    const result = await send(world, [fact(2, noted(before['id'])), after, fact(4, noted(after['id']))]);
    expect(result.deadLetters).toEqual([]);
    const notes = world.store.db.selectFrom('request_event').select('request').where('what', '=', 'noted');
    expect((await notes.execute()).map(({ request }) => request).sort()).toEqual(
      [String(before['id']), String(after['id'])].sort(),
    );
  });

  it('IN1: a store that fails applies nothing, so the terminal keeps and repeats all', async () => {
    await sql`alter table request_event rename column note to remark`.execute(world.store.db);
    await expect(send(world, [fact(1, checkIn('m1')), fact(2, filing())])).rejects.toThrow();
    expect(await world.desk.factCount()).toBe(0);
    expect(await points('m1')).toBe(190);
  });

  it('frames that are no batch are kept for a look, the newest few', async () => {
    const receive = (frame: Uint8Array) => world.intake.receive('hall-1' as TerminalId, frame);
    expect((await receive(Buffer.from('garbage'))).ack).toBeUndefined();
    expect((await receive(encodeFrame({ v: 1 }))).ack).toBeUndefined();
    const batch = { v: 1, terminal: 'hall-2', epoch, forgotten: 0, prev: null, facts: [fact(1)] };
    const stranger = encodeFrame(batch);
    expect((await receive(stranger)).ack).toBeUndefined();
    expect(await letters()).toEqual(['wrong-terminal', 'frame-shape', 'frame-unreadable']);
    await receive(Buffer.from('more'));
    expect(await letters()).toEqual(['frame-unreadable', 'wrong-terminal', 'frame-shape']);
  });

  it('a check-in makes member and list rows new in the same step', async () => {
    const before = await world.publication.versions();
    await send(world, [fact(1, checkIn('m1')), fact(2, checkIn('m3'))]);
    const row = async (dataset: string, key: string): Promise<unknown> => {
      const query = world.store.db.selectFrom('dataset_row').select('body');
      const found = await query.where('dataset', '=', dataset).where('key', '=', key).executeTakeFirst();
      return JSON.parse(found?.body ?? 'null');
    };
    expect(await row('members', 'member/m1')).toMatchObject({ name: '张**', level: 'silver', balance: 210 });
    expect(await row('events', 'roster/open-1/m1')).toMatchObject({
      checkedInAt: '2025-11-21T07:00:00.000Z',
    });
    // let in although not on the list
    expect(await row('events', 'roster/open-1/m3')).toMatchObject({
      checkedInAt: '2025-11-21T07:00:00.000Z',
    });
    expect((await world.publication.versions()).members).toBeGreaterThan(before.members);
  });

  it('a terminal whose clock runs ahead does not date points into the future', async () => {
    await send(world, [fact(1, { ...checkIn('m1'), at: '2031-01-01T00:00:00.000Z' })]);
    const lines = await world.ledger.lines(world.store.db, ['m1' as MemberId], 1);
    expect(lines[0]?.at).toBe('2025-11-21T08:00:00.000Z');
  });
});
