// PORT: what the rules may know. Headquarters' datasets, with this terminal's own facts laid over them.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { SlipLine } from '../device/receipt-printer.ts';
import type { BuildingRow, LayoutRow, ProjectRow, StateRow, UnitRow } from '../sync/contract/board.ts';
import type { EventRow, RosterRow, SessionRow } from '../sync/contract/events.ts';
import type { DeviceRole, SlipKind } from '../sync/contract/facts.ts';
import type {
  BuildingId,
  CardToken,
  ElementId,
  FactId,
  MemberId,
  ProblemId,
  ProjectId,
  SessionId,
  UnitId,
  Words,
} from '../sync/contract/ids.ts';
import type {
  ClockRow,
  ElementRow,
  PhraseRow,
  PlaceRow,
  PortRow,
  ProblemRow,
} from '../sync/contract/library.ts';
import type { CardRow, LevelRow, MemberRow, RulesRow } from '../sync/contract/members.ts';
import type { ProfileTerms } from '../sync/contract/promises.ts';
import type { RequestKind, RequestRow, Verdict } from '../sync/contract/requests.ts';
import type { ClockDoubt } from './clock-doubt.ts';
import type { FormsKnowledge } from './forms-knowledge.ts';
import type { DeedsReport } from './maintenance-deeds.ts';
import type { MembersKnowledge } from './members-knowledge.ts';
import type { OwnersKnowledge } from './owners-knowledge.ts';
import type { Language, ScreenOf } from './screen.ts';
import type { BoardQuery, FoundUnits } from './search/board-query.ts';

/** Points that this terminal booked and headquarters has not confirmed yet. */
export interface PendingPoints {
  /** of the fact that booked them, in this terminal's store */
  readonly place: number;
  readonly at: string;
  readonly points: number;
  readonly reason: Words;
  /** of the booking that headquarters will make of it; null = the fact's id */
  readonly key?: string | null;
}

export interface UnitCount {
  readonly open: number;
  readonly total: number;
  /** lowest price of an open unit in fen */
  readonly fromPrice: number | null;
}

export interface BoardKnowledge {
  /** when headquarters published what is known, or null before the first time */
  approvedAt(): string | null;
  states(): readonly StateRow[];
  projects(): readonly ProjectRow[];
  project(id: ProjectId): ProjectRow | undefined;
  buildings(project: ProjectId): readonly BuildingRow[];
  building(project: ProjectId, id: BuildingId): BuildingRow | undefined;
  units(building: BuildingId): readonly UnitRow[];
  unit(building: BuildingId, id: UnitId): UnitRow | undefined;
  layouts(project: ProjectId): readonly LayoutRow[];
  count(building: BuildingId): UnitCount;
  /** names of districts, by the Chinese one */
  districts(): ReadonlyMap<string, Words>;
  /** undefined while the board that is known now is being made searchable */
  search(query: BoardQuery): FoundUnits | undefined;
}

export interface ClubKnowledge extends MembersKnowledge {
  /** of what is known about members */
  version(): number;
  /** when that was last known to be current; `isLive`: headquarters told of this member just now */
  asOf(member: MemberId): { readonly at: string | null; readonly isLive: boolean };
  card(token: CardToken): CardRow | undefined;
  member(id: MemberId): MemberRow | undefined;
  /** ascending by threshold */
  levels(): readonly LevelRow[];
  /** what earns points; undefined = not told yet */
  rules(): RulesRow | undefined;
  pending(member: MemberId): readonly PendingPoints[];
  /** what has not expired by now, and pending points */
  balance(member: MemberId): number;
  pinGuard(member: MemberId): { readonly wrong: number; readonly lockedUntilMs: number };
}

export interface EventKnowledge {
  /** sessions that check in at this site, by opening time */
  sessions(): readonly SessionRow[];
  session(id: SessionId): SessionRow | undefined;
  event(session: SessionRow): EventRow | undefined;
  roster(session: SessionId, member: MemberId): RosterRow | undefined;
  /** places that are given: headquarters' count, and who came in here without one since */
  taken(session: SessionRow): number;
  /** said here, and not answered by headquarters' lists yet */
  wish(session: SessionId, member: MemberId): 'join' | 'leave' | undefined;
  /** when that was last known to be current */
  asOf(): string | null;
  /** when and where this member checked in, if they did */
  checkIn(
    session: SessionId,
    member: MemberId,
  ): { readonly at: string; readonly isHere: boolean } | undefined;
}

export type KnownRequest = RequestRow & {
  /** headquarters has not answered for it */
  readonly isWaiting: boolean;
  /** what the owner said, if that was here and not long ago; null = nothing, or only headquarters knows */
  readonly ownWords: string | null;
  /** what they said about it here, while headquarters has not answered for it */
  readonly said: Verdict | null;
};

export interface ServiceKnowledge {
  /** number of the library's edition; 0 = none known */
  libraryVersion(): number;
  places(project: ProjectId): readonly PlaceRow[];
  elements(): readonly ElementRow[];
  problems(element: ElementId): readonly ProblemRow[];
  phrases(problem: ProblemId): readonly PhraseRow[];
  port(id: string): PortRow | undefined;
  /** the promise of a port, or the default one */
  clock(port: string): ClockRow | undefined;
  /** what headquarters set for a project and a kind of request; undefined = nothing */
  terms(project: ProjectId | null, request: RequestKind): ProfileTerms | undefined;
  /** where telephones add pictures; undefined = nowhere */
  photoPage(): string | undefined;
  /** newest first */
  requests(member: MemberId): readonly KnownRequest[];
  isNumberTaken(number: string): boolean;
}

export interface SlipKnowledge {
  /** the newest job about a subject, for progress and copies */
  job(id: FactId): SlipJob | undefined;
  jobAbout(subject: string): SlipJob | undefined;
  /** what it says, as it is on disk; undefined when it is forgotten */
  paper(id: FactId): readonly SlipLine[] | undefined;
  isPrinterReady(): boolean;
  /** jobs that are not on paper yet */
  waiting(): number;
  /** jobs that wait or may be on paper, each the newest about its subject, oldest first */
  unsettled(): readonly UnsettledSlip[];
  /** the one that was queued last, when its end is known and it is not long ago */
  newest(): UnsettledSlip | undefined;
}

export type SlipJobState = 'queued' | 'sending' | 'sent' | 'printed' | 'unconfirmed' | 'failed' | 'expired';

/** It comes to paper, or to a word about it, by itself. */
export function isUnderWay(state: SlipJobState): boolean {
  return state === 'queued' || state === 'sending' || state === 'sent';
}

export interface SlipJob {
  readonly id: FactId;
  readonly state: SlipJobState;
  readonly copy: number;
  readonly subject: string;
}

/** A job that staff may have to do something about. */
export interface UnsettledSlip extends SlipJob {
  readonly slip: SlipKind;
  readonly lines: readonly SlipLine[];
  readonly queuedMs: number;
}

/** How one device is. */
export interface DeviceCondition {
  readonly device: DeviceRole;
  /** `ready`, `none` when not configured, or the code of what is wrong */
  readonly state: string;
  /** what is wrong or wants care soon; null when nothing */
  readonly code: DeviceErrorCode | null;
  /** does it not serve now? */
  readonly isOut: boolean;
}

/**
 * How little room there is for facts that wait: `compacting`: machine facts become counts; `sparing`: what is optional
 * is refused; `full`: nothing more is accepted.
 */
export type StorePressure = 'none' | 'compacting' | 'sparing' | 'full';

/** What the maintenance screen tells staff and IT. */
export interface UpkeepKnowledge {
  /** is there a PIN that opens the maintenance screen? */
  readonly hasPin: boolean;
  readonly version: string;
  /** facts that headquarters has not confirmed */
  waitingFacts(): number;
  pressure(): StorePressure;
  devices(): readonly DeviceCondition[];
  /** why the wall clock is not to be believed; null or left out = it is */
  clockDoubt?(): ClockDoubt | null;
  /** can this machine take a picture of its screen? */
  canTakePicture(): boolean;
  /** what is plugged in and what is amiss with it; null until the machine was looked at */
  inspection(language: Language): ScreenOf<'maintenance'>['inspection'];
  /** how far it is with what is done here; left out = nothing is */
  deeds?(language: Language): DeedsReport;
}

export interface Knowledge {
  /** what headquarters has to say to everybody now; null = nothing */
  readonly notice: () => Words | null;
  readonly upkeep: UpkeepKnowledge;
  readonly board: BoardKnowledge;
  readonly club: ClubKnowledge;
  readonly events: EventKnowledge;
  readonly service: ServiceKnowledge;
  readonly forms: FormsKnowledge;
  readonly owners: OwnersKnowledge;
  readonly slips: SlipKnowledge;
}
