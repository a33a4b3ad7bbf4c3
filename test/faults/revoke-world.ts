// A headquarters whose terminals come with certificates, on a broker that it keeps itself: enrolled at its door, revoked through its API.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimFile } from '../../sync/contract/enrolment.ts';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import type { DynsecAddress } from '../../sync/headquarters/fleet/broker-access/dynsec-channel.ts';
import { openAuthority } from '../../sync/headquarters/fleet/open-authority.ts';
import { blankDevice, enrol, pairOf } from '../simulators/blank-device.ts';
import { startFleetMosquitto } from '../simulators/fleet-mosquitto.ts';
import type { FleetIdentity } from '../simulators/fleet-terminal.ts';
import { type Running, runHeadquarters, tenant } from '../sync/headquarters/running.ts';

export type FleetBrokerName = 'mosquitto' | 'embedded';

export interface Applied {
  readonly epoch: string | null;
  readonly applied: number;
}

export interface RevokeWorld {
  readonly hq: Running;
  readonly tenant: TenantId;
  /** PEM */
  readonly root: string;
  readonly tlsUrl: string;
  /** how mosquitto is spoken to; undefined on the embedded broker */
  readonly access: DynsecAddress | undefined;
  /** at the door, with a claim */
  enrol(name: string): Promise<Pick<FleetIdentity, 'terminal' | 'certificate' | 'privateKey'>>;
  /** the number of the newest fact that headquarters applied, and the stream that it is of */
  applied(terminal: string): Promise<Applied>;
  /** resolves when headquarters says that the broker refuses it */
  cutOff(terminal: string): Promise<void>;
  close(): Promise<void>;
}

const patienceMs = 60_000;

/** @param madeAt of the revocation list that a mosquitto begins with; now unless given */
export async function openRevokeWorld(name: FleetBrokerName, madeAt?: Date): Promise<RevokeWorld> {
  // headquarters' root, before headquarters: the broker's certificate is of it
  const keys = mkdtempSync(join(tmpdir(), 'yingbin-revoke-'));
  const rootFile = join(keys, 'fleet-root.pem');
  const authority = await openAuthority(rootFile, tenant, new Date());
  const list = madeAt && (await authority.revocationList([], madeAt));
  const broker = name === 'mosquitto' ? await startFleetMosquitto(authority, tenant, list) : undefined;
  const fleet = {
    listen: { host: '127.0.0.1', port: 0 },
    names: ['localhost'],
    brokerUrls: [broker?.tlsUrl ?? 'mqtts://localhost:8883'],
  };
  const embedded = {
    kind: 'embedded',
    port: 0,
    tls: { host: '127.0.0.1', port: 0, names: ['localhost'] },
  };
  const hq = await runHeadquarters({
    fleet,
    rootText: readFileSync(rootFile, 'utf8'),
    broker: broker?.headquartersConfig ?? embedded,
  });
  const until = async (isSo: () => Promise<boolean>, what: string): Promise<void> => {
    const deadline = performance.now() + patienceMs;
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error(`never: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  let enrolled = 10;
  return {
    hq,
    tenant,
    root: authority.root,
    tlsUrl: broker?.tlsUrl ?? hq.mqttUrl,
    access: broker?.accessOptions,
    enrol: async (terminal) => {
      enrolled += 1;
      const code = `T${enrolled}`;
      const csv = `terminal,code,site,project,model,ring,serial\n${terminal},${code},jinshang,,pi5-21,rest,\n`;
      await hq.call('/api/fleet/import', { csv });
      const { json } = await hq.call('/api/fleet/claims', { terminals: [terminal] });
      const [claim] = json['claims'] as ClaimFile[];
      if (!claim || hq.doorUrl === undefined) throw new Error('no claim, or no door');
      const device = await blankDevice(`board-${terminal}`);
      const answer = await enrol({ url: hq.doorUrl, root: authority.root }, device, claim);
      return { terminal: terminal as TerminalId, ...pairOf(answer, device.privateKey) };
    },
    applied: async (terminal) => {
      const { json } = await hq.call('/api/terminals');
      const all = json['terminals'] as readonly (Applied & { readonly terminal: string })[];
      const { epoch, applied } = all.find((each) => each.terminal === terminal) ?? {
        epoch: null,
        applied: 0,
      };
      return { epoch, applied };
    },
    cutOff: (terminal) =>
      until(async () => {
        const { json } = await hq.call(`/api/audit?about=${terminal}`);
        return JSON.stringify(json).includes('terminal-cut-off');
      }, `${terminal} cut off`),
    close: async () => {
      await hq.remove();
      await broker?.close();
      rmSync(keys, { recursive: true });
    },
  };
}
