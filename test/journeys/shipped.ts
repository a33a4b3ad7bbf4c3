// The shipped terminal and headquarters between a mosquitto that lets anybody in and simulated devices.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePrivate, writeTerminal } from '../../provisioning/write-terminal.ts';
import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import { publicKeysOf, readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { ChildProgram } from '../demo/child-program.ts';
import { makeDeveloper } from '../demo/developer.ts';
import { labDeck } from '../demo/lab-deck.ts';
import { TerminalProgram } from '../demo/terminal-program.ts';
import { SimulatedPanel } from '../simulators/firmata-panel.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import { startMosquitto } from '../simulators/mosquitto.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
export const tenant = 'shipped';

export interface ArrivedFact {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Shipped {
  readonly folder: string;
  readonly developer: DeveloperFile;
  readonly cards: readonly LabCard[];
  readonly brokerUrl: string;
  readonly headquartersUrl: string;
  readonly token: string;
  readonly terminal: TerminalProgram;
  readonly reader: SimulatedReader;
  readonly printer: SimulatedPrinter;
  readonly panel: SimulatedPanel;
  /** GET below /api/ */
  api<T>(path: string): Promise<T>;
  /** all that headquarters has applied, in order */
  facts(kind?: string): Promise<readonly ArrivedFact[]>;
  /** lines of a program's log with this code */
  logged(program: 'terminal' | 'headquarters', code: string): readonly string[];
  close(): Promise<void>;
}

/**
 * @param prepare changes the developer before headquarters takes it
 * @param start headquarters as a program unless given
 */
export async function startShipped(
  prepare: (developer: DeveloperFile) => void = () => undefined,
  start: typeof startHeadquarters = startHeadquarters,
): Promise<Shipped> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-shipped-'));
  const fleetKey = Buffer.alloc(32, 9);
  const today = new Date();
  const developer = makeDeveloper(7, today);
  prepare(developer);
  const broker = await startMosquitto();
  const reader = await SimulatedReader.start();
  const printer = await SimulatedPrinter.start();
  const panel = await SimulatedPanel.start();
  writePrivate(join(folder, 'fleet.key'), fleetKey.toString('hex'));
  const headquarters = await start(folder, developer, broker.url);
  const terminal = new TerminalProgram({
    script: `${dist}kiosk/main.js`,
    config: writeTerminal({
      folder: join(folder, 'terminal'),
      fleetKey,
      config: {
        ...terminalConfig(broker.url, { reader, printer, panel }),
        headquarters: publicKeysOf(readOrMakeKeys(join(folder, 'headquarters.keys'))),
      },
    }),
    dataDir: join(folder, 'terminal', 'data'),
    logFile: join(folder, 'terminal.log'),
  });
  await terminal.start();
  await terminal.waitForData();
  const headquartersUrl = String(headquarters.ready['http']);
  const token = readFileSync(join(folder, 'api.token'), 'utf8').trim();
  const api = async <T>(path: string): Promise<T> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${headquartersUrl}/api/${path}`, { headers });
    if (!answer.ok) throw new Error(`/api/${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  };
  return {
    folder,
    developer,
    cards: labDeck(developer, today),
    brokerUrl: broker.url,
    headquartersUrl,
    token,
    terminal,
    reader,
    printer,
    panel,
    api,
    facts: async (kind) => {
      const { facts } = await api<{ facts: ArrivedFact[] }>('facts?after=0&limit=1000');
      return kind === undefined ? facts : facts.filter((fact) => fact.kind === kind);
    },
    logged: (program, code) =>
      readFileSync(join(folder, `${program}.log`), 'utf8')
        .split('\n')
        .filter((line) => line.includes(`"${code}"`)),
    close: async () => {
      await terminal.stop();
      await headquarters.stop();
      await Promise.all([broker.close(), reader.close(), printer.close(), panel.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function headquartersConfig(url: string): string {
  return JSON.stringify({
    v: 1,
    tenant,
    dataDir: 'headquarters',
    http: { port: 0 },
    broker: { kind: 'external', url },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'api.token',
    keysFile: 'headquarters.keys',
    limits: { requestsPerSecond: 100_000, wrongTokensPerMinute: 100_000 },
  });
}

function startHeadquarters(
  folder: string,
  developer: DeveloperFile,
  url: string,
): Promise<Pick<ChildProgram, 'ready' | 'stop'>> {
  const config = join(folder, 'headquarters.json');
  const file = join(folder, 'developer.json');
  writeFileSync(file, JSON.stringify(developer));
  writePrivate(config, headquartersConfig(url));
  return ChildProgram.start({
    args: [`${dist}sync/headquarters/main.js`, '--config', config, '--import', file],
    logFile: join(folder, 'headquarters.log'),
  });
}

function terminalConfig(
  url: string,
  at: { readonly [device in 'reader' | 'printer' | 'panel']: { readonly address: string } },
) {
  return {
    v: 1,
    tenant,
    terminal: 'hall-01',
    code: 'H01',
    site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
    dataDir: 'data',
    screen: { port: 0 },
    broker: { url },
    reader: { kind: 'rdm6300', at: at.reader.address },
    printer: { kind: 'esc-pos', at: at.printer.address },
    panel: { kind: 'firmata', at: at.panel.address },
    limits: {
      reconnectMinMs: 50,
      reconnectMaxMs: 500,
      ackTimeoutMs: 1_000,
      deviceRetryMinMs: 50,
      deviceRetryMaxMs: 200,
      repeatedSwipeMs: 100,
    },
  };
}
