// What every BrokerAccess must do on its broker: who is let in, what they may say and hear, and how they are cut off.
import { connect as connectTls, type SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { topics } from '../../sync/contract/topics.ts';
import type { BrokerAccess } from '../../sync/headquarters/fleet/broker-access/broker-access.ts';
import { CertificateAuthority } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { makeRevocationList } from '../../sync/headquarters/fleet/revocation-list.ts';
import {
  type FleetIdentity,
  type FleetLine,
  fleetIdentity,
  type LineOptions,
  openFleetLine,
  tlsOf,
} from '../simulators/fleet-terminal.ts';
import { countRights, expectRights, type Role } from './broker-rights.ts';

/** A broker with an adapter, as headquarters has it. */
export interface AccessBench {
  readonly access: BrokerAccess;
  /** mqtts://localhost:port */
  readonly tlsUrl: string;
  /** where headquarters speaks, and with what */
  readonly headquarters: { readonly url: string; readonly username: string; readonly password: string };
  close(): Promise<void>;
}

export const fleetTenant = 'fleet-test' as TenantId;
export const patient = { timeout: 60_000, interval: 20 };

export function brokerAccessContract(
  name: string,
  open: (authority: CertificateAuthority) => Promise<AccessBench>,
): void {
  describe(`broker access on ${name}`, () => {
    let authority: CertificateAuthority;
    let bench: AccessBench;
    let hq: FleetLine;
    let count = 0;

    beforeAll(async () => {
      authority = await CertificateAuthority.open(await CertificateAuthority.make('fleet-test', new Date()));
      bench = await open(authority);
      const { url, username, password } = bench.headquarters;
      hq = lineOf(
        await openFleetLine(url, undefined, { clientId: 'hq', username, password: Buffer.from(password) }),
      );
      await hq.listen(topics.allUp(fleetTenant));
    }, 120_000);
    afterAll(async () => {
      await hq?.close();
      await bench?.access.close();
      await bench?.close();
    });

    const identity = async (isGranted = true): Promise<FleetIdentity> => {
      count += 1;
      const made = await fleetIdentity(authority, `t${count}`);
      if (isGranted) await bench.access.grant(made.terminal, made);
      return made;
    };
    const connect = (who: FleetIdentity, options: LineOptions = {}) =>
      openFleetLine(bench.tlsUrl, tlsOf(authority, who), { clientId: who.terminal, ...options });
    const facts = (terminal: TerminalId): string => topics.facts(fleetTenant, terminal);
    const heardBy = (line: FleetLine, payload: string): boolean =>
      line.heard.some((message) => message.payload === payload);
    /** @returns whether headquarters hears it; what is asked afterwards tells that nothing more comes */
    const reaches = async (line: FleetLine | 'refused', topic: string, payload: string): Promise<boolean> => {
      if (line !== 'refused') await line.say(topic, payload);
      await settled();
      return heardBy(hq, payload);
    };
    let sentinel: FleetLine | undefined;
    let sentinelName: TerminalId | undefined;
    /** what was said before is heard by now: a terminal that may speak spoke after it */
    const settled = async (): Promise<void> => {
      if (!sentinel?.isUp || !sentinelName) {
        const who = await identity();
        sentinelName = who.terminal;
        sentinel = lineOf(await connect(who));
      }
      count += 1;
      const mark = `mark-${count}`;
      await sentinel.say(facts(sentinelName), mark);
      await vi.waitFor(() => expect(heardBy(hq, mark)).toBe(true), patient);
    };
    const cutOff = async (who: FleetIdentity): Promise<void> => {
      await bench.access.revoke(who.terminal, [who.serial], 'revoked');
      const revoked = [{ serial: who.serial, at: new Date() }];
      await bench.access.takeList(await makeRevocationList(authority, revoked, new Date()));
    };

    it('S14 of 1,000 random topics and filters everybody hears what is theirs, and nothing else', async () => {
      const [a, b] = [await identity(), await identity()];
      const identities = new Map([a, b].map((each) => [each.terminal as string, each]));
      const { url, username, password } = bench.headquarters;
      const login = { username, password: Buffer.from(password) };
      const open = async (role: Role): Promise<FleetLine> => {
        const who = identities.get(role);
        return lineOf(await (who ? connect(who) : openFleetLine(url, undefined, login)));
      };
      const seed = Date.now() % 1_000_000;
      const terminals = [a.terminal, b.terminal] as const;
      expectRights(await countRights({ tenant: fleetTenant, terminals, open }, seed, 1_000), seed);
    }, 300_000);

    it('S14 lets a terminal in that it was granted, and lists it', async () => {
      const who = await identity();
      const line = lineOf(await connect(who));
      await line.listen(`yingbin/v1/${fleetTenant}/down/${who.terminal}/#`);
      await line.listen(topics.manifest(fleetTenant));
      expect(await reaches(line, facts(who.terminal), 'hello')).toBe(true);
      await hq.say(topics.ack(fleetTenant, who.terminal), 'ack');
      await hq.say(topics.manifest(fleetTenant), 'manifest');
      await vi.waitFor(
        () => expect([heardBy(line, 'ack'), heardBy(line, 'manifest')]).toEqual([true, true]),
        patient,
      );
      expect(await bench.access.list()).toContain(who.terminal);
      await bench.access.grant(who.terminal, who);
      expect((await bench.access.list()).filter((each) => each === who.terminal)).toHaveLength(1);
      await line.close();
    });

    it('S10 nobody is heard who was never granted', async () => {
      const who = await identity(false);
      expect(await bench.access.list()).not.toContain(who.terminal);
      expect(await reaches(await connect(who), facts(who.terminal), 'stranger')).toBe(false);
    });

    it('S10 a revoked terminal loses its line at once and says nothing more, whatever it tries', async () => {
      const [who, other] = [await identity(), await identity()];
      const [line, untouched] = [lineOf(await connect(who)), lineOf(await connect(other))];
      expect(await reaches(line, facts(who.terminal), 'before')).toBe(true);
      await cutOff(who);
      await line.ended;
      for (const version of [4, 5] as const) {
        for (const clientId of [who.terminal, other.terminal, 'stranger', undefined]) {
          const again = await connect(who, { version, ...(clientId === undefined ? {} : { clientId }) });
          expect(again, `${version} ${clientId}`).toBe('refused');
        }
      }
      expect(await bench.access.list()).not.toContain(who.terminal);
      expect([untouched.isUp, await reaches(untouched, facts(other.terminal), 'still')]).toEqual([
        true,
        true,
      ]);
      // whoever was told so before changes nothing
      await bench.access.revoke(who.terminal, [who.serial], 'revoked');
      await untouched.close();
    });

    it('S12 a terminal that was quarantined comes back with another certificate', async () => {
      const who = await identity();
      await cutOff(who);
      expect(await connect(who)).toBe('refused');
      const fresh = await fleetIdentity(authority, who.terminal);
      await bench.access.grant(who.terminal, fresh);
      const line = lineOf(await connect(fresh));
      expect(await reaches(line, facts(who.terminal), 'back')).toBe(true);
      await line.close();
    });

    it('S9 a superseded certificate opens nothing while its successor goes on', async () => {
      const old = await identity();
      const fresh = await fleetIdentity(authority, old.terminal);
      await bench.access.grant(old.terminal, fresh);
      const line = lineOf(await connect(fresh));
      await bench.access.revoke(old.terminal, [old.serial], 'superseded');
      const revoked = [{ serial: old.serial, at: new Date() }];
      await bench.access.takeList(await makeRevocationList(authority, revoked, new Date()));
      expect(await connect(old)).toBe('refused');
      expect([line.isUp, await reaches(line, facts(old.terminal), 'goes on')]).toEqual([true, true]);
      await line.close();
    });

    it('S10 a kicked terminal loses its line and may come again', async () => {
      const who = await identity();
      const line = lineOf(await connect(who));
      await bench.access.kick(who.terminal);
      await line.ended;
      const again = lineOf(await connect(who));
      expect(await reaches(again, facts(who.terminal), 'again')).toBe(true);
      await again.close();
      await bench.access.kick(who.terminal);
      await bench.access.kick('nobody' as TerminalId);
    });

    it('S15 a client id cannot be borrowed: the line of its owner stays, and so do its rights', async () => {
      const [victim, thief] = [await identity(), await identity()];
      const line = lineOf(await connect(victim));
      const borrowed = await connect(thief, { clientId: victim.terminal, username: victim.terminal });
      expect(await reaches(borrowed, facts(victim.terminal), 'forged')).toBe(false);
      await settled();
      expect(line.isUp).toBe(true);
      expect(await reaches(line, facts(victim.terminal), 'mine')).toBe(true);
      await line.close();
      if (borrowed !== 'refused') await borrowed.close();
    });

    it('S14 a last will speaks in nobody else’s name', async () => {
      const [victim, thief] = [await identity(), await identity()];
      const topic = topics.presence(fleetTenant, victim.terminal);
      const will = { topic, payload: Buffer.from('dead'), qos: 1 as const, retain: true };
      const line = await connect(thief, { will });
      if (line !== 'refused') line.client.stream.destroy();
      await settled();
      expect(heardBy(hq, 'dead')).toBe(false);
    });

    it('S13 S7 nobody comes in without a certificate, or with one of another root', async () => {
      const naked = { ca: authority.root, cert: '', key: '' };
      expect(await openFleetLine(bench.tlsUrl, naked, { clientId: 'naked' })).toBe('refused');
      const foreign = await CertificateAuthority.open(
        await CertificateAuthority.make('fleet-test', new Date()),
      );
      const who = await identity();
      const forged = await fleetIdentity(foreign, who.terminal);
      expect(await openFleetLine(bench.tlsUrl, tlsOf(authority, forged))).toBe('refused');
      const plain = bench.tlsUrl.replace('mqtts', 'mqtt');
      expect(await openFleetLine(plain, undefined, { clientId: who.terminal })).toBe('refused');
      expect(await openFleetLine(bench.headquarters.url, undefined, { clientId: who.terminal })).toBe(
        'refused',
      );
      const { username } = bench.headquarters;
      const wrong = { clientId: 'x', username, password: Buffer.from('wrong') };
      expect(await openFleetLine(bench.headquarters.url, undefined, wrong)).toBe('refused');
    });

    it('S13 speaks no TLS below 1.2', async () => {
      const who = await identity();
      const shakes = (version: SecureVersion): Promise<boolean> =>
        shakesHands(bench.tlsUrl, { ...tlsOf(authority, who), minVersion: version, maxVersion: version });
      expect(await shakes('TLSv1.2')).toBe(true);
      expect([await shakes('TLSv1'), await shakes('TLSv1.1')]).toEqual([false, false]);
    });

    it('S14 whoever is enrolled under the name of headquarters’ user has a terminal’s rights', async () => {
      const who = await fleetIdentity(authority, 'headquarters');
      await bench.access.grant(who.terminal, who);
      const line = lineOf(await connect(who));
      await line.listen(`yingbin/v1/${fleetTenant}/up/#`);
      expect(await reaches(line, facts(who.terminal), 'as myself')).toBe(true);
      expect(line.heard).toEqual([]);
      const other = await identity();
      // a broker may end the line of whoever tries it
      expect(await reaches(line, facts(other.terminal), 'as headquarters')).toBe(false);
      await line.close();
    });
  });
}

export function lineOf(line: FleetLine | 'refused'): FleetLine {
  if (line === 'refused') throw new Error('it was not let in');
  return line;
}

/** With ciphers that would do for old versions too. */
function shakesHands(
  url: string,
  options: { readonly ca: string; readonly cert: string; readonly key: string } & {
    readonly minVersion: SecureVersion;
    readonly maxVersion: SecureVersion;
  },
): Promise<boolean> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connectTls({ host, port: Number(port), ciphers: 'DEFAULT@SECLEVEL=0', ...options });
    socket.once('secureConnect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
