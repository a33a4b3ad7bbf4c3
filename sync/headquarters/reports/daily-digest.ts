// What executives read every morning: yesterday in numbers, complaints by level, what is open longest, and who praised us.
import { sql } from 'kysely';
import type { Words } from '../../contract/ids.ts';
import { complaintLevels } from '../../contract/requests.ts';
import type { DigestItem } from '../api/report-api.ts';
import type { Notices } from '../notices/notices.ts';
import type { Reader, Store } from '../store/store.ts';
import { digestText } from './digest-text.ts';
import { addDays, daySpan, localDay, localTime, type Span } from './site-month.ts';

/** At this time of the site's day it goes out. */
const readyAt = '08:00';
const shownOldest = 5;
const shownPraise = 10;
const markName = 'daily-digest';

export class DailyDigest {
  readonly #store: Store;
  readonly #notices: Notices;
  readonly #now: () => Date;
  readonly #timeZone: string;

  constructor(store: Store, notices: Notices, now: () => Date, timeZone: string) {
    this.#store = store;
    this.#notices = notices;
    this.#now = now;
    this.#timeZone = timeZone;
  }

  /** `YYYY-MM-DD` at the site. */
  yesterday(): string {
    return addDays(localDay(this.#now(), this.#timeZone), -1);
  }

  async of(day: string): Promise<DigestItem> {
    return await this.#store.snapshot(async (tx) => await readDigest(tx, day, daySpan(day, this.#timeZone)));
  }

  /**
   * Tells executives of yesterday once it is 8:00 at the site; what was missed while nobody ran is told the same day.
   * @returns whether it went out now
   */
  async tellWhenDue(): Promise<boolean> {
    const now = this.#now();
    if (localTime(now, this.#timeZone).slice(11) < readyAt) return false;
    const day = this.yesterday();
    return await this.#store.transaction(async (tx) => {
      const told = await tx
        .selectFrom('mark')
        .select('value')
        .where('name', '=', markName)
        .executeTakeFirst();
      if (told && told.value >= day) return false;
      const digest = await readDigest(tx, day, daySpan(day, this.#timeZone));
      await this.#notices.queue(tx, [
        {
          key: `digest/${day}`,
          to: { kind: 'role', role: 'executive' },
          ...digestText(digest),
          about: null,
        },
      ]);
      await this.#store.insert(tx, 'mark', [{ name: markName, value: day }], {
        onConflict: { keys: ['name'] },
      });
      return true;
    });
  }
}

const count = sql<number>`count(*)`.as('count');

async function readDigest(db: Reader, day: string, span: Span): Promise<DigestItem> {
  return {
    day,
    ...(await yesterdaysCounts(db, span)),
    ...(await openRequests(db, span)),
    praise: await praiseOf(db, span),
  };
}

async function yesterdaysCounts(db: Reader, { from, to }: Span) {
  const one = async (query: { executeTakeFirst(): Promise<{ count: number } | undefined> }) =>
    Number((await query.executeTakeFirst())?.count ?? 0);
  const filed = await db
    .selectFrom('request')
    .select(['kind', count])
    .where('filed_at', '>=', from)
    .where('filed_at', '<', to)
    .groupBy('kind')
    .orderBy('kind')
    .execute();
  return {
    filed: filed.map((row) => ({ kind: row.kind, count: Number(row.count) })),
    closed: await one(
      db.selectFrom('request').select(count).where('closed_at', '>=', from).where('closed_at', '<', to),
    ),
    lateReplies: await one(
      db
        .selectFrom('request')
        .select(count)
        .where('reply_by', '>=', from)
        .where('reply_by', '<', to)
        .where((q) => q.or([q('replied_at', 'is', null), q('replied_at', '>', q.ref('reply_by'))])),
    ),
    climbed: await one(
      db
        .selectFrom('request_event')
        .select(count)
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('what', '=', 'climbed')
        .where('withdrawn_at', 'is', null),
    ),
    surveyAnswers: await one(
      db
        .selectFrom('survey_answer')
        .select(count)
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('counts', '=', 1),
    ),
  };
}

/** As they are now: a digest of a day that is long over says what is open of it today. */
async function openRequests(
  db: Reader,
  { from, to }: Span,
): Promise<Pick<DigestItem, 'complaints' | 'oldest'>> {
  const open = db
    .selectFrom('request')
    .where('closed_at', 'is', null)
    .where('state', 'not in', ['done', 'invalid'])
    .where('filed_at', '<', to);
  const levels = await open
    .select(['level', count, sql<number>`sum(case when filed_at >= ${from} then 1 else 0 end)`.as('fresh')])
    .where('kind', '=', 'complaint')
    .groupBy('level')
    .execute();
  const oldest = await open
    .select(['id', 'number', 'kind', 'level', 'filed_at'])
    .where('kind', '!=', 'praise')
    .orderBy('filed_at')
    .limit(shownOldest)
    .execute();
  const labels = await db
    .selectFrom('task')
    .select(['request', 'label'])
    .where('n', '=', 1)
    .where('request', 'in', oldest.length === 0 ? [''] : oldest.map(({ id }) => id))
    .execute();
  return {
    complaints: complaintLevels.map((level) => {
      const found = levels.find((row) => row.level === level);
      return { level, open: Number(found?.count ?? 0), isNew: Number(found?.fresh ?? 0) };
    }),
    oldest: oldest.map(({ id, number, kind, level, filed_at: filedAt }) => {
      const label = labels.find(({ request }) => request === id)?.label;
      return {
        number,
        kind,
        level,
        filedAt,
        label: label === undefined ? null : (JSON.parse(label) as Words),
      };
    }),
  };
}

async function praiseOf(db: Reader, { from, to }: Span): Promise<DigestItem['praise']> {
  const rows = await db
    .selectFrom('request')
    .select(['number', 'text'])
    .where('kind', '=', 'praise')
    .where('filed_at', '>=', from)
    .where('filed_at', '<', to)
    .orderBy('filed_at', 'desc')
    .limit(shownPraise)
    .execute();
  return rows.map(({ number, text }) => ({ number, text: text ?? '' }));
}
