// The one door of headquarters that telephones outside may knock at: a page, its link's state, and pictures coming in. Nothing goes out.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { listenError } from '../listen.ts';
import { photoPageCss, photoPageHtml, photoPageScript } from './photo-page.ts';
import type { Photos } from './photos.ts';

export interface PhotoServerOptions {
  readonly listen: { readonly host: string; readonly port: number };
  readonly photos: Photos;
  readonly maxBytes: number;
  /** of one address, and of all together ten times as many */
  readonly requestsPerMinute: number;
  readonly now: () => number;
  readonly onFault: (error: Error) => void;
}
export interface PhotoServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused */
export async function openPhotoServer(options: PhotoServerOptions): Promise<PhotoServer> {
  const { listen } = options;
  const listener = getRequestListener(photoApp(options).fetch);
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 10_000 }, (request, response) => {
    void listener(request, response);
  });
  server.maxConnections = 200;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenError(error, listen.port, 'photos.listen.port')),
    );
    server.listen(listen, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : listen.port;
  return {
    url: `http://${listen.host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const numberPattern = /^[A-Z0-9]{2,6}-\d{6}$/;
const keyPattern = /^[A-Za-z0-9_-]{43}$/;

function photoApp(options: PhotoServerOptions): Hono {
  const { photos, maxBytes } = options;
  const app = new Hono();
  app.use(headers);
  app.use('/p/:number/*', pace(options));
  const file = (path: string, type: string, text: string): void => {
    app.get(path, (context) => context.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }));
  };
  file('/p/page.css', 'text/css', photoPageCss);
  file('/p/page.js', 'text/javascript', photoPageScript);
  file('/p/:number', 'text/html', photoPageHtml);
  app.get('/p/:number/state', async (context) => {
    const link = linkOf(context);
    const state = link ? await photos.look(link.number, link.key) : notHere;
    // what the request is called inside is nobody's business
    return context.json(
      state.kind === 'open' ? { kind: 'open', taken: state.taken, most: state.most } : state,
    );
  });
  app.post(
    '/p/:number/photos',
    bodyLimit({ maxSize: maxBytes, onError: (context) => context.json({ kind: 'too-large' }, 413) }),
    async (context) => {
      const link = linkOf(context);
      if (!link) return context.json(notHere);
      // asked before the bytes are read: who has no link fills no memory
      const state = await photos.look(link.number, link.key);
      if (state.kind !== 'open') return context.json(state);
      const bytes = Buffer.from(await context.req.arrayBuffer());
      return context.json(await photos.add(link.number, link.key, bytes));
    },
  );
  app.notFound((context) => context.text('Not found', 404));
  app.onError((error, context) => {
    options.onFault(error);
    return context.json({ kind: 'unreachable' }, 500);
  });
  return app;
}

const notHere = { kind: 'not-here' } as const;

function linkOf({ req }: Context): { readonly number: string; readonly key: string } | undefined {
  const number = req.param('number') ?? '';
  const key = req.header('x-photo-key') ?? '';
  return numberPattern.test(number) && keyPattern.test(key) ? { number, key } : undefined;
}

/** So many in a minute from one address; behind a proxy all share one, so it is generous. */
function pace({ requestsPerMinute, now }: PhotoServerOptions): MiddlewareHandler {
  let minute = 0;
  let all = 0;
  const counts = new Map<string, number>();
  return async (context, next) => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) {
      minute = current;
      all = 0;
      counts.clear();
    }
    const from = getConnInfo(context).remote.address ?? '';
    const count = (counts.get(from) ?? 0) + 1;
    all += 1;
    counts.set(from, count);
    if (count > requestsPerMinute || all > requestsPerMinute * 10) {
      context.header('Retry-After', '60');
      return context.json({ kind: 'too-fast' }, 429);
    }
    return await next();
  };
}

const headers: MiddlewareHandler = async (context, next) => {
  await next();
  context.header(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
};
