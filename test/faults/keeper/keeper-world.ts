// A terminal as it stands in a hall: the shipped keeper, kiosk, headquarters, a mosquitto, simulated devices, and a Chromium in front.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import type { Report } from '../../../kiosk/keeper-line.ts';
import { writePrivate, writeTerminal } from '../../../provisioning/write-terminal.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TenantId, TerminalId } from '../../../sync/contract/ids.ts';
import { signFrame, signingKey } from '../../../sync/contract/signed-frame.ts';
import { topics } from '../../../sync/contract/topics.ts';
import { type Desired, type TwinValues, twinHash } from '../../../sync/contract/twin.ts';
import { publicKeysOf, readOrMakeKeys } from '../../../sync/headquarters/keys.ts';
import { ChildProgram } from '../../demo/child-program.ts';
import { freePort, startMosquitto } from '../../simulators/mosquitto.ts';
import { SimulatedReader } from '../../simulators/rdm6300-reader.ts';
import { SimulatedPrinter } from '../../simulators/receipt-printer.ts';
import { openBrowser } from '../../ui/kiosk-page.ts';

const here = fileURLToPath(new URL('../../../', import.meta.url));
/** where the built programs lie, whether this was built too or not */
export const built = here.endsWith('/dist/') ? here : join(here, 'dist/');
const tenant = 'kept' as TenantId;
const terminal = 'hall-01' as TerminalId;

export interface ArrivedReport extends Report {
  readonly seq: number;
}

export interface KeeperWorld {
  readonly configFile: string;
  readonly releases: string;
  readonly readerAddress: string;
  readonly keeper: ChildProgram;
  /** resolves when the terminal serves */
  start(): Promise<void>;
  /** of the terminal that the keeper runs now */
  kioskPid(): number | undefined;
  /** Headquarters wants it: signed, and kept by the broker. */
  want(rev: number, values: TwinValues): Promise<Desired>;
  facts(): Promise<readonly { readonly seq: number; readonly kind: string; readonly body: object }[]>;
  reports(): Promise<readonly ArrivedReport[]>;
  /** Opens the screen as the visitor's browser does; it is opened afresh when the keeper asks for it. */
  openScreen(): Promise<void>;
  /** is there something to be seen on it? */
  isSeen(): Promise<boolean>;
  close(): Promise<void>;
}

/** @param releaseKeys public, base64 */
export async function openKeeperWorld(folder: string, releaseKeys: readonly string[]): Promise<KeeperWorld> {
  const broker = await startMosquitto();
  const reader = await SimulatedReader.start();
  const printer = await SimulatedPrinter.start();
  const headquarters = await startHeadquarters(folder, broker.url);
  const keys = readOrMakeKeys(join(folder, 'headquarters.keys'));
  const mqtt = await connectAsync(broker.url);
  const runtime = join(folder, 'runtime');
  const releases = join(folder, 'root');
  mkdirSync(runtime);
  const configFile = writeTerminal({
    folder: join(folder, 'terminal'),
    fleetKey: Buffer.alloc(32, 9),
    config: {
      ...terminalConfig(broker.url, await freePort()),
      reader: { kind: 'rdm6300', at: reader.address },
      printer: { kind: 'esc-pos', at: printer.address },
      headquarters: { ...publicKeysOf(keys), releaseKeys },
    },
  });
  let keeper: ChildProgram | undefined;
  const screen = new WatchedScreen(join(folder, 'terminal', 'data'), runtime);
  const api = headquartersApi(folder, String(headquarters.ready['http']));
  return {
    configFile,
    releases,
    readerAddress: reader.address,
    get keeper() {
      if (!keeper) throw new Error('it was not started');
      return keeper;
    },
    async start() {
      const args = [join(built, 'provisioning/yingbin.js'), 'terminal', '--config', configFile];
      process.env['RUNTIME_DIRECTORY'] = runtime;
      keeper = await ChildProgram.start({
        args: [...args, '--releases', releases],
        logFile: join(folder, 'keeper.log'),
      });
    },
    kioskPid: () => (keeper ? childOf(keeper.pid) : undefined),
    want: (rev, values) => publishDesired(mqtt, signingKey(keys.sign.privateKey), rev, values),
    facts: api,
    async reports() {
      const facts = await api();
      return facts
        .filter(({ kind }) => kind === 'twin-reported')
        .map(({ seq, body }) => ({ ...(body as Report), seq }));
    },
    openScreen: () => screen.open(),
    isSeen: () => screen.isSeen(),
    async close() {
      await screen.close();
      await keeper?.stop(10_000);
      await mqtt.endAsync(true);
      await headquarters.stop();
      await Promise.all([broker.close(), reader.close(), printer.close()]);
    },
  };
}

async function publishDesired(
  mqtt: MqttClient,
  key: ReturnType<typeof signingKey>,
  rev: number,
  values: TwinValues,
): Promise<Desired> {
  const desired: Desired = { v: 1, rev, hash: twinHash(values), at: new Date().toISOString(), values };
  const topic = topics.twin(tenant, terminal);
  await mqtt.publishAsync(topic, signFrame(topic, encodeFrame(desired), key), { qos: 1, retain: true });
  return desired;
}

function startHeadquarters(folder: string, url: string): Promise<ChildProgram> {
  const config = join(folder, 'headquarters.json');
  writePrivate(join(folder, 'fleet.key'), Buffer.alloc(32, 9).toString('hex'));
  writePrivate(
    config,
    JSON.stringify({
      v: 1,
      tenant,
      dataDir: 'headquarters',
      http: { port: 0 },
      broker: { kind: 'external', url },
      fleetKeyFile: 'fleet.key',
      apiTokenFile: 'api.token',
      keysFile: 'headquarters.keys',
      limits: { requestsPerSecond: 100_000, wrongTokensPerMinute: 100_000 },
    }),
  );
  return ChildProgram.start({
    args: [join(built, 'sync/headquarters/main.js'), '--config', config],
    logFile: join(folder, 'headquarters.log'),
  });
}

function headquartersApi(folder: string, url: string): KeeperWorld['facts'] {
  return async () => {
    const token = readFileSync(join(folder, 'api.token'), 'utf8').trim();
    const facts: { seq: number; kind: string; body: object }[] = [];
    for (;;) {
      const answer = await fetch(`${url}/api/facts?after=${facts.length}&limit=1000`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.ok) throw new Error(`/api/facts answered ${answer.status}`);
      const page = ((await answer.json()) as { facts: typeof facts }).facts;
      facts.push(...page);
      if (page.length < 1_000) return facts;
    }
  };
}

function terminalConfig(url: string, port: number) {
  return {
    v: 1,
    tenant,
    terminal,
    code: 'H01',
    site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
    dataDir: 'data',
    screen: { port },
    broker: { url },
    panel: null,
    desktop: false,
    limits: { reconnectMinMs: 50, reconnectMaxMs: 500, deviceRetryMinMs: 50, deviceRetryMaxMs: 200 },
  };
}

/** Linux tells the children of a thread. */
function childOf(pid: number): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return first ? Number(first) : undefined;
  } catch {
    return undefined;
  }
}

/** The browser in front of the visitor, and whoever starts it afresh when the keeper asks for that. */
class WatchedScreen {
  readonly #addressFile: string;
  readonly #wish: string;
  #browser: Browser | undefined;
  #page: Page | undefined;
  #watch: NodeJS.Timeout | undefined;

  constructor(dataDir: string, runtime: string) {
    this.#addressFile = join(dataDir, 'run', 'screen-address');
    this.#wish = join(runtime, 'renew-screen');
  }

  async open(): Promise<void> {
    this.#browser = await openBrowser();
    this.#page = await this.#browser.newPage();
    await this.#load();
    this.#watch = setInterval(() => {
      if (!existsSync(this.#wish)) return;
      rmSync(this.#wish);
      this.#load().catch(() => undefined);
    }, 200);
  }

  async isSeen(): Promise<boolean> {
    const seen = this.#page?.locator('kiosk-app').getAttribute('revision', { timeout: 1_000 });
    return ((await seen?.catch(() => null)) ?? null) !== null;
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#browser?.close();
  }

  async #load(): Promise<void> {
    await this.#page?.goto(readFileSync(this.#addressFile, 'utf8').trim(), { timeout: 60_000 });
  }
}
