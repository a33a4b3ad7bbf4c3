// The paths of satisfaction items and node surveys.
import type { Context, Hono } from 'hono';
import type * as v from 'valibot';
import { actorOf, allow } from '../accounts/actor.ts';
import { type formsAnswers, inviteBodySchema, itemBodySchema, surveyBodySchema } from '../api/forms-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import { readOrganisation } from '../reports/regions.ts';
import type { Store } from '../store/store.ts';
import type { SurveyInvites } from './survey-invites.ts';
import type { SurveyResults } from './survey-results.ts';
import type { ItemOutcome, Surveys } from './surveys.ts';

export interface SurveyApiParts {
  readonly store: Store;
  readonly surveys: Surveys;
  readonly surveyInvites: SurveyInvites;
  readonly surveyResults: SurveyResults;
}
type FormsAnswer<K extends keyof typeof formsAnswers> = v.InferOutput<(typeof formsAnswers)[K]>;

const readers = ['executive', 'manager', 'service-desk', 'club'] as const;
const writers = ['manager', 'service-desk'] as const;

export function surveyRoutes(app: Hono, parts: SurveyApiParts): void {
  itemRoutes(app, parts);
  const { store, surveys, surveyInvites, surveyResults } = parts;
  const answerWith = async (context: Context, id: string): Promise<Response> => {
    const found = await surveyResults.of(id);
    if (!found) return unknownSurvey(context);
    return context.json(found satisfies FormsAnswer<'survey'>);
  };
  app.get('/surveys', allow(...readers), async (context) =>
    context.json({
      surveys: await surveyResults.list(),
      trend: await surveyResults.trend(),
      projects: (await readOrganisation(store.db)).projects.map(({ id, name }) => ({ id, name })),
    } satisfies FormsAnswer<'surveys'>),
  );
  app.get('/surveys/:id', allow(...readers), (context) => answerWith(context, context.req.param('id')));
  app.post('/surveys', allow(...writers), async (context) => {
    const body = await parseBody(context, surveyBodySchema);
    if (body instanceof Response) return body;
    const outcome = await surveys.define(body, actorOf(context).account);
    if (outcome.kind === 'defined') return await answerWith(context, outcome.id);
    switch (outcome.code) {
      case 'unknown-item':
        return fail(context, 400, outcome.code, 'items names something that is not asked about.');
      case 'unknown-project':
        return fail(context, 400, outcome.code, 'There is no such project.');
      case 'wrong-window':
        return fail(context, 400, outcome.code, 'A survey must end after it opens.');
    }
  });
  app.post('/surveys/:id/withdraw', allow(...writers), async (context) => {
    const id = context.req.param('id');
    return (await surveys.withdraw(id, actorOf(context).account))
      ? await answerWith(context, id)
      : unknownSurvey(context);
  });
  app.post('/surveys/:id/invite', allow(...writers), async (context) => {
    const body = await parseBody(context, inviteBodySchema);
    if (body instanceof Response) return body;
    const invited = await surveyInvites.invite(
      context.req.param('id'),
      body.members,
      actorOf(context).account,
    );
    if (invited === undefined) return unknownSurvey(context);
    return context.json({ invited } satisfies FormsAnswer<'invited'>);
  });
}

function itemRoutes(app: Hono, { surveys }: SurveyApiParts): void {
  const answer = async (context: Context, outcome: ItemOutcome): Promise<Response> => {
    switch (outcome) {
      case 'kept':
        return context.json({ items: await surveys.items() } satisfies FormsAnswer<'items'>);
      case 'unknown-parent':
        return fail(context, 400, outcome, 'There is no item with the code of its parent.');
      case 'wrong-level':
        return fail(context, 400, outcome, 'An item stands one level below its parent; level 1 has none.');
      case 'item-in-use':
        return fail(context, 409, outcome, 'It was rated, or a survey or another item needs it.');
    }
  };
  app.get('/satisfaction-items', allow(...readers), (context) => answer(context, 'kept'));
  app.post('/satisfaction-items', allow(...writers), async (context) => {
    const body = await parseBody(context, itemBodySchema);
    if (body instanceof Response) return body;
    return await answer(context, await surveys.keepItem({ kind: 'item', ...body }, actorOf(context).account));
  });
  app.post('/satisfaction-items/:code/drop', allow(...writers), async (context) =>
    answer(context, await surveys.dropItem(context.req.param('code'), actorOf(context).account)),
  );
}

function unknownSurvey(context: Context): Response {
  return fail(context, 404, 'unknown-survey', 'There is no such survey, or it was withdrawn.');
}
