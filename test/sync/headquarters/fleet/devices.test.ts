// Device records through their life: listed, let in by code, replaced, put aside and retired; each deed once in the audit.

import { Hono } from 'hono';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import type { TwinValues } from '../../../../sync/contract/twin.ts';
import { type Role, roles } from '../../../../sync/headquarters/api/account-api.ts';
import { deviceAnswers } from '../../../../sync/headquarters/api/device-api.ts';
import { deviceRoutes } from '../../../../sync/headquarters/fleet/device-routes.ts';
import { blankDevice, enrol, pairOf, renew } from '../../../simulators/blank-device.ts';
import { storeKinds } from '../store-kinds.ts';
import { it as itActor, openTestDoor, type TestDoor } from './test-door.ts';

const devicesOf = (at: TestDoor) => at.world.devices;
const [h01, h02, h03] = ['h01', 'h02', 'h03'] as TerminalId[] as [TerminalId, TerminalId, TerminalId];

describe.each(storeKinds)('devices on %s', (kind) => {
  let at: TestDoor;
  afterEach(() => at.close());
  const letIn = async (terminal: TerminalId) => {
    const device = await blankDevice(`board-of-${terminal}`);
    const [claim] = await at.claimsFor(terminal);
    const answer = await enrol(at, device, claim ?? null);
    return { device, pair: pairOf(answer, device.privateKey), answer };
  };
  const deeds = async (about: string) =>
    (await at.world.audit.list({ limit: 50, about })).map(({ actor, what }) => `${actor} ${what}`).reverse();

  it('S24 are listed with how long their certificates are good, and by what they are filtered', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02', 'h03'] });
    const { devices } = at.world;
    await letIn(h01);
    await at.world.store.db
      .updateTable('device')
      .set({ site: 'milan', ring: 'lab' })
      .where('id', '=', h02)
      .execute();
    const all = await devices.list({ limit: 10 });
    expect(v.parse(deviceAnswers.devices, { devices: all }).devices).toEqual(all);
    // its clock is that of the world, which stands still in the past
    expect(all.map(({ terminal, state }) => [terminal, state])).toEqual([
      ['h01', 'enrolled'],
      ['h02', 'expected'],
      ['h03', 'expected'],
    ]);
    expect(all[0]?.certDays).toBeGreaterThan(80);
    expect(all[1]?.certDays).toBeNull();
    const names = async (filter: object) =>
      (await devices.list({ limit: 10, ...filter })).map(({ terminal }) => terminal);
    expect(await names({ site: 'milan' })).toEqual(['h02']);
    expect(await names({ ring: 'lab', state: 'enrolled' })).toEqual([]);
    expect(await names({ state: 'expected', after: 'h02' })).toEqual(['h03']);
    expect(await names({ limit: 1 })).toEqual(['h01']);
    const shown = await devices.show('h01');
    expect(v.parse(deviceAnswers.device, shown)).toEqual(shown);
    expect(shown?.certificates).toHaveLength(1);
    expect(shown?.claim?.usedAt).not.toBeNull();
    expect(shown?.refusals).toEqual([]);
    expect(await deeds('h01')).toEqual(['it-1 claim-issued', 'door terminal-enrolled']);
  });

  it('S12 S60 are heard no more when put aside or retired, and again when released', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02'] });
    const { devices } = at.world;
    const changed: string[] = [];
    devices.onGateChange((terminal) => void changed.push(terminal));
    const { pair } = await letIn(h01);
    expect(await devices.quarantine(h01, 'by-hand', itActor)).toBe('done');
    expect((await renew(at, pair)).answer).toMatchObject({ code: 'terminal-revoked', status: 403 });
    expect(await devices.quarantine(h01, 'by-hand', itActor)).toBe('wrong-state');
    expect(await devices.release(itActor, h01)).toBe('done');
    const next = await renew(at, pair);
    expect(next.answer.kind).toBe('enrolled');
    expect(await devices.release(itActor, h01)).toBe('wrong-state');
    expect(await devices.retire(itActor, h01)).toBe('done');
    expect((await renew(at, next.pair)).answer).toMatchObject({ code: 'terminal-revoked' });
    expect(await devices.retire(itActor, h01)).toBe('wrong-state');
    await expect(at.claimsFor(h01)).rejects.toThrow('wrong-state');
    expect(await devices.retire(itActor, 'nobody' as TerminalId)).toBe('unknown-terminal');
    expect(changed).toEqual(['h01', 'h01', 'h01']);
    expect((await deeds('h01')).slice(2)).toEqual([
      'it-1 terminal-quarantined',
      'it-1 terminal-released',
      'door certificate-renewed',
      'it-1 terminal-retired',
    ]);
    expect((await devices.show('h01'))?.certificates.map(({ reason }) => reason)).toEqual([
      'retired',
      'retired',
    ]);
  });

  it('are replaced: the place goes over, the key and the name do not', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02', 'h03'] });
    const { devices } = at.world;
    const { pair } = await letIn(h01);
    await at.world.store.db
      .updateTable('device')
      .set({ site: 'milan', project: 'milan', ring: 'early' })
      .where('id', '=', h01)
      .execute();
    expect(await devices.replace(itActor, h01, h01)).toBe('unknown-successor');
    expect(await devices.replace(itActor, h01, 'nobody' as TerminalId)).toBe('unknown-successor');
    expect(await devices.replace(itActor, h01, h02)).toBe('done');
    const [old, next] = await devices.list({ limit: 2 });
    expect([old?.state, old?.code]).toEqual(['retired', 'D0']);
    expect([next?.site, next?.project, next?.ring, next?.code, next?.serial]).toEqual([
      'milan',
      'milan',
      'early',
      'D1',
      null,
    ]);
    expect((await renew(at, pair)).answer).toMatchObject({ code: 'terminal-revoked' });
    expect((await letIn(h02)).answer.kind).toBe('enrolled');
    expect(await devices.replace(itActor, h01, h03)).toBe('wrong-state');
    expect(await devices.replace(itActor, h03, h01)).toBe('wrong-successor');
    expect((await deeds('h01')).at(-1)).toBe('it-1 terminal-replaced');
  });

  it('are replaced with what was set for them alone: another one in their place is set up as they were', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02'] });
    const { devices, twinLayers } = at.world;
    await letIn(h01);
    const ownOf = async (subject: string) => (await twinLayers.read({ layer: 'device', subject })).values;
    const set = (subject: string, values: TwinValues) =>
      twinLayers.write(itActor, { layer: 'device', subject, values, baseRev: 0 });
    await set('h01', { 'settings.idleSeconds': 77 });
    await set('h02', { 'settings.idleSeconds': 40, desktop: true });
    expect(await devices.replace(itActor, h01, h02)).toBe('done');
    expect(await ownOf('h02')).toEqual({ 'settings.idleSeconds': 77, desktop: true });
    expect(await ownOf('h01')).toEqual({});
  });

  it('S4 are let in by the code on the screen: as an expected one, as a new one, or not at all', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02:board-2'] });
    const { pendingTerminals } = at.world;
    const [first, second, third] = await Promise.all([1, 2, 3].map((n) => blankDevice(`board-${n}`)));
    if (!first || !second || !third) throw new Error('no devices');
    const codeOf = async (device: typeof first): Promise<string> => {
      const answer = await enrol(at, device, null);
      expect(answer).toMatchObject({ kind: 'pending', status: 202 });
      return answer.kind === 'pending' ? answer.code : '';
    };
    const [a, b, c] = [await codeOf(first), await codeOf(second), await codeOf(third)];
    expect((await pendingTerminals.list()).map(({ code }) => code).sort()).toEqual([a, b, c].sort());
    const approve = async (code: string, as: object) =>
      (await pendingTerminals.approve(itActor, code, as as never)).kind;
    expect(await approve(a, { terminal: 'h02' })).toBe('board-wrong');
    expect(await approve(a, { terminal: 'h77' })).toBe('unknown-terminal');
    expect(await approve('AAAAAA', { terminal: 'h01' })).toBe('unknown-code');
    expect(await approve(a, { terminal: 'h01' })).toBe('done');
    expect(await approve(c, { terminal: 'h01' })).toBe('wrong-state');
    const row = {
      terminal: 'h08',
      code: 'D0',
      site: 'milan',
      model: 'pi5-21',
      project: '',
      ring: '',
      serial: '',
    };
    expect(await pendingTerminals.approve(itActor, b, row as never)).toEqual({
      kind: 'row-wrong',
      fault: { column: 'code', code: 'code-taken' },
    });
    expect(await approve(b, { ...row, code: 'D8' })).toBe('done');
    expect(await pendingTerminals.deny(itActor, c)).toBe('done');
    expect(await enrol(at, first, null)).toMatchObject({ kind: 'enrolled', terminal: 'h01' });
    expect(await enrol(at, second, null)).toMatchObject({ kind: 'enrolled', terminal: 'h08', code: 'D8' });
    expect(await enrol(at, third, null)).toMatchObject({ code: 'not-let-in', status: 403 });
    expect(await pendingTerminals.deny(itActor, a)).toBe('wrong-state');
    expect(await deeds('h01')).toEqual(['it-1 terminal-approved', 'door terminal-enrolled']);
    const told = await at.world.store.db.selectFrom('notice').select('key').execute();
    expect(told.map(({ key }) => key.split('/')[0])).toEqual(['terminal-waits']);
  });

  it('S4 S18 wait in a list that a crowd of strangers cannot hold', async () => {
    at = await openTestDoor({ kind });
    const strangers = Array.from({ length: 200 }, (_, n) => ({
      public_key: `key-${n}`,
      code: `C${n}`,
      csr: '',
      board: '{}',
      asked_at: new Date().toISOString(),
      seen_at: new Date().toISOString(),
      device: n === 0 ? 'h01' : null,
      denied_at: null,
    }));
    await at.world.store.transaction((tx) => at.world.store.insert(tx, 'pending_terminal', strangers));
    const device = await blankDevice('board-1');
    expect(await enrol(at, device, null)).toMatchObject({ code: 'too-many-requests', status: 429 });
    at.tick(10 * 60_000 + 1_000);
    expect(await enrol(at, device, null)).toMatchObject({ kind: 'pending' });
    // who was let in already is not forgotten for it
    const left = await at.world.store.db.selectFrom('pending_terminal').select('public_key').execute();
    expect(left.map(({ public_key }) => public_key)).toContain('key-0');
    expect(left).toHaveLength(2);
  });

  it('S2 S54 are not let in with a key that another one has, by claim or by code', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02', 'h03'] });
    const { device } = await letIn(h01);
    const copy = { ...device, board: { ...device.board, serial: 'another-board' } };
    const [claim] = await at.claimsFor(h02);
    expect(await enrol(at, copy, claim ?? null)).toMatchObject({ code: 'request-wrong', status: 403 });
    expect((await devicesOf(at).show('h02'))?.refusals.map(({ code }) => code)).toEqual(['request-wrong']);
    const waits = await enrol(at, copy, null);
    if (waits.kind !== 'pending') throw new Error(waits.kind);
    await at.world.pendingTerminals.approve(itActor, waits.code, { terminal: h03 });
    expect(await enrol(at, copy, null)).toMatchObject({ code: 'request-wrong', status: 403 });
    expect((await devicesOf(at).show('h03'))?.state).toBe('expected');
  });

  it('S24 S57 are looked at by managers and changed by IT alone', async () => {
    at = await openTestDoor({ kind });
    const { world } = at;
    const as = async (role: Role, method: string, path: string) => {
      const app = new Hono();
      app.use(async (context, next) => {
        context.set('actor', { account: role, name: role, roles: new Set([role]), ports: new Set() });
        await next();
      });
      app.route('/', deviceRoutes({ ...world, door: undefined }));
      app.post('/rollouts', (context) => context.text('somebody else decides'));
      return (await app.request(path, { method, ...(method === 'POST' ? { body: '{}' } : {}) })).status;
    };
    const reads = ['/devices', '/devices/h01', '/export', '/pending'];
    const writes = ['/import', '/claims', '/pending/X/approve', '/pending/X/deny'];
    const deeds = ['retire', 'quarantine', 'release', 'replace'].map((deed) => `/devices/zz/${deed}`);
    for (const role of roles) {
      for (const path of reads)
        expect([role, path, await as(role, 'GET', path)]).toEqual([
          role,
          path,
          role === 'it' || role === 'manager' ? 200 : 403,
        ]);
      for (const path of [...writes, ...deeds])
        expect([role, path, (await as(role, 'POST', path)) !== 403]).toEqual([role, path, role === 'it']);
      expect([role, await as(role, 'POST', '/rollouts')]).toEqual([role, 200]);
      expect([role, (await as(role, 'GET', '/uploads/x')) !== 403]).toEqual([role, role === 'it']);
    }
  });
});
