// Set-ups, releases and rollouts through headquarters' own door: HTTP in, signed MQTT out, facts back, over its restarts.
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeFrame } from '../../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import { openSignedFrame, verifyingKey } from '../../../../sync/contract/signed-frame.ts';
import { topics } from '../../../../sync/contract/topics.ts';
import { type Desired, desiredSchema, twinHash } from '../../../../sync/contract/twin.ts';
import { releaseAnswers } from '../../../../sync/headquarters/api/release-api.ts';
import { twinAnswers } from '../../../../sync/headquarters/api/twin-api.ts';
import { openStore } from '../../../../sync/headquarters/store/open-store.ts';
import { openTerminalEnd, type Running, runHeadquarters, type TerminalEnd, tenant } from '../running.ts';
import { batchOf, fact } from '../world.ts';
import { bringDevices } from './fleet-devices.ts';
import { releaseRoot, someRelease } from './some-releases.ts';

const soon = { timeout: 30_000, interval: 20 };
const hall = 'hall-1' as TerminalId;
const topic = topics.twin(tenant, hall);
const have = { board: 0, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 };
const raw = releaseRoot.export({ format: 'jwk' }).x ?? '';
const fleet = {
  listen: { host: '127.0.0.1', port: 0 },
  names: ['127.0.0.1'],
  brokerUrls: ['mqtts://127.0.0.1:8883'],
  releaseKeys: [Buffer.from(raw, 'base64url').toString('base64')],
};

let hq: Running;
let end: TerminalEnd;
let heard: Buffer[];
let seq = 0;

async function come(): Promise<void> {
  end = await openTerminalEnd(hq.mqttUrl);
  heard = [];
  end.client.on('message', (on, payload) => on === topic && heard.push(payload));
  await end.client.subscribeAsync(topic, { qos: 1 });
  await end.say('presence', { v: 1, online: true, version: '1', at: null, waiting: 0 });
  await end.say('ask', { v: 1, kind: 'changes', have });
}
function opened(frame: Buffer): Desired {
  const key = verifyingKey(Buffer.from(hq.publicKeys.signKey, 'base64'));
  return decodeFrame(desiredSchema, openSignedFrame(topic, frame, key));
}
function desired(): Desired | undefined {
  const last = heard.at(-1);
  return last && opened(last);
}
async function report({ rev, hash }: Desired, more: object = {}): Promise<void> {
  seq += 1;
  const body = { rev, hash, state: 'ok', code: null, path: null, schema: 1, release: 0, ...more };
  await end.say('facts', batchOf([fact(seq, { kind: 'twin-reported', body })]));
}
const post = async <const S extends v.GenericSchema>(path: string, body: unknown, schema: S) =>
  v.parse(schema, (await hq.call(`/api/fleet/${path}`, body)).json);
const write = (baseRev: number, values: object) =>
  hq.call('/api/fleet/layers/site', { subject: 'jinshang', baseRev, values });

describe('the twin through headquarters', () => {
  beforeEach(async () => {
    seq = 0;
    hq = await runHeadquarters({ fleet, limits: { ordersEveryMs: 50 } });
    await hq.close();
    const store = await openStore(`sqlite:${join(hq.folder, 'data', 'headquarters.sqlite')}`);
    await bringDevices({ store }, [{ id: 'hall-1', ring: 'lab' }]);
    await store.close();
    hq = await hq.restart();
    await come();
  });
  afterEach(async () => {
    await end.close();
    await hq.remove();
  });

  it('a value that is set arrives signed for its terminal, is reported back, and both stand side by side', async () => {
    await vi.waitFor(() => expect(desired()?.rev).toBe(1), soon);
    expect((await write(0, { 'settings.idleSeconds': 90 })).json).toEqual({ rev: 1, devices: 1 });
    await vi.waitFor(() => expect(desired()?.rev).toBe(2), soon);
    const told = desired();
    expect(told).toMatchObject({ values: { 'settings.idleSeconds': 90 } });
    if (!told) throw new Error('nothing was told');
    expect(told.hash).toBe(twinHash(told.values));
    await report(told);
    const read = async () => v.parse(twinAnswers.twin, (await hq.call('/api/fleet/twins/hall-1')).json);
    await vi.waitFor(async () => expect((await read()).twin?.reported?.rev).toBe(2), soon);
    expect(await read()).toMatchObject({
      twin: { rev: 2, reported: { hash: told.hash, state: 'ok' }, driftSince: null },
      values: [
        { path: 'settings.idleSeconds', value: 90, layer: 'site', subject: 'jinshang', by: 'api-token' },
      ],
    });
    const count = heard.length;
    await end.say('ask', { v: 1, kind: 'changes', have });
    // it serves with it: coming again brings nothing
    await write(1, { 'settings.idleSeconds': 91 });
    await vi.waitFor(() => expect(desired()?.rev).toBe(3), soon);
    expect(new Set(heard.slice(count).map((frame) => opened(frame).rev))).toEqual(new Set([3]));
  });

  it('answers revisions as ETags; a writer who was too late is told both, and nothing of theirs is kept', async () => {
    await write(0, { 'settings.idleSeconds': 90 });
    const late = await write(0, { 'settings.idleSeconds': 30 });
    expect([late.status, v.parse(twinAnswers.moved, late.json)]).toMatchObject([
      409,
      { error: { code: 'layer-moved' }, rev: 1, baseRev: 0 },
    ]);
    const url = `${hq.httpUrl}/api/fleet/layers/site?subject=jinshang`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${hq.token}` } });
    expect([answer.headers.get('etag'), await answer.json()]).toMatchObject([
      '"1"',
      { values: { 'settings.idleSeconds': 90 } },
    ]);
    const wrong = await write(1, { 'settings.idleSeconds': 'soon', 'reader.colour': 'red' });
    expect([wrong.status, wrong.json]).toMatchObject([400, { error: { code: 'values-wrong' } }]);
    expect(String(wrong.json['error'] && JSON.stringify(wrong.json['error']))).toContain('reader.colour');
  });

  it('a secret is known by its name alone: not in the log, not in an answer, not in what the broker sees', async () => {
    const value = 'canary-4711-pin';
    const names = await post('secrets', { name: 'site-pin', value }, twinAnswers.secrets);
    expect(names.secrets.map(({ name }) => name)).toEqual(['site-pin']);
    expect((await hq.call('/api/fleet/secrets', { name: 'site-pin', value: 'other' })).status).toBe(409);
    await write(0, { 'maintenance.pin': 'secret:site-pin' });
    await vi.waitFor(() => expect(desired()?.values).toEqual({ 'maintenance.pin': 'secret:site-pin' }), soon);
    expect((await hq.call('/api/fleet/secrets/site-pin/remove', {})).json).toMatchObject({
      error: { code: 'secret-in-use' },
    });
    const seen = [
      JSON.stringify(hq.lines),
      JSON.stringify((await hq.call('/api/audit')).json),
      JSON.stringify((await hq.call('/api/fleet/twins/hall-1')).json),
      ...heard.map((frame) => frame.toString('latin1')),
    ];
    expect(seen.filter((text) => text.includes(value))).toEqual([]);
    await write(1, {});
    expect((await hq.call('/api/fleet/secrets/site-pin/remove', {})).status).toBe(200);
  });

  it('S22 S24: a release that is taken in is offered by a rollout alone, survives a restart, and a failure takes it back', async () => {
    const release = someRelease(7, { expiresAt: '2099-01-01T00:00:00.000Z' }, { bytes: 150_000 });
    const send = async (path: string, bytes: Uint8Array) => {
      const answer = await fetch(`${hq.httpUrl}/api/fleet/releases/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hq.token}` },
        body: new Uint8Array(bytes),
      });
      return v.parse(releaseAnswers.takenIn, await answer.json());
    };
    let state = await send('import', release.signed);
    while (state.kind === 'wanted') {
      const { have: from, manifest } = state;
      state = await send(`${manifest}/import?offset=${from}`, release.bundle.subarray(from, from + 100_000));
    }
    expect(state).toEqual({ kind: 'listed', manifest: release.hash, seq: 7 });
    const { id } = await post('rollouts', { seq: 7 }, releaseAnswers.done);
    const order = { release: { seq: 7, version: '1.7.0', manifests: { x64: release.hash } } };
    await vi.waitFor(() => expect(desired()?.values).toEqual(order), { ...soon, timeout: 60_000 });
    await end.close();
    hq = await hq.restart();
    await come();
    await vi.waitFor(() => expect(desired()?.values).toEqual(order), soon);
    const told = desired();
    if (!told) throw new Error('nothing was told');
    await report(told, { hash: null, state: 'rolled-back', code: 'not-painted' });
    // what failed it shall not have any more
    await vi.waitFor(() => expect(desired()).toMatchObject({ rev: told.rev + 1, values: {} }), {
      ...soon,
      timeout: 60_000,
    });
    const { rollouts } = v.parse(releaseAnswers.rollouts, (await hq.call('/api/fleet/rollouts')).json);
    expect(rollouts).toMatchObject([
      { id, seq: 7, ring: 'lab', counts: { failed: 1 }, begunBy: 'api-token' },
    ]);
    expect((await hq.call(`/api/fleet/rollouts/${id}/promote`, {})).json).toMatchObject({
      error: { code: expect.stringMatching(/ring-not-good|wrong-state/) },
    });
  });
});
