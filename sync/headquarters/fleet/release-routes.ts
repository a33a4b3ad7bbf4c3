// The paths of the API for releases: what there is, taking one in piece by piece, taking an unused one away.
import { type Context, Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import type { ReleaseAnswers } from '../api/release-api.ts';
import { fail, number, wrongNumber } from '../api-answers.ts';
import type { ReleaseRefusal, Releases, TakenIn } from './releases.ts';

export interface ReleaseRouteParts {
  /** undefined = this headquarters has none: no key says who may sign them */
  readonly releases?: Releases | undefined;
}

export function releaseRoutes({ releases }: ReleaseRouteParts): Hono {
  const app = new Hono();
  const it = allow('it');
  const none = (context: Context): Response =>
    fail(context, 404, 'no-releases', 'Name in `fleet.releaseKeys` who may sign releases.');
  app.get('/releases', allow('it', 'manager'), async (context) => {
    const list = (await releases?.list()) ?? [];
    return context.json({
      releases: list.map((item) => ({ ...item, bundles: [...item.bundles] })),
      isTaking: releases !== undefined,
    } satisfies ReleaseAnswers['releases']);
  });
  app.post('/releases/import', it, async (context) => {
    if (!releases) return none(context);
    return taken(context, await releases.announce(actorOf(context), await bytesOf(context)));
  });
  app.post('/releases/:manifest/import', it, async (context) => {
    if (!releases) return none(context);
    const offset = number(context, 'offset', 0);
    if (offset === undefined) return wrongNumber(context);
    const hash = context.req.param('manifest');
    return taken(context, await releases.receive(actorOf(context), hash, offset, await bytesOf(context)));
  });
  app.post('/releases/:seq/remove', it, async (context) => {
    if (!releases) return none(context);
    const outcome = await releases.remove(actorOf(context), Number(context.req.param('seq')) || 0);
    switch (outcome) {
      case 'unknown':
        return fail(context, 404, 'unknown-release', 'There is no release with this number.');
      case 'in-use':
        return fail(
          context,
          409,
          'release-in-use',
          'Terminals have it, are to have it, or may go back to it.',
        );
      case 'removed':
        return context.json({ removed: true } satisfies ReleaseAnswers['removed']);
    }
  });
  return app;
}

async function bytesOf(context: Context): Promise<Uint8Array> {
  return new Uint8Array(await context.req.arrayBuffer());
}

const sentences: Readonly<Record<ReleaseRefusal, string>> = {
  'manifest-wrong': 'This is no manifest that a release key of this headquarters signed.',
  'release-expired': 'This release has expired: build and sign it again.',
  'release-taken': 'Another release has this number, or this version: count up.',
  'bundle-large': 'A bundle may have 2 GiB at most.',
  'bundle-wrong': 'The bundle is not the one that the manifest names: send it again from its beginning.',
  'release-unannounced': 'Send the signed manifest first.',
};

function taken(context: Context, outcome: TakenIn): Response {
  if (outcome.kind !== 'refused') return context.json(outcome satisfies ReleaseAnswers['takenIn']);
  return fail(context, outcome.code === 'release-taken' ? 409 : 400, outcome.code, sentences[outcome.code]);
}
