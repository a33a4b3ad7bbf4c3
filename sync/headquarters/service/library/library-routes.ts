// The library editor's paths of the API: parse what comes, call the library, answer in the contract's shape.
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Words } from '../../../contract/ids.ts';
import { libraryKeyOf } from '../../../contract/library.ts';
import { actorOf, allow } from '../../accounts/actor.ts';
import {
  changesBodySchema,
  discardBodySchema,
  importBodySchema,
  type LibraryAnswers,
  publishBodySchema,
} from '../../api/library-api.ts';
import { fail, number, parseBody, wrongNumber } from '../../api-answers.ts';
import type { Store } from '../../store/store.ts';
import { isOutsideEditions } from './import-library.ts';
import type { Library } from './library.ts';
import { checkLibrary } from './library-check.ts';
import { dismissPhrase, libraryFigures, proposedPhrases } from './library-figures.ts';
import { readSheet, writeSheet } from './library-sheet.ts';

export interface LibraryParts {
  readonly store: Store;
  readonly library: Library;
}

/** Who edits, and who puts an edition in force. */
const editors = allow('service-desk', 'manager');
const publishers = allow('manager');

export function libraryRoutes(parts: LibraryParts): Hono {
  const app = new Hono();
  editRoutes(app, parts);
  editionRoutes(app, parts);
  sheetRoutes(app, parts);
  figureRoutes(app, parts);
  return app;
}

function editRoutes(app: Hono, { store, library }: LibraryParts): void {
  app.get('/', async (context) => {
    const { edition, rows, draft, published } = await library.working();
    const answer: LibraryAnswers['library'] = {
      edition: edition?.number ?? 0,
      rows: [...rows.values()],
      changed: [...draft].map(([key, row]) => ({
        key,
        how: row === null ? 'removed' : published.has(key) ? 'changed' : 'added',
      })),
      issues: checkLibrary([...rows.values()]),
      projects: await projectsOf(store),
    };
    return context.json(answer);
  });
  app.post('/changes', editors, async (context) => {
    const body = await parseBody(context, changesBodySchema);
    if (body instanceof Response) return body;
    const wrong = body.changes.find(
      ({ key, row }) =>
        (row && (isOutsideEditions(row) || libraryKeyOf(row) !== key)) ?? !/^[a-z]+\//.test(key),
    );
    if (wrong) return fail(context, 400, 'wrong-key', `${wrong.key} is not the key of its row.`);
    const { account } = actorOf(context);
    const changed = await library.change(
      account,
      body.changes.map(({ key, row }) => [key, row]),
    );
    return context.json({ changed } satisfies LibraryAnswers['changed']);
  });
  app.post('/discard', editors, async (context) => {
    const body = await parseBody(context, discardBodySchema);
    if (body instanceof Response) return body;
    const { account } = actorOf(context);
    const changed = await library.discard(account, body.keys);
    return context.json({ changed } satisfies LibraryAnswers['changed']);
  });
}

function editionRoutes(app: Hono, { library }: LibraryParts): void {
  app.post('/publish', publishers, async (context) => {
    const body = await parseBody(context, publishBodySchema);
    if (body instanceof Response) return body;
    const outcome = await library.publish(actorOf(context).account, body.note);
    const answer: LibraryAnswers['published'] =
      outcome.kind === 'broken' ? { ...outcome, issues: [...outcome.issues] } : outcome;
    return context.json(answer);
  });
  app.get('/editions', async (context) =>
    context.json({ editions: await library.editions() } satisfies LibraryAnswers['editions']),
  );
  app.post('/editions/:number/revert', editors, async (context) => {
    const edition = Number(context.req.param('number'));
    if (!Number.isSafeInteger(edition))
      return fail(context, 404, 'unknown-edition', 'There is no such edition.');
    const changed = await library.revert(actorOf(context).account, edition);
    if (changed === undefined) return fail(context, 404, 'unknown-edition', 'There is no such edition.');
    return context.json({ changed } satisfies LibraryAnswers['changed']);
  });
}

function sheetRoutes(app: Hono, { library }: LibraryParts): void {
  app.get('/export', async (context) => {
    const format = context.req.query('format') === 'json' ? 'json' : 'csv';
    const { edition, rows } = await library.working();
    const name = `library-${edition?.number ?? 0}.${format}`;
    return context.json({
      name,
      text: writeSheet(format, [...rows.values()]),
    } satisfies LibraryAnswers['sheet']);
  });
  app.post('/import', editors, async (context) => {
    const body = await parseBody(context, importBodySchema);
    if (body instanceof Response) return body;
    const sheet = readSheet(body.format, body.text);
    const answer: LibraryAnswers['imported'] =
      sheet.kind === 'wrong'
        ? { kind: 'wrong', faults: [...sheet.faults] }
        : { kind: 'taken', changed: await library.replace(actorOf(context).account, sheet.rows) };
    return context.json(answer);
  });
}

function figureRoutes(app: Hono, { store }: LibraryParts): void {
  // owners' own words
  app.get('/proposals', editors, async (context) => {
    const limit = number(context, 'limit', 100, 500);
    if (limit === undefined) return wrongNumber(context);
    const proposals = await proposedPhrases(store, limit);
    return context.json({ proposals } satisfies LibraryAnswers['proposals']);
  });
  app.post('/proposals/:task/dismiss', editors, async (context) => {
    await dismissPhrase(store, context.req.param('task'), actorOf(context).account, new Date());
    return context.json({ changed: 1 } satisfies LibraryAnswers['changed']);
  });
  app.get('/figures', async (context) => {
    const instant = v.optional(v.pipe(v.string(), v.isoTimestamp()));
    const from = v.safeParse(instant, context.req.query('from'));
    const to = v.safeParse(instant, context.req.query('to'));
    if (!from.success || !to.success)
      return fail(context, 400, 'wrong-time', 'from and to must be instants.');
    const figures = await libraryFigures(store, from.output ?? '', to.output ?? '9999');
    return context.json(figures satisfies LibraryAnswers['figures']);
  });
}

async function projectsOf(store: Store): Promise<LibraryAnswers['library']['projects']> {
  const rows = await store.db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'board')
    .where('key', '>=', 'project/')
    .where('key', '<', 'project0')
    .where('body', 'is not', null)
    .orderBy('key')
    .execute();
  return rows.map(({ body }) => {
    const { id, name } = JSON.parse(body ?? '{}') as { id: string; name: Words };
    return { id, name };
  });
}
