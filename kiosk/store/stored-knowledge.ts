// The rules' knowledge, read from the store: datasets with this terminal's own facts laid over them.
import {
  type BoardRow,
  type BuildingRow,
  boardKeys,
  type LayoutRow,
  type ProjectRow,
  type StateRow,
  type UnitRow,
} from '../../sync/contract/board.ts';
import type { DatasetName } from '../../sync/contract/datasets.ts';
import { eventKeys, type SessionRow } from '../../sync/contract/events.ts';
import type { BuildingId, FactId, MemberId, ProjectId, Words } from '../../sync/contract/ids.ts';
import { type ElementRow, libraryKeys } from '../../sync/contract/library.ts';
import { type LevelRow, memberKeys } from '../../sync/contract/members.ts';
import { standingOf } from '../../sync/contract/points.ts';
import { promiseOrder } from '../../sync/contract/promises.ts';
import { type RequestRow, requestKeys, type Verdict } from '../../sync/contract/requests.ts';
import type { RowOf } from '../../sync/contract/rows.ts';
import type {
  BoardKnowledge,
  ClubKnowledge,
  EventKnowledge,
  Knowledge,
  ServiceKnowledge,
  SlipKnowledge,
  UnitCount,
} from '../knowledge.ts';
import { formsKnowledge } from './stored-forms.ts';
import { membersKnowledge } from './stored-members.ts';
import { ownersKnowledge } from './stored-owners.ts';
import type { TerminalStore } from './terminal-store.ts';

export interface KnowledgeOptions {
  /** the project whose events check in here; null = all */
  readonly project: ProjectId | null;
  /** for keys that tell one person from another */
  readonly fleetKey: Uint8Array;
  readonly isPrinterReady: () => boolean;
  /** headquarters' time as well as it is known */
  readonly now: () => Date;
}

export function storedKnowledge(store: TerminalStore, site: KnowledgeOptions): Omit<Knowledge, 'upkeep'> {
  return {
    notice: () => store.notices.current(site.now()),
    board: boardKnowledge(store),
    club: clubKnowledge(store, site),
    events: eventKnowledge(store, site.project),
    service: serviceKnowledge(store),
    forms: formsKnowledge(store, site.project),
    owners: ownersKnowledge(store),
    slips: slipKnowledge(store, site.isPrinterReady),
  };
}

type Kind<D extends DatasetName> = RowOf<D>['kind'];
type RowOfKind<D extends DatasetName, K extends Kind<D>> = Extract<RowOf<D>, { kind: K }>;

function oneOf<D extends DatasetName, K extends Kind<D>>(
  store: TerminalStore,
  dataset: D,
  kind: K,
  key: string,
) {
  const row = store.replica.get(dataset, key);
  return row?.kind === kind ? (row as RowOfKind<D, K>) : undefined;
}

function allOf<D extends DatasetName, K extends Kind<D>>(
  store: TerminalStore,
  dataset: D,
  kind: K,
  prefix: string,
) {
  return store.replica.list(dataset, prefix).filter((row): row is RowOfKind<D, K> => row.kind === kind);
}

/** Remembers an answer until the dataset changes: a board of 100,000 units is counted once, not at every tap. */
function untilChanged<T>(
  store: TerminalStore,
  dataset: DatasetName,
  make: (key: string) => T,
): (key: string) => T {
  let root = '';
  const answers = new Map<string, T>();
  return (key) => {
    // rows that drifted are mended within a version
    const current = store.replica.head(dataset).root;
    if (current !== root) {
      answers.clear();
      root = current;
    }
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = make(key);
      answers.set(key, answer);
    }
    return answer;
  };
}

function boardKnowledge(store: TerminalStore): BoardKnowledge {
  const list = <K extends BoardRow['kind']>(kind: K, prefix: string) => allOf(store, 'board', kind, prefix);
  const states = untilChanged<readonly StateRow[]>(store, 'board', () =>
    list('state', boardKeys.states).sort((a, b) => a.order - b.order),
  );
  const districts = untilChanged<ReadonlyMap<string, Words>>(
    store,
    'board',
    () => new Map(list('project', boardKeys.projects).map(({ district }) => [district.zh, district])),
  );
  const count = untilChanged<UnitCount>(store, 'board', (building) => {
    const open = new Set(
      states('')
        .filter((state) => state.open)
        .map(({ code }) => code),
    );
    const units: readonly UnitRow[] = list('unit', boardKeys.units(building));
    const prices = units.filter(({ state }) => open.has(state)).map(({ price }) => price);
    return {
      open: prices.length,
      total: units.length,
      fromPrice: prices.length === 0 ? null : prices.reduce((a, b) => Math.min(a, b)),
    };
  });
  return {
    approvedAt: () => store.replica.publishedAt('board'),
    states: () => states(''),
    projects: (): readonly ProjectRow[] => list('project', boardKeys.projects),
    project: (id) => oneOf(store, 'board', 'project', boardKeys.project(id)),
    buildings: (project): readonly BuildingRow[] => list('building', boardKeys.buildings(project)),
    building: (project, id) => oneOf(store, 'board', 'building', boardKeys.building(project, id)),
    units: (building: BuildingId) => list('unit', boardKeys.units(building)),
    unit: (building, id) => oneOf(store, 'board', 'unit', boardKeys.unit(building, id)),
    layouts: (project): readonly LayoutRow[] => list('layout', boardKeys.layouts(project)),
    count: (building) => count(building),
    districts: () => districts(''),
    search: (query) => store.boardSearch.index()?.search(query),
  };
}

function clubKnowledge(store: TerminalStore, { now, fleetKey }: KnowledgeOptions): ClubKnowledge {
  const members = membersKnowledge(store, fleetKey);
  const { member } = members;
  const pending = (id: MemberId) => store.overlay.pendingPoints(id);
  const levels = untilChanged<readonly LevelRow[]>(store, 'members', () =>
    allOf(store, 'members', 'level', memberKeys.levels).sort((a, b) => a.from - b.from),
  );
  return {
    version: () => store.replica.versions().members,
    asOf: () => ({ at: store.replica.confirmedAt(), isLive: false }),
    ...members,
    levels: () => levels(''),
    rules: () => oneOf(store, 'members', 'rules', memberKeys.rules),
    pending,
    balance: (id) => standingOf(member(id) ?? { balance: 0, earned: 0 }, pending(id), now()).balance,
    pinGuard: (id) => store.overlay.pinGuard(id),
  };
}

function eventKnowledge(store: TerminalStore, site: ProjectId | null): EventKnowledge {
  const sessions = untilChanged<readonly SessionRow[]>(store, 'events', () =>
    allOf(store, 'events', 'session', eventKeys.sessions)
      .filter((session) => {
        const event = oneOf(store, 'events', 'event', eventKeys.event(session.event));
        return event !== undefined && (site === null || event.project === null || event.project === site);
      })
      .sort((a, b) => Date.parse(a.opensAt) - Date.parse(b.opensAt)),
  );
  return {
    sessions: () => sessions(''),
    session: (id) => oneOf(store, 'events', 'session', eventKeys.session(id)),
    event: (session) => oneOf(store, 'events', 'event', eventKeys.event(session.event)),
    roster: (session, member) => oneOf(store, 'events', 'roster', eventKeys.roster(session, member)),
    taken: ({ id, listed = 0 }) => {
      const isNew = (member: MemberId): boolean =>
        oneOf(store, 'events', 'roster', eventKeys.roster(id, member)) === undefined;
      return listed + store.overlay.checkedIn(id).filter(isNew).length;
    },
    wish: (session, member) => store.overlay.wish(session, member, store.replica.versions().events),
    asOf: () => store.replica.confirmedAt(),
    checkIn: (session, member) => {
      const here = store.overlay.checkIn(session, member);
      if (here) return { at: here, isHere: true };
      const elsewhere = oneOf(store, 'events', 'roster', eventKeys.roster(session, member))?.checkedInAt;
      return elsewhere ? { at: elsewhere, isHere: false } : undefined;
    },
  };
}

function serviceKnowledge(store: TerminalStore): ServiceKnowledge {
  const elements = untilChanged<readonly ElementRow[]>(store, 'library', () =>
    allOf(store, 'library', 'element', libraryKeys.elements),
  );
  return {
    libraryVersion: () => oneOf(store, 'library', 'edition', libraryKeys.edition)?.number ?? 0,
    places: (project) => allOf(store, 'library', 'place', libraryKeys.places(project)),
    elements: () => elements(''),
    problems: (element) => allOf(store, 'library', 'problem', libraryKeys.problems(element)),
    phrases: (problem) => allOf(store, 'library', 'phrase', libraryKeys.phrases(problem)),
    port: (id) => oneOf(store, 'library', 'port', libraryKeys.port(id)),
    clock: (port) =>
      oneOf(store, 'library', 'clock', libraryKeys.clock(port)) ??
      oneOf(store, 'library', 'clock', libraryKeys.clock('default')),
    terms: (project, request) => {
      for (const pair of promiseOrder(project, request)) {
        const row = oneOf(store, 'library', 'promise', libraryKeys.promise(...pair));
        if (row) return row.terms;
      }
      return undefined;
    },
    photoPage: () => oneOf(store, 'library', 'photo-page', libraryKeys.photoPage)?.url,
    requests: (member) => {
      const confirmed = allOf(store, 'requests', 'request', requestKeys.ofMember(member));
      const known = new Set(confirmed.map(({ id }) => id));
      const waiting = store.overlay.requests(member).filter(({ id }) => !known.has(id));
      const said = ({ id, history }: RequestRow): Verdict | null => {
        const here = store.overlay.verdict(id);
        const isAnswered = history.some(({ at }) => here !== undefined && at >= here.at);
        return here && !isAnswered ? here.verdict : null;
      };
      const ownWords = (id: FactId): string | null => store.ownWords.of(id) ?? null;
      return [
        ...confirmed.map((row) => ({
          ...row,
          isWaiting: false,
          ownWords: ownWords(row.id),
          said: said(row),
        })),
        ...waiting.map((row) => ({ ...row, isWaiting: true, ownWords: ownWords(row.id), said: null })),
      ].sort((a, b) => Date.parse(b.filedAt) - Date.parse(a.filedAt));
    },
    isNumberTaken: (number) => store.overlay.isNumberTaken(number),
  };
}

/** as long as a slip may wait for paper: afterwards whoever it was for has gone */
const reprintMs = 600_000;

function slipKnowledge(store: TerminalStore, isPrinterReady: () => boolean): SlipKnowledge {
  return {
    job: (id) => store.printJobs.find(id),
    jobAbout: (subject) => store.printJobs.newestAbout(subject),
    paper: (id) => store.printJobs.paper(id),
    isPrinterReady,
    waiting: () => store.printJobs.waiting(),
    unsettled: () => store.printJobs.unsettled(),
    newest: () => store.printJobs.newest(reprintMs),
  };
}
