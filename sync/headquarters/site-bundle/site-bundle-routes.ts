// The console's paths to site bundles: for IT alone, for a bundle holds what terminals know of all members.
import { Hono } from 'hono';
import { siteBundleEnding } from '../../contract/site-bundle.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import type { SiteBundleAnswers } from '../api/site-bundle-api.ts';
import { fail } from '../api-answers.ts';
import type { SiteBundles } from './site-bundles.ts';

export interface SiteBundleParts {
  readonly siteBundles: SiteBundles;
}

export function siteBundleRoutes({ siteBundles }: SiteBundleParts): Hono {
  const app = new Hono();
  app.use(allow('it'));
  app.get('/', async (context) =>
    context.json({ sites: await siteBundles.sites() } satisfies SiteBundleAnswers['sites']),
  );
  app.get('/:site', async (context) => {
    const site = context.req.param('site');
    const built = await siteBundles.build(site, actorOf(context));
    if (!built) return fail(context, 404, 'unknown-site', 'The board has no project with this id.');
    const name = `${built.head.site}-${built.head.at.slice(0, 10)}${siteBundleEnding}`;
    return context.body(ReadableStream.from(built.pieces), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(built.bytes),
      'Content-Disposition': `attachment; filename="${name}"`,
    });
  });
  return app;
}
