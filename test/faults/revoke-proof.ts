// The proof of a revocation: a stolen terminal tells facts as fast as it can, and after it is revoked headquarters takes none.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from '../../sync/contract/ids.ts';
import { DynsecChannel } from '../../sync/headquarters/fleet/broker-access/dynsec-channel.ts';
import { CertificateAuthority, listLifeMs } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { startFleetMosquitto } from '../simulators/fleet-mosquitto.ts';
import { type FleetIdentity, fleetIdentity, openFleetLine } from '../simulators/fleet-terminal.ts';
import { startThief, type Thief } from './fleet-thief.ts';
import { type Applied, type FleetBrokerName, openRevokeWorld, type RevokeWorld } from './revoke-world.ts';
import type { RunOptions, RunResult } from './run-result.ts';

/** What became of one theft. */
export interface Theft {
  /** facts that headquarters took before */
  readonly before: number;
  /** facts that headquarters took after it had answered the revocation */
  readonly after: number;
  /** what the broker took, and how often it let the thief in, once headquarters said that it is cut off */
  readonly takenByBroker: number;
  readonly entries: number;
  /** how often it was turned away meanwhile */
  readonly refusals: number;
  /** from the order until headquarters knows that its certificate is refused */
  readonly cutOffMs: number;
}

const brokers: readonly FleetBrokerName[] = ['mosquitto', 'embedded'];
/** 45 rounds are 15 thefts on each broker */
const roundsPerTheft = 3;
const watchedMs = 600;
const controlLooks = 15;
const mostMs = 5_000;
const patienceMs = 60_000;

export async function proveRevoke({ rounds }: Pick<RunOptions, 'rounds'>): Promise<RunResult> {
  const count = Math.max(1, Math.round(rounds / roundsPerTheft));
  const thefts: Theft[] = [];
  for (const broker of brokers) {
    const world = await openRevokeWorld(broker);
    try {
      for (let n = 0; n < count; n += 1) thefts.push(await steal(world, `stolen-${n}`));
    } finally {
      await world.close();
    }
  }
  const control = await stealAfterDisable();
  const expired = await runOutOfList();
  const sum = (of: (theft: Theft) => number): number => thefts.reduce((all, theft) => all + of(theft), 0);
  const slowest = Math.round(Math.max(...thefts.map(({ cutOffMs }) => cutOffMs)));
  const [after, taken, entries, refusals] = [
    sum((theft) => theft.after),
    sum(({ takenByBroker }) => takenByBroker),
    sum((theft) => theft.entries),
    sum((theft) => theft.refusals),
  ];
  const isCutOff = after === 0 && taken === 0 && entries === 0 && refusals > 0 && slowest <= mostMs;
  return {
    fault: 'revoke',
    ok: isCutOff && control.after > 0 && expired.isLetIn && expired.isLockedOut,
    headline: `revoke: ${thefts.length} stolen terminals on ${brokers.join(' and ')}, cut off within ${slowest} ms`,
    outcomes: [
      {
        who: 'ours',
        note: `${sum(({ before }) => before)} facts before, ${after} after; let in ${entries} times, turned away ${refusals} times`,
      },
      {
        who: 'control (disables the client, as brokers offer)',
        note: `${control.after} facts taken after it`,
        provesNothing: control.after === 0,
      },
      {
        who: 'ours, a revocation list that ran out',
        note: `honest terminals ${expired.isLetIn ? 'let in' : 'LOCKED OUT'} once headquarters is there`,
      },
      {
        who: 'control (nobody makes the list anew)',
        note: `honest terminals ${expired.isLockedOut ? 'locked out' : 'let in'}`,
        provesNothing: !expired.isLockedOut,
      },
    ],
    figures: { thefts: thefts.length, after, taken, entries, refusals, slowestMs: slowest, control, expired },
  };
}

async function steal(world: RevokeWorld, name: string): Promise<Theft> {
  const { thief, before } = await letLoose(world, name);
  const startMs = performance.now();
  const { status } = await world.hq.call(`/api/fleet/devices/${name}/revoke`, {});
  if (status !== 200) throw new Error(`the revocation was answered ${status}`);
  const atAnswer = await world.applied(name);
  await world.cutOff(name);
  const cutOffMs = performance.now() - startMs;
  thief.since();
  const refusalsBefore = thief.refusals;
  await sleep(watchedMs);
  const { taken, entries } = thief.since();
  const refusals = thief.refusals - refusalsBefore;
  await thief.stop();
  const after = takenSince(atAnswer, await world.applied(name));
  return { before, after, takenByBroker: taken, entries, refusals, cutOffMs };
}

/** What dynamic security's `disableClient` does to a client that shows a certificate. */
async function stealAfterDisable(): Promise<{ readonly after: number }> {
  const world = await openRevokeWorld('mosquitto');
  try {
    const { thief } = await letLoose(world, 'disabled');
    if (!world.access) throw new Error('no mosquitto');
    const channel = new DynsecChannel(world.access);
    await channel.ask([{ command: 'disableClient', username: 'disabled' }]);
    await channel.close();
    const before = await world.applied('disabled');
    let after = 0;
    // it needs a moment to come back
    for (let n = 0; n < controlLooks && after === 0; n += 1) {
      await sleep(watchedMs);
      after = takenSince(before, await world.applied('disabled'));
    }
    await thief.stop();
    return { after };
  } finally {
    await world.close();
  }
}

/** mosquitto takes nobody any more when its list has run out, and nobody else would tell. */
async function runOutOfList(): Promise<{ readonly isLetIn: boolean; readonly isLockedOut: boolean }> {
  const longAgo = new Date(Date.now() - 2 * listLifeMs);
  const isTaken = async (
    url: string,
    root: string,
    { terminal, certificate, privateKey }: Pick<FleetIdentity, 'terminal' | 'certificate' | 'privateKey'>,
  ): Promise<boolean> => {
    const tls = { ca: root, cert: certificate, key: privateKey };
    const line = await openFleetLine(url, tls, { clientId: terminal, version: 5 });
    if (line !== 'refused') await line.close();
    return line !== 'refused';
  };
  const world = await openRevokeWorld('mosquitto', longAgo);
  try {
    const honest = await world.enrol('honest');
    const isLetIn = await isTaken(world.tlsUrl, world.root, honest);
    return { isLetIn, isLockedOut: await isLockedOutAlone(longAgo, isTaken) };
  } finally {
    await world.close();
  }
}

async function isLockedOutAlone(
  madeAt: Date,
  isTaken: (url: string, root: string, identity: FleetIdentity) => Promise<boolean>,
): Promise<boolean> {
  const authority = await CertificateAuthority.open(await CertificateAuthority.make('proof', new Date()));
  const list = await authority.revocationList([], madeAt);
  const broker = await startFleetMosquitto(authority, 'proof' as TenantId, list);
  const access = broker.openAccess();
  try {
    const honest = await fleetIdentity(authority, 'honest');
    await access.grant(honest.terminal);
    return !(await isTaken(broker.tlsUrl, authority.root, honest));
  } finally {
    await access.close();
    await broker.close();
  }
}

/** Whoever comes back begins a new stream. */
function takenSince(before: Applied, after: Applied): number {
  return after.epoch === before.epoch ? after.applied - before.applied : after.applied;
}

/** @returns when headquarters has taken some of what it says */
async function letLoose(
  world: RevokeWorld,
  name: string,
): Promise<{ readonly thief: Thief; readonly before: number }> {
  // the embedded broker knows 3.1.1 alone
  const version = world.access ? 5 : 4;
  const thief = startThief(world.tlsUrl, world.tenant, world.root, await world.enrol(name), version);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { applied: before } = await world.applied(name);
    if (before > 0) return { thief, before };
    if (performance.now() > deadline) throw new Error(`headquarters never heard ${name}`);
    await sleep(20);
  }
}
