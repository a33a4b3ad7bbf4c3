// Answers what a terminal asks now about a card or a member: rows as they are published, never more (rule OR5).

import type { RosterRow } from '../contract/events.ts';
import type { CardToken, MemberId, TerminalId } from '../contract/ids.ts';
import type { CardState, MemberRow } from '../contract/members.ts';
import { type Answer, type Question, questionsPerSecond } from '../contract/questions.ts';
import type { Club } from './club/club.ts';
import type { CodeAnswers } from './club/code-answers.ts';
import type { RosterPlace } from './club/rosters.ts';
import type { Publication } from './publication.ts';
import type { Store, Tx } from './store/store.ts';

/** Sessions of one member that an answer names at most: the newest. */
const rosterLimit = 50;
/** Terminals whose pace is remembered. */
const keptTerminals = 20_000;

export class LiveAnswers {
  readonly #store: Store;
  readonly #club: Club;
  readonly #publication: Publication;
  readonly #now: () => Date;
  readonly #codes: CodeAnswers;
  /** when each terminal asked lately, oldest first */
  readonly #askedMs = new Map<TerminalId, readonly number[]>();

  constructor(store: Store, club: Club, publication: Publication, now: () => Date, codes: CodeAnswers) {
    this.#codes = codes;
    this.#store = store;
    this.#club = club;
    this.#publication = publication;
    this.#now = now;
  }

  async answer(terminal: TerminalId, question: Question): Promise<Answer> {
    const { id, epoch } = question;
    if (!this.#mayAsk(terminal)) return { v: 1, id, kind: 'refused', code: 'too-many-questions' };
    if (question.kind === 'send-code' || question.kind === 'check-code') {
      return await this.#codes.answer(terminal, question);
    }
    return await this.#store.snapshot(async (tx) => {
      const card = question.kind === 'card' ? await this.#card(tx, question.card) : null;
      const wanted = question.kind === 'card' ? card?.member : question.member;
      const member = wanted === undefined ? null : await this.#member(tx, wanted);
      return {
        v: 1,
        id,
        kind: 'known',
        at: this.#now().toISOString(),
        applied: await this.#applied(tx, terminal, epoch),
        members: (await this.#publication.versions(tx)).members,
        card,
        member,
        roster: member === null ? [] : await this.#roster(tx, member.id),
      };
    });
  }

  async #card(tx: Tx, token: CardToken) {
    const row = await tx
      .selectFrom('card')
      .select(['member', 'state'])
      .where('token', '=', token)
      .executeTakeFirst();
    if (!row) return null;
    const kind: 'card' = 'card';
    return { kind, token, member: row.member as MemberId, state: row.state as CardState };
  }

  async #member(tx: Tx, id: MemberId): Promise<MemberRow | null> {
    for (const [, row] of await this.#club.memberChange([id]).rows(tx)) return row as MemberRow | null;
    return null;
  }

  async #roster(tx: Tx, member: MemberId): Promise<RosterRow[]> {
    const places = await tx
      .selectFrom('roster as r')
      .innerJoin('session as s', 's.id', 'r.session')
      .select(['r.session', 'r.member'])
      .where('r.member', '=', member)
      .orderBy('s.opens_at', 'desc')
      .limit(rosterLimit)
      .execute();
    return await this.#club.rosters.rows(tx, places as RosterPlace[]);
  }

  async #applied(tx: Tx, terminal: TerminalId, epoch: string): Promise<number> {
    const row = await tx
      .selectFrom('stream')
      .select('applied')
      .where('terminal', '=', terminal)
      .where('epoch', '=', epoch)
      .executeTakeFirst();
    return row?.applied ?? 0;
  }

  #mayAsk(terminal: TerminalId): boolean {
    const nowMs = this.#now().getTime();
    const lately = (this.#askedMs.get(terminal) ?? []).filter((ms) => ms <= nowMs && nowMs - ms < 1_000);
    if (lately.length >= questionsPerSecond) return false;
    if (this.#askedMs.size >= keptTerminals) this.#askedMs.clear();
    this.#askedMs.set(terminal, [...lately, nowMs]);
    return true;
  }
}
