// What the door answers: identities for whoever may have one, releases and a place for what was ordered for enrolled terminals. Only POST changes anything.

import { ReadableStream } from 'node:stream/web';
import type { TLSSocket } from 'node:tls';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { type EnrolAnswer, enrolAskSchema, renewAskSchema } from '../../contract/enrolment.ts';
import { orderIdSchema } from '../../contract/ids.ts';
import type { Caller, DoorCallers, Pace } from './door-callers.ts';
import type { Enrolment } from './enrolment.ts';
import type { FleetSecrets } from './fleet-secrets.ts';
import type { BundleFile, ReleaseFiles } from './release-files.ts';
import { maxUploadBytes, type Uploads, type UploadType, uploadTypes } from './uploads.ts';

export interface DoorAppParts {
  readonly enrolment: Pick<Enrolment, 'ask' | 'renew'>;
  readonly callers: DoorCallers;
  /** PEM */
  readonly root: string;
  readonly uploads: Uploads;
  /** undefined = this headquarters keeps none */
  readonly releases: ReleaseFiles | undefined;
  /** undefined = this headquarters keeps none */
  readonly secrets: Pick<FleetSecrets, 'forTerminal'> | undefined;
  readonly addresses: Pace;
  readonly terminals: Pace;
  /** how long a small body may take to come */
  readonly bodyMs: number;
  readonly onFault: (error: Error) => void;
}
interface Line {
  Bindings: HttpBindings;
  Variables: { caller: Caller };
}
type DoorContext = Context<Line>;

const maxBodyBytes = 32 * 1024;

export function doorApp(parts: DoorAppParts): Hono<Line> {
  const app = new Hono<Line>();
  app.use(headers, pace(parts));
  const small = [
    bodyDeadline(parts.bodyMs),
    bodyLimit({ maxSize: maxBodyBytes, onError: (context) => context.json(wrong, 413) }),
  ] as const;
  app.get('/root', (context) => context.body(parts.root, 200, { 'Content-Type': 'application/x-pem-file' }));
  app.post('/enrol', ...small, async (context) => {
    const ask = await bodyOf(context, enrolAskSchema);
    return ask ? answered(context, await parts.enrolment.ask(ask)) : context.json(wrong, 400);
  });
  app.post('/renew', ...small, async (context) => {
    const caller = await parts.callers.of(lineOf(context));
    if (!caller) return answered(context, { kind: 'refused', code: 'terminal-unknown' });
    if (!parts.terminals.allows(caller.terminal)) return tooFast(context);
    const ask = await bodyOf(context, renewAskSchema);
    // how late it may be, and whether it was revoked, is judged there and then
    return ask
      ? answered(context, await parts.enrolment.renew(caller.serial, ask.csr))
      : context.json(wrong, 400);
  });
  releaseRoutes(app, parts);
  secretRoute(app, parts);
  uploadRoute(app, parts);
  app.notFound((context) => context.json(notFound, 404));
  app.onError((error, context) => {
    parts.onFault(error);
    return context.json({ error: { code: 'fault', message: 'Headquarters failed; see its log.' } }, 500);
  });
  return app;
}

function releaseRoutes(app: Hono<Line>, parts: DoorAppParts): void {
  app.get('/releases/:hash', enrolledOnly(parts), async (context) => {
    const manifest = await parts.releases?.manifest(hashOf(context));
    if (!manifest) return context.json(notFound, 404);
    return context.body(new Uint8Array(manifest), 200, { 'Content-Type': 'application/octet-stream' });
  });
  app.get('/bundles/:hash', enrolledOnly(parts), async (context) => {
    const bundle = await parts.releases?.bundle(hashOf(context));
    return bundle ? piece(context, bundle) : context.json(notFound, 404);
  });
}

/** A value that this terminal's own twin names; of all others it does not even learn whether they are there. */
function secretRoute(app: Hono<Line>, parts: DoorAppParts): void {
  app.get('/secrets/:name', enrolledOnly(parts), async (context) => {
    const { terminal } = context.get('caller');
    const value = await parts.secrets?.forTerminal(terminal, context.req.param('name'));
    return value === undefined ? context.json(notFound, 404) : context.text(value);
  });
}

function uploadRoute(app: Hono<Line>, parts: DoorAppParts): void {
  app.post(
    '/uploads/:order',
    // asked before the bytes are read: who is nobody fills no memory
    enrolledOnly(parts),
    bodyLimit({ maxSize: maxUploadBytes, onError: (context) => context.json(tooLarge, 413) }),
    async (context) => {
      const order = v.safeParse(orderIdSchema, context.req.param('order'));
      const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim() ?? '';
      if (!isUploadType(type)) return context.json(wrongType, 415);
      if (!order.success) return context.json(notFound, 404);
      const from = context.req.query('from');
      const at = Number(from);
      if (from !== undefined && !(type === 'text/plain' && /^\d{1,9}$/.test(from)))
        return context.json(wrongType, 415);
      const bytes = Buffer.from(await context.req.arrayBuffer());
      const { terminal } = context.get('caller');
      const outcome =
        from === undefined
          ? await parts.uploads.take(terminal, order.output, { type, bytes })
          : await parts.uploads.add(terminal, order.output, at, bytes);
      switch (outcome.kind) {
        case 'taken':
          return context.json({ taken: outcome.bytes });
        case 'too-large':
          return context.json(tooLarge, 413);
        case 'wrong-content':
          return context.json(wrongType, 415);
        case 'unknown-order':
          return context.json(notFound, 404);
      }
    },
  );
}

const wrong: EnrolAnswer = { kind: 'refused', code: 'request-wrong' };
const error = (code: string, message: string) => ({ error: { code, message } });
const notFound = error('not-found', 'There is nothing at this path.');
const notEnrolled = error('not-enrolled', 'Come with the certificate of an enrolled terminal.');
const wrongType = error('wrong-type', `Send one of ${Object.keys(uploadTypes).join(', ')}.`);
const tooLarge = error('body-too-large', `Send at most ${maxUploadBytes} bytes.`);

function answered(context: DoorContext, answer: EnrolAnswer): Response {
  if (answer.kind === 'enrolled') return context.json(answer);
  if (answer.kind === 'pending') return context.json(answer, 202);
  return context.json(answer, answer.code === 'too-many-requests' ? 429 : 403);
}

function tooFast(context: DoorContext): Response {
  context.header('Retry-After', '60');
  return answered(context, { kind: 'refused', code: 'too-many-requests' });
}

async function bodyOf<const S extends v.GenericSchema>(
  context: DoorContext,
  schema: S,
): Promise<v.InferOutput<S> | undefined> {
  try {
    const result = v.safeParse(schema, JSON.parse(await context.req.text()));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** The server is an HTTPS one alone. */
function lineOf(context: DoorContext): TLSSocket {
  return context.env.incoming.socket as TLSSocket;
}

function pace({ addresses }: DoorAppParts): MiddlewareHandler<Line> {
  return async (context, next) =>
    addresses.allows(lineOf(context).remoteAddress ?? '') ? await next() : tooFast(context);
}

function enrolledOnly({ callers, terminals }: DoorAppParts): MiddlewareHandler<Line> {
  return async (context, next) => {
    const caller = await callers.of(lineOf(context));
    if (!caller?.isGood) return context.json(notEnrolled, 403);
    if (!terminals.allows(caller.terminal)) return tooFast(context);
    context.set('caller', caller);
    return await next();
  };
}

/** Whoever dribbles a body letter by letter is cut off; a line costs more than a letter. */
function bodyDeadline(ms: number): MiddlewareHandler<Line> {
  return async (context, next) => {
    const { incoming } = context.env;
    const timer = setTimeout(() => incoming.socket.destroy(), ms);
    incoming.once('end', () => clearTimeout(timer));
    incoming.once('close', () => clearTimeout(timer));
    await next();
  };
}

function hashOf(context: DoorContext): string {
  const hash = context.req.param('hash') ?? '';
  return /^[0-9a-f]{64}$/.test(hash) ? hash : '';
}

/** All of it, or the one range that was asked for: a download goes on where it broke off. */
function piece(context: DoorContext, bundle: BundleFile): Response {
  const { bytes } = bundle;
  const asked = context.req.header('range');
  const range = asked === undefined ? undefined : /^bytes=(\d{1,15})-(\d{0,15})$/.exec(asked);
  const from = Number(range?.[1] ?? 0);
  const to = Math.min(range?.[2] ? Number(range[2]) : bytes - 1, bytes - 1);
  if (range === null || from > to) {
    context.header('Content-Range', `bytes */${bytes}`);
    return context.json(error('wrong-range', 'Ask for one range within the file.'), 416);
  }
  const body = ReadableStream.from(bundle.read(from, to)) as unknown as globalThis.ReadableStream;
  return context.body(body, range ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(to - from + 1),
    'Accept-Ranges': 'bytes',
    ...(range ? { 'Content-Range': `bytes ${from}-${to}/${bytes}` } : {}),
  });
}

function isUploadType(type: string): type is UploadType {
  return Object.hasOwn(uploadTypes, type);
}

const headers: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Cache-Control', 'no-store');
};
