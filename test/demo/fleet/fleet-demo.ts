// `npm run demo -- --fleet N`: a fleet at a real headquarters, and the story of its newcomer: enrolled, configured, kept from a bad release.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writePrivate } from '../../../provisioning/write-terminal.ts';
import type { ClaimFile } from '../../../sync/contract/enrolment.ts';
import { type DeviceItem, deviceAnswers } from '../../../sync/headquarters/api/device-api.ts';
import { type DemoAccounts, makeDemoAccounts } from '../demo-accounts.ts';
import { openDemoFolder } from '../demo-folder.ts';
import { type FleetHeadquarters, startFleetHeadquarters } from './fleet-headquarters.ts';
import { type LightTerminal, openLightTerminal } from './light-terminal.ts';
import { type ShippedTerminal, startShippedTerminal } from './shipped-terminal.ts';
import type { Teller } from './teller.ts';

export interface FleetDemoOptions {
  /** emptied, if a demo made it */
  readonly data: string;
  /** terminals besides the newcomer, 3 … 200 */
  readonly count: number;
  /** 0 = any free port */
  readonly ports: { readonly kiosk: number; readonly headquarters: number };
  readonly teller: Teller;
  readonly signal: AbortSignal;
}

export interface FleetDemo {
  readonly folder: string;
  readonly programs: string;
  readonly headquarters: FleetHeadquarters;
  readonly accounts: DemoAccounts;
  /** how many of them are the shipped program; the others are light */
  readonly shipped: number;
  readonly devices: () => Promise<readonly DeviceItem[]>;
  /** what is closed with it, later ones first */
  readonly opened: { close(): Promise<unknown> }[];
  close(): Promise<void>;
}

/** Each takes some 200 MB and seconds of a processor: two that are tried first are enough to show what a release does. */
const shippedOf = ['hall-01', 'hall-02'] as const;
const atOnce = 10;
const sites = ['riverside', 'orchard', 'lakeside', 'hillside'] as const;

/** Compiled programs, found from the compiled and from the source tree alike. */
const programs = fileURLToPath(new URL('../../../dist/', import.meta.url)).replace('/dist/dist/', '/dist/');

export async function startFleetDemo(options: FleetDemoOptions): Promise<FleetDemo> {
  const opened: FleetDemo['opened'] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.splice(0).reverse()) await each.close();
  };
  try {
    return await build(options, opened, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  { data, count, ports, teller, signal }: FleetDemoOptions,
  opened: FleetDemo['opened'],
  close: () => Promise<void>,
): Promise<FleetDemo> {
  teller.line('正在启动总部：准入口、消息代理、控制台 …', 'Starting headquarters: door, broker, console …');
  const folder = openDemoFolder(data, true, new Date());
  const place = { programs, port: ports.headquarters, signal };
  const headquarters = await startFleetHeadquarters(folder, place);
  opened.push(headquarters);
  const accounts = await makeDemoAccounts(folder.path, headquarters.http, headquarters.token);
  const { client } = headquarters;
  const devices = async (): Promise<readonly DeviceItem[]> =>
    (await client.get('/fleet/devices?limit=1000', deviceAnswers.devices)).devices;

  const names = Array.from({ length: count }, (_, n) => `hall-${String(n + 1).padStart(2, '0')}`);
  teller.line(
    `${count} 台终端凭一次性凭证入网 …`,
    `${count} terminals enrol, each with a claim of its own …`,
  );
  const csv = csvOf(names);
  await client.post('/fleet/import', { csv }, deviceAnswers.imported);
  const { claims } = await client.post('/fleet/claims', { terminals: names }, deviceAnswers.claims);
  const isShipped = ({ terminal }: ClaimFile): boolean => shippedOf.some((each) => each === terminal);
  const whole = claims
    .filter(isShipped)
    .map((claim) => startShipped(join(folder.path, claim.terminal), claim, signal));
  opened.push({ close: () => closeAll(whole) });
  const light = await openLights(
    headquarters,
    claims.filter((claim) => !isShipped(claim)),
  );
  opened.push({ close: () => Promise.all(light.map((terminal) => terminal.close())) });
  await Promise.all(whole);
  await until(async () => (await devices()).every(({ online }) => online), signal);
  const shipped = whole.length;
  return { folder: folder.path, programs, headquarters, accounts, shipped, devices, opened, close };
}

/** Those that a release reaches first are in the lab; where the others stand, their names decide. */
export function csvOf(names: readonly string[]): string {
  const rows = names.map((name, n) => {
    const ring = shippedOf.some((each) => each === name) ? 'lab' : '';
    return `${name},${name.replace('hall-', 'H')},${sites[n % sites.length] ?? ''},,pi5-21,${ring},`;
  });
  return ['terminal,code,site,project,model,ring,serial', ...rows, ''].join('\n');
}

function startShipped(folder: string, claim: ClaimFile, signal: AbortSignal): Promise<ShippedTerminal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const claimFile = join(folder, 'yingbin-claim.json');
  writePrivate(claimFile, JSON.stringify(claim));
  return startShippedTerminal({ programs, folder, port: 0, signal }, claimFile);
}

async function openLights(
  { door }: FleetHeadquarters,
  claims: readonly ClaimFile[],
): Promise<LightTerminal[]> {
  const lights: LightTerminal[] = [];
  const waiting = claims.values();
  const bring = async (): Promise<void> => {
    for (const claim of waiting) lights.push(await openLightTerminal(door, claim));
  };
  await Promise.all(Array.from({ length: atOnce }, bring));
  return lights;
}

async function closeAll(starting: readonly Promise<ShippedTerminal>[]): Promise<void> {
  for (const each of await Promise.allSettled(starting))
    if (each.status === 'fulfilled') await each.value.close();
}

const patienceMs = 300_000;

/** @throws Error when it does not come about within five minutes, and when the story is ended */
export async function until(isSo: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const endsAt = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error('the fleet did not come to that within five minutes');
    await delay(250, undefined, { signal });
  }
}
