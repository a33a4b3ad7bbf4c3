// The service desk's tables: requests, tasks, call-backs, ratings. As the SQL builder knows them, and as they are made.
import type { Generated } from 'kysely';
import type { TableShape } from './table-shape.ts';

interface RequestTable {
  /** of the fact that filed it, or made by headquarters */
  readonly id: string;
  readonly number: string;
  /** a `FlowKind` */
  readonly kind: string;
  readonly member: string | null;
  /** to call back, when it is another than the member's */
  readonly phone: string | null;
  /** null = told to headquarters itself */
  readonly terminal: string | null;
  readonly project: string | null;
  readonly unit: string | null;
  /** of its flow */
  readonly step: string;
  /** a `RequestState`: the same from outside */
  readonly state: string;
  readonly filed_at: string;
  readonly reply_by: string | null;
  readonly on_site_by: string | null;
  /** first words of headquarters to the person */
  readonly replied_at: string | null;
  readonly on_site_at: string | null;
  /** a `ComplaintLevel` */
  readonly level: string;
  readonly level_since: string | null;
  /** `substitute`: the holder was away when it climbed; null = the holder */
  readonly held_by?: string | null | undefined;
  /** when it climbs by itself; null = never */
  readonly climbs_at: string | null;
  /** since when its clocks stand still, and why */
  readonly paused_at: string | null;
  readonly pause_reason: string | null;
  /** how long they stood still before */
  readonly paused_ms: number;
  /** 1 valid, 0 invalid, null not decided */
  readonly valid: number | null;
  readonly outcome: string | null;
  readonly closed_at: string | null;
  /** 1: since it was last opened the person agreed themselves, somebody called them and they rated it, they rated it */
  readonly consent: number | null;
  readonly called_back: number | null;
  readonly rated: number | null;
  readonly reopened: number;
  readonly library_version: number;
  readonly text: string | null;
  /** a code of `requestTopics` */
  readonly topic: string | null;
  /** `Words` */
  readonly answer: string | null;
  readonly may_publish: number;
  readonly cost: string | null;
  readonly photo_key: string | null;
}

interface TaskTable {
  readonly id: string;
  readonly request: string;
  /** 1, 2, 3 … within the request */
  readonly n: number;
  readonly place: string | null;
  readonly element: string | null;
  readonly problem: string | null;
  readonly phrase: string | null;
  /** `Words` */
  readonly label: string;
  readonly text: string | null;
  readonly port: string;
  readonly step: string;
  /** account in charge, and those who follow up (JSON list) */
  readonly person: string | null;
  readonly followers: string;
  readonly deadline: string | null;
  readonly supplier: string | null;
  /** material, engineering, design, property, service: what the month's report counts by */
  readonly cause: string | null;
  readonly created_at: string;
  readonly closed_at: string | null;
  readonly outcome: string | null;
}

/** All that ever happened to a request; what was taken back stays on record. */
interface RequestEventTable {
  readonly n: Generated<number>;
  readonly request: string;
  readonly task: string | null;
  readonly at: string;
  /** account, terminal, or `clock` */
  readonly actor: string;
  /** `filed`, `moved`, `replied`, `arrived`, `climbed`, `judged`, `called-back`, `reopened` … */
  readonly what: string;
  readonly from_step: string | null;
  readonly to_step: string | null;
  /** the `RequestState` from then on */
  readonly to_state: string | null;
  /** `Words` that the owner may read */
  readonly note: string | null;
  /** how it was, so that it can be taken back while it is fresh; null = it cannot */
  readonly before: string | null;
  readonly withdrawn_at: string | null;
}

interface CallBackTable {
  readonly id: string;
  readonly request: string;
  readonly kind: string;
  /** 1, 2, 3 … */
  readonly attempt: number;
  readonly due_at: string;
  readonly done_at: string | null;
  readonly actor: string | null;
  /** null while nobody was reached */
  readonly verdict: string | null;
  readonly note: string | null;
}

/** Nobody can be called: proposed by one, confirmed by another; gone when the person says something after all. */
interface GiveUpTable {
  readonly request: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly confirmed_by: string | null;
  readonly confirmed_at: string | null;
}

interface RatingTable {
  readonly n: Generated<number>;
  readonly request: string | null;
  readonly call_back: string | null;
  readonly survey: string | null;
  readonly member: string | null;
  readonly project: string | null;
  readonly unit: string | null;
  readonly item: string;
  readonly score: number;
  readonly at: string;
  /** fact or call-back that told it */
  readonly source: string;
}

/** Each change of the rules of the service is a version of its own; none = as shipped. */
interface ServiceRulesTable {
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  /** `ServiceRules` */
  readonly body: string;
}

export interface ServiceTables {
  readonly service_rules: ServiceRulesTable;
  readonly request: RequestTable;
  readonly task: TaskTable;
  readonly request_event: RequestEventTable;
  readonly call_back: CallBackTable;
  readonly give_up: GiveUpTable;
  readonly rating: RatingTable;
}

export const serviceShapes: readonly TableShape[] = [
  {
    name: 'service_rules',
    columns: { version: 'integer', at: 'text', actor: 'text', body: 'text' },
    key: ['version'],
  },
  {
    name: 'request',
    columns: {
      id: 'text',
      number: 'text',
      kind: 'text',
      member: 'text?',
      phone: 'text?',
      terminal: 'text?',
      project: 'text?',
      unit: 'text?',
      step: 'text',
      state: 'text',
      filed_at: 'text',
      reply_by: 'text?',
      on_site_by: 'text?',
      replied_at: 'text?',
      on_site_at: 'text?',
      level: 'text',
      level_since: 'text?',
      held_by: 'text?',
      climbs_at: 'text?',
      paused_at: 'text?',
      pause_reason: 'text?',
      paused_ms: 'integer',
      valid: 'integer?',
      outcome: 'text?',
      closed_at: 'text?',
      consent: 'integer?',
      called_back: 'integer?',
      rated: 'integer?',
      reopened: 'integer',
      library_version: 'integer',
      text: 'text?',
      topic: 'text?',
      answer: 'text?',
      may_publish: 'integer',
      cost: 'text?',
      photo_key: 'text?',
    },
    key: ['id'],
    refers: { member: 'member' },
    indexes: [
      ['number'],
      ['member'],
      ['filed_at'],
      ['climbs_at'],
      ['state', 'filed_at'],
      ['step', 'filed_at'],
      // a month's report asks for what fell into it
      ['closed_at'],
      ['reply_by'],
      ['on_site_by'],
    ],
  },
  {
    name: 'task',
    columns: {
      id: 'text',
      request: 'text',
      n: 'integer',
      place: 'text?',
      element: 'text?',
      problem: 'text?',
      phrase: 'text?',
      label: 'text',
      text: 'text?',
      port: 'text',
      step: 'text',
      person: 'text?',
      followers: 'text',
      deadline: 'text?',
      supplier: 'text?',
      cause: 'text?',
      created_at: 'text',
      closed_at: 'text?',
      outcome: 'text?',
    },
    key: ['id'],
    unique: [['request', 'n']],
    refers: { request: 'request' },
    indexes: [['port', 'step'], ['deadline'], ['closed_at', 'deadline'], ['created_at']],
  },
  {
    name: 'request_event',
    columns: {
      n: 'number',
      request: 'text',
      task: 'text?',
      at: 'text',
      actor: 'text',
      what: 'text',
      from_step: 'text?',
      to_step: 'text?',
      to_state: 'text?',
      note: 'text?',
      before: 'text?',
      withdrawn_at: 'text?',
    },
    refers: { request: 'request' },
    indexes: [['request'], ['at']],
  },
  {
    name: 'call_back',
    columns: {
      id: 'text',
      request: 'text',
      kind: 'text',
      attempt: 'integer',
      due_at: 'text',
      done_at: 'text?',
      actor: 'text?',
      verdict: 'text?',
      note: 'text?',
    },
    key: ['id'],
    unique: [['request', 'attempt']],
    refers: { request: 'request' },
    indexes: [['done_at', 'due_at']],
  },
  {
    name: 'give_up',
    columns: {
      request: 'text',
      by: 'text',
      at: 'text',
      reason: 'text',
      confirmed_by: 'text?',
      confirmed_at: 'text?',
    },
    key: ['request'],
    refers: { request: 'request' },
  },
  {
    name: 'rating',
    columns: {
      n: 'number',
      request: 'text?',
      call_back: 'text?',
      survey: 'text?',
      member: 'text?',
      project: 'text?',
      unit: 'text?',
      item: 'text',
      score: 'integer',
      at: 'text',
      source: 'text',
    },
    unique: [['source', 'item']],
    indexes: [['at'], ['request'], ['survey']],
  },
];
