// Serves the built screen on loopback, pushes every Show, receives touches. Nothing else may talk to it.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import type { BootToken } from './boot-token.ts';
import type { FaultCode } from './fault-text.ts';
import { elsewhere, type Show } from './screen.ts';
import type { SiteWords } from './store/site-words.ts';
import { parseCovered, parsePainted, parseTouched, type Touched } from './touch.ts';
import { TouchLimit } from './touch-limit.ts';

export interface ScreenServerOptions {
  /** 0 = any free port */
  readonly port: number;
  /** folder with the built page */
  readonly uiDir: string;
  readonly token: BootToken;
  readonly maxSockets: number;
  readonly touchesPerSecond: number;
  readonly currentShow: () => Show;
  readonly onTouch: (touched: Touched) => void;
  /** the page has covered what is of a person, and drawn that */
  readonly onCovered?: (no: number) => void;
  /** the page that was the screen went: closed, loaded anew, crashed, or a newer one is the screen */
  readonly onGone: () => void;
  /** what IT may ask for: `GET /health` */
  readonly health: () => object;
  /** what the screen's keyboard has to know of this site: `GET /words.json`, an array of Chinese words */
  readonly siteWords: () => SiteWords;
  readonly onFault: (code: FaultCode, cause?: unknown) => void;
}

/** Everything the page needs is its own: no other origin, no inline code, no frames. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const maxTouchBytes = 4096;
const maxUnreadBytes = 4 * 1024 * 1024;

export class ScreenServer {
  readonly #options: ScreenServerOptions;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxTouchBytes,
    clientTracking: true,
  });
  readonly #connections = new Set<Socket>();
  /** in the order in which they came: the newest is the screen, for it is the one that is seen */
  readonly #pages: WebSocket[] = [];
  /** those of them that have drawn something */
  readonly #painted = new WeakSet<WebSocket>();
  #isClosing = false;

  private constructor(options: ScreenServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((cause: unknown) => {
        this.#options.onFault('screen-answer-failed', cause);
        response.destroy();
      });
    });
    this.#server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    this.#server.on('upgrade', (request, socket: Socket, head) => this.#upgrade(request, socket, head));
  }

  /** @throws the listen error: EADDRINUSE when the port is taken */
  static async open(options: ScreenServerOptions): Promise<ScreenServer> {
    const server = new ScreenServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The page that is the screen has drawn what it was shown. */
  get isPainted(): boolean {
    const screen = this.#pages.at(-1);
    return screen !== undefined && this.#painted.has(screen);
  }

  /** Shows this on the page that is the screen now. */
  push(show: Show): void {
    const screen = this.#pages.at(-1);
    if (!screen) return;
    // a page that stopped reading gets the newest screen when it comes back; keeping all for it fills the memory
    if (screen.bufferedAmount > maxUnreadBytes) screen.terminate();
    else screen.send(JSON.stringify(show));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    for (const socket of this.#sockets.clients) socket.terminate();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSafetyHeaders(response);
    if (!this.#isOurHost(request))
      return refuse(response, 421, 'wrong-host', 'Open the address that the terminal printed.');
    if (request.method !== 'GET') return refuse(response, 405, 'wrong-method', 'Only GET is served here.');
    const url = addressOf(request);
    if (!url) return refuse(response, 400, 'wrong-address', 'Open the address that the terminal printed.');
    const offered = url.searchParams.get('token');
    if (url.pathname === '/' && offered !== null && this.#options.token.matches(offered)) {
      response.setHeader('Set-Cookie', this.#options.token.cookie(this.port));
      response.writeHead(303, { Location: '/' }).end();
      return;
    }
    if (!this.#options.token.isIn(request.headers.cookie, this.port)) {
      return refuse(response, 401, 'no-token', 'Open the address with the token that the terminal printed.');
    }
    if (url.pathname === '/health') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(this.#options.health()));
      return;
    }
    if (url.pathname === '/words.json') return this.#serveSiteWords(request, response);
    await this.#serveFile(url.pathname, response);
  }

  #serveSiteWords({ headers }: IncomingMessage, response: ServerResponse): void {
    const { version, words } = this.#options.siteWords();
    const tag = `"${version}"`;
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'no-cache');
    if (headers['if-none-match'] === tag) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(words));
  }

  async #serveFile(path: string, response: ServerResponse): Promise<void> {
    const name = path === '/' ? 'index.html' : normalize(path).slice(1);
    const type = contentTypes[extname(name)];
    if (!type || name.startsWith('..')) return refuse(response, 404, 'not-found', 'There is no such page.');
    try {
      const content = await readFile(join(this.#options.uiDir, name));
      response.setHeader('Content-Type', type);
      // built files carry a hash in their name; the page itself must never be an old one
      response.setHeader(
        'Cache-Control',
        name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
      );
      response.end(content);
    } catch (cause) {
      if (name === 'index.html') this.#options.onFault('ui-missing', cause);
      refuse(response, 404, 'not-found', 'There is no such page.');
    }
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // Node takes its own listener away here: a reset would end the process
    socket.on('error', () => socket.destroy());
    const isOurs =
      request.url === '/ws' &&
      this.#isOurHost(request) &&
      request.headers.origin === `http://${request.headers.host}` &&
      this.#options.token.isIn(request.headers.cookie, this.port);
    if (!isOurs) {
      turnAway(socket, '403 Forbidden');
      return;
    }
    if (this.#sockets.clients.size >= this.#options.maxSockets) {
      this.#options.onFault('screen-too-many');
      turnAway(socket, '503 Service Unavailable');
      return;
    }
    socket.setNoDelay(true);
    this.#sockets.handleUpgrade(request, socket, head, (client) => this.#serve(client));
  }

  #serve(client: WebSocket): void {
    const limit = new TouchLimit(this.#options.touchesPerSecond);
    client.on('error', () => client.terminate());
    client.on('close', () => this.#forget(client));
    client.on('message', (data, isBinary) => {
      if (!limit.take()) {
        this.#options.onFault('screen-too-many');
        return;
      }
      // what was on its way when another page became the screen was meant for nobody who is seen
      if (client !== this.#pages.at(-1)) return;
      const text = isBinary ? '' : String(data);
      const touched = parseTouched(text);
      const covered = parseCovered(text);
      if (touched) this.#options.onTouch(touched);
      else if (covered !== undefined) this.#options.onCovered?.(covered);
      else if (parsePainted(text) !== undefined) this.#painted.add(client);
      else this.#options.onFault('screen-message-bad');
    });
    const before = this.#pages.at(-1);
    this.#pages.push(client);
    before?.send(elsewhere);
    // whoever looks at the new page may be somebody else
    if (before) this.#options.onGone();
    client.send(JSON.stringify(this.#options.currentShow()));
  }

  /** When the screen goes, whoever looks at the page before it may be somebody else. */
  #forget(client: WebSocket): void {
    const wasScreen = client === this.#pages.at(-1);
    const at = this.#pages.indexOf(client);
    if (at >= 0) this.#pages.splice(at, 1);
    if (!wasScreen || this.#isClosing) return;
    this.#options.onGone();
    this.#pages.at(-1)?.send(JSON.stringify(this.#options.currentShow()));
  }

  /** Exactly our two names with our port: a prefix test would let `127.0.0.1.evil.example` in. */
  #isOurHost({ headers: { host } }: IncomingMessage): boolean {
    return host === `127.0.0.1:${this.port}` || host === `localhost:${this.port}`;
  }
}

/** @returns undefined for what is no address: `//`, `http://[` */
function addressOf({ url = '/' }: IncomingMessage): URL | undefined {
  return URL.canParse(url, 'http://127.0.0.1') ? new URL(url, 'http://127.0.0.1') : undefined;
}

function turnAway(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  // the other side may keep its half open for as long as it likes
  socket.destroySoon();
}

function setSafetyHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader(
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  );
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.statusCode = status;
  response.end(JSON.stringify({ error: { code, message } }));
}
