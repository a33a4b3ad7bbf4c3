// A table of devices goes in whole or not at all, comes out again, and changes nothing the second time.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeviceRow, namedRings } from '../../../../sync/headquarters/api/device-api.ts';
import { deviceCsv, readDeviceCsv } from '../../../../sync/headquarters/fleet/device-csv.ts';
import { importDevices } from '../../../../sync/headquarters/fleet/device-import.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const actor = { account: 'it-1' };
const head = 'terminal,code,site,project,model,ring,serial';
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const base36 = (n: number): string => n.toString(36).toUpperCase().padStart(4, '0');

/** Rows that are all different, in cells that spreadsheets like to spoil. */
const someRows: fc.Arbitrary<DeviceRow[]> = fc
  .array(
    fc.record({
      site: fc.constantFrom('jinshang', '0012', '-north'),
      model: fc.constantFrom('pi5-21', 'x86_15'),
      project: fc.constantFrom('', 'milan', '-'),
      ring: fc.constantFrom('' as const, ...namedRings),
      serial: fc.oneof(
        fc.constant(''),
        fc.constantFrom('=1+1', '+49', '@x', 'a,b', 'a"b', '序列号', "'quoted"),
      ),
    }),
    { maxLength: 25 },
  )
  .map((rows) =>
    rows.map((row, n) => ({
      ...row,
      terminal: `h-${n}` as DeviceRow['terminal'],
      code: `T${base36(n)}`,
      serial: row.serial === '' ? '' : `${row.serial}${n}`,
    })),
  );

describe('a table of devices', () => {
  it(`is read as it was written, whatever stands in its cells (seed ${seed})`, () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        expect(readDeviceCsv(deviceCsv(rows))).toEqual({
          errors: [],
          devices: rows.map((row, n) => ({ line: n + 2, row })),
        });
      }),
      { seed, numRuns: 200 },
    );
  });

  it(`is never a fault of the program, whatever is sent (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), fc.boolean(), (text, hasHead) => {
        const { devices, errors } = readDeviceCsv(hasHead ? `${head}\n${text}` : text);
        expect(errors.every(({ line }) => line >= 1)).toBe(true);
        expect(devices.every(({ row }) => /^[A-Za-z0-9_-]{1,40}$/.test(row.terminal))).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('names line, column and code of everything that is wrong', () => {
    const csv = [
      head,
      'h01,H01,jinshang,,pi5-21,,',
      'h 02,H02,jinshang,,pi5-21,,',
      'h03,h03,jinshang,,,first,',
      'h01,H04,jinshang,,pi5-21,lab,',
      'h05,H01,jinshang,,pi5-21,rest,s',
      '"h06',
      '",H06,jinshang,,pi5-21,rest,s',
      'h07,H07,jinshang,,pi5-21,rest,x,y',
      'h08,H08,jinshang,,pi5-21,rest,s',
    ].join('\n');
    expect(readDeviceCsv(csv).errors).toEqual([
      { line: 3, column: 'terminal', code: 'wrong' },
      { line: 4, column: 'model', code: 'missing' },
      { line: 5, column: 'terminal', code: 'repeated' },
      { line: 6, column: 'code', code: 'repeated' },
      { line: 8, column: 'terminal', code: 'wrong' },
      { line: 9, column: '', code: 'wrong' },
      { line: 10, column: 'serial', code: 'repeated' },
    ]);
    expect(readDeviceCsv('terminal,code,site,colour,code\n').errors).toEqual([
      { line: 1, column: 'colour', code: 'unknown-column' },
      { line: 1, column: 'code', code: 'repeated' },
      { line: 1, column: 'model', code: 'missing' },
    ]);
    expect(readDeviceCsv('').errors).toHaveLength(4);
  });
});

describe.each(storeKinds)('importing devices on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());
  const take = (csv: string, isDryRun = false) => importDevices(world, actor, { csv, isDryRun });
  const counts = async (csv: string, isDryRun = false) => {
    const { added, changed, same, errors } = await take(csv, isDryRun);
    return errors.length > 0 ? errors : [added, changed, same];
  };

  it('changes nothing the second time, nor in a dry run, and is one line of the audit', async () => {
    const csv = `${head}\nh01,H01,jinshang,,pi5-21,,\nh02,H02,jinshang,milan,pi5-21,lab,s2\n`;
    expect(await counts(csv, true)).toEqual([2, 0, 0]);
    expect(await world.devices.list({ limit: 10 })).toEqual([]);
    expect(await counts(csv)).toEqual([2, 0, 0]);
    expect(await counts(csv)).toEqual([0, 0, 2]);
    expect(await counts(csv.replace('lab', 'canary'))).toEqual([0, 1, 1]);
    // what was moved by hand since then stays when the same file comes again
    await world.store.db.updateTable('device').set({ ring: 'rest' }).where('id', '=', 'h02').execute();
    expect(await counts(csv.replace('lab', 'canary'))).toEqual([0, 0, 2]);
    expect(await counts(await world.devices.export())).toEqual([0, 0, 2]);
    const lines = await world.audit.list({ limit: 10, actor: 'it-1' });
    expect(lines.map(({ what, detail }) => [what, detail])).toEqual([
      ['devices-imported', { added: 0, changed: 1 }],
      ['devices-imported', { added: 2, changed: 0 }],
    ]);
  });

  it(`comes out as it went in (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async (rows) => {
        await world.store.db.deleteFrom('device').execute();
        const csv = deviceCsv(rows);
        expect((await take(csv)).added).toBe(rows.length);
        const out = await world.devices.export();
        expect(readDeviceCsv(out).devices.map(({ row }) => row.terminal)).toEqual(
          rows.map(({ terminal }) => terminal).sort(),
        );
        expect(await counts(out)).toEqual([0, 0, rows.length]);
      }),
      { seed, numRuns: 15 },
    );
  });

  it('takes nothing of a file that is in the way of what is there', async () => {
    await take(
      `${head}\nh01,H01,jinshang,,pi5-21,,s1\nh02,H02,jinshang,,pi5-21,,\nh03,H03,jinshang,,pi5-21,,\n`,
    );
    await world.store.db
      .updateTable('device')
      .set({ state: 'enrolled', serial: 'real-2' })
      .where('id', '=', 'h02')
      .execute();
    await world.devices.retire(actor, 'h03' as never);
    expect(
      await counts(
        [
          head,
          'h09,H09,jinshang,,pi5-21,,',
          'h10,H01,jinshang,,pi5-21,,s1',
          'h02,H22,jinshang,,pi5-21,,other',
          'h03,H33,jinshang,,pi5-21,,',
        ].join('\n'),
      ),
    ).toEqual([
      { line: 3, column: 'code', code: 'code-taken' },
      { line: 3, column: 'serial', code: 'serial-taken' },
      { line: 4, column: 'code', code: 'fixed' },
      { line: 4, column: 'serial', code: 'fixed' },
      { line: 5, column: 'terminal', code: 'retired' },
    ]);
    expect(await world.devices.show('h09')).toBeUndefined();
  });

  it('takes a thousand rows at once', async () => {
    const rows = Array.from(
      { length: 1_000 },
      (_, n) => `t${n},N${base36(n)},site-${n % 50},,pi5-21,,board-${n}`,
    );
    const csv = [head, ...rows].join('\n');
    expect(await counts(csv)).toEqual([1_000, 0, 0]);
    expect(await counts(csv)).toEqual([0, 0, 1_000]);
  });
});
