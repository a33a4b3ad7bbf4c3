// The paths of the API about the board's working copy and its approval by a second person.
import { type Context, Hono } from 'hono';
import { actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import { adverseBody, decisionBody, type SalesAnswers, unitChangeBody } from '../api/sales-api.ts';
import type { Answers } from '../api.ts';
import { fail, number, parseBody, wrongNumber } from '../api-answers.ts';
import type { Desk } from '../desk.ts';
import type { Store } from '../store/store.ts';
import type { Approval, DecisionOutcome } from './approval.ts';
import type { Board } from './board.ts';
import { listDecisions } from './board-decisions.ts';
import { boardLabels } from './board-labels.ts';
import type { Sales } from './sales.ts';

export interface BoardApiParts {
  readonly store: Store;
  readonly desk: Desk;
  readonly board: Board;
  readonly sales: Sales;
  readonly approval: Approval;
  readonly audit: Audit;
}

const maxUnits = 20_000;

export function boardRoutes(parts: BoardApiParts): Hono {
  const app = new Hono();
  app.get('/board/projects', allow('sales', 'manager', 'executive', 'service-desk'), async (context) => {
    const projects = (await parts.sales.adverse.list()).map(({ project: { id, name } }) => ({
      id,
      name: { zh: name.zh, en: name.en },
    }));
    return context.json({ projects } satisfies SalesAnswers['projects']);
  });
  for (const path of ['/board', '/board/*', '/adverse-facts', '/adverse-facts/*']) {
    app.use(path, allow('sales', 'manager', 'executive'));
  }
  readRoutes(app, parts);
  proposalRoutes(app, parts);
  decisionRoutes(app, parts);
  return app;
}

function readRoutes(app: Hono, { store, desk, board, sales }: BoardApiParts): void {
  app.get('/board', async (context) =>
    context.json((await desk.board(await board.pendingCount())) satisfies Answers['board']),
  );
  app.get('/board/units', async (context) => {
    const { project, building, pending } = context.req.query();
    const units = await board.units({ project, building, isPending: pending === 'true' || pending === '1' });
    if (units.length > maxUnits) {
      return fail(context, 400, 'too-many-units', 'Name a project or building to see fewer units.');
    }
    return context.json({ units } satisfies Answers['units']);
  });
  app.get('/board/approvals', async (context) => {
    const units = (await board.units({ isPending: true })).flatMap(({ approved, internal, pending }) => {
      if (!pending) return [];
      const { internal: change, hands, ...rest } = pending;
      return [{ approved, internal, change, ...rest, hands: [...hands] }];
    });
    const adverse = (await sales.adverse.pending()).map(({ hands, ...rest }) => ({
      ...rest,
      hands: [...hands],
    }));
    return context.json({ units, adverse } satisfies SalesAnswers['approvals']);
  });
  app.get('/board/decisions', async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    if (limit === undefined) return wrongNumber(context);
    const kept = await listDecisions(store.db, limit);
    const labels = await boardLabels(
      store,
      store.db,
      kept.map(({ unit, project }) => unit ?? project),
    );
    const decisions = kept.map(({ hands, ...rest }) => ({
      ...rest,
      label: labels(rest.unit ?? rest.project),
      hands: [...hands],
    }));
    return context.json({ decisions } satisfies SalesAnswers['decisions']);
  });
  app.get('/adverse-facts', async (context) => {
    const projects = (await sales.adverse.list()).map(({ project, pending }) => ({
      project: project.id,
      name: { zh: project.name.zh, en: project.name.en },
      adverse: pending?.adverse ?? project.adverse,
      isPending: pending !== null,
    }));
    return context.json({ projects } satisfies SalesAnswers['adverse']);
  });
}

function proposalRoutes(app: Hono, { board, sales }: BoardApiParts): void {
  app.post('/board/units/:id', async (context) => {
    const body = await parseBody(context, unitChangeBody);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const outcome = await board.change(id, withoutUndefined(body), actorOf(context).account);
    switch (outcome) {
      case 'unknown-state':
        return fail(context, 400, outcome, 'The board has no such state.');
      case 'below-floor-price':
        return fail(context, 409, outcome, 'The price is below the lowest that may be asked for this unit.');
      case 'beyond-discount-limit':
        return fail(context, 409, outcome, 'The discount is more than may be given on this unit.');
      case 'unknown-unit':
      case 'changed': {
        const unit = await board.unit(id);
        if (!unit) return fail(context, 404, 'unknown-unit', 'There is no unit with this id.');
        return context.json(unit satisfies Answers['unit']);
      }
    }
  });
  app.post('/adverse-facts/:project', async (context) => {
    const body = await parseBody(context, adverseBody);
    if (body instanceof Response) return body;
    const project = context.req.param('project');
    const { account } = actorOf(context);
    if ((await sales.adverse.change(project, body.adverse, account, body.note)) === 'unknown-project') {
      return fail(context, 404, 'unknown-project', 'There is no project with this id.');
    }
    const isPending = (await sales.adverse.pending()).some((each) => each.project === project);
    return context.json({ isPending } satisfies SalesAnswers['proposed']);
  });
}

function decisionRoutes(app: Hono, { approval }: BoardApiParts): void {
  app.post('/board/publish', async (context) => {
    const body = await parseBody(context, decisionBody);
    if (body instanceof Response) return body;
    return decided(context, await approval.publish(body, actorOf(context).account));
  });
  app.post('/board/discard', async (context) => {
    const body = await parseBody(context, decisionBody);
    if (body instanceof Response) return body;
    return decided(context, await approval.discard(body, actorOf(context).account));
  });
}

function decided(context: Context, outcome: DecisionOutcome): Response {
  if (outcome.kind === 'decided') {
    return context.json({ changed: outcome.changed } satisfies Answers['changed']);
  }
  const some = outcome.subjects.slice(0, 5).join(', ');
  const message =
    outcome.kind === 'own-change'
      ? `Somebody else must approve what you proposed: ${some}.`
      : `These were changed or decided since you read them: ${some}. Read them again.`;
  return fail(context, 409, outcome.kind, message);
}

/** Of what was left out, nothing is said at all. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
