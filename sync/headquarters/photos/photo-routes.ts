// The console's paths to the pictures of a request.
import { Hono } from 'hono';
import { allow } from '../accounts/actor.ts';
import type { PhotoAnswers } from '../api/photo-api.ts';
import { fail } from '../api-answers.ts';
import type { Photos } from './photos.ts';

/** @param photos undefined where pictures are not taken */
export function photoRoutes({ photos }: { readonly photos?: Photos | undefined }): Hono {
  const app = new Hono();
  const seers = allow('service-desk', 'port', 'manager');
  app.get('/', seers, async (context) => {
    const found = (await photos?.of(context.req.query('request') ?? '')) ?? [];
    return context.json({ photos: found } satisfies PhotoAnswers['photos']);
  });
  app.get('/:id', seers, async (context) => {
    const photo = await photos?.read(context.req.param('id'));
    if (!photo) return fail(context, 404, 'unknown-photo', 'There is no picture with this id.');
    const answer = { type: photo.type, data: photo.bytes.toString('base64') };
    return context.json(answer satisfies PhotoAnswers['photo']);
  });
  return app;
}
