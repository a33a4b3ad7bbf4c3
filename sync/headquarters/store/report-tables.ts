// Tables of what people are asked, told and reported: regions, surveys, published answers, rectification. As the SQL builder knows them, and as they are made.
import type { Generated } from 'kysely';
import type { TableShape } from './table-shape.ts';

interface SurveyTable {
  readonly id: string;
  /** null = every project */
  readonly project: string | null;
  readonly opens_at: string;
  readonly ends_at: string;
  readonly audience: string;
  /** `SurveyRow` */
  readonly row: string;
  readonly created_at: string;
  readonly created_by: string;
  readonly withdrawn_at: string | null;
  /** when its opening was told, and its owners invited */
  readonly opened_at: string | null;
}

interface SurveyAnswerTable {
  readonly fact: string;
  readonly survey: string;
  /** null = somebody who did not say who */
  readonly member: string | null;
  readonly project: string | null;
  readonly unit: string | null;
  readonly terminal: string;
  readonly at: string;
  /** 1: the member's only one, or their first; 0: a later one, kept to be seen */
  readonly counts: number;
  /** `Rating[]` */
  readonly ratings: string;
  readonly text: string | null;
}

interface PublicAnswerTable {
  readonly id: string;
  readonly request: string;
  readonly project: string | null;
  /** `Words` */
  readonly question: string;
  readonly answer: string;
  /** `draft`, `published` or `withdrawn` */
  readonly state: string;
  readonly written_at: string;
  readonly written_by: string;
  readonly published_at: string | null;
  readonly published_by: string | null;
  readonly withdrawn_at: string | null;
  readonly withdrawn_by: string | null;
}

interface RectificationTable {
  readonly id: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly region: string;
  /** a `MetricCode` */
  readonly metric: string;
  /** in 1/10,000 */
  readonly threshold: number;
  readonly part: number;
  readonly whole: number;
  /** `open`, `answered` or `filed` */
  readonly state: string;
  readonly created_at: string;
  readonly created_by: string;
  /** the number under which it was put on file 备案 */
  readonly filed_as: string | null;
}

interface RectificationNoteTable {
  readonly n: Generated<number>;
  readonly rectification: string;
  readonly at: string;
  readonly actor: string;
  /** `created`, `answered`, `followed` or `filed` */
  readonly what: string;
  readonly text: string;
}

export interface ReportTables {
  /** `name`: `Words` */
  readonly region: { readonly id: string; readonly name: string; readonly sort: number };
  readonly project_region: { readonly project: string; readonly region: string };
  /** `row`: `ItemRow` */
  readonly satisfaction_item: { readonly code: string; readonly parent: string | null; readonly row: string };
  readonly survey: SurveyTable;
  readonly survey_invite: { readonly survey: string; readonly member: string; readonly unit: string | null };
  readonly survey_answer: SurveyAnswerTable;
  readonly public_answer: PublicAnswerTable;
  readonly rectification: RectificationTable;
  readonly rectification_note: RectificationNoteTable;
}

export const reportShapes: readonly TableShape[] = [
  { name: 'region', columns: { id: 'text', name: 'text', sort: 'integer' }, key: ['id'] },
  {
    name: 'project_region',
    columns: { project: 'text', region: 'text' },
    key: ['project'],
    refers: { region: 'region' },
  },
  {
    name: 'satisfaction_item',
    columns: { code: 'text', parent: 'text?', row: 'text' },
    key: ['code'],
  },
  {
    name: 'survey',
    columns: {
      id: 'text',
      project: 'text?',
      opens_at: 'text',
      ends_at: 'text',
      audience: 'text',
      row: 'text',
      created_at: 'text',
      created_by: 'text',
      withdrawn_at: 'text?',
      opened_at: 'text?',
    },
    key: ['id'],
  },
  {
    name: 'survey_invite',
    columns: { survey: 'text', member: 'text', unit: 'text?' },
    key: ['survey', 'member'],
    refers: { survey: 'survey' },
    indexes: [['member']],
  },
  {
    name: 'survey_answer',
    columns: {
      fact: 'text',
      survey: 'text',
      member: 'text?',
      project: 'text?',
      unit: 'text?',
      terminal: 'text',
      at: 'text',
      counts: 'integer',
      ratings: 'text',
      text: 'text?',
    },
    key: ['fact'],
    refers: { survey: 'survey' },
    indexes: [['survey', 'member'], ['member']],
  },
  {
    name: 'public_answer',
    columns: {
      id: 'text',
      request: 'text',
      project: 'text?',
      question: 'text',
      answer: 'text',
      state: 'text',
      written_at: 'text',
      written_by: 'text',
      published_at: 'text?',
      published_by: 'text?',
      withdrawn_at: 'text?',
      withdrawn_by: 'text?',
    },
    key: ['id'],
    refers: { request: 'request' },
    indexes: [['request'], ['written_at']],
  },
  {
    name: 'rectification',
    columns: {
      id: 'text',
      month: 'text',
      region: 'text',
      metric: 'text',
      threshold: 'integer',
      part: 'integer',
      whole: 'integer',
      state: 'text',
      created_at: 'text',
      created_by: 'text',
      filed_as: 'text?',
    },
    key: ['id'],
    unique: [['month', 'region', 'metric']],
  },
  {
    name: 'rectification_note',
    columns: {
      n: 'number',
      rectification: 'text',
      at: 'text',
      actor: 'text',
      what: 'text',
      text: 'text',
    },
    refers: { rectification: 'rectification' },
    indexes: [['rectification']],
  },
];
