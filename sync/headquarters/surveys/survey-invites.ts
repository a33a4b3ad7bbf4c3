// Who is invited to a survey: by hand, all owners of its project when it opens, or each owner at their step of care.
import * as v from 'valibot';
import { type SurveyRow, surveyRowSchema } from '../../contract/forms.ts';
import type { CareRow } from '../../contract/owners.ts';
import type { Notices } from '../notices/notices.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { turnsChange } from './survey-turns.ts';
import type { SurveyGround } from './surveys.ts';

interface Invited {
  readonly member: string;
  readonly unit: string | null;
}

/** Opening is nobody's deed. */
const clock = 'clock';
/** members whose homes are read before others get a turn */
const membersAtOnce = 2_000;

export class SurveyInvites {
  readonly #ground: SurveyGround & { readonly notices: Notices };

  constructor(ground: SurveyGround & { readonly notices: Notices }) {
    this.#ground = ground;
  }

  /**
   * Makes it the turn of members, or of every owner of the survey's project.
   * @returns how many were invited now, or undefined when there is no such survey
   */
  async invite(
    id: string,
    members: readonly string[] | 'owners',
    actor: string,
  ): Promise<number | undefined> {
    const { store, audit } = this.#ground;
    return await store.transaction(async (tx) => {
      const survey = await tx
        .selectFrom('survey')
        .select('row')
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      if (!survey) return undefined;
      const { project } = parseRow(survey.row);
      const invited =
        members === 'owners' ? await ownersOf(tx, project) : await these(store, tx, project, members);
      const count = await this.#write(tx, id, invited);
      await audit.note(tx, { account: actor }, 'survey-invited', id, { members: count });
      return count;
    });
  }

  /**
   * Of surveys whose time has come: tells those who answer for them, once, and invites owners whose turn it is.
   * @returns how many were invited now
   */
  async openDue(): Promise<number> {
    const { store, now } = this.#ground;
    const at = now().toISOString();
    const open = await store.db
      .selectFrom('survey')
      .select('id')
      .where('opens_at', '<=', at)
      .where('ends_at', '>', at)
      .where('withdrawn_at', 'is', null)
      .orderBy('id')
      .execute();
    let count = 0;
    for (const { id } of open) count += await store.transaction((tx) => this.#open(tx, id, at));
    return count;
  }

  async #open(tx: Tx, id: string, at: string): Promise<number> {
    const { store, audit, notices } = this.#ground;
    const [found] = await store
      .locked(tx.selectFrom('survey').select(['row', 'opened_at', 'withdrawn_at']).where('id', '=', id))
      .execute();
    if (!found || found.withdrawn_at !== null) return 0;
    const survey = parseRow(found.row);
    const isFirst = found.opened_at === null;
    const { audience, node, project } = survey;
    let count = 0;
    if (audience === 'invited' && node !== undefined)
      count = await this.#write(tx, id, await ownersAt(tx, project, node));
    else if (audience === 'invited' && isFirst)
      count = await this.#write(tx, id, await ownersOf(tx, project));
    if (count > 0) await audit.note(tx, { account: clock }, 'survey-invited', id, { members: count });
    if (!isFirst) return count;
    await tx.updateTable('survey').set({ opened_at: at }).where('id', '=', id).execute();
    await notices.queue(tx, [openedNotice(survey, count)]);
    return count;
  }

  /** @returns how many were not invited before */
  async #write(tx: Tx, survey: string, invited: readonly Invited[]): Promise<number> {
    const { store, publication } = this.#ground;
    const written = await store.insert(
      tx,
      'survey_invite',
      invited.map(({ member, unit }) => ({ survey, member, unit })),
      { onConflict: 'skip', returning: ['member'] },
    );
    const turns = written.map(({ member }) => ({ survey, member: String(member) }));
    if (turns.length > 0) await publication.publish(tx, [turnsChange(store, turns)]);
    return turns.length;
  }
}

function parseRow(row: string): SurveyRow {
  return v.parse(surveyRowSchema, JSON.parse(row));
}

interface HomesRow {
  readonly id: string;
  readonly homes: string;
}

/** With their home in the project, if they have one. */
function withHome({ id: member, homes }: HomesRow, project: string | null): Invited {
  const all = JSON.parse(homes) as { unit: string; project: string }[];
  return { member, unit: all.find((home) => project === null || home.project === project)?.unit ?? null };
}

async function these(
  store: Store,
  db: Reader,
  project: string | null,
  members: readonly string[],
): Promise<Invited[]> {
  const rows = await db
    .selectFrom('member')
    .select(['id', 'homes'])
    .where(store.among('id', members))
    .execute();
  return rows.map((row) => withHome(row, project));
}

/** Everybody with a home in the project, or anywhere. */
async function ownersOf(db: Reader, project: string | null): Promise<Invited[]> {
  const owners: Invited[] = [];
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('member')
      .select(['id', 'homes'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(membersAtOnce)
      .execute();
    owners.push(...rows.map((row) => withHome(row, project)).filter(({ unit }) => unit !== null));
    const last = rows.at(-1);
    if (rows.length < membersAtOnce || !last) return owners;
    after = last.id;
  }
}

/** Owners whose home in the project is at this step of care, as they were told themselves. */
async function ownersAt(
  db: Reader,
  project: string | null,
  node: NonNullable<SurveyRow['node']>,
): Promise<Invited[]> {
  const rows = await db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'owners')
    .where('key', 'like', '%/care/%')
    .where('body', 'like', `%"step":"${node}"%`)
    .execute();
  const care = rows.map(({ body }) => JSON.parse(body ?? '{}') as CareRow);
  const units = await db
    .selectFrom('unit')
    .select('id')
    .$if(project !== null, (query) => query.where('project', '=', project))
    .execute();
  const ours = new Set<string>(units.map(({ id }) => id));
  return care.flatMap(({ member, unit, step }) =>
    step === node && ours.has(unit) ? [{ member, unit }] : [],
  );
}

function openedNotice({ id, name, audience }: SurveyRow, invited: number) {
  const isInvited = audience === 'invited';
  return {
    key: `survey-opened/${id}`,
    to: { kind: 'role' as const, role: 'manager' as const },
    subject: { zh: `问卷「${name.zh}」已开始`, en: `The survey “${name.en}” has opened` },
    text: {
      zh: isInvited ? `已邀请 ${invited} 位业主，终端开始询问。` : '终端开始询问所有会员。',
      en: isInvited
        ? `${invited} owners were invited; terminals ask from now on.`
        : 'Terminals ask every member from now on.',
    },
    about: id,
  };
}
