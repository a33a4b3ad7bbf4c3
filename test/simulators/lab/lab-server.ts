// The lab: the devices' front panel as a web page, and the same over HTTP for scripts.
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { PrinterConfig, ReaderConfig } from '../../../sync/contract/device-setup.ts';
import type { NetworkProxy } from '../network-proxy.ts';
import { type LabSwitches, labSwitches } from './lab-switches.ts';
import type { LabCard, LabLinks, LabShelf, LabSlip, LabState } from './lab-view.ts';
import type { PanelSlot } from './panel-slot.ts';
import { printerShelf } from './printer-shelf.ts';
import type { PrinterSlot } from './printer-slot.ts';
import { readerShelf } from './reader-shelf.ts';
import type { ReaderSlot } from './reader-slot.ts';

/** What IT writes into the terminal's settings when a device was changed. */
export interface FittedDevices {
  readonly reader: ReaderConfig;
  readonly printer: Pick<PrinterConfig, 'kind' | 'at' | 'model'>;
}

/** The terminal as IT has it in hand. */
export interface LabTerminal {
  readonly isRunning: boolean;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** gently, as a supervisor would */
  stop(): Promise<void>;
  /** takes effect at the next start */
  configure(devices: FittedDevices): void;
}

export interface LabOptions {
  /** 0 = any */
  readonly port: number;
  /** the built page */
  readonly pageDir: string;
  readonly cards: readonly LabCard[];
  readonly reader: ReaderSlot;
  readonly printer: PrinterSlot;
  readonly panel: PanelSlot;
  readonly network: NetworkProxy;
  readonly terminal: LabTerminal;
  readonly links: LabLinks;
}

/** A terminal that ends by itself tells nobody, so watchers look this often. */
const watchMs = 500;
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The gallery looks at screens in a frame, and only there. */
const galleryPolicy = `${pagePolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")}; frame-src 'self'`;
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
const shelf: LabShelf = {
  readers: readerShelf.map(({ id, family, name, says, accidents }) => ({
    id,
    family,
    name,
    says,
    accidents,
  })),
  printers: printerShelf.map(({ dialect: _dialect, ...printer }) => printer),
};

export class LabServer {
  readonly #options: LabOptions;
  readonly #switches: LabSwitches;
  readonly #watchers = new Set<() => void>();
  #server: ServerType | undefined;
  #isNetworkCut = false;
  #isFitting = false;

  private constructor(options: LabOptions) {
    this.#options = options;
    this.#switches = labSwitches(options);
    for (const slot of [options.reader, options.printer, options.panel]) slot.onChange(() => this.#changed());
  }

  /** @throws when the port is taken */
  static async start(options: LabOptions): Promise<LabServer> {
    const lab = new LabServer(options);
    await new Promise<void>((resolve, reject) => {
      const server = serve({ fetch: lab.#routes().fetch, hostname: '127.0.0.1', port: options.port }, () =>
        resolve(),
      );
      server.once('error', (cause: NodeJS.ErrnoException) =>
        reject(
          new Error(
            `lab-port-in-use: port ${options.port} is taken (${cause.code}). Choose another with --lab-port.`,
            { cause },
          ),
        ),
      );
      lab.#server = server;
    });
    return lab;
  }

  get address(): string {
    const address = this.#server?.address() as AddressInfo | undefined;
    return `http://127.0.0.1:${address?.port ?? 0}`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
  }

  #routes(): Hono {
    const app = new Hono();
    app.use(async (context, next) => {
      const host = context.req.header('host');
      const origin = context.req.header('origin');
      // only this machine, and no page of another origin may press our switches
      const own = this.address.slice('http://'.length);
      const isOurs = host === own || host === own.replace('127.0.0.1', 'localhost');
      if (!isOurs || (origin !== undefined && origin !== `http://${host}`)) {
        return context.json(
          { error: { code: 'wrong-host', message: 'The lab serves its own page and local scripts only.' } },
          403,
        );
      }
      await next();
      context.header('Cache-Control', 'no-store');
      return undefined;
    });
    this.#addCards(app);
    this.#addSlips(app);
    this.#addShelf(app);
    this.#addSwitches(app);
    app.get('/api/state', (context) => context.json(this.#state()));
    app.get('/api/watch', (context) =>
      streamSSE(context, async (stream) => {
        const ended = new Promise<void>((resolve) => stream.onAbort(() => resolve()));
        let last = '';
        const send = (): void => {
          const next = JSON.stringify(this.#state());
          if (next === last) return;
          last = next;
          void stream.writeSSE({ data: next });
        };
        this.#watchers.add(send);
        const look = setInterval(send, watchMs);
        send();
        await ended;
        clearInterval(look);
        this.#watchers.delete(send);
      }),
    );
    app.get('*', async (context) => this.#file(context.req.path));
    app.onError((error, context) =>
      context.json({ error: { code: 'lab-switch-failed', message: error.message } }, 500),
    );
    app.notFound((context) =>
      context.json({ error: { code: 'not-found', message: 'There is nothing here.' } }, 404),
    );
    return app;
  }

  #addCards(app: Hono): void {
    const { cards, reader } = this.#options;
    app.get('/api/cards', (context) => context.json(cards));
    app.post('/api/cards/:name/swipe', (context) => {
      const card = cards.find(({ name }) => name === context.req.param('name'));
      if (!card)
        return context.json(
          { error: { code: 'unknown-card', message: 'No card of the deck has this name.' } },
          404,
        );
      reader.present(card);
      return context.json({ swiped: card.name });
    });
  }

  #addSlips(app: Hono): void {
    const { printer } = this.#options;
    app.get('/api/slips', (context) =>
      context.json(printer.slips.map(({ id, text }): LabSlip => ({ id, text, png: `/api/slips/${id}.png` }))),
    );
    app.get('/api/slips/:file{.+\\.png}', (context) => {
      const slip = printer.slips.find(({ id }) => `${id}.png` === context.req.param('file'));
      if (!slip)
        return context.json({ error: { code: 'unknown-slip', message: 'No such slip was printed.' } }, 404);
      return context.body(new Uint8Array(slip.png()), 200, { 'Content-Type': 'image/png' });
    });
  }

  #addShelf(app: Hono): void {
    const { reader, printer } = this.#options;
    app.get('/api/shelf', (context) => context.json(shelf));
    app.post('/api/shelf/:device/:id', async (context) => {
      const { device, id } = context.req.param();
      if (device !== 'reader' && device !== 'printer') return context.json(unknownDevice, 404);
      const known: readonly { readonly id: string }[] = device === 'reader' ? readerShelf : printerShelf;
      if (!known.some((each) => each.id === id)) return context.json(unknownDevice, 404);
      if (this.#isFitting) return context.json(busy, 409);
      await this.#fit(() => (device === 'reader' ? reader.fit(id) : printer.fit(id)));
      return context.json(this.#state());
    });
  }

  /** What IT does: stops the terminal, changes the device, writes the settings, starts it again. */
  async #fit(change: () => Promise<unknown>): Promise<void> {
    const { reader, printer, terminal } = this.#options;
    const wasRunning = terminal.isRunning;
    this.#isFitting = true;
    this.#changed();
    try {
      if (wasRunning) await terminal.stop();
      await change();
      terminal.configure({ reader: reader.settings, printer: printer.settings });
      if (wasRunning) await terminal.start();
    } finally {
      this.#isFitting = false;
      this.#changed();
    }
  }

  #addSwitches(app: Hono): void {
    app.get('/api', (context) =>
      context.json({
        ...help,
        ...Object.fromEntries(
          Object.entries(this.#switches).map(([path, each]) => [`POST /api/${path}`, each.help]),
        ),
      }),
    );
    app.post('/api/:device/:action', async (context) => {
      const { device, action } = context.req.param();
      const path = `${device}/${action}`;
      const pressed = Object.hasOwn(this.#switches, path) ? this.#switches[path] : undefined;
      if (!pressed)
        return context.json(
          { error: { code: 'unknown-switch', message: 'The lab has no such switch.' } },
          404,
        );
      if (this.#isFitting && device === 'terminal') return context.json(busy, 409);
      if ((await pressed.press()) === 'not-here') return context.json(notHere, 409);
      if (device === 'network') this.#isNetworkCut = action === 'cut';
      this.#changed();
      return context.json(this.#state());
    });
  }

  #state(): LabState {
    const { reader, printer, panel, terminal, links } = this.#options;
    return {
      reader: reader.state,
      printer: printer.state,
      panel: panel.state,
      isNetworkCut: this.#isNetworkCut,
      isTerminalRunning: terminal.isRunning,
      isFitting: this.#isFitting,
      slips: printer.slips.length,
      links,
    };
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  async #file(path: string): Promise<Response> {
    const name = path === '/' ? 'index.html' : normalize(path).slice(1);
    const type = contentTypes[extname(name)];
    try {
      if (!type || name.startsWith('..')) throw new Error('not served');
      return new Response(await readFile(join(this.#options.pageDir, name)), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': name.startsWith('gallery') ? galleryPolicy : pagePolicy,
        },
      });
    } catch {
      return Response.json(
        { error: { code: 'not-found', message: 'There is nothing here.' } },
        { status: 404 },
      );
    }
  }
}

const fault = (code: string, message: string) => ({ error: { code, message } });
const unknownDevice = fault('unknown-device', 'The shelf has no such device.');
const notHere = fault(
  'not-with-this-device',
  'The device on the bench cannot do that. Choose another first.',
);
const busy = fault('lab-busy', 'Another device is being fitted. Wait until the terminal runs again.');

const help = {
  'GET /api/state': 'Everything that the page shows, once.',
  'GET /api/watch': 'The same as server-sent events, with every change.',
  'GET /api/cards': 'The deck.',
  'POST /api/cards/:name/swipe': 'Lays a card of the deck on the reader, whatever kind it is.',
  'GET /api/slips': 'The paper so far, as text; `png` is the path of its picture.',
  'GET /api/shelf': 'The readers and printers that can be fitted.',
  'POST /api/shelf/reader/:id':
    'Fits this reader: writes the settings of the terminal and starts it again; answers when it runs.',
  'POST /api/shelf/printer/:id': 'The same with a printer.',
} as const;
