// The paths of points: rules, a member's account, gifts, batches. Every change carries who made it.
import type { Context, Hono } from 'hono';
import type { Words } from '../../contract/ids.ts';
import { actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  becauseBodySchema,
  bookBodySchema,
  giftBodySchema,
  type PointsAnswers,
  redeemBodySchema,
  rulesBodySchema,
} from '../api/points-api.ts';
import { fail, parseBody } from '../api-answers.ts';
import type { Publication } from '../publication.ts';
import type { Store } from '../store/store.ts';
import type { Awards } from './awards.ts';
import type { SessionBatches } from './batch.ts';
import type { Club } from './club.ts';
import type { Ledger } from './ledger.ts';
import { pointsAccount } from './points-desk.ts';
import type { PointsRules } from './points-rules.ts';
import type { Redemptions } from './redemption.ts';

export interface PointsApiParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly ledger: Ledger;
  readonly club: Club;
  readonly awards: Awards;
  readonly batches: SessionBatches;
  readonly redemptions: Redemptions;
  readonly rules: PointsRules;
  readonly audit: Audit;
}

const readers = ['club', 'manager', 'executive', 'service-desk'] as const;
const writers = ['club'] as const;
const shownRedemptions = 200;

/** Sentences for people; each code stands for one thing that is wrong. */
const sentences: Readonly<Record<string, string>> = {
  'unknown-member': 'There is no member with this id.',
  'unknown-gift': 'There is no gift with this id.',
  'unknown-redemption': 'There is no redemption with this id.',
  'unknown-entry': 'There is no such line, or it cannot be taken back.',
  'no-draft': 'There is no draft to publish.',
  'same-person': 'Somebody else must publish what you wrote.',
  'rules-levels-wrong': 'Levels must begin at 0 and rise, each with a code of its own.',
  'rules-items-wrong': 'Each item needs a code of its own.',
  'rules-make-negative': 'This version would push balances below 0; the effect names whose.',
  'nothing-earned': 'This earns no points by the rules in force.',
  'booked-before': 'This was booked before.',
  'too-few-points': 'The member has not so many points.',
  'out-of-stock': 'None of these gifts is left.',
  'undone-before': 'This redemption was undone before.',
};

export function pointsRoutes(app: Hono, parts: PointsApiParts): void {
  rulesRoutes(app, parts);
  accountRoutes(app, parts);
  giftRoutes(app, parts);
  app.get('/points/batches', allow(...readers), async (context) => {
    const batches = await parts.batches.list(500);
    return context.json({
      batches: batches.map(({ row, ...batch }) => ({ ...batch, name: row.name })),
    } satisfies PointsAnswers['batches']);
  });
}

function refuse(context: Context, code: string): Response {
  return fail(context, code.startsWith('unknown-') ? 404 : 409, code, sentences[code] ?? code);
}

function rulesRoutes(app: Hono, { rules, store, audit }: PointsApiParts): void {
  const answer = async (context: Context): Promise<Response> =>
    context.json({
      versions: await rules.versions(),
      effect: (await rules.effect()) ?? null,
    } satisfies PointsAnswers['rules']);
  const note = async (context: Context, what: string, version: number | null): Promise<void> =>
    store.transaction((tx) => audit.note(tx, actorOf(context), what, null, { version }));
  app.get('/points/rules', allow(...readers), answer);
  app.post('/points/rules', allow(...writers), async (context) => {
    const body = await parseBody(context, rulesBodySchema);
    if (body instanceof Response) return body;
    const { holdsFrom, ...version } = body;
    const isRising = version.levels.every(({ from }, n) => from > (version.levels[n - 1]?.from ?? -1));
    const codes = (of: readonly { readonly code: string }[]): number =>
      new Set(of.map(({ code }) => code)).size;
    if (version.levels[0]?.from !== 0 || !isRising || codes(version.levels) < version.levels.length) {
      return fail(context, 400, 'rules-levels-wrong', sentences['rules-levels-wrong'] ?? '');
    }
    if (codes(version.items) < version.items.length) {
      return fail(context, 400, 'rules-items-wrong', sentences['rules-items-wrong'] ?? '');
    }
    const number = await rules.draft(version, holdsFrom, actorOf(context).account);
    await note(context, 'points-rules-drafted', number);
    return await answer(context);
  });
  app.post('/points/rules/discard', allow(...writers), async (context) => {
    await rules.discard();
    await note(context, 'points-rules-discarded', null);
    return await answer(context);
  });
  app.post('/points/rules/publish', allow(...writers), async (context) => {
    const outcome = await rules.publish(actorOf(context).account);
    switch (outcome.kind) {
      case 'published':
        await note(context, 'points-rules-published', outcome.version);
        return await answer(context);
      case 'makes-negative': {
        await note(context, 'points-rules-refused', outcome.effect.version);
        const error = { code: 'rules-make-negative', message: sentences['rules-make-negative'] };
        return context.json({ error, negative: outcome.effect.negative }, 409);
      }
      case 'no-draft':
      case 'same-person':
        return refuse(context, outcome.kind);
    }
  });
}

function accountRoutes(app: Hono, parts: PointsApiParts): void {
  const { store, ledger, club, publication, awards, audit } = parts;
  const answer = async (context: Context, id: string): Promise<Response> => {
    const found = await pointsAccount(parts, id, club.now());
    return found ? context.json(found satisfies PointsAnswers['account']) : refuse(context, 'unknown-member');
  };
  app.get('/points/members/:id', allow(...readers), async (context) => {
    const id = context.req.param('id');
    await store.transaction((tx) =>
      audit.note(tx, actorOf(context), 'person-viewed', id, { page: 'points' }),
    );
    return await answer(context, id);
  });
  app.post('/points/members/:id/book', allow(...writers), async (context) => {
    const body = await parseBody(context, bookBodySchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const actor = actorOf(context);
    const outcome = await awards.bookByHand(id, body, actor.account);
    if (outcome !== 'booked') return refuse(context, outcome);
    await store.transaction((tx) => audit.note(tx, actor, 'points-booked', id, { item: body.item }));
    return await answer(context, id);
  });
  for (const act of ['reverse', 'undo'] as const) {
    // ids hold slashes: the business key of what was booked
    app.post(`/points/entries/:id{.+}/${act}`, allow(...writers), async (context) => {
      const body = await parseBody(context, becauseBodySchema);
      if (body instanceof Response) return body;
      const id = context.req.param('id') ?? '';
      const actor = actorOf(context);
      const reason: Words =
        act === 'reverse'
          ? { zh: `冲销 · ${body.reason}`, en: `Reversed · ${body.reason}` }
          : { zh: `恢复 · ${body.reason}`, en: `Restored · ${body.reason}` };
      const because = { at: club.now().toISOString(), reason, by: actor.account };
      const member = await store.transaction(async (tx) => {
        const entry = await ledger.find(tx, id);
        // a gift comes back with its points, or not at all
        if (!entry || entry.item === 'redemption') return undefined;
        const isDone =
          act === 'reverse'
            ? await ledger.reverse(tx, id, { ...because, id: `reversal/${id}` })
            : await ledger.undoReversal(tx, id, because);
        if (!isDone) return undefined;
        await audit.note(
          tx,
          actor,
          act === 'reverse' ? 'points-reversed' : 'points-reversal-undone',
          entry.member,
        );
        await publication.publish(tx, [club.memberChange([entry.member])]);
        return entry.member;
      });
      return member === undefined ? refuse(context, 'unknown-entry') : await answer(context, member);
    });
  }
}

function giftRoutes(app: Hono, { redemptions, store, audit }: PointsApiParts): void {
  const answer = async (context: Context): Promise<Response> =>
    context.json({
      gifts: await redemptions.gifts(),
      redemptions: await redemptions.list(shownRedemptions),
    } satisfies PointsAnswers['gifts']);
  const note = async (context: Context, what: string, about: string | null): Promise<void> =>
    store.transaction((tx) => audit.note(tx, actorOf(context), what, about));
  app.get('/points/gifts', allow(...readers), answer);
  app.post('/points/gifts', allow(...writers), async (context) => {
    const body = await parseBody(context, giftBodySchema);
    if (body instanceof Response) return body;
    await redemptions.putGift(body);
    await note(context, 'gift-put', body.id);
    return await answer(context);
  });
  app.post('/points/gifts/:id/redeem', allow(...writers), async (context) => {
    const body = await parseBody(context, redeemBodySchema);
    if (body instanceof Response) return body;
    const outcome = await redemptions.redeem(context.req.param('id'), body.member, actorOf(context).account);
    if (outcome !== 'redeemed') return refuse(context, outcome);
    await note(context, 'points-redeemed', body.member);
    return await answer(context);
  });
  app.post('/points/redemptions/:id/undo', allow(...writers), async (context) => {
    const outcome = await redemptions.undo(context.req.param('id'), actorOf(context).account);
    if (outcome !== 'undone') return refuse(context, outcome);
    await note(context, 'points-redemption-undone', context.req.param('id'));
    return await answer(context);
  });
}
