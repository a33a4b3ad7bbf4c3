// The library under an editor's hands: drafts, editions, the way back, sheets in and out, and figures that add up.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { LibraryRow } from '../../../../../sync/contract/library.ts';
import { libraryKeyOf } from '../../../../../sync/contract/library.ts';
import { checkLibrary } from '../../../../../sync/headquarters/service/library/library-check.ts';
import { figuresOf } from '../../../../../sync/headquarters/service/library/library-figures.ts';
import { readSheet, writeSheet } from '../../../../../sync/headquarters/service/library/library-sheet.ts';
import {
  shippedLibrary,
  shippedPlaces,
} from '../../../../../sync/headquarters/service/library/shipped-library.ts';
import { type Running, runHeadquarters } from '../../running.ts';
import { smallDeveloper } from '../../small-developer.ts';
import { storeKinds } from '../../store-kinds.ts';
import { fact, filing, makeWorld, send, type World } from '../../world.ts';

const shipped = [...shippedLibrary(), ...shippedPlaces('siji')];
const inOrder = (rows: readonly LibraryRow[]) =>
  [...rows].sort((a, b) => (libraryKeyOf(a) < libraryKeyOf(b) ? -1 : 1));
const withShipped = () => ({ ...smallDeveloper(), library: [] });
const phrase = (id: string, zh: string, problem = 'ceiling-leak') =>
  ({ kind: 'phrase', id, problem, text: { zh, en: 'words' } }) as unknown as LibraryRow;

describe.each(storeKinds)('an edition on %s', (kind) => {
  let world: World;
  afterEach(() => world?.remove());

  it('D23 is drafted, published as n+1 to terminals, and taken back', async () => {
    world = await makeWorld(withShipped(), kind);
    const { library } = world;
    const key = 'phrase/ceiling-leak/new-1';
    expect(await library.change('anna', [[key, phrase('new-1', '吊顶灯口滴水')]])).toBe(1);
    const row = async () =>
      await world.store.db.selectFrom('dataset_row').select('body').where('key', '=', key).executeTakeFirst();
    expect(await row()).toBeUndefined();
    expect(await library.publish('anna', { zh: '新短语', en: 'New phrase' })).toEqual({
      kind: 'published',
      edition: 2,
      changed: 1,
    });
    expect(JSON.parse((await row())?.body ?? 'null')).toMatchObject({ text: { zh: '吊顶灯口滴水' } });
    expect((await library.working()).edition?.number).toBe(2);
    expect(await library.publish('anna', { zh: '', en: '' })).toEqual({ kind: 'nothing-to-publish' });
    expect(await library.revert('bert', 2)).toBe(1);
    expect(await library.publish('bert', { zh: '撤回', en: 'Taken back' })).toMatchObject({ edition: 3 });
    expect((await row())?.body).toBeNull();
    expect(await library.editions()).toMatchObject([
      { number: 3, actor: 'bert', changed: 1 },
      { number: 2, actor: 'anna' },
    ]);
    expect(await library.revert('bert', 99)).toBeUndefined();
  });

  it('D23 is not published while a row hangs in the air, and forgets a change that changes nothing', async () => {
    world = await makeWorld(withShipped(), kind);
    const { library } = world;
    await library.change('anna', [['phrase/nowhere/x', phrase('x', '没有', 'nowhere')]]);
    expect(await library.publish('anna', { zh: '', en: '' })).toMatchObject({
      kind: 'broken',
      issues: [{ key: 'phrase/nowhere/x', code: 'unknown-problem' }],
    });
    expect(await library.discard('su', ['phrase/nowhere/x'])).toBe(1);
    const port = { kind: 'port', id: 'sales', name: { zh: '销售', en: 'Sales' } } as unknown as LibraryRow;
    expect(await library.change('anna', [['port/sales', port]])).toBe(0);
  });

  it('D23 comes whole from a sheet: what the sheet lacks is removed, pictures’ address and edition stay', async () => {
    world = await makeWorld(withShipped(), kind);
    const { library } = world;
    await library.setPhotoPage('https://photo.example');
    const before = await library.working();
    const kept = [...before.rows.values()].filter(({ kind: of }) => of !== 'phrase');
    const phrases = before.rows.size - kept.length;
    expect(await library.replace('anna', kept)).toBe(phrases);
    expect(await library.publish('anna', { zh: '', en: '' })).toMatchObject({ changed: phrases });
    const after = await library.working();
    expect(after.rows.size).toBe(kept.length);
    expect(after.published.get('photo-page')).toMatchObject({ url: 'https://photo.example' });
    await library.setPhotoPage(null);
    expect((await library.working()).published.has('photo-page')).toBe(false);
  });

  it('D20 refuses a request for a home that is not the owner’s, and keeps it for a person to look at', async () => {
    world = await makeWorld(smallDeveloper(), kind);
    const other = filing('m1');
    const wrong = { ...other, body: { ...other.body, unit: 'milan-302' } };
    await send(world, [fact(1, wrong), fact(2, filing('m1'))]);
    expect(await world.store.db.selectFrom('request').select('unit').execute()).toEqual([
      { unit: 'milan-301' },
    ]);
    expect(await world.deadLetters.list(10)).toMatchObject([{ reason: 'not-the-owners-home' }]);
  });
});

describe('a sheet', () => {
  it.each(['csv', 'json'] as const)(
    'D23 of the whole library goes out as %s and comes back byte for byte',
    (format) => {
      const text = writeSheet(format, inOrder(shipped));
      const read = readSheet(format, text);
      if (read.kind === 'wrong') throw new Error(JSON.stringify(read.faults.slice(0, 3)));
      expect(read.rows).toHaveLength(shipped.length);
      expect(writeSheet(format, read.rows)).toBe(text);
    },
  );

  it('D23 keeps any words whatever, also those that a spreadsheet would run', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.oneof(words, fc.constantFrom('=1+1', "'=x", '@a', '-1', "''+", 'a,"b"')), (zh) => {
        const rows = [phrase('p', zh)];
        const read = readSheet('csv', writeSheet('csv', rows));
        expect(read).toEqual({ kind: 'read', rows });
      }),
      { numRuns: 300 },
    );
    expect(writeSheet('csv', [phrase('p', '=HYPERLINK("x")')])).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('D23 names every wrong row with line and column, and takes none of them', () => {
    const text = writeSheet('csv', inOrder(shipped).slice(0, 4)).split('\r\n');
    const bad = [
      ...text.slice(0, 3),
      'problem,p,ceiling,,,名,name,,,engineering,maybe,,,',
      'port,,,,,名,name,,,,,,,',
      'rocket,x,,,,,,,,,,,,',
      text[1],
    ]
      .concat('')
      .join('\r\n');
    expect(readSheet('csv', bad)).toEqual({
      kind: 'wrong',
      faults: [
        { line: 4, column: 'emergency', code: 'wrong-value' },
        { line: 5, column: 'id', code: 'wrong-value' },
        { line: 6, column: 'kind', code: 'wrong-value' },
        { line: 7, column: 'id', code: 'id-twice' },
      ],
    });
    expect(readSheet('csv', 'a,b\r\n1,2')).toMatchObject({ kind: 'wrong' });
    expect(readSheet('csv', '"')).toMatchObject({ kind: 'wrong', faults: [{ code: 'not-csv' }] });
    expect(readSheet('json', '{')).toMatchObject({ kind: 'wrong', faults: [{ code: 'not-json' }] });
    expect(readSheet('json', '[]')).toMatchObject({ kind: 'wrong', faults: [{ code: 'not-a-library' }] });
  });
});

describe('what must hold', () => {
  const check = (change: (rows: LibraryRow[]) => LibraryRow[]) =>
    checkLibrary(change([...shipped])).map(({ code }) => code);
  it('D23 the shipped library holds, and each way to break it is named', () => {
    expect(check((rows) => rows)).toEqual([]);
    expect(check((rows) => rows.filter(({ kind }) => kind !== 'clock'))).toEqual(['no-default-clock']);
    expect(
      check((rows) =>
        rows.map((row) =>
          row.kind === 'element' && row.id === 'wall'
            ? { ...row, parent: 'wall-paint' as typeof row.id }
            : row,
        ),
      ),
    ).toContain('circle');
    expect(
      check((rows) =>
        rows.map((row) =>
          row.kind === 'problem' && row.id === 'gas-leak'
            ? { ...row, element: 'wall' as typeof row.element }
            : row,
        ),
      ),
    ).toContain('not-a-leaf');
    expect(check((rows) => rows.filter((row) => row.kind !== 'port' || row.id !== 'design'))).toContain(
      'unknown-port',
    );
    expect(check((rows) => [...rows, phrase('new', '长'.repeat(121))])).toEqual(['words-too-long']);
    expect(check((rows) => [...rows, phrase('new', ' ')])).toEqual(['words-missing']);
    // nobody could go on from these at the terminal
    const bare = { kind: 'element', id: 'bare', parent: null, name: { zh: '空', en: 'Bare' }, order: 99 };
    expect(check((rows) => [...rows, bare as unknown as LibraryRow])).toEqual(['no-problem']);
    expect(
      check((rows) =>
        rows.map((row) => (row.kind === 'place' && row.id === 'roof' ? { ...row, elements: [] } : row)),
      ),
    ).toEqual(['nothing-bound']);
  });
});

describe('figures', () => {
  it('D23 add up over three projects whose places differ', () => {
    const task = fc.record({
      project: fc.constantFrom('a', 'b', 'c'),
      place: fc.nat({ max: 5 }),
      element: fc.constantFrom('ceiling', 'wall-paint', 'wall-tile', 'floor-tile', 'gone'),
      problem: fc.constantFrom('x', 'y'),
      count: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(task, { maxLength: 60 }), (tasks) => {
        // of each project its own names for places
        const counted = tasks.map((one) => ({ ...one, place: `${one.project}-place-${one.place}` }));
        const whole = figuresOf(counted, shipped);
        const parts = ['a', 'b', 'c'].map((project) =>
          figuresOf(
            counted.filter((one) => one.project === project),
            shipped,
          ),
        );
        const sum = (pick: (figures: typeof whole) => number) =>
          parts.reduce((all, part) => all + pick(part), 0);
        expect(whole.total).toBe(sum(({ total }) => total));
        for (const list of ['elements', 'problems', 'places'] as const) {
          for (const { id, count, projects } of whole[list]) {
            expect(count).toBe(sum((part) => part[list].find((one) => one.id === id)?.count ?? 0));
            expect(count).toBe(projects.reduce((all, one) => all + one.count, 0));
          }
        }
        const at = (id: string) => whole.elements.find((one) => one.id === id)?.count ?? 0;
        expect(at('wall')).toBe(at('wall-paint') + at('wall-tile'));
        expect(at('ceiling') + at('wall') + at('floor') + at('gone')).toBe(whole.total);
      }),
    );
  });
});

describe('who may', () => {
  let hq: Running;
  afterEach(() => hq?.remove());
  it('D23 owners’ own words are for the desk alone, and every deed is on record', async () => {
    hq = await runHeadquarters({ developer: withShipped(), limits: { requestsPerSecond: 1_000 } });
    const account = { account: 'kelly', name: '小凯', roles: ['club'], password: 'long-enough-1' };
    await hq.call('/api/accounts', account);
    const { account: id, password } = account;
    const signedIn = await fetch(`${hq.httpUrl}/api/sign-in`, {
      method: 'POST',
      body: JSON.stringify({ account: id, password }),
    });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${hq.httpUrl}/api/library${path}`, { ...init, headers: { cookie, origin: hq.httpUrl } });
    expect((await ask('/proposals')).status).toBe(403);
    for (const path of ['/changes', '/discard', '/publish', '/import', '/editions/1/revert']) {
      expect((await ask(path, { method: 'POST', body: '{}' })).status).toBe(403);
    }
    const row = phrase('new-1', '新短语');
    await hq.call('/api/library/changes', { changes: [{ key: libraryKeyOf(row), row }] });
    await hq.call('/api/library/discard', { keys: 'all' });
    expect((await hq.call('/api/library/editions/1.5/revert', {})).status).toBe(404);
    const { lines } = (await hq.call('/api/audit')).json as unknown as { lines: { what: string }[] };
    expect(lines.slice(0, 2)).toMatchObject([{ what: 'library-discarded' }, { what: 'library-edited' }]);
  });
});

describe('the API', () => {
  let hq: Running;
  afterEach(() => hq?.remove());
  it('D23 edits, exports, imports a whole sheet and tells figures; a wrong sheet changes nothing', async () => {
    hq = await runHeadquarters({ developer: withShipped() });
    const { json: sheet } = await hq.call('/api/library/export?format=csv');
    const text = String(sheet['text']);
    expect(text.length).toBeGreaterThan(65_536);
    expect((await hq.call('/api/library/import', { format: 'csv', text })).json).toEqual({
      kind: 'taken',
      changed: 0,
    });
    const lines = text.split('\r\n');
    const wrong = [...lines.slice(0, -1), 'port,,,,,,,,,,,,,', ''].join('\r\n');
    expect((await hq.call('/api/library/import', { format: 'csv', text: wrong })).json).toMatchObject({
      kind: 'wrong',
      faults: [{ line: lines.length, column: 'id' }],
    });
    const row = phrase('new-1', '新短语');
    const key = libraryKeyOf(row);
    expect((await hq.call('/api/library/changes', { changes: [{ key: 'phrase/x/y', row }] })).status).toBe(
      400,
    );
    expect((await hq.call('/api/library/changes', { changes: [{ key: 'edition', row: null }] })).status).toBe(
      400,
    );
    expect((await hq.call('/api/library/changes', { changes: [{ key, row }] })).json).toEqual({ changed: 1 });
    expect((await hq.call('/api/library')).json).toMatchObject({
      edition: 1,
      changed: [{ key, how: 'added' }],
      issues: [],
    });
    expect((await hq.call('/api/library/publish', { note: { zh: '', en: '' } })).json).toMatchObject({
      edition: 2,
    });
    expect((await hq.call('/api/library/figures')).json).toMatchObject({ total: 0 });
    expect((await hq.call('/api/library/figures?from=yesterday')).status).toBe(400);
    expect((await hq.call('/api/library/proposals')).json).toEqual({ proposals: [] });
  });
});
