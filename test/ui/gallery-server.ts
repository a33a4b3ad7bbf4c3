// Serves the built kiosk page as the terminal does, pushes chosen Shows and keeps the touches that come back.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Show } from '../../kiosk/screen.ts';
import { parseTouched, type Touched } from '../../kiosk/touch.ts';

/** The strictest policy the page must live under. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the keyboard is told of the gallery's site. */
const siteWords = ['锦上花城', '兰亭水岸', '新桥花径'];

export interface Gallery {
  readonly url: string;
  /** Everything the page said, in order. */
  readonly touches: Touched[];
  /** Shows it to every page that is open, and to those that come. */
  show(show: Show): void;
  /** Shows it as soon as the next touch arrives, as the kiosk would. */
  answer(show: Show): void;
  /** Ends every socket, and refuses new ones until `show` is called. */
  cut(): void;
  close(): Promise<void>;
}

/** @param folder with the built page's index.html */
export async function openGallery(folder = join(rootFolder, 'dist/ui/kiosk')): Promise<Gallery> {
  let current: Show | undefined;
  let isCut = false;
  let next: Show | undefined;
  const touches: Touched[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/words.json') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(siteWords));
      return;
    }
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    readFile(file).then(
      (body) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', (socket) => {
    if (isCut) socket.terminate();
    if (current) socket.send(JSON.stringify(current));
    socket.on('message', (data) => {
      const touched = parseTouched(String(data));
      if (!touched) return;
      touches.push(touched);
      if (next === undefined || touched.touch.kind === 'stay') return;
      current = next;
      next = undefined;
      socket.send(JSON.stringify(current));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const each = (act: (socket: WebSocket) => void): void => {
    for (const socket of sockets.clients) act(socket);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    touches,
    show(show) {
      current = show;
      isCut = false;
      each((socket) => socket.send(JSON.stringify(show)));
    },
    answer(show) {
      next = show;
    },
    cut() {
      isCut = true;
      current = undefined;
      each((socket) => socket.terminate());
    },
    async close() {
      each((socket) => socket.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Of the work tree, found from the sources and from the compiled tests alike. */
export const rootFolder = fileURLToPath(new URL('.', import.meta.url)).replace(/(dist\/)?test\/ui\/$/, '');
