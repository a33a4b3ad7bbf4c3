// Headquarters' modules that share the store, each the owner of its tables: built here and nowhere else.
import type { CardWidth } from '../contract/card-token.ts';
import type { Opener, Sealer } from '../contract/seal.ts';
import { Accounts } from './accounts/accounts.ts';
import { Audit } from './accounts/audit.ts';
import { type FactorPolicy, SecondFactors } from './accounts/second-factors.ts';
import { Sessions } from './accounts/sessions.ts';
import { PublicAnswers } from './answers/public-answers.ts';
import { FactReader } from './arrival.ts';
import { BootClocks } from './boot-clocks.ts';
import { activityParts } from './club/activity-parts.ts';
import { Awards } from './club/awards.ts';
import { SessionBatches } from './club/batch.ts';
import { Club } from './club/club.ts';
import { CodeAnswers } from './club/code-answers.ts';
import { Ledger } from './club/ledger.ts';
import { memberParts } from './club/member-parts.ts';
import { PointsRules } from './club/points-rules.ts';
import { Redemptions } from './club/redemption.ts';
import { Rosters } from './club/rosters.ts';
import { type HeadquartersConfig, rolloutPresets } from './config.ts';
import { DeadLetters } from './dead-letters.ts';
import { Desk } from './desk.ts';
import { FactEffects } from './fact-effects.ts';
import { CloneWatch } from './fleet/clone-watch.ts';
import { DenyList } from './fleet/deny-list.ts';
import { Devices } from './fleet/devices.ts';
import { DriftWatch } from './fleet/drift-watch.ts';
import { DueTwins } from './fleet/due-twins.ts';
import { PendingTerminals } from './fleet/pending-terminals.ts';
import { RolloutRounds } from './fleet/rollout-rounds.ts';
import { Rollouts } from './fleet/rollouts.ts';
import { TwinLayers } from './fleet/twin-layers.ts';
import { TwinReports } from './fleet/twin-reports.ts';
import { Twins } from './fleet/twins.ts';
import { Fleet } from './fleet.ts';
import { Intake } from './intake.ts';
import { LiveAnswers } from './live-answers.ts';
import { Deliveries } from './notices/deliveries.ts';
import { Inbox } from './notices/inbox.ts';
import { Notices } from './notices/notices.ts';
import { Orders } from './orders.ts';
import { Erasures } from './persons/erasures.ts';
import { Persons } from './persons/persons.ts';
import { Publication } from './publication.ts';
import { DailyDigest } from './reports/daily-digest.ts';
import { Kpi } from './reports/kpi.ts';
import { MonthReports } from './reports/month-report.ts';
import { Rectifications } from './reports/rectifications.ts';
import { Approval } from './sales/approval.ts';
import { Board } from './sales/board.ts';
import { Sales } from './sales/sales.ts';
import { LadderKeeper } from './service/ladder-keeper.ts';
import { LadderSettings } from './service/ladder-settings.ts';
import { Library } from './service/library/library.ts';
import { Service } from './service/service.ts';
import { RulesKeeper } from './service/service-rules.ts';
import type { Store } from './store/store.ts';
import { SurveyInvites } from './surveys/survey-invites.ts';
import { SurveyResults } from './surveys/survey-results.ts';
import { Surveys } from './surveys/surveys.ts';
import { allShards, type Shards } from './workers/shards.ts';

export type Parts = ReturnType<typeof buildParts>;

export interface PartsOptions {
  readonly store: Store;
  readonly opener: Opener;
  /** to the same key */
  readonly sealer: Sealer;
  /** who must have a second factor; nobody unless given */
  readonly secondFactor?: FactorPolicy;
  /** for keys that tell one person from another */
  readonly fleetKey: Uint8Array;
  /** what the fleet tells cards apart by; `all` unless given */
  readonly cardWidth?: CardWidth;
  readonly now: () => Date;
  readonly limits: Pick<HeadquartersConfig['limits'], 'undoMs' | 'keptFrames'> &
    Partial<Pick<HeadquartersConfig['limits'], 'rosterRows'>>;
  /** all terminals unless given */
  readonly shards?: Shards;
  /** the site's; Asia/Shanghai unless given */
  readonly timeZone?: string;
  readonly rollouts?: HeadquartersConfig['rollouts'];
  /** called after each commit that changed published rows */
  readonly onChange: () => void;
}

export function buildParts({
  store,
  opener,
  sealer,
  secondFactor = 'offered',
  fleetKey,
  cardWidth = 'all',
  shards = allShards,
  now,
  limits,
  timeZone = 'Asia/Shanghai',
  rollouts = rolloutPresets,
  onChange,
}: PartsOptions) {
  const publication = new Publication(store, now, onChange);
  const ground: Ground = {
    ...{ store, fleetKey, cardWidth, publication, now, timeZone },
    undoMs: limits.undoMs,
    rosterRows: limits.rosterRows ?? 20_000,
    audit: new Audit(store, now),
    notices: new Notices(store, now),
    erasures: new Erasures(store),
  };
  const club = clubParts(ground);
  const service = serviceParts(ground);
  const reports = reportParts(ground);
  const twins = twinParts(ground, rollouts);
  const orders = new Orders(store, ground.audit, now);
  const deadLetters = new DeadLetters(store, limits.keptFrames);
  const sales = new Sales({ ...ground, club: club.club, awards: club.awards });
  const board = new Board(store, ground.audit, now);
  const effects = new FactEffects({
    ...ground,
    orders,
    sales,
    ...club,
    service: service.service,
    surveys: reports.surveys,
    ...twins,
  });
  const reader = new FactReader(opener);
  const clocks = new BootClocks(store);
  return {
    ...ground,
    ...club,
    ...service,
    ...reports,
    ...twins,
    ...accountParts(ground, { opener, sealer, policy: secondFactor }),
    inbox: new Inbox(store, now),
    deliveries: new Deliveries(store, now),
    board,
    sales,
    approval: new Approval({ ...ground, board, adverse: sales.adverse }),
    deadLetters,
    intake: new Intake({ ...ground, reader, clocks, effects, deadLetters, shards }),
    reader,
    clocks,
    effects,
    ...fleetParts({ ...ground, ...twins }),
    library: new Library(store, publication, ground.audit, now),
    orders,
    answers: new LiveAnswers(store, club.club, publication, now, new CodeAnswers(store, opener, club.codes)),
    desk: new Desk(store, club.ledger, clocks),
  };
}

/** What every area stands on. */
interface Ground {
  readonly store: Store;
  readonly fleetKey: Uint8Array;
  readonly cardWidth: CardWidth;
  readonly publication: Publication;
  readonly now: () => Date;
  readonly timeZone: string;
  readonly undoMs: number;
  readonly rosterRows: number;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly erasures: Erasures;
}

function clubParts(ground: Ground) {
  const { store, publication, notices, now, timeZone } = ground;
  const ledger = new Ledger(store);
  const rosters = new Rosters(store, notices, now, timeZone);
  const club = new Club(store, ledger, publication, now, rosters);
  const points = { ...ground, ledger, club };
  return {
    ...activityParts({ ...ground, rosters }),
    ...memberParts({ ...ground, ledger, club }),
    ledger,
    club,
    awards: new Awards(points),
    batches: new SessionBatches(points),
    redemptions: new Redemptions(points),
    rules: new PointsRules(points),
  };
}

function serviceParts(ground: Ground) {
  const service = new Service(ground);
  const ladderSettings = new LadderSettings(ground.store, ground.audit);
  return {
    service,
    serviceRules: new RulesKeeper(ground),
    ladderSettings,
    ladder: new LadderKeeper({ ...ground, ladderSettings, changeOf: (ids) => service.changeOf(ids) }),
  };
}

function accountParts(
  ground: Ground,
  sealing: { readonly opener: Opener; readonly sealer: Sealer; readonly policy: FactorPolicy },
) {
  const { store, audit, now } = ground;
  const secondFactors = new SecondFactors({ ...ground, ...sealing });
  return {
    secondFactors,
    accounts: new Accounts(store, audit, now, secondFactors),
    sessions: new Sessions(store, now, secondFactors.policy),
    persons: new Persons(store, audit),
  };
}

function fleetParts(ground: Ground & { readonly twins: Twins }) {
  const { store, now } = ground;
  const devices = new Devices(ground);
  const cloneWatch = new CloneWatch({ store, devices, now });
  return {
    fleet: new Fleet(store, now, (terminal, birth) => cloneWatch.noteBirth(terminal, birth)),
    devices,
    denyList: new DenyList(store),
    cloneWatch,
    pendingTerminals: new PendingTerminals(ground),
  };
}

function twinParts(ground: Ground, { approval, ...rules }: HeadquartersConfig['rollouts']) {
  const { store, now } = ground;
  const twins = new Twins(store, now);
  const rollouts = new Rollouts({ ...ground, twins, needsApproval: approval === 'second-person' });
  return {
    twins,
    twinLayers: new TwinLayers({ ...ground, twins }),
    twinReports: new TwinReports(store, twins, now),
    dueTwins: new DueTwins(store, twins, now),
    driftWatch: new DriftWatch(ground),
    rollouts,
    rolloutRounds: new RolloutRounds({ ...ground, twins, rollouts, rules }),
  };
}

function reportParts(ground: Ground) {
  const { store, notices, now, timeZone } = ground;
  const reports = new MonthReports(store, now, timeZone);
  const surveys = new Surveys(ground);
  return {
    reports,
    kpi: new Kpi(store, now, timeZone),
    digest: new DailyDigest(store, notices, now, timeZone),
    rectifications: new Rectifications(ground, reports),
    publicAnswers: new PublicAnswers(ground),
    surveys,
    surveyInvites: new SurveyInvites(ground),
    surveyResults: new SurveyResults(store, surveys, timeZone),
  };
}
