// The HTTP side of headquarters: the API and the console page, on 127.0.0.1 only.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, relative } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { supportEnds } from '../contract/support.ts';
import { type ApiParts, apiRoutes } from './api-routes.ts';
import { type MetricsRouteParts, metricsRoutes } from './fleet/metrics-routes.ts';
import { accessGuard, hostGuard, securityHeaders } from './http-guard.ts';
import { listenError } from './listen.ts';

export interface HttpServer {
  /** http://127.0.0.1:port */
  readonly url: string;
  close(): Promise<void>;
}
export interface HttpServerOptions {
  readonly port: number;
  readonly token: string;
  /** the built console page; a folder that is not there is a server without page */
  readonly consoleDir: string;
  readonly api: ApiParts;
  /** numbers about the fleet, and the token that opens them; undefined = none */
  readonly metrics?: MetricsRouteParts | undefined;
  /** whom to tell of a weakness; undefined = not told */
  readonly securityContact?: string | undefined;
  readonly limits: {
    readonly requestsPerSecond: number;
    readonly wrongTokensPerMinute: number;
    readonly requestBytes: number;
    readonly importBytes: number;
  };
  /** for faults that no caller can mend */
  readonly onFault: (error: Error) => void;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

function bodyGuard(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (context) =>
      context.json({ error: { code: 'body-too-large', message: `Send at most ${maxSize} bytes.` } }, 413),
  });
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused */
export async function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  let port = options.port;
  const { requestsPerSecond, wrongTokensPerMinute, requestBytes, importBytes } = options.limits;
  const app = new Hono();
  app.use(securityHeaders);
  app.use(hostGuard(() => port));
  app.use(
    '/api/*',
    accessGuard({
      token: options.token,
      sessions: options.api.sessions,
      requestsPerSecond,
      wrongTokensPerMinute,
      now: () => performance.now(),
    }),
    (context, next) =>
      bodyGuard(context.req.path.endsWith('/import') ? importBytes : requestBytes)(context, next),
  );
  app.route('/api', apiRoutes(options.api));
  if (options.securityContact !== undefined) {
    const text = securityText(options.securityContact);
    app.get('/.well-known/security.txt', (context) => context.text(text));
  }
  if (options.metrics) app.route('/metrics', metricsRoutes(options.metrics));
  for (const [path, { type, content }] of readPage(options.consoleDir)) {
    app.get(path, (context) => context.body(new Uint8Array(content), 200, { 'Content-Type': type }));
  }
  app.notFound((context) =>
    context.json({ error: { code: 'not-found', message: 'There is nothing at this path.' } }, 404),
  );
  app.onError((error, context) => {
    options.onFault(error);
    return context.json({ error: { code: 'fault', message: 'Headquarters failed; see its log.' } }, 500);
  });

  const listener = getRequestListener(app.fetch);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    void listener(request, response);
  });
  port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As RFC 9116 has it. */
function securityText(contact: string): string {
  return `Contact: ${contact}\nExpires: ${supportEnds}T00:00:00Z\nPreferred-Languages: zh, en\n`;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, 'http.port')));
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** The page is small and never changes while we run, so it is read once; nothing outside the folder can be asked for. */
function readPage(folder: string): Map<string, { type: string; content: Buffer }> {
  const page = new Map<string, { type: string; content: Buffer }>();
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return page;
  }
  for (const name of names) {
    const type = contentTypes[extname(name)];
    if (type === undefined) continue;
    const file = { type, content: readFileSync(join(folder, name)) };
    page.set(`/${relative('.', name)}`, file);
    if (name === 'index.html') page.set('/', file);
  }
  return page;
}
