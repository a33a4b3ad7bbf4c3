// The paths of points: rules, a member's account, gifts, batches. Every change carries who made it.
import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import type { MemberId, Words } from '../../contract/ids.ts';
import { type Actor, actorOf, allow } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  becauseBodySchema,
  bookBodySchema,
  giftBodySchema,
  type PointsAnswers,
  publishBodySchema,
  redeemBodySchema,
  rulesBodySchema,
  rulesFaultOf,
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
  'unknown-referred': 'There is no member with the id of who was brought.',
  'unknown-gift': 'There is no gift with this id.',
  'unknown-redemption': 'There is no redemption with this id.',
  'unknown-entry': 'There is no such line, or it cannot be taken back.',
  'no-draft': 'There is no draft to publish.',
  'draft-changed': 'The draft was written anew since you looked at it; look again.',
  'same-person': 'Somebody else must publish what you wrote.',
  'rules-levels-wrong': 'Levels must begin at 0 and rise, each with a code of its own.',
  'rules-items-wrong': 'Each item needs a code of its own.',
  'rules-make-negative': 'This version would push balances below 0; the effect names whose.',
  'nothing-earned': 'This earns no points by the rules in force.',
  'booked-before': 'This was booked before.',
  'booked-by-itself': 'This item is booked by itself, when it happens.',
  'own-referral': 'Nobody brings themselves.',
  'not-their-purchase': 'This purchase is another member’s.',
  'too-few-points': 'The member has not so many points.',
  'out-of-stock': 'None of these gifts is left.',
  'gift-ended': 'This gift is no longer given.',
  'redeemed-before': 'This was redeemed before.',
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

function refuse(context: Context, code: string, field?: string): Response {
  if (field === undefined) {
    return fail(context, code.startsWith('unknown-') ? 404 : 409, code, sentences[code] ?? code);
  }
  return context.json({ error: { code, message: sentences[code] ?? `${field} is not right.`, field } }, 400);
}

function rulesRoutes(app: Hono, { rules }: PointsApiParts): void {
  const answer = async (context: Context): Promise<Response> =>
    context.json({ versions: await rules.versions() } satisfies PointsAnswers['rules']);
  app.get('/points/rules', allow(...readers), answer);
  app.get('/points/rules/effect', allow(...readers), async (context) =>
    context.json({ effect: (await rules.effect()) ?? null } satisfies PointsAnswers['effect']),
  );
  app.post('/points/rules', allow(...writers), async (context) => {
    const parsed = v.safeParse(rulesBodySchema, await context.req.json().catch(() => null));
    if (!parsed.success) {
      return refuse(context, 'body-wrong', v.getDotPath(parsed.issues[0]) ?? 'the body');
    }
    const { holdsFrom, ...version } = parsed.output;
    const fault = rulesFaultOf(version);
    if (fault) return refuse(context, fault.code, fault.field);
    await rules.draft(version, holdsFrom, actorOf(context));
    return await answer(context);
  });
  app.post('/points/rules/discard', allow(...writers), async (context) => {
    await rules.discard(actorOf(context));
    return await answer(context);
  });
  app.post('/points/rules/publish', allow(...writers), async (context) => {
    const body = await parseBody(context, publishBodySchema);
    if (body instanceof Response) return body;
    const { kind } = await rules.publish(actorOf(context), body.seen);
    if (kind === 'published') return await answer(context);
    return refuse(context, kind === 'makes-negative' ? 'rules-make-negative' : kind);
  });
}

function accountRoutes(app: Hono, parts: PointsApiParts): void {
  const { store, club, awards, audit } = parts;
  const answer = async (context: Context, id: string): Promise<Response> => {
    const found = await pointsAccount(parts, id, club.now());
    return found ? context.json(found satisfies PointsAnswers['account']) : refuse(context, 'unknown-member');
  };
  app.get('/points/members/:id', allow(...readers), async (context) => {
    const id = context.req.param('id');
    const isKnown = await store.transaction(async (tx) => {
      const known = (await club.knownMembers(tx, [id as MemberId])).has(id);
      if (known) await audit.note(tx, actorOf(context), 'person-viewed', id, { page: 'points' });
      return known;
    });
    return isKnown ? await answer(context, id) : refuse(context, 'unknown-member');
  });
  app.post('/points/members/:id/book', allow(...writers), async (context) => {
    const body = await parseBody(context, bookBodySchema);
    if (body instanceof Response) return body;
    const id = context.req.param('id');
    const outcome = await awards.bookByHand(id as MemberId, body, actorOf(context));
    return outcome === 'booked' ? await answer(context, id) : refuse(context, outcome);
  });
  for (const act of ['reverse', 'undo'] as const) {
    // ids hold slashes: the business key of what was booked
    app.post(`/points/entries/:id{.+}/${act}`, allow(...writers), async (context) => {
      const body = await parseBody(context, becauseBodySchema);
      if (body instanceof Response) return body;
      const id = context.req.param('id') ?? '';
      const member = await takeBack(parts, { act, id, reason: body.reason, by: actorOf(context) });
      return member === undefined ? refuse(context, 'unknown-entry') : await answer(context, member);
    });
  }
}

/** @returns whose entry it was, or undefined when it cannot be */
async function takeBack(
  { store, ledger, club, publication, audit }: PointsApiParts,
  { act, id, reason, by }: { act: 'reverse' | 'undo'; id: string; reason: string; by: Actor },
): Promise<MemberId | undefined> {
  const said: Words =
    act === 'reverse'
      ? { zh: `冲销 · ${reason}`, en: `Reversed · ${reason}` }
      : { zh: `恢复 · ${reason}`, en: `Restored · ${reason}` };
  const because = { at: club.now().toISOString(), reason: said, by: by.account };
  return await store.transaction(async (tx) => {
    const entry = await ledger.find(tx, id);
    // a gift comes back with its points, or not at all
    if (!entry || entry.item === 'redemption') return undefined;
    const isDone =
      act === 'reverse'
        ? await ledger.reverse(tx, id, { ...because, id: `reversal/${id}` })
        : await ledger.undoReversal(tx, id, because);
    if (!isDone) return undefined;
    await audit.note(tx, by, act === 'reverse' ? 'points-reversed' : 'points-reversal-undone', entry.member);
    await publication.publish(tx, [club.memberChange([entry.member])]);
    return entry.member;
  });
}

function giftRoutes(app: Hono, { redemptions }: PointsApiParts): void {
  const answer = async (context: Context): Promise<Response> =>
    context.json({
      gifts: await redemptions.gifts(),
      redemptions: await redemptions.list(shownRedemptions),
    } satisfies PointsAnswers['gifts']);
  app.get('/points/gifts', allow(...readers), answer);
  app.post('/points/gifts', allow(...writers), async (context) => {
    const body = await parseBody(context, giftBodySchema);
    if (body instanceof Response) return body;
    await redemptions.putGift(body, actorOf(context));
    return await answer(context);
  });
  app.post('/points/gifts/:id/redeem', allow(...writers), async (context) => {
    const body = await parseBody(context, redeemBodySchema);
    if (body instanceof Response) return body;
    const gift = context.req.param('id');
    const outcome = await redemptions.redeem(gift, body.member, actorOf(context), body.id);
    return outcome === 'redeemed' ? await answer(context) : refuse(context, outcome);
  });
  app.post('/points/redemptions/:id/undo', allow(...writers), async (context) => {
    const outcome = await redemptions.undo(context.req.param('id'), actorOf(context));
    return outcome === 'undone' ? await answer(context) : refuse(context, outcome);
  });
}
