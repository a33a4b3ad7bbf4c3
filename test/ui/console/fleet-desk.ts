// A headquarters with a fleet as IT meets it: records of two sites, some enrolled through the real door, one in trouble.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { deviceAnswers } from '../../../sync/headquarters/api/device-api.ts';
import { blankDevice, type ClientPair, type DoorAt, enrol, pairOf } from '../../simulators/blank-device.ts';
import { releaseRoot } from '../../sync/headquarters/fleet/some-releases.ts';
import {
  openTerminalEnd,
  type Running,
  runHeadquarters,
  type TerminalEnd,
} from '../../sync/headquarters/running.ts';
import { batchOf, fact } from '../../sync/headquarters/world.ts';

const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));

export const records = [
  'terminal,code,site,model,project,ring,serial',
  ...Array.from(
    { length: 9 },
    (_, n) => `siji-${n + 1},S${n + 10},siji,pi5-21,siji,${n === 0 ? 'lab' : ''},`,
  ),
  ...Array.from({ length: 5 }, (_, n) => `yunshan-${n + 1},Y${n + 10},yunshan,pi5-32,yunshan,,`),
].join('\n');

export interface FleetDesk {
  readonly hq: Running;
  readonly door: DoorAt;
  /** who is there, by name */
  readonly ends: ReadonlyMap<string, TerminalEnd>;
  /** what each shows at the door */
  readonly pairs: ReadonlyMap<string, ClientPair>;
  close(): Promise<void>;
}

export async function openFleetDesk(): Promise<FleetDesk> {
  const raw = releaseRoot.export({ format: 'jwk' }).x ?? '';
  const hq = await runHeadquarters({
    consoleDir,
    limits: { requestsPerSecond: 1_000 },
    fleet: {
      listen: { host: '127.0.0.1', port: 0 },
      names: ['localhost'],
      brokerUrls: ['mqtts://broker.example:8883'],
      requestsPerMinute: 10_000,
      releaseKeys: [Buffer.from(raw, 'base64url').toString('base64')],
    },
  });
  await hq.call('/api/fleet/import', { csv: records });
  const root = readFileSync(join(hq.folder, 'fleet-root.pem'), 'utf8');
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(root)?.[0] ?? '';
  const door = { url: hq.doorUrl ?? '', root: certificate };
  const terminals = Array.from({ length: 8 }, (_, n) => `siji-${n + 1}`);
  const { json } = await hq.call('/api/fleet/claims', { terminals });
  const pairs = new Map<string, ClientPair>();
  for (const claim of v.parse(deviceAnswers.claims, json).claims) {
    const device = await blankDevice(`board-of-${claim.terminal}`);
    pairs.set(claim.terminal, pairOf(await enrol(door, device, claim), device.privateKey));
  }
  const ends = new Map(
    await Promise.all(
      terminals.slice(0, 6).map(async (terminal) => [terminal, await come(hq, terminal)] as const),
    ),
  );
  await hq.call('/api/fleet/layers/default', {
    values: { 'settings.idleSeconds': 60, 'settings.language': 'zh' },
    baseRev: 0,
  });
  return {
    hq,
    door,
    ends,
    pairs,
    close: async () => {
      for (const end of ends.values()) await end.close();
      await hq.remove();
    },
  };
}

/** It is there, and one of them is out of paper. */
async function come(hq: Running, terminal: string): Promise<TerminalEnd> {
  const end = await openTerminalEnd(hq.mqttUrl, terminal);
  const waiting = terminal === 'siji-3' ? 240 : 0;
  const at = new Date().toISOString();
  const oldest = waiting > 0 ? new Date(Date.now() - 40 * 60_000).toISOString() : null;
  await end.say('presence', { v: 1, online: true, version: '1.3.0', at, waiting, oldest }, true);
  const printer = terminal === 'siji-2' ? 'printer-paper-out' : 'ready';
  const states = [
    { device: 'reader', state: 'ready' },
    { device: 'printer', state: printer },
  ];
  const facts = states.map((body, n) => ({ ...fact(n + 1, { kind: 'device-changed', body }), at }));
  await end.say('facts', batchOf(facts, terminal));
  return end;
}
