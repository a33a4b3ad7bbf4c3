// A terminal's identity and its line to a broker over mutual TLS, for tests: it says what it likes and hears what it gets.
import { type IClientOptions, type ISubscriptionGrant, MqttClient } from 'mqtt';
import type { TerminalId } from '../../sync/contract/ids.ts';
import type { CertificateAuthority, Leaf } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { openMqttSocket } from '../../sync/mqtt-client.ts';

export interface FleetIdentity extends Leaf {
  readonly terminal: TerminalId;
  readonly privateKey: string;
}

const lifeMs = 30 * 24 * 3_600_000;

export async function fleetIdentity(authority: CertificateAuthority, name: string): Promise<FleetIdentity> {
  return { terminal: name as TerminalId, ...(await authority.makeClient(name, new Date(), lifeMs)) };
}

export interface Heard {
  readonly topic: string;
  readonly payload: string;
}

export interface FleetLine {
  readonly client: MqttClient;
  readonly heard: readonly Heard[];
  /** @returns whether the broker said that it took it */
  say(topic: string, payload: string | Uint8Array): Promise<boolean>;
  /** whatever the broker answers: what counts is what comes */
  listen(filter: string): Promise<ISubscriptionGrant[]>;
  readonly isUp: boolean;
  /** resolves when the line is gone */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export type LineOptions = Pick<IClientOptions, 'clientId' | 'username' | 'password' | 'will'> & {
  readonly version?: 4 | 5;
};

/** @returns `refused` when the broker does not let it in */
export async function openFleetLine(
  url: string,
  tls: { readonly ca: string; readonly cert: string; readonly key: string } | undefined,
  { version = 4, ...options }: LineOptions = {},
): Promise<FleetLine | 'refused'> {
  const client = new MqttClient(() => openMqttSocket(url, tls), {
    protocolId: 'MQTT',
    protocolVersion: version,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: 60_000,
    keepalive: 60,
    ...options,
  });
  const heard: Heard[] = [];
  client.on('message', (topic, payload) => heard.push({ topic, payload: payload.toString() }));
  client.on('error', () => client.end(true));
  const ended = new Promise<void>((resolve) => void client.once('close', () => resolve()));
  const isIn = await Promise.race([
    new Promise<boolean>((resolve) => void client.once('connect', () => resolve(true))),
    ended.then(() => false),
  ]);
  if (!isIn) return 'refused';
  return {
    client,
    heard,
    get isUp() {
      return client.connected;
    },
    ended,
    say: (topic, payload) => saidBefore(ended, client, topic, payload),
    listen: (filter) =>
      new Promise((resolve) => client.subscribe(filter, { qos: 1 }, (_, granted) => resolve(granted ?? []))),
    close: () => client.endAsync(true),
  };
}

export function tlsOf(authority: Pick<CertificateAuthority, 'root'>, identity: FleetIdentity) {
  return { ca: authority.root, cert: identity.certificate, key: identity.privateKey };
}

async function saidBefore(
  ended: Promise<void>,
  client: MqttClient,
  topic: string,
  payload: string | Uint8Array,
): Promise<boolean> {
  const said = new Promise<boolean>((resolve) =>
    client.publish(topic, Buffer.from(payload), { qos: 1 }, (error, packet) => {
      const reason = (packet as { readonly reasonCode?: number } | undefined)?.reasonCode ?? 0;
      resolve(!error && reason < 128);
    }),
  );
  return await Promise.race([said, ended.then(() => false)]);
}
