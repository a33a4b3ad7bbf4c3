// The paths of the API about the fleet's terminals: for IT, managers may look. Every deed is one line of the audit.
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { orderIdSchema, type TerminalId } from '../../contract/ids.ts';
import { type Actor, actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  approveBodySchema,
  claimsBodySchema,
  type DeviceAnswers,
  emptyBodySchema,
  importDevicesBodySchema,
  replaceBodySchema,
} from '../api/device-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import { type DoorPlace, issueClaims } from './claim-desk.ts';
import { importDevices } from './device-import.ts';
import type { DeviceOutcome, Devices, ReplaceOutcome } from './devices.ts';
import type { PendingTerminals } from './pending-terminals.ts';
import type { Uploads } from './uploads.ts';

export interface DeviceRouteParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly devices: Devices;
  readonly pendingTerminals: PendingTerminals;
  /** undefined = this headquarters has no door for terminals */
  readonly door?: { readonly place: DoorPlace; readonly uploads: Uploads } | undefined;
}

export function deviceRoutes(parts: DeviceRouteParts): Hono {
  const app = new Hono();
  for (const path of ['/devices', '/devices/:terminal', '/export', '/pending'])
    app.get(path, allow('it', 'manager'));
  app.get('/uploads/:order', allow('it'));
  // each by its name: others have paths below `/fleet` too
  for (const path of ['/import', '/claims', '/devices/:terminal/:deed', '/pending/:code/:deed'])
    app.post(path, allow('it'));
  listRoutes(app, parts);
  recordRoutes(app, parts);
  deedRoutes(app, parts);
  pendingRoutes(app, parts);
  uploadRoutes(app, parts);
  return app;
}

function listRoutes(app: Hono, { devices }: DeviceRouteParts): void {
  app.get('/devices', async (context) => {
    const limit = number(context, 'limit', 1_000, 5_000);
    if (limit === undefined) return wrongNumber(context);
    const { site, ring, model, state, after } = context.req.query();
    const found = await devices.list({ site, ring, model, state, after, limit });
    return context.json({ devices: found } satisfies DeviceAnswers['devices']);
  });
  app.get('/devices/:terminal', (context) => shown(context, devices, context.req.param('terminal')));
  app.get('/export', async (context) =>
    context.body(await devices.export(), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="devices.csv"',
    }),
  );
}

function recordRoutes(app: Hono, parts: DeviceRouteParts): void {
  app.post('/import', async (context) => {
    const body = await parseBody(context, importDevicesBodySchema);
    if (body instanceof Response) return body;
    const imported = await importDevices(parts, actorOf(context), body);
    return context.json(imported satisfies DeviceAnswers['imported']);
  });
  app.post('/claims', async (context) => {
    const body = await parseBody(context, claimsBodySchema);
    if (body instanceof Response) return body;
    if (!parts.door) return fail(context, 409, 'no-door', sentences['no-door']);
    const issued = await issueClaims(parts, actorOf(context), body.terminals, parts.door.place);
    if ('code' in issued)
      return fail(context, 409, issued.code, `${issued.terminal}: ${sentences[issued.code]}`);
    return context.json({
      expiresAt: issued.expiresAt,
      claims: [...issued.claims],
    } satisfies DeviceAnswers['claims']);
  });
}

function deedRoutes(app: Hono, { devices }: DeviceRouteParts): void {
  const deed = (name: string, work: (actor: Actor, terminal: TerminalId) => Promise<DeviceOutcome>): void => {
    app.post(`/devices/:terminal/${name}`, async (context) => {
      const body = await parseBody(context, emptyBodySchema);
      if (body instanceof Response) return body;
      const terminal = (context.req.param('terminal') ?? '') as TerminalId;
      return settled(context, devices, terminal, await work(actorOf(context), terminal));
    });
  };
  deed('revoke', (actor, terminal) => devices.revoke(actor, terminal));
  deed('retire', (actor, terminal) => devices.retire(actor, terminal));
  deed('quarantine', (actor, terminal) => devices.quarantine(terminal, 'by-hand', actor));
  deed('release', (actor, terminal) => devices.release(actor, terminal));
  app.post('/devices/:terminal/replace', async (context) => {
    const body = await parseBody(context, replaceBodySchema);
    if (body instanceof Response) return body;
    const old = context.req.param('terminal') as TerminalId;
    const outcome = await devices.replace(actorOf(context), old, body.by);
    return settled(context, devices, body.by, outcome);
  });
}

function pendingRoutes(app: Hono, { pendingTerminals }: DeviceRouteParts): void {
  const list = async (context: Context): Promise<Response> =>
    context.json({ pending: await pendingTerminals.list() } satisfies DeviceAnswers['pending']);
  app.get('/pending', list);
  app.post('/pending/:code/approve', async (context) => {
    const body = await parseBody(context, approveBodySchema);
    if (body instanceof Response) return body;
    const code = context.req.param('code').toUpperCase();
    const outcome = await pendingTerminals.approve(actorOf(context), code, body);
    switch (outcome.kind) {
      case 'done':
        return await list(context);
      case 'row-wrong':
        return fail(context, 409, outcome.fault.code, `${outcome.fault.column}: ${sentences['row-wrong']}`);
      case 'unknown-code':
      case 'unknown-terminal':
        return fail(context, 404, outcome.kind, sentences[outcome.kind]);
      case 'wrong-state':
      case 'board-wrong':
        return fail(context, 409, outcome.kind, sentences[outcome.kind]);
    }
  });
  app.post('/pending/:code/deny', async (context) => {
    const body = await parseBody(context, emptyBodySchema);
    if (body instanceof Response) return body;
    const outcome = await pendingTerminals.deny(actorOf(context), context.req.param('code').toUpperCase());
    return outcome === 'done'
      ? await list(context)
      : fail(context, outcome === 'unknown-code' ? 404 : 409, outcome, sentences[outcome]);
  });
}

function uploadRoutes(app: Hono, { door, store, audit }: DeviceRouteParts): void {
  app.get('/uploads/:order', async (context) => {
    const order = v.safeParse(orderIdSchema, context.req.param('order'));
    const upload = order.success ? await door?.uploads.read(order.output) : undefined;
    if (!order.success || !upload) return fail(context, 404, 'unknown-upload', sentences['unknown-upload']);
    const from = number(context, 'from', 0);
    if (from === undefined) return wrongNumber(context);
    // it may show what stood on a screen; whoever reads on was noted when they began
    if (from === 0)
      await store.transaction((tx) => audit.note(tx, actorOf(context), 'upload-viewed', order.output));
    return context.body(new Uint8Array(upload.bytes.subarray(from)), 200, { 'Content-Type': upload.type });
  });
}

const sentences = {
  'no-door': 'This headquarters has no door for terminals: add `fleet` to its config.',
  'unknown-terminal': 'There is no device of this name: import it first.',
  'wrong-state': 'The device is in a state that does not allow it: look at it first.',
  'unknown-successor': 'There is no other device of this name: import it first.',
  'wrong-successor': 'The successor was put aside or retired: name another one.',
  'unknown-code': 'No terminal waits with this code: read it again from its screen.',
  'board-wrong': 'The device is for another board: approve the right terminal, or import it anew.',
  'row-wrong': 'another device has it, or had it: choose another one.',
  'unknown-upload': 'Nothing was sent for this order, or it is older than 30 days.',
} as const;

async function shown(context: Context, devices: Devices, terminal: string): Promise<Response> {
  const device = await devices.show(terminal);
  return device
    ? context.json(device satisfies DeviceAnswers['device'])
    : fail(context, 404, 'unknown-terminal', sentences['unknown-terminal']);
}

async function settled(
  context: Context,
  devices: Devices,
  terminal: TerminalId,
  outcome: DeviceOutcome | ReplaceOutcome,
): Promise<Response> {
  switch (outcome) {
    case 'done':
      return await shown(context, devices, terminal);
    case 'unknown-terminal':
    case 'unknown-successor':
      return fail(context, 404, outcome, sentences[outcome]);
    case 'wrong-state':
    case 'wrong-successor':
      return fail(context, 409, outcome, sentences[outcome]);
  }
}
