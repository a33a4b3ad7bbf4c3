// A whole headquarters on ports of its own, and a terminal's end of the line, for tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type * as v from 'valibot';
import { decodeFrame, encodeFrame } from '../../../sync/contract/frame.ts';
import type { TenantId, TerminalId } from '../../../sync/contract/ids.ts';
import { signatureOverhead } from '../../../sync/contract/signed-frame.ts';
import { topics, type UpChannel } from '../../../sync/contract/topics.ts';
import { parseHeadquartersConfig } from '../../../sync/headquarters/config.ts';
import { type DeveloperFile, parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { type Headquarters, startHeadquarters } from '../../../sync/headquarters/headquarters.ts';
import { keysText } from '../../../sync/headquarters/keys.ts';
import { someKeys } from '../some-keys.ts';
import { lastMonth, smallDeveloper } from './small-developer.ts';

export const tenant = 'test' as TenantId;

/** Headquarters' log lines, to look for what must not stand there. */
export interface Running extends Headquarters {
  readonly folder: string;
  readonly lines: readonly object[];
  readonly call: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Stops and starts it again on the same folder. */
  restart(): Promise<Running>;
  remove(): Promise<void>;
}
export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}
export interface RunningOptions {
  readonly developer?: DeveloperFile | undefined;
  readonly consoleDir?: string;
  readonly limits?: Record<string, number>;
  readonly broker?: object;
  readonly folder?: string;
  /** as the config has it */
  readonly photos?: object;
  readonly notices?: object;
  readonly accounts?: object;
  readonly fleet?: object;
  readonly metrics?: object;
  readonly securityContact?: string;
  /** the fleet's root and its key, PEM; made when missing */
  readonly rootText?: string;
  /** the clock of headquarters; the machine's unless given */
  readonly now?: () => Date;
}

export async function runHeadquarters(options: RunningOptions = {}): Promise<Running> {
  const isNew = options.folder === undefined;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'yingbin-hq-'));
  if (isNew) {
    writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
    writeFileSync(join(folder, 'headquarters.keys'), keysText(someKeys), { mode: 0o600 });
    if (options.rootText !== undefined)
      writeFileSync(join(folder, 'fleet-root.pem'), options.rootText, { mode: 0o600 });
  }
  const config = {
    v: 1,
    tenant,
    dataDir: 'data',
    http: { port: 0 },
    broker: options.broker ?? { kind: 'embedded', port: 0 },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'api.token',
    keysFile: 'headquarters.keys',
    ...(options.photos ? { photos: options.photos } : {}),
    ...(options.fleet ? { fleet: options.fleet } : {}),
    ...(options.metrics ? { metrics: options.metrics } : {}),
    ...(options.securityContact ? { securityContact: options.securityContact } : {}),
    ...(options.notices ? { notices: options.notices } : {}),
    ...(options.accounts ? { accounts: options.accounts } : {}),
    limits: { reconnectMinMs: 10, reconnectMaxMs: 50, ...options.limits },
  };
  const lines: object[] = [];
  const note = (line: object) => void lines.push(line);
  const headquarters = await startHeadquarters(parseHeadquartersConfig(JSON.stringify(config), 'test'), {
    log: { info: note, warn: note, error: note },
    baseDir: folder,
    consoleDir: options.consoleDir ?? join(folder, 'no-console'),
    ...(options.now ? { now: options.now } : {}),
    developer: isNew ? parseDeveloper(options.developer ?? smallDeveloper(lastMonth()), 'test') : undefined,
  });
  return {
    ...headquarters,
    folder,
    lines,
    call: async (path, body, headers = {}) => {
      const response = await fetch(`${headquarters.httpUrl}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${headquarters.token}`, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    },
    restart: async () => {
      await headquarters.close();
      return await runHeadquarters({ ...options, folder });
    },
    remove: async () => {
      await headquarters.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a terminal hears and says, without its memory. */
export interface TerminalEnd {
  readonly client: MqttClient;
  say(channel: UpChannel, message: object, retain?: boolean): Promise<void>;
  heard<const S extends v.GenericSchema>(
    channel: 'ack' | 'dataset' | 'manifest' | 'order' | 'answer',
    schema: S,
  ): v.InferOutput<S>[];
  close(): Promise<void>;
}

export async function openTerminalEnd(url: string, name = 'hall-1', will?: object): Promise<TerminalEnd> {
  const terminal = name as TerminalId;
  const messages: { readonly topic: string; readonly payload: Buffer }[] = [];
  const client = await connectAsync(url, {
    reconnectPeriod: 0,
    username: name,
    ...(will
      ? {
          will: {
            topic: topics.presence(tenant, terminal),
            payload: encodeFrame(will),
            qos: 1 as const,
            retain: true,
          },
        }
      : {}),
  });
  client.on('message', (topic, payload) => messages.push({ topic, payload }));
  const down = {
    ack: topics.ack(tenant, terminal),
    dataset: topics.dataset(tenant, terminal),
    manifest: topics.manifest(tenant),
    order: topics.order(tenant, terminal),
    answer: topics.answer(tenant, terminal),
  };
  await client.subscribeAsync(Object.values(down), { qos: 1 });
  return {
    client,
    say: async (channel, message, retain = false) => {
      const topic = topics[channel](tenant, terminal);
      await client.publishAsync(topic, encodeFrame(message), { qos: 1, retain });
    },
    heard: (channel, schema) =>
      messages
        .filter(({ topic }) => topic === down[channel])
        // signatures are looked at where the courier is tested
        .map(({ payload }) => decodeFrame(schema, payload.subarray(signatureOverhead))),
    close: () => client.endAsync(true),
  };
}
