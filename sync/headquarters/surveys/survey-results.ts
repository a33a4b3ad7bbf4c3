// What surveys came to: counts, scores by item and project, later answers beside the first, and the trend over years.
import { sql } from 'kysely';
import * as v from 'valibot';
import { type SurveyRow, surveyRowSchema } from '../../contract/forms.ts';
import type { SurveyItem, SurveyResultsItem, SurveyTrend } from '../api/forms-api.ts';
import { maskName } from '../mask.ts';
import { satisfiedFrom } from '../reports/metric-definitions.ts';
import { localDay } from '../reports/site-month.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Surveys } from './surveys.ts';

const shownRepeats = 200;
const shownWords = 200;

export class SurveyResults {
  readonly #store: Store;
  readonly #surveys: Surveys;
  readonly #timeZone: string;

  constructor(store: Store, surveys: Surveys, timeZone: string) {
    this.#store = store;
    this.#surveys = surveys;
    this.#timeZone = timeZone;
  }

  /** Newest first. */
  async list(): Promise<SurveyItem[]> {
    return await this.#store.snapshot(async (tx) => await surveyItems(tx));
  }

  async of(id: string): Promise<SurveyResultsItem | undefined> {
    return await this.#store.snapshot(async (tx) => {
      const survey = (await surveyItems(tx)).find((item) => item.id === id);
      if (!survey) return undefined;
      return {
        survey,
        scores: await this.#scores(tx, id),
        byProject: await byProject(tx, id),
        repeats: await repeats(tx, id),
        words: await tx
          .selectFrom('survey_answer')
          .select(['at', 'project', 'text'])
          .where('survey', '=', id)
          .where('counts', '=', 1)
          .where('text', 'is not', null)
          .orderBy('at', 'desc')
          .limit(shownWords)
          .execute()
          .then((rows) => rows.map((row) => ({ ...row, text: row.text ?? '' }))),
      };
    });
  }

  /** Oldest year first. A survey belongs to the year in which it opened at the site. */
  async trend(): Promise<SurveyTrend[]> {
    return await this.#store.snapshot(async (tx) => {
      const surveys = await tx.selectFrom('survey').select(['id', 'opens_at']).execute();
      const yearOf = new Map(
        surveys.map(({ id, opens_at: at }) => [id, localDay(new Date(at), this.#timeZone).slice(0, 4)]),
      );
      const outcomes = new Set(
        (await this.#surveys.items(tx)).filter(({ level }) => level === 1).map(({ code }) => code),
      );
      const rated = await ratingCounts(tx);
      const answered = await answerCounts(tx);
      const lines = new Map<string, SurveyTrend>();
      const line = (survey: string, project: string): SurveyTrend => {
        const year = yearOf.get(survey) ?? '';
        const key = `${year} ${project}`;
        const found = lines.get(key) ?? { year, project, ...nothing };
        lines.set(key, found);
        return found;
      };
      const put = (next: SurveyTrend): void => void lines.set(`${next.year} ${next.project}`, next);
      for (const { survey, project, count } of answered) {
        const before = line(survey, project);
        put({ ...before, answers: before.answers + count });
      }
      for (const { survey, project, item, count, satisfied } of rated) {
        const before = line(survey, project);
        const isOutcome = outcomes.has(item);
        put({
          ...before,
          count: before.count + count,
          satisfied: before.satisfied + satisfied,
          outcomeCount: before.outcomeCount + (isOutcome ? count : 0),
          outcomeSatisfied: before.outcomeSatisfied + (isOutcome ? satisfied : 0),
        });
      }
      return [...lines.values()].sort((a, b) =>
        `${a.year} ${a.project}` < `${b.year} ${b.project}` ? -1 : 1,
      );
    });
  }

  async #scores(db: Reader, id: string): Promise<SurveyResultsItem['scores']> {
    const items = await this.#surveys.items(db);
    const { rows } = await sql<{ item: string; count: number; satisfied: number; points: number }>`
      select item, count(*) as count, sum(case when score >= ${satisfiedFrom} then 1 else 0 end) as satisfied,
        sum(score) as points
      from rating where survey = ${id} group by item`.execute(db);
    return items.flatMap(({ code, name, level }) => {
      const found = rows.find(({ item }) => item === code);
      return found
        ? [
            {
              item: code,
              name,
              level,
              count: Number(found.count),
              satisfied: Number(found.satisfied),
              points: Number(found.points),
            },
          ]
        : [];
    });
  }
}

const nothing = { answers: 0, count: 0, satisfied: 0, outcomeCount: 0, outcomeSatisfied: 0 } as const;

async function surveyItems(db: Reader): Promise<SurveyItem[]> {
  const rows = await db
    .selectFrom('survey')
    .select(['id', 'row', 'withdrawn_at'])
    .orderBy('opens_at', 'desc')
    .execute();
  const count = sql<number>`count(*)`.as('count');
  const invited = await db.selectFrom('survey_invite').select(['survey', count]).groupBy('survey').execute();
  const answered = await db
    .selectFrom('survey_answer')
    .select(['survey', 'counts', count])
    .groupBy(['survey', 'counts'])
    .execute();
  const countOf = (id: string, counts: number): number =>
    Number(answered.find((row) => row.survey === id && Number(row.counts) === counts)?.count ?? 0);
  return rows.map(({ id, row, withdrawn_at: withdrawnAt }) => {
    const survey: SurveyRow = v.parse(surveyRowSchema, JSON.parse(row));
    return {
      ...survey,
      isWithdrawn: withdrawnAt !== null,
      invited: Number(invited.find((each) => each.survey === id)?.count ?? 0),
      answers: countOf(id, 1),
      repeated: countOf(id, 0),
    };
  });
}

async function byProject(db: Reader, id: string): Promise<SurveyResultsItem['byProject']> {
  const answered = await answerCounts(db, id);
  const rated = await ratingCounts(db, id);
  return answered
    .map(({ project, count: answers }) => {
      const own = rated.filter((row) => row.project === project);
      return {
        project,
        answers,
        count: own.reduce((sum, { count }) => sum + count, 0),
        satisfied: own.reduce((sum, { satisfied }) => sum + satisfied, 0),
      };
    })
    .sort((a, b) => (a.project < b.project ? -1 : 1));
}

/** @param id of one survey; all when left out */
async function ratingCounts(db: Reader, id?: string) {
  const { rows } = await sql<{
    survey: string;
    project: string;
    item: string;
    count: number;
    satisfied: number;
  }>`
    select survey, coalesce(project, '') as project, item, count(*) as count,
      sum(case when score >= ${satisfiedFrom} then 1 else 0 end) as satisfied
    from rating where ${isSurvey(id)} group by survey, project, item`.execute(db);
  return rows.map((row) => ({ ...row, count: Number(row.count), satisfied: Number(row.satisfied) }));
}

async function answerCounts(db: Reader, id?: string) {
  const { rows } = await sql<{ survey: string; project: string; count: number }>`
    select survey, coalesce(project, '') as project, count(*) as count
    from survey_answer where counts = 1 and ${isSurvey(id)} group by survey, project`.execute(db);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

function isSurvey(id: string | undefined) {
  return id === undefined ? sql`survey is not null` : sql`survey = ${id}`;
}

async function repeats(db: Reader, id: string): Promise<SurveyResultsItem['repeats']> {
  const rows = await db
    .selectFrom('survey_answer as later')
    .innerJoin('survey_answer as first', (join) =>
      join
        .onRef('first.member', '=', 'later.member')
        .onRef('first.survey', '=', 'later.survey')
        .on('first.counts', '=', 1),
    )
    .leftJoin('member', 'member.id', 'later.member')
    .select([
      'later.terminal as terminal',
      'later.at as at',
      'first.terminal as firstTerminal',
      'first.at as firstAt',
      'member.name as name',
    ])
    .where('later.survey', '=', id)
    .where('later.counts', '=', 0)
    .orderBy('later.at', 'desc')
    .limit(shownRepeats)
    .execute();
  return rows.map(({ name, ...row }) => ({ ...row, memberName: maskName(name ?? '') }));
}
