// The paths of the API: parse what comes, call the module that owns it, answer in the contract's shape.
import { Hono } from 'hono';
import * as v from 'valibot';
import type { DatasetVersions } from '../contract/datasets.ts';
import { requestStates } from '../contract/requests.ts';
import { supportEnds } from '../contract/support.ts';
import { type AccountParts, accountRoutes } from './accounts/account-routes.ts';
import { actorOf, allow, type Role } from './accounts/actor.ts';
import { auditRoutes } from './accounts/audit-routes.ts';
import { answerRoutes } from './answers/answer-routes.ts';
import type { PublicAnswers } from './answers/public-answers.ts';
import type { Answers } from './api.ts';
import { fail, number, plainAddress, wrongNumber } from './api-answers.ts';
import { type ActivityRouteParts, activityRoutes } from './club/activity-routes.ts';
import { type MemberRouteParts, memberRoutes } from './club/member-routes.ts';
import { type PointsApiParts, pointsRoutes } from './club/points-routes.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Desk } from './desk.ts';
import { type DeviceRouteParts, deviceRoutes } from './fleet/device-routes.ts';
import { type ReleaseRouteParts, releaseRoutes } from './fleet/release-routes.ts';
import { type RolloutRouteParts, rolloutRoutes } from './fleet/rollout-routes.ts';
import { type TwinRouteParts, twinRoutes } from './fleet/twin-routes.ts';
import type { Fleet } from './fleet.ts';
import { type NoticeApiParts, noticeRoutes } from './notices/notice-routes.ts';
import { type OrderApiParts, orderRoutes } from './order-routes.ts';
import { type PersonRouteParts, personRoutes } from './persons/person-routes.ts';
import type { Persons } from './persons/persons.ts';
import { photoRoutes } from './photos/photo-routes.ts';
import type { Photos } from './photos/photos.ts';
import type { Kpi } from './reports/kpi.ts';
import { kpiRoutes } from './reports/kpi-routes.ts';
import { type ReportApiParts, reportRoutes } from './reports/report-routes.ts';
import type { Approval } from './sales/approval.ts';
import type { Board } from './sales/board.ts';
import { boardRoutes } from './sales/board-routes.ts';
import { handOverRoutes } from './sales/hand-over-routes.ts';
import type { Sales } from './sales/sales.ts';
import { salesRoutes } from './sales/sales-routes.ts';
import { type LadderApiParts, ladderRoutes } from './service/ladder-routes.ts';
import { type LibraryParts, libraryRoutes } from './service/library/library-routes.ts';
import type { Service } from './service/service.ts';
import { serviceRoutes } from './service/service-routes.ts';
import type { RulesKeeper } from './service/service-rules.ts';
import { serviceRulesRoutes } from './service/service-rules-routes.ts';
import { type SiteBundleParts, siteBundleRoutes } from './site-bundle/site-bundle-routes.ts';
import type { Store } from './store/store.ts';
import { type SurveyApiParts, surveyRoutes } from './surveys/survey-routes.ts';
import type { WorkerState } from './workers/lease-table.ts';

export interface ApiParts
  extends OrderApiParts,
    AccountParts,
    ActivityRouteParts,
    DeviceRouteParts,
    LibraryParts,
    MemberRouteParts,
    PointsApiParts,
    LadderApiParts,
    NoticeApiParts,
    PersonRouteParts,
    ReleaseRouteParts,
    ReportApiParts,
    RolloutRouteParts,
    SiteBundleParts,
    SurveyApiParts,
    TwinRouteParts {
  readonly publicAnswers: PublicAnswers;
  readonly kpi: Kpi;
  readonly persons: Persons;
  readonly desk: Desk;
  readonly board: Board;
  readonly sales: Sales;
  readonly approval: Approval;
  readonly store: Store;
  readonly service: Service;
  readonly serviceRules: RulesKeeper;
  readonly fleet: Fleet;
  readonly deadLetters: DeadLetters;
  readonly versions: () => Promise<DatasetVersions>;
  /** undefined = none are taken */
  readonly photos?: Photos | undefined;
  readonly isBrokerUp: () => boolean | Promise<boolean>;
  readonly workers: () => Promise<WorkerState[]>;
  readonly startedAt: Date;
}

/** Who may use the paths whose own files do not say it. */
const gates: readonly (readonly [string, readonly Role[]])[] = [
  ['/facts', ['it', 'manager', 'service-desk']],
  ['/terminals', ['it', 'manager']],
  ['/dead-letters', ['it', 'manager']],
  ['/members', ['club', 'sales', 'service-desk', 'manager']],
  ['/events', ['club', 'manager', 'it']],
  ['/orders', ['it']],
  // what owners said in their own words
  ['/requests', ['service-desk', 'manager', 'executive']],
  ['/library', ['service-desk', 'port', 'manager', 'executive']],
];

export function apiRoutes(parts: ApiParts): Hono {
  const app = new Hono();
  app.use(plainAddress);
  for (const [path, roles] of gates) {
    app.use(path, allow(...roles));
    app.use(`${path}/*`, allow(...roles));
  }
  app.route('/', accountRoutes(parts));
  app.route('/', auditRoutes(parts));
  app.route('/', activityRoutes(parts));
  app.route('/', ladderRoutes(parts));
  app.route('/', memberRoutes(parts));
  app.route('/', noticeRoutes(parts));
  app.route('/', personRoutes(parts));
  readRoutes(app, parts);
  requestRoutes(app, parts);
  app.route('/', boardRoutes(parts));
  app.route('/', salesRoutes(parts));
  app.route('/', handOverRoutes(parts));
  orderRoutes(app, parts);
  pointsRoutes(app, parts);
  answerRoutes(app, parts);
  reportRoutes(app, parts);
  kpiRoutes(app, parts);
  surveyRoutes(app, parts);
  app.route('/library', libraryRoutes(parts));
  app.route('/photos', photoRoutes(parts));
  app.route('/site-bundles', siteBundleRoutes(parts));
  app.route('/fleet', deviceRoutes(parts));
  app.route('/fleet', twinRoutes(parts));
  app.route('/fleet', releaseRoutes(parts));
  app.route('/fleet', rolloutRoutes(parts));
  return app;
}

function readRoutes(
  app: Hono,
  { store, audit, desk, fleet, deadLetters, versions, isBrokerUp, workers, startedAt }: ApiParts,
): void {
  app.get('/facts', async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    const after = number(context, 'after', 0);
    if (limit === undefined || after === undefined) return wrongNumber(context);
    const before = context.req.query('before') === undefined ? undefined : number(context, 'before', 0);
    const facts = await (before === undefined
      ? desk.factsAfter(after, limit)
      : desk.factsBefore(before, limit));
    return context.json({ facts } satisfies Answers['facts']);
  });
  app.get('/terminals', async (context) =>
    context.json({ terminals: await fleet.list() } satisfies Answers['terminals']),
  );
  app.get('/members', async (context) => {
    const limit = number(context, 'limit', 50, 500);
    if (limit === undefined) return wrongNumber(context);
    const query = (context.req.query('q') ?? '').trim().slice(0, 40);
    const members = await desk.members(query, limit);
    await store.transaction((tx) =>
      audit.note(tx, actorOf(context), 'persons-searched', null, { page: 'points', found: members.length }),
    );
    return context.json({ members } satisfies Answers['members']);
  });
  app.get('/members/:id', async (context) => {
    const member = await desk.member(context.req.param('id'));
    if (!member) return fail(context, 404, 'unknown-member', 'There is no member with this id.');
    await store.transaction((tx) => audit.note(tx, actorOf(context), 'person-viewed', member.id));
    return context.json(member satisfies Answers['member']);
  });
  app.get('/events', async (context) =>
    context.json({ events: await desk.events() } satisfies Answers['events']),
  );
  app.get('/dead-letters', async (context) => {
    const limit = number(context, 'limit', 200, 1_000);
    if (limit === undefined) return wrongNumber(context);
    // what arrived may hold anything, so only what is known about it goes out
    const letters = await deadLetters.list(limit);
    const items = letters.map(({ raw: _raw, hash: _hash, ...letter }) => letter);
    return context.json({ deadLetters: items } satisfies Answers['deadLetters']);
  });
  app.get('/health', async (context) =>
    context.json({
      supportEnds,
      status: (await isBrokerUp()) ? 'ok' : 'broker-lost',
      startedAt: startedAt.toISOString(),
      facts: await desk.factCount(),
      deadLetters: await deadLetters.count(),
      versions: await versions(),
      workers: await workers(),
    } satisfies Answers['health']),
  );
}

function requestRoutes(app: Hono, { desk, service, serviceRules }: ApiParts): void {
  app.get('/requests', async (context) => {
    const limit = number(context, 'limit', 500, 5_000);
    const state = v.safeParse(v.optional(v.picklist(requestStates)), context.req.query('state'));
    if (limit === undefined) return wrongNumber(context);
    if (!state.success)
      return fail(
        context,
        400,
        'wrong-state',
        'state must be one of filed, in-progress, to-confirm, done, invalid.',
      );
    const requests = await desk.requests(await service.list(limit, state.output));
    return context.json({ requests } satisfies Answers['requests']);
  });
  app.route('/service/rules', serviceRulesRoutes(serviceRules));
  app.route('/service', serviceRoutes(service));
}
