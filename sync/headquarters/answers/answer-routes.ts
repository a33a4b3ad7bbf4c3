// The paths of questions that headquarters answers in public.
import type { Context, Hono } from 'hono';
import type * as v from 'valibot';
import { actorOf, allow } from '../accounts/actor.ts';
import { answerBodySchema, type formsAnswers } from '../api/forms-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import type { AnswerMove, DraftOutcome, PublicAnswers } from './public-answers.ts';

type Listed = v.InferOutput<(typeof formsAnswers)['publicAnswers']>;

/** They write and look over; nobody does both for one answer. */
const writers = ['service-desk', 'manager', 'executive'] as const;

export function answerRoutes(app: Hono, { publicAnswers }: { readonly publicAnswers: PublicAnswers }): void {
  const list = async (context: Context): Promise<Response> => {
    const answers = await publicAnswers.list();
    return context.json({
      candidates: await publicAnswers.candidates(),
      answers: answers.map(({ written_at, written_by, published_at, published_by, state, ...answer }) => ({
        id: answer.id,
        request: answer.request,
        project: answer.project,
        question: answer.question,
        answer: answer.answer,
        state: state as Listed['answers'][number]['state'],
        writtenAt: written_at,
        writtenBy: written_by,
        publishedAt: published_at,
        publishedBy: published_by,
      })),
    } satisfies Listed);
  };
  const written = async (context: Context, outcome: DraftOutcome): Promise<Response> => {
    switch (outcome.kind) {
      case 'kept':
        return await list(context);
      case 'personal':
        return fail(
          context,
          400,
          'personal-words',
          `The words tell who asked (${outcome.finds.join(', ')}). Take that out.`,
        );
      case 'refused':
        if (outcome.code === 'unknown-request')
          return fail(context, 404, outcome.code, 'There is no request with this id.');
        return outcome.code === 'unknown-answer'
          ? fail(context, 404, outcome.code, noAnswer)
          : fail(context, 409, outcome.code, refusals[outcome.code]);
    }
  };
  const moved = async (context: Context, outcome: AnswerMove): Promise<Response> => {
    switch (outcome) {
      case 'moved':
        return await list(context);
      case 'unknown-answer':
        return fail(context, 404, outcome, noAnswer);
      case 'same-person':
      case 'not-a-draft':
      case 'may-not-publish':
        return fail(context, 409, outcome, refusals[outcome]);
    }
  };
  app.get('/public-answers', allow(...writers), (context) => list(context));
  app.post('/public-answers', allow(...writers), async (context) => {
    const body = await parseBody(context, answerBodySchema);
    if (body instanceof Response) return body;
    return await written(context, await publicAnswers.write(body, actorOf(context).account));
  });
  app.post('/public-answers/:id', allow(...writers), async (context) => {
    const body = await parseBody(context, answerBodySchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    return await written(context, await publicAnswers.write(body, actorOf(context).account, id));
  });
  app.post('/public-answers/:id/publish', allow(...writers), async (context) =>
    moved(context, await publicAnswers.publish(context.req.param('id'), actorOf(context).account)),
  );
  app.post('/public-answers/:id/withdraw', allow(...writers), async (context) =>
    moved(context, await publicAnswers.withdraw(context.req.param('id'), actorOf(context).account)),
  );
}

const noAnswer = 'There is no such answer, or it was withdrawn.';
const refusals = {
  'may-not-publish': 'Whoever asked did not agree to be answered in public.',
  'answered-already': 'It has a public answer already; withdraw that first.',
  'same-person': 'Somebody else than who wrote it must look it over and publish it.',
  'not-a-draft': 'It is published or withdrawn; only a draft can be published.',
} as const;
