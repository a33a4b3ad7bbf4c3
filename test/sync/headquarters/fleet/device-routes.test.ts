// From a table of devices to a terminal that serves, over headquarters as it ships: import, claims, door, broker, uploads.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClaimFile } from '../../../../sync/contract/enrolment.ts';
import { deviceAnswers } from '../../../../sync/headquarters/api/device-api.ts';
import { askDoor, blankDevice, type DoorAt, enrol, pairOf, renew } from '../../../simulators/blank-device.ts';
import { openTerminalEnd, type Running, runHeadquarters } from '../running.ts';

const fleet = {
  listen: { host: '127.0.0.1', port: 0 },
  names: ['localhost'],
  brokerUrls: ['mqtts://broker.example:8883'],
  requestsPerMinute: 10_000,
};
const csv = 'terminal,code,site,model\nh01,H01,jinshang,pi5-21\nh02,H02,jinshang,pi5-21\n';

let headquarters: Running | undefined;
afterEach(async () => {
  await headquarters?.remove();
  headquarters = undefined;
});
async function running(): Promise<Running> {
  headquarters = await runHeadquarters({ fleet });
  return headquarters;
}
async function claimsOf(hq: Running, ...terminals: string[]): Promise<ClaimFile[]> {
  const { json } = await hq.call('/api/fleet/claims', { terminals });
  return v.parse(deviceAnswers.claims, json).claims;
}
function doorOf(hq: Running, claim: ClaimFile): DoorAt {
  const text = readFileSync(join(hq.folder, 'fleet-root.pem'), 'utf8');
  const root = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(text)?.[0] ?? '';
  return { url: claim.headquarters, root };
}

describe('the fleet at headquarters', () => {
  it('S3 brings a board in three calls to its certificate, and keeps its root over a restart', async () => {
    let hq = await running();
    const imported = await hq.call('/api/fleet/import', { csv });
    expect(imported).toEqual({
      status: 200,
      json: { isDone: true, added: 2, changed: 0, same: 0, errors: [] },
    });
    const [claim] = await claimsOf(hq, 'h01');
    if (!claim) throw new Error('no claim');
    expect(hq.doorUrl).toBe(claim.headquarters);
    expect(statSync(join(hq.folder, 'fleet-root.pem')).mode & 0o777).toBe(0o600);
    const device = await blankDevice('board-1');
    const answer = await enrol(doorOf(hq, claim), device, claim);
    expect(answer).toMatchObject({
      kind: 'enrolled',
      terminal: 'h01',
      code: 'H01',
      tenant: 'test',
      broker: ['mqtts://broker.example:8883'],
      fleetKey: '07'.repeat(32),
      sealKey: hq.publicKeys.sealKey,
      releaseKeys: [],
    });
    hq = await hq.restart();
    headquarters = hq;
    const [next] = await claimsOf(hq, 'h02');
    expect(next?.root).toBe(claim.root);
    const door = next && doorOf(hq, next);
    if (!door) throw new Error('no door');
    expect((await renew(door, pairOf(answer, device.privateKey))).answer.kind).toBe('enrolled');
    const { json } = await hq.call('/api/fleet/devices');
    const [first] = v.parse(deviceAnswers.devices, json).devices;
    expect(first).toMatchObject({ terminal: 'h01', state: 'enrolled', serial: 'board-1', certDays: 89 });
    expect(JSON.stringify(hq.lines)).not.toContain(claim.claim);
    // S3: of the terminal's key headquarters has nothing, in no table and no file
    const database = readFileSync(join(hq.folder, 'data', 'headquarters.sqlite'));
    expect(database.includes('BEGIN CERTIFICATE')).toBe(true);
    expect(database.includes('PRIVATE KEY')).toBe(false);
  });

  it('S12 S54 puts a copied card aside when the second machine comes over the broker', async () => {
    const hq = await running();
    await hq.call('/api/fleet/import', { csv });
    const [claim] = await claimsOf(hq, 'h01');
    if (!claim) throw new Error('no claim');
    await enrol(doorOf(hq, claim), await blankDevice('board-1'), claim);
    const state = async () => {
      const { json } = await hq.call('/api/fleet/devices/h01');
      return [json['state'], json['online']];
    };
    const come = async (serial: string): Promise<void> => {
      const end = await openTerminalEnd(hq.mqttUrl, 'h01');
      const birth = {
        v: 1,
        online: true,
        version: '1',
        at: null,
        waiting: 0,
        serial,
        boot: `boot-${serial}`,
      };
      await end.say('presence', birth, true);
      await end.close();
    };
    await come('board-1');
    await expect.poll(state, { timeout: 60_000 }).toEqual(['enrolled', true]);
    await come('board-7');
    await expect.poll(state, { timeout: 60_000 }).toEqual(['quarantined', true]);
    const inbox = await hq.call('/api/notices');
    expect(JSON.stringify(inbox.json)).toContain('h01');
    const audit = await hq.call('/api/audit?about=h01&limit=1');
    expect(audit.json['lines']).toMatchObject([{ actor: 'clone-watch', what: 'terminal-quarantined' }]);
  });

  it('takes what a terminal was ordered to show, of its own orders alone, and shows it to IT', async () => {
    const hq = await running();
    await hq.call('/api/fleet/import', { csv });
    const claims = await claimsOf(hq, 'h01', 'h02');
    const pairs = await Promise.all(
      claims.map(async (claim, n) => {
        const device = await blankDevice(`board-${n}`);
        return pairOf(await enrol(doorOf(hq, claim), device, claim), device.privateKey);
      }),
    );
    const end = await openTerminalEnd(hq.mqttUrl, 'h01');
    await end.say('presence', { v: 1, online: true, version: '1', at: null, waiting: 0 }, true);
    const order = { kind: 'take-screenshot', body: {}, terminals: ['h01'], expiresInMs: 60_000 };
    await expect
      .poll(async () => (await hq.call('/api/orders', order)).status, { timeout: 60_000 })
      .toBe(200);
    const [batch] = (await hq.call('/api/orders')).json['batches'] as { batch: string }[];
    const { json } = await hq.call(`/api/orders/${batch?.batch}`);
    const [{ id } = { id: '' }] = json['orders'] as { id: string }[];
    const at = doorOf(hq, claims[0] as ClaimFile);
    const send = async (pair: (typeof pairs)[0] | undefined, type: string, body: Buffer, to = id) =>
      (await askDoor(at, `/uploads/${to}`, { body, pair, headers: { 'Content-Type': type } })).status;
    const picture = Buffer.from('89504e470d0a1a0a00', 'hex');
    expect(await send(undefined, 'image/png', picture)).toBe(403);
    expect(await send(pairs[1], 'image/png', picture)).toBe(404);
    expect(await send(pairs[0], 'text/html', picture)).toBe(415);
    expect(await send(pairs[0], 'image/png', picture, '..%2f..%2fx')).toBe(404);
    expect(await send(pairs[0], 'image/png', Buffer.alloc(4 * 1024 * 1024 + 1))).toBe(413);
    expect(await send(pairs[0], 'text/plain', picture)).toBe(404);
    expect(await send(pairs[0], 'image/png', Buffer.from('no picture'))).toBe(415);
    expect(await send(pairs[0], 'image/png', picture)).toBe(200);
    const shown = await fetch(`${hq.httpUrl}/api/fleet/uploads/${id}`, {
      headers: { authorization: `Bearer ${hq.token}` },
    });
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(picture);
    const told = (await hq.call(`/api/orders/${batch?.batch}`)).json['orders'];
    expect(told).toMatchObject([{ upload: { type: 'image/png', bytes: picture.length } }]);
    const lines = (await hq.call('/api/audit?limit=3')).json['lines'];
    expect(lines).toContainEqual(expect.objectContaining({ what: 'upload-viewed', about: id }));
    expect((await hq.call('/api/audit?about=h01&limit=1')).json['lines']).toMatchObject([
      { actor: 'api-token', what: 'order-given', detail: { kind: 'take-screenshot' } },
    ]);
    expect(statSync(join(hq.folder, 'data', 'uploads', `${id}.png`)).mode & 0o777).toBe(0o600);
    await end.close();
  });

  it('S38 changes nothing by GET, at the door or at the API', async () => {
    const hq = await running();
    await hq.call('/api/fleet/import', { csv });
    const [claim] = await claimsOf(hq, 'h01');
    if (!claim) throw new Error('no claim');
    const at = doorOf(hq, claim);
    const device = await blankDevice('board-1');
    const pair = pairOf(await enrol(at, device, claim), device.privateKey);
    await enrol(at, await blankDevice('board-9'), null);
    const { json: queue } = await hq.call('/api/fleet/pending');
    const code = v.parse(deviceAnswers.pending, queue).pending[0]?.code ?? '';
    const state = async () => [
      (await hq.call('/api/fleet/devices')).json,
      (await hq.call('/api/fleet/devices/h01')).json,
      (await hq.call('/api/fleet/pending')).json,
      (await hq.call('/api/audit')).json,
    ];
    const before = await state();
    const deeds = ['retire', 'quarantine', 'release', 'replace'].map((deed) => `/devices/h01/${deed}`);
    const paths = ['/devices', '/devices/h01', '/export', '/import', '/claims', `/pending/${code}/approve`];
    for (const path of [...paths, `/pending/${code}/deny`, ...deeds, '/uploads/x']) {
      const { status } = await fetch(`${hq.httpUrl}/api/fleet${path}?terminal=h02&by=h02`, {
        headers: { authorization: `Bearer ${hq.token}` },
      });
      expect([path, [200, 404].includes(status)]).toEqual([path, true]);
    }
    for (const path of ['/enrol', '/renew', '/uploads/x', '/root', '/', '/bundles/x'])
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
        expect([200, 404]).toContain((await askDoor(at, path, { method, pair })).status);
    expect(await state()).toEqual(before);
  });

  it('without a door in its config issues no claim and says so', async () => {
    headquarters = await runHeadquarters();
    await headquarters.call('/api/fleet/import', { csv });
    const { status, json } = await headquarters.call('/api/fleet/claims', { terminals: ['h01'] });
    expect([status, json['error']]).toMatchObject([409, { code: 'no-door' }]);
    expect(headquarters.doorUrl).toBeUndefined();
  });
});
