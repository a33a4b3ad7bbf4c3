// The paths of the API for set-ups: who sets what, what would change, what each terminal shall be and says it is.
import { type Context, Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import {
  layerBodySchema,
  layerNameSchema,
  layerPlanBodySchema,
  layerRollbackBodySchema,
  secretBodySchema,
  type TwinAnswers,
  type TwinItem,
} from '../api/twin-api.ts';
import { fail, number, parseBody, parseValue, wrongNumber } from '../api-answers.ts';
import type { Store } from '../store/store.ts';
import type { FleetSecrets } from './fleet-secrets.ts';
import type { LayerRefusal, LayerWritten, TwinLayers } from './twin-layers.ts';
import type { Twins } from './twins.ts';

export interface TwinRouteParts {
  readonly store: Store;
  readonly twins: Twins;
  readonly twinLayers: TwinLayers;
  /** undefined = this headquarters keeps none */
  readonly fleetSecrets?: FleetSecrets | undefined;
  /** a twin changed: send it when you can */
  readonly onTwin?: (() => void) | undefined;
}

const planned = 200;

export function twinRoutes(parts: TwinRouteParts): Hono {
  const app = new Hono();
  for (const path of ['/layers', '/twins']) {
    app.use(path, allow('it', 'manager'));
    app.use(`${path}/*`, allow('it', 'manager'));
  }
  readRoutes(app, parts);
  writeRoutes(app, parts);
  secretRoutes(app, parts);
  return app;
}

function readRoutes(app: Hono, { store, twins, twinLayers }: TwinRouteParts): void {
  app.get('/layers', async (context) =>
    context.json({ layers: await twinLayers.list() } satisfies TwinAnswers['layers']),
  );
  app.get('/layers/:layer', async (context) => {
    const name = nameOf(context);
    if (name instanceof Response) return name;
    const layer = await twinLayers.read(name);
    context.header('ETag', `"${layer.rev}"`);
    return context.json(layer satisfies TwinAnswers['layer']);
  });
  app.get('/layers/:layer/history', async (context) => {
    const name = nameOf(context);
    if (name instanceof Response) return name;
    const limit = number(context, 'limit', 50, 500);
    if (limit === undefined) return wrongNumber(context);
    const revisions = await twinLayers.history(name, limit);
    return context.json({ revisions } satisfies TwinAnswers['history']);
  });
  app.get('/twins', async (context) =>
    context.json({ twins: (await twins.states()).map(twinItem) } satisfies TwinAnswers['twins']),
  );
  app.get('/twins/:device', async (context) => {
    const device = context.req.param('device');
    const effective = await store.transaction((tx) => twins.effective(tx, device));
    if (!effective) return fail(context, 404, 'unknown-device', 'There is no device with this id.');
    const state = await twins.state(device);
    const values = [...effective]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, value]) => ({ path, ...value }));
    context.header('ETag', `"${state?.rev ?? 0}"`);
    return context.json({ twin: state ? twinItem(state) : null, values } satisfies TwinAnswers['twin']);
  });
}

function writeRoutes(app: Hono, { twinLayers, onTwin }: TwinRouteParts): void {
  app.post('/layers/:layer', allow('it'), async (context) => {
    const layer = layerOf(context);
    if (layer instanceof Response) return layer;
    const body = await parseBody(context, layerBodySchema);
    if (body instanceof Response) return body;
    return written(context, await twinLayers.write(actorOf(context), { ...body, layer }), onTwin);
  });
  app.post('/layers/:layer/rollback', allow('it'), async (context) => {
    const layer = layerOf(context);
    if (layer instanceof Response) return layer;
    const body = await parseBody(context, layerRollbackBodySchema);
    if (body instanceof Response) return body;
    return written(context, await twinLayers.rollback(actorOf(context), { ...body, layer }), onTwin);
  });
  app.post('/layers/:layer/plan', allow('it'), async (context) => {
    const layer = layerOf(context);
    if (layer instanceof Response) return layer;
    const body = await parseBody(context, layerPlanBodySchema);
    if (body instanceof Response) return body;
    const plan = await twinLayers.plan({ ...body, layer });
    if (plan.kind !== 'plan') return refusal(context, plan);
    const devices = plan.devices
      .slice(0, planned)
      .map(({ device, changes }) => ({ device, changes: changes.map((each) => ({ ...each })) }));
    return context.json({ count: plan.devices.length, devices } satisfies TwinAnswers['plan']);
  });
}

function secretRoutes(app: Hono, { fleetSecrets }: TwinRouteParts): void {
  const it = allow('it');
  const none = (context: Context): Response =>
    fail(context, 404, 'no-secrets', 'This headquarters keeps no secrets of the fleet.');
  app.get('/secrets', it, async (context) => {
    if (!fleetSecrets) return none(context);
    return context.json({ secrets: await fleetSecrets.list() } satisfies TwinAnswers['secrets']);
  });
  app.post('/secrets', it, async (context) => {
    if (!fleetSecrets) return none(context);
    const body = await parseBody(context, secretBodySchema);
    if (body instanceof Response) return body;
    if ((await fleetSecrets.keep(actorOf(context), body.name, body.value)) === 'name-taken') {
      return fail(
        context,
        409,
        'name-taken',
        'A secret keeps its value for ever: give the new value a new name.',
      );
    }
    return context.json({ secrets: await fleetSecrets.list() } satisfies TwinAnswers['secrets']);
  });
  app.post('/secrets/:name/remove', it, async (context) => {
    if (!fleetSecrets) return none(context);
    const outcome = await fleetSecrets.remove(actorOf(context), context.req.param('name'));
    switch (outcome) {
      case 'unknown':
        return fail(context, 404, 'unknown-secret', 'There is no secret with this name.');
      case 'in-use':
        return fail(context, 409, 'secret-in-use', 'A layer names it: take it out there first.');
      case 'removed':
        return context.json({ secrets: await fleetSecrets.list() } satisfies TwinAnswers['secrets']);
    }
  });
}

function nameOf(context: Context) {
  const layer = layerOf(context);
  return layer instanceof Response ? layer : { layer, subject: context.req.query('subject') ?? '' };
}

function layerOf(context: Context) {
  return parseValue(context, layerNameSchema, context.req.param('layer'));
}

function written(
  context: Context,
  outcome: LayerWritten | LayerRefusal,
  onTwin: (() => void) | undefined,
): Response {
  if (outcome.kind !== 'written') return refusal(context, outcome);
  onTwin?.();
  context.header('ETag', `"${outcome.rev}"`);
  const { rev, devices } = outcome;
  return context.json({ rev, devices: devices.length } satisfies TwinAnswers['written']);
}

function refusal(context: Context, outcome: LayerRefusal): Response {
  switch (outcome.kind) {
    case 'moved': {
      const message = 'Somebody changed this layer since you read it: read it again, then write yours.';
      const { rev, baseRev } = outcome;
      const answer = { error: { code: 'layer-moved', message }, rev, baseRev };
      return context.json(answer satisfies TwinAnswers['moved'], 409);
    }
    case 'wrong': {
      const said = outcome.faults.map(({ path, sentence }) => `${path} ${sentence}`.trim());
      return fail(context, 400, 'values-wrong', `${said.join('; ')}.`);
    }
    case 'unknown':
      return fail(context, 404, 'unknown-layer', 'There is no such layer, subject or revision.');
  }
}

function twinItem(row: Awaited<ReturnType<Twins['states']>>[number]): TwinItem {
  const { device, rev, hash, at, sent_at: sentAt, drift_since: driftSince } = row;
  const reported =
    row.reported_rev === null
      ? null
      : {
          rev: row.reported_rev,
          hash: row.reported_hash,
          state: row.reported_state ?? '',
          code: row.reported_code,
          path: row.reported_path,
          schema: row.reported_schema ?? 0,
          release: row.reported_release ?? 0,
          at: row.reported_at ?? '',
        };
  return { device, rev, hash, at, sentAt, reported, driftSince };
}
