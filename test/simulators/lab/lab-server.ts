// The lab: the devices' front panel as a web page, and the same over HTTP for scripts.
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { SimulatedPanel } from '../firmata-panel.ts';
import type { NetworkProxy } from '../network-proxy.ts';
import type { SimulatedReader } from '../rdm6300-reader.ts';
import type { SimulatedPrinter } from '../receipt-printer.ts';
import type { LabCard, LabLinks, LabSlip, LabState } from './lab-view.ts';

export interface LabOptions {
  /** 0 = any */
  readonly port: number;
  /** the built page */
  readonly pageDir: string;
  readonly cards: readonly LabCard[];
  readonly reader: SimulatedReader;
  readonly printer: SimulatedPrinter;
  readonly panel: SimulatedPanel;
  readonly network: NetworkProxy;
  readonly terminal: { readonly isRunning: boolean; start(): Promise<void>; kill(): Promise<void> };
  readonly links: LabLinks;
}

/** A terminal that ends by itself tells nobody, so watchers look this often. */
const watchMs = 500;
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** how long a finger stays on the help button */
const buttonDownMs = 200;

export class LabServer {
  readonly #options: LabOptions;
  readonly #watchers = new Set<() => void>();
  #server: ServerType | undefined;
  #isNetworkCut = false;
  readonly #panel = { isPresent: false, isOpen: false };
  #swipes = 0;
  #lastCard: string | null = null;

  private constructor(options: LabOptions) {
    this.#options = options;
  }

  /** @throws when the port is taken */
  static async start(options: LabOptions): Promise<LabServer> {
    const lab = new LabServer(options);
    options.printer.onChange(() => lab.#changed());
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
      reader.present(card.number);
      this.#swipes += 1;
      this.#lastCard = card.name;
      this.#changed();
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

  #addSwitches(app: Hono): void {
    const { printer, panel, network, terminal } = this.#options;
    const switches: Readonly<Record<string, () => void | Promise<void>>> = {
      'printer/paper-out': printer.takePaperOut,
      'printer/paper-in': printer.putPaperIn,
      'printer/paper-low': printer.letPaperRunLow,
      'printer/cover-open': printer.openCover,
      'printer/cover-close': printer.closeCover,
      'printer/offline': printer.goOffline,
      'printer/online': printer.goOnline,
      'network/cut': () => {
        network.cut();
        this.#isNetworkCut = true;
      },
      'network/restore': () => {
        network.restore();
        this.#isNetworkCut = false;
      },
      'terminal/kill': () => terminal.kill(),
      'terminal/start': () => terminal.start(),
      'panel/presence-on': () => this.#setPresence(true),
      'panel/presence-off': () => this.#setPresence(false),
      'panel/help': () => {
        panel.pressHelp();
        setTimeout(() => panel.releaseHelp(), buttonDownMs);
      },
      'panel/tamper-open': () => this.#setTamper(true),
      'panel/tamper-close': () => this.#setTamper(false),
    };
    app.post('/api/:device/:action', async (context) => {
      const { device, action } = context.req.param();
      const press = switches[`${device}/${action}`];
      if (!press)
        return context.json(
          { error: { code: 'unknown-switch', message: 'The lab has no such switch.' } },
          404,
        );
      await press();
      this.#changed();
      return context.json(this.#state());
    });
  }

  #setPresence(isPresent: boolean): void {
    this.#panel.isPresent = isPresent;
    this.#options.panel.setPresence(isPresent);
  }

  #setTamper(isOpen: boolean): void {
    this.#panel.isOpen = isOpen;
    this.#options.panel.setTamper(isOpen);
  }

  #state(): LabState {
    const { reader, printer, terminal, links } = this.#options;
    return {
      reader: { isConnected: reader.clients > 0, swipes: this.#swipes, lastCard: this.#lastCard },
      printer: printer.state,
      isNetworkCut: this.#isNetworkCut,
      isTerminalRunning: terminal.isRunning,
      panel: { ...this.#panel },
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
        headers: { 'Content-Type': type, 'Content-Security-Policy': pagePolicy },
      });
    } catch {
      return Response.json(
        { error: { code: 'not-found', message: 'There is nothing here.' } },
        { status: 404 },
      );
    }
  }
}
