// Which card is whose and in which state: a function of everything that happened to a person's cards, in any order.
import type { CardToken, MemberId } from '../../contract/ids.ts';
import { type CardRow, type CardState, cardStates, memberKeys } from '../../contract/members.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

export type CardEvent = Tables['card_event'];
/** How somebody came by a card, lowest claim first: a card of old counts more than a second joining, a new issue most. */
const claims = ['joined', 'imported', 'issued'];

export const isIssue = ({ what }: CardEvent): boolean => claims.includes(what);
const later = (a: CardEvent, b: CardEvent): number => stamp(a).localeCompare(stamp(b));
const stamp = ({ at, id }: CardEvent): string => `${at}|${id}`;

/**
 * One issue of a person is in force: the newest one given on purpose, else the first. All cards of one piece of plastic
 * are one issue.
 * @param events all of one person
 * @param isOwn false for a token that somebody else was given before
 */
export function cardsOf(
  events: readonly CardEvent[],
  isOwn: (token: string) => boolean = () => true,
): ReadonlyMap<CardToken, CardState> {
  const issues = events.filter((event) => isIssue(event) && event.token !== null && isOwn(event.token));
  const current = [...issues].sort(
    (a, b) =>
      claims.indexOf(b.what) - claims.indexOf(a.what) || (a.what === 'issued' ? later(b, a) : later(a, b)),
  )[0];
  const states = new Map<CardToken, CardState>();
  for (const issue of issues) {
    const token = issue.token as CardToken;
    const put = events
      .filter(
        (event) =>
          !isIssue(event) && (event.token === token || (event.token === null && later(issue, event) < 0)),
      )
      .sort(later)
      .at(-1);
    const stopped = cardStates.find((state) => state === put?.what && state !== 'active');
    const isCurrent =
      current !== undefined &&
      issue.what === current.what &&
      (issue.what === 'imported'
        ? issue.member === current.member && issue.detail === current.detail
        : issue.id === current.id);
    states.set(token, stopped ?? (isCurrent ? 'active' : 'replaced'));
  }
  return states;
}

export class Cards {
  readonly #store: Store;
  readonly now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.now = now;
  }

  /** What was noted before under the same id stays as it is. */
  async note(tx: Tx, events: readonly CardEvent[]): Promise<void> {
    await this.#store.insert(tx, 'card_event', events, { onConflict: 'skip' });
  }

  /** Brings the cards of these people in line with what happened. @returns what terminals must be told */
  async settle(tx: Tx, members: readonly MemberId[]): Promise<Change> {
    const changed = new Set<string>();
    // whoever loses a card to another may have one of old come back into force
    const concerned = new Set<string>([...members, ...(await this.#rivals(tx, members))]);
    for (const member of concerned) {
      const events = await tx.selectFrom('card_event').selectAll().where('member', '=', member).execute();
      const tokens = [...new Set(events.flatMap(({ token }) => token ?? []))];
      const owners = await this.#firstOwners(tx, tokens);
      const states = cardsOf(events, (token) => owners.get(token) === member);
      const rows = [...states].map(([token, state]) => ({ token, member, state }));
      await this.#store.insert(tx, 'card', rows, { onConflict: { keys: ['token'] } });
      for (const token of tokens) changed.add(token);
    }
    return this.change([...changed]);
  }

  change(tokens: readonly string[]): Change {
    return { dataset: 'members', rows: (tx) => this.#rows(tx, tokens) };
  }

  /** Oldest first. */
  async history(db: Reader, member: string): Promise<CardEvent[]> {
    const events = await db.selectFrom('card_event').selectAll().where('member', '=', member).execute();
    return events.sort(later);
  }

  async #rows(tx: Tx, tokens: readonly string[]): Promise<PublishedRow[]> {
    const rows = await tx.selectFrom('card').selectAll().where(this.#store.among('token', tokens)).execute();
    return rows.map(({ token, member, state }): PublishedRow => {
      const row: CardRow = {
        kind: 'card',
        token: token as CardToken,
        member: member as MemberId,
        state: state as CardState,
      };
      return [memberKeys.card(token), row];
    });
  }

  /** Who else was given one of the cards that these were given. */
  async #rivals(tx: Tx, members: readonly MemberId[]): Promise<string[]> {
    const rows = await tx
      .selectFrom('card_event as mine')
      .innerJoin('card_event as theirs', 'theirs.token', 'mine.token')
      .select('theirs.member')
      .distinct()
      .where(this.#store.among('mine.member', members))
      .whereRef('theirs.member', '<>', 'mine.member')
      .execute();
    return rows.map(({ member }) => member);
  }

  /** A card belongs to whoever was given it first, whichever terminal told of it first. */
  async #firstOwners(tx: Tx, tokens: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const events = await tx
      .selectFrom('card_event')
      .selectAll()
      .where(this.#store.among('token', tokens))
      .where('what', 'in', claims)
      .execute();
    const owners = new Map<string, string>();
    for (const event of events.sort(later)) {
      if (event.token !== null && !owners.has(event.token)) owners.set(event.token, event.member);
    }
    return owners;
  }
}
