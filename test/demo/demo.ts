// The whole product on one machine: headquarters and the shipped terminal as programs, simulated devices, a cuttable network.
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FittedDevices, LabServer, type LabTerminal } from '../simulators/lab/lab-server.ts';
import { PanelSlot } from '../simulators/lab/panel-slot.ts';
import { PrinterSlot } from '../simulators/lab/printer-slot.ts';
import { ReaderSlot } from '../simulators/lab/reader-slot.ts';
import { startNetworkProxy } from '../simulators/network-proxy.ts';
import { ChildProgram } from './child-program.ts';
import { type DemoAccounts, makeDemoAccounts } from './demo-accounts.ts';
import {
  type DemoFolder,
  markImported,
  openDemoFolder,
  writeDemoTerminal,
  writeHeadquarters,
} from './demo-folder.ts';
import { labDeck } from './lab-deck.ts';
import { TerminalProgram } from './terminal-program.ts';

export interface DemoOptions {
  readonly data: string;
  readonly isFresh: boolean;
  /** 0 = any free port */
  readonly ports: {
    readonly kiosk: number;
    readonly lab: number;
    readonly headquarters: number;
    readonly mqtt: number;
  };
  readonly onProgress: (step: string) => void;
  /** ends it, also while it is still starting */
  readonly signal?: AbortSignal;
}

export interface Demo {
  /** with the token of this boot: opens the screen */
  readonly kiosk: string;
  readonly lab: string;
  readonly headquarters: string;
  readonly mqtt: string;
  /** bearer token of headquarters' API */
  readonly token: string;
  /** who may sign in there, one of each role */
  readonly accounts: DemoAccounts;
  /** opens the terminal's maintenance screen */
  readonly maintenancePin: string;
  close(): Promise<void>;
}

/** Compiled programs, found from the compiled and from the source tree alike. */
const programs = fileURLToPath(new URL('../../dist/', import.meta.url)).replace('/dist/dist/', '/dist/');

export async function startDemo(options: DemoOptions): Promise<Demo> {
  const opened: { close(): Promise<unknown> }[] = [];
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
  options: DemoOptions,
  opened: { close(): Promise<unknown> }[],
  close: () => Promise<void>,
): Promise<Demo> {
  const { data, isFresh, ports, onProgress } = options;
  onProgress('Preparing keys and a developer with projects, homes, members and events …');
  const folder = openDemoFolder(data, isFresh, new Date());
  onProgress(
    folder.isImported ? 'Starting headquarters …' : 'Starting headquarters and importing the developer …',
  );
  const headquarters = await startHeadquarters(folder, options);
  opened.push({ close: () => headquarters.stop() });
  markImported(folder);
  const mqtt = String(headquarters.ready['mqtt']);

  onProgress('Plugging in reader, printer and panel …');
  const network = await startNetworkProxy({ port: Number(new URL(mqtt).port) });
  const devices = {
    reader: await ReaderSlot.open(),
    printer: await PrinterSlot.open(),
    panel: await PanelSlot.open(),
  };
  opened.push(network, devices.reader, devices.printer, devices.panel);
  options.signal?.throwIfAborted();

  onProgress('Starting the terminal and waiting for its first data …');
  const screen = ports.kiosk === 0 ? await freePort() : ports.kiosk;
  const configure = (fitted: FittedDevices): string =>
    writeDemoTerminal(folder, { screen, broker: network.port, panel: devices.panel.address, ...fitted });
  const terminal = new TerminalProgram({
    script: join(programs, 'kiosk/main.js'),
    config: configure({ reader: devices.reader.settings, printer: devices.printer.settings }),
    dataDir: join(folder.path, 'terminal', 'data'),
    logFile: join(folder.path, 'terminal.log'),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  opened.push({ close: () => terminal.stop() });
  await terminal.start();
  await terminal.waitForData();
  options.signal?.throwIfAborted();

  const kiosk = terminal.screenAddress();
  const http = String(headquarters.ready['http']);
  const token = readFileSync(join(folder.path, 'headquarters', 'api.token'), 'utf8').trim();
  const accounts = await makeDemoAccounts(folder.path, http, token);
  const lab = await LabServer.start({
    port: ports.lab,
    pageDir: join(programs, 'ui/lab'),
    cards: labDeck(folder.developer, new Date()),
    ...devices,
    network,
    terminal: inHand(terminal, (fitted) => void configure(fitted)),
    links: { kiosk, headquarters: `${http}/#token=${token}` },
  });
  opened.push(lab);
  return {
    kiosk,
    lab: lab.address,
    headquarters: http,
    mqtt,
    token,
    accounts,
    maintenancePin: folder.maintenancePin,
    close,
  };
}

/** What the lab may do with the terminal. */
function inHand(terminal: TerminalProgram, configure: LabTerminal['configure']): LabTerminal {
  return {
    get isRunning() {
      return terminal.isRunning;
    },
    start: () => terminal.start(),
    kill: () => terminal.kill(),
    stop: () => terminal.stop(),
    configure,
  };
}

async function startHeadquarters(folder: DemoFolder, { ports, signal }: DemoOptions): Promise<ChildProgram> {
  const photos = await freePort();
  const config = writeHeadquarters(folder, { http: ports.headquarters, mqtt: ports.mqtt, photos });
  return await ChildProgram.start({
    args: [
      join(programs, 'sync/headquarters/main.js'),
      '--config',
      config,
      ...(folder.isImported ? [] : ['--import', folder.developerFile]),
    ],
    logFile: join(folder.path, 'headquarters.log'),
    ...(signal ? { signal } : {}),
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
