// Makes what a fleet begins with: headquarters' config and secrets, its root, and the files of its broker. Never replaces a secret.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from '../../durable-file.ts';
import { parseHeadquartersConfig } from '../config.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import { readOrMakeKeys } from '../keys.ts';
import { readOrMakeToken, readSecret } from '../secrets.ts';
import { type BrokerPlan, type BrokerSetup, fileNames } from './broker-config/broker-files.ts';
import { emqxSetup } from './broker-config/emqx-files.ts';
import { mosquittoSetup } from './broker-config/mosquitto-files.ts';
import { openAuthority, rootFileOf } from './open-authority.ts';

const portNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const brokerKinds = ['mosquitto', 'emqx'] as const;
const brokerPlace = {
  /** where the files will lie on the broker's machine; those of mosquitto are written there */
  brokerFolder: v.pipe(v.string(), v.minLength(1)),
  tlsPort: portNumber,
  loopbackPort: portNumber,
  isDryRun: v.boolean(),
};
export const initPlanSchema = v.strictObject({
  ...brokerPlace,
  folder: v.pipe(v.string(), v.minLength(1)),
  tenant: v.string(),
  /** DNS names and IP addresses by which terminals reach headquarters and its broker */
  names: v.array(v.string()),
  broker: v.picklist(['embedded', ...brokerKinds]),
  doorPort: portNumber,
  httpPort: portNumber,
  releaseKeys: v.array(v.string()),
});
export type InitPlan = v.InferOutput<typeof initPlanSchema>;
export const brokerConfigPlanSchema = v.strictObject({
  ...brokerPlace,
  /** headquarters' own */
  config: v.string(),
  broker: v.picklist(brokerKinds),
  /** empty = as its door has them */
  names: v.array(v.string()),
});
export type BrokerConfigPlan = v.InferOutput<typeof brokerConfigPlanSchema>;

export interface SetUp {
  readonly files: readonly { readonly file: string; readonly isNew: boolean }[];
  /** the `broker` part of headquarters' config */
  readonly broker: Readonly<Record<string, unknown>>;
}

const configName = 'headquarters.json';
const secretNames = {
  fleetKeyFile: 'fleet.key',
  apiTokenFile: 'api.token',
  keysFile: 'headquarters.keys',
} as const;
const certificateLifeMs = 825 * 24 * 3_600_000;
/** Others write into these, or have read them: what is there stays. */
const kept: ReadonlySet<string> = new Set([
  'dynamic-security.json',
  fileNames.revocationList,
  fileNames.headquartersPassword,
  fileNames.accessPassword,
]);
const none = { root: '', certificate: '', privateKey: '', revocationList: '' };

/**
 * Doing it again makes what is missing and changes nothing that is there, but for the broker's own certificate.
 * @throws HeadquartersError hq-config-wrong before a byte is written; hq-secret-unreadable
 */
export async function initFleet(plan: InitPlan, now: Date): Promise<SetUp> {
  const folder = resolve(plan.folder);
  const { kind, broker } = brokerPart(plan);
  const { tenant, names, tlsPort, doorPort, httpPort, releaseKeys } = plan;
  const config = {
    ...{ v: 1, tenant, dataDir: 'data', http: { port: httpPort }, broker, ...secretNames },
    fleet: {
      listen: { host: '0.0.0.0', port: doorPort },
      ...{ names, brokerUrls: `mqtts://${names[0]}:${tlsPort}`, releaseKeys },
    },
  };
  const configFile = join(folder, configName);
  parseHeadquartersConfig(JSON.stringify(config), configFile);
  const own = [configName, ...Object.values(secretNames), 'fleet-root.pem'].map((name) => {
    const file = join(folder, name);
    return { file, isNew: !existsSync(file) };
  });
  const isNew = !existsSync(configFile);
  if (!plan.isDryRun) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fleetKey = join(folder, secretNames.fleetKeyFile);
    if (!existsSync(fleetKey)) replaceFile(fleetKey, `${randomBytes(32).toString('hex')}\n`);
    readOrMakeToken(join(folder, secretNames.apiTokenFile));
    readOrMakeKeys(join(folder, secretNames.keysFile));
  }
  const keysFile = join(folder, secretNames.keysFile);
  const files = kind === undefined ? [] : await writeBroker({ ...plan, broker: kind, keysFile }, now);
  if (kind === undefined && !plan.isDryRun) await openAuthority(rootFileOf(keysFile), tenant, now);
  // last: where it lies, everything that it names does
  if (isNew && !plan.isDryRun) replaceFile(configFile, `${JSON.stringify(config, null, 2)}\n`);
  return { files: [...own, ...files], broker };
}

function brokerPart(plan: InitPlan): {
  readonly kind: (typeof brokerKinds)[number] | undefined;
  readonly broker: SetUp['broker'];
} {
  const { broker: kind, names, tlsPort, loopbackPort } = plan;
  if (kind !== 'embedded') return { kind, broker: setupOf({ ...plan, broker: kind }, none).headquarters };
  const broker = { kind, port: loopbackPort, tls: { host: '0.0.0.0', port: tlsPort, names } };
  return { kind: undefined, broker };
}

/**
 * The files of a broker for a headquarters that is there; again when its certificate runs out.
 * @throws HeadquartersError hq-config-unreadable | hq-config-wrong | hq-secret-unreadable
 */
export async function writeBrokerConfig(plan: BrokerConfigPlan, now: Date): Promise<SetUp> {
  const { tenant, keysFile, fleet } = parseHeadquartersConfig(readConfigText(plan.config), plan.config);
  const names = plan.names.length > 0 ? plan.names : (fleet?.names ?? []);
  if (names.length === 0)
    throw new HeadquartersError(
      'hq-config-wrong',
      'Say by which name terminals reach the broker: --name HOST.',
    );
  const place = { ...plan, tenant, names, keysFile: resolve(dirname(plan.config), keysFile) };
  return { files: await writeBroker(place, now), broker: setupOf(place, none).headquarters };
}

type BrokerAsk = Pick<InitPlan, 'tenant' | 'names' | 'brokerFolder' | 'tlsPort' | 'loopbackPort'> & {
  readonly broker: (typeof brokerKinds)[number];
};

async function writeBroker(
  ask: BrokerAsk & { readonly isDryRun: boolean; readonly keysFile: string },
  now: Date,
): Promise<SetUp['files']> {
  const folder = resolve(ask.brokerFolder);
  const at = (name: string): { readonly file: string; readonly isNew: boolean } => {
    const file = join(folder, name);
    return { file, isNew: !existsSync(file) };
  };
  if (ask.isDryRun) return setupOf(ask, none).files.map(({ name }) => at(name));
  const authority = await openAuthority(rootFileOf(ask.keysFile), ask.tenant, now);
  const { certificate, privateKey } = await authority.makeServer(ask.names, now, certificateLifeMs);
  const revocationList = await authority.revocationList([], now);
  const { files } = setupOf(ask, { root: authority.root, certificate, privateKey, revocationList });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return files.map(({ name, text, isSecret }) => {
    const found = at(name);
    if (found.isNew || !kept.has(name)) replaceFile(found.file, text, isSecret ? 0o600 : 0o644);
    return found;
  });
}

function setupOf(ask: BrokerAsk, certificates: BrokerPlan['certificates']): BrokerSetup {
  const folder = resolve(ask.brokerFolder);
  const password = (name: string): string => {
    const file = join(folder, name);
    return existsSync(file) ? readSecret(file, 'the password') : randomBytes(24).toString('base64url');
  };
  const { tenant, names, tlsPort, loopbackPort } = ask;
  const plan: BrokerPlan = {
    ...{ tenant, folder, names, tlsPort, loopbackPort, certificates },
    passwords: {
      headquarters: password(fileNames.headquartersPassword),
      access: password(fileNames.accessPassword),
    },
  };
  return ask.broker === 'mosquitto' ? mosquittoSetup(plan) : emqxSetup(plan);
}

function readConfigText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HeadquartersError(
      'hq-config-unreadable',
      `${file} cannot be read; check the path and the rights.`,
      {
        cause,
      },
    );
  }
}
