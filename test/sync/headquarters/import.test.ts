// A developer's file comes in whole or not at all, and says where it is wrong.
import { afterEach, describe, expect, it } from 'vitest';
import { cardToken } from '../../../sync/contract/card-token.ts';
import { type DatasetName, datasetNames } from '../../../sync/contract/datasets.ts';
import type { MemberId } from '../../../sync/contract/ids.ts';
import { pinHash, pinMatches } from '../../../sync/contract/pin.ts';
import { keyOfRow } from '../../../sync/contract/rows.ts';
import {
  type DeveloperFile,
  parseDeveloper,
  parseDeveloperText,
} from '../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import { makeDeveloper } from '../../demo/developer.ts';
import { smallDeveloper } from './small-developer.ts';
import { storeKinds } from './store-kinds.ts';
import { checkIn, fact, fleetKey, makeWorld, send, type World } from './world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.remove();
  world = undefined;
});

async function bodies(from: World, dataset: DatasetName): Promise<{ key: string; body: unknown }[]> {
  const query = from.store.db.selectFrom('dataset_row').select(['key', 'body']);
  const rows = await query.where('dataset', '=', dataset).where('body', 'is not', null).execute();
  return rows.map(({ key, body }) => ({ key, body: JSON.parse(body ?? 'null') as unknown }));
}

function faultOf(change: (file: DeveloperFile) => void): { code?: string; message?: string } {
  const file = smallDeveloper();
  change(file);
  try {
    parseDeveloper(file, 'world.json');
    return {};
  } catch (error) {
    return error as { code: string; message: string };
  }
}

describe.each(storeKinds)('import on %s', (kind) => {
  it('publishes only rows that terminals can parse', async () => {
    const demo = makeDeveloper(3, new Date('2025-11-21T08:00:00.000Z'));
    for (const member of demo.members) member.pin = null;
    world = await makeWorld(demo, kind);
    for (const dataset of datasetNames) {
      const wrong = (await bodies(world, dataset)).filter(({ key, body }) => keyOfRow(dataset, body) !== key);
      expect({ dataset, wrong }).toEqual({ dataset, wrong: [] });
    }
    expect(await bodies(world, 'board')).toHaveLength(demo.board.length);
    expect(await bodies(world, 'library')).toHaveLength(demo.library?.length ?? 0);
    // SE4
    const board = await bodies(world, 'board');
    const projects = board.filter(({ key }) => key.startsWith('project/'));
    expect(projects.map(({ body }) => body)).toEqual(
      projects.map(() =>
        expect.objectContaining({ name: expect.objectContaining({ pinyin: expect.any(String) }) }),
      ),
    );
  });

  it('twice changes nothing; a later file replaces the board and keeps points and check-ins', async () => {
    world = await makeWorld(undefined, kind);
    await send(world, [fact(1, checkIn('m1'))]);
    const versions = await world.publication.versions();
    const again = smallDeveloper();
    await importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parseDeveloper(again, 'again'));
    expect(await world.publication.versions()).toEqual(versions);
    again.board = again.board.filter((row) => row.kind !== 'unit' || row.number !== '304');
    await importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parseDeveloper(again, 'less'));
    expect(await world.board.units({})).toHaveLength(3);
    expect((await bodies(world, 'board')).some(({ key }) => key.endsWith('304'))).toBe(false);
    expect(await world.desk.member('m1')).toMatchObject({ points: 210, checkIns: [{ session: 'open-1' }] });
  });

  it('keeps card numbers, PINs, full names and telephone numbers from terminals', async () => {
    const file = smallDeveloper();
    const [first] = file.members;
    if (first) first.pin = '2580';
    world = await makeWorld(file, kind);
    const everything = JSON.stringify(
      await Promise.all(datasetNames.map((name) => bodies(world as World, name))),
    );
    for (const secret of ['0100000001', '"2580"', '张晓明', '13812341234']) {
      expect(everything).not.toContain(secret);
    }
    const token = cardToken(fleetKey, 'em4100', '0100000001');
    const rows = new Map((await bodies(world, 'members')).map(({ key, body }) => [key, body]));
    expect(rows.get(`card/${token}`)).toMatchObject({ member: 'm1', state: 'active' });
    const { name, pin } = rows.get('member/m1') as { name: string; pin: string };
    expect(name).toBe('张**');
    expect(await pinMatches(fleetKey, 'm1' as MemberId, '2580', pin)).toBe(true);
  });

  it('takes a PIN that was hashed before', async () => {
    const file = smallDeveloper();
    const hash = await pinHash(fleetKey, 'm2' as MemberId, '123456');
    const second = file.members[1];
    if (second) second.pinHash = hash;
    world = await makeWorld(file, kind);
    expect(JSON.stringify(await bodies(world, 'members'))).toContain(hash);
  });
});

describe('a developer file', () => {
  it.each([
    [
      'a wrong type',
      'hq-import-shape',
      'members.1.name',
      (f: DeveloperFile) => Object.assign(f.members[1] ?? {}, { name: 5 }),
    ],
    [
      'a missing key',
      'hq-import-shape',
      'events is missing',
      (f: DeveloperFile) => Object.assign(f, { events: undefined }),
    ],
    [
      'an unknown key',
      'hq-import-shape',
      'prices is not a key',
      (f: DeveloperFile) => Object.assign(f, { prices: [] }),
    ],
    [
      'a PIN of letters',
      'hq-import-shape',
      'members.0.pin must be 4 to 8 digits',
      (f: DeveloperFile) => Object.assign(f.members[0] ?? {}, { pin: 'abcd' }),
    ],
    [
      'an unknown building',
      'hq-import-reference',
      'board.5.building names the building nowhere',
      (f: DeveloperFile) => Object.assign(f.board[5] ?? {}, { building: 'nowhere' }),
    ],
    [
      'an unknown state',
      'hq-import-reference',
      'board.5.state',
      (f: DeveloperFile) => Object.assign(f.board[5] ?? {}, { state: 'gone' }),
    ],
    [
      'an unknown member on a list',
      'hq-import-reference',
      'rosters.0.member',
      (f: DeveloperFile) => Object.assign(f.rosters[0] ?? {}, { member: 'm9' }),
    ],
    [
      'an unknown event',
      'hq-import-reference',
      'sessions.0.event',
      (f: DeveloperFile) => Object.assign(f.sessions[0] ?? {}, { event: 'e9' }),
    ],
    [
      'a member twice',
      'hq-import-duplicate',
      'members.1.id',
      (f: DeveloperFile) => Object.assign(f.members[1] ?? {}, { id: 'm1' }),
    ],
    [
      'a card twice',
      'hq-import-duplicate',
      'members.2.cards.0.number repeats a card',
      (f: DeveloperFile) => Object.assign(f.members[2]?.cards[0] ?? {}, { number: '0100000001' }),
    ],
  ])('names %s', (_what, code, words, change) => {
    const fault = faultOf((file) => void change(file));
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(words);
    expect(fault.message).not.toContain('0100000001');
  });

  it.each([
    ['a telephone number that is no text', { phone: 13_812_341_234 }, '13812341234', 'members.0.phone'],
    ['a PIN with a letter', { pin: '73x1' }, '73x1', 'members.0.pin'],
    ['an id with a name in it', { id: '张晓明' }, '张晓明', 'members.0.id'],
    ['homes that are no list', { homes: '米兰苑301' }, '米兰苑', 'members.0.homes'],
  ])('names the place of %s and does not quote it', (_what, change, secret, place) => {
    const fault = faultOf((file) => void Object.assign(file.members[0] ?? {}, change));
    expect(fault.code).toBe('hq-import-shape');
    expect(fault.message).toContain(place);
    expect(fault.message).not.toContain(secret);
  });

  it('names a file that is not JSON and does not quote it', () => {
    for (const text of ['{', '{"name":张晓明}', '[{"phone":"13812341234""pin":"7351"}]']) {
      const fault = expect.objectContaining({
        code: 'hq-import-unreadable',
        message: expect.not.stringMatching(/张晓明|13812341234|7351/),
      });
      expect(() => parseDeveloperText(text, 'world.json')).toThrow(fault);
    }
  });
});
