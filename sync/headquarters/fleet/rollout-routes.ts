// The paths of the API for rollouts: start, agree, open the next ring, stop, go on, take back.
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { actorOf, allow } from '../accounts/actor.ts';
import { type ReleaseAnswers, type RolloutAnswer, rolloutBodySchema } from '../api/release-api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { RolloutItem, RolloutOutcome, RolloutRefusal, Rollouts } from './rollouts.ts';

export interface RolloutRouteParts {
  readonly rollouts: Rollouts;
  /** a twin changed: send it when you can */
  readonly onTwin?: (() => void) | undefined;
}

const deeds = ['approve', 'promote', 'halt', 'resume', 'rollback'] as const;
const nothing = v.strictObject({});

export function rolloutRoutes({ rollouts, onTwin }: RolloutRouteParts): Hono {
  const app = new Hono();
  const readers = allow('it', 'manager');
  app.get('/rollouts', readers, async (context) => {
    const limit = number(context, 'limit', 20, 200);
    if (limit === undefined) return wrongNumber(context);
    const items = (await rollouts.list(limit)).map(rolloutItem);
    return context.json({ rollouts: items } satisfies ReleaseAnswers['rollouts']);
  });
  app.get('/rollouts/:id', readers, async (context) => {
    const devices = (await rollouts.devices(context.req.param('id'))).map((row) => {
      const { device, ring, state, code, offered_at: offeredAt, ended_at: endedAt } = row;
      return { device, ring, state, code, offeredAt, endedAt };
    });
    return context.json({ devices } satisfies ReleaseAnswers['rollout']);
  });
  app.post('/rollouts', allow('it'), async (context) => {
    const body = await parseBody(context, rolloutBodySchema);
    if (body instanceof Response) return body;
    return answer(context, await rollouts.start(actorOf(context), body.seq), onTwin);
  });
  for (const deed of deeds) {
    // a manager may be the second person, or pull the brake
    const who = deed === 'approve' || deed === 'halt' ? allow('it', 'manager') : allow('it');
    app.post(`/rollouts/:id/${deed}`, who, async (context) => {
      const body = await parseBody(context, nothing);
      if (body instanceof Response) return body;
      const id = context.req.param('id') ?? '';
      return answer(context, await rollouts[deed](actorOf(context), id), onTwin);
    });
  }
  return app;
}

const sentences: Readonly<Record<RolloutRefusal, string>> = {
  'unknown-release': 'There is no release with this number: add it first.',
  'release-expired': 'This release has expired: build and sign it again under the next number.',
  'rollout-open': 'Another rollout is open: let it end, halt it or roll it back first.',
  'unknown-rollout': 'There is no rollout with this id.',
  'not-approved': 'Another person must agree before anybody is offered it.',
  'same-person': 'Whoever proposed it cannot agree as well: ask another person.',
  'wrong-state': 'It is not in a state for that, or a later one has begun: load it again.',
  'ring-not-good': 'Devices of this ring are being tried, or too many failed: wait, or halt it.',
};

function answer(context: Context, outcome: RolloutOutcome, onTwin: (() => void) | undefined): Response {
  if (outcome.kind === 'done') {
    onTwin?.();
    const { id, staying } = outcome;
    return context.json({ id, staying } satisfies ReleaseAnswers['done']);
  }
  const { code } = outcome;
  const status = code.startsWith('unknown-')
    ? 404
    : code === 'same-person' || code === 'not-approved'
      ? 403
      : 409;
  return fail(context, status, code, sentences[code]);
}

function rolloutItem(item: RolloutItem): RolloutAnswer {
  const { id, seq, version, code, counts } = item;
  return {
    ...{ id, seq, version, code, counts: { ...counts } },
    state: item.state as RolloutAnswer['state'],
    ring: item.ring as RolloutAnswer['ring'],
    ringSince: item.ring_since,
    begunAt: item.begun_at,
    begunBy: item.begun_by,
    approvedBy: item.approved_by,
  };
}
