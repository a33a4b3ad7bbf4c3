// Which rows each dataset holds, under which key, and the one check for all of them.
import * as v from 'valibot';
import { type BoardRow, boardKeyOf, boardRowSchema } from './board.ts';
import type { DatasetName } from './datasets.ts';
import { type EventsRow, eventKeys, eventsRowSchema } from './events.ts';
import { type FormsRow, formsKeyOf, formsRowSchema } from './forms.ts';
import { type LibraryRow, libraryKeyOf, libraryRowSchema } from './library.ts';
import { type MembersRow, memberKeys, membersRowSchema } from './members.ts';
import { type OwnersRow, ownersKeyOf, ownersRowSchema } from './owners.ts';
import { type RequestRow, requestKeys, requestRowSchema } from './requests.ts';

interface Rows {
  readonly board: BoardRow;
  readonly members: MembersRow;
  readonly events: EventsRow;
  readonly library: LibraryRow;
  readonly requests: RequestRow;
  readonly owners: OwnersRow;
  readonly forms: FormsRow;
}
/** A row of that dataset, as parsed. */
export type RowOf<D extends DatasetName> = Rows[D];

/** @returns the key that this row stands under, or undefined when it is no row of that dataset */
export function keyOfRow(dataset: DatasetName, body: unknown): string | undefined {
  return keyReaders[dataset](body);
}

export function membersKeyOf(row: MembersRow): string {
  switch (row.kind) {
    case 'card':
      return memberKeys.card(row.token);
    case 'member':
      return memberKeys.member(row.id);
    case 'level':
      return memberKeys.level(row.code);
    case 'identity':
      return memberKeys.identity(row.key);
    case 'staff':
      return memberKeys.staff(row.token);
    case 'rules':
      return memberKeys.rules;
  }
}

export function eventsKeyOf(row: EventsRow): string {
  switch (row.kind) {
    case 'event':
      return eventKeys.event(row.id);
    case 'session':
      return eventKeys.session(row.id);
    case 'roster':
      return eventKeys.roster(row.session, row.member);
  }
}

export function requestsKeyOf(row: RequestRow): string {
  return requestKeys.request(row.member, row.id);
}

const keyReaders: { readonly [D in DatasetName]: (body: unknown) => string | undefined } = {
  board: keyReader(boardRowSchema, boardKeyOf),
  members: keyReader(membersRowSchema, membersKeyOf),
  events: keyReader(eventsRowSchema, eventsKeyOf),
  library: keyReader(libraryRowSchema, libraryKeyOf),
  requests: keyReader(requestRowSchema, requestsKeyOf),
  owners: keyReader(ownersRowSchema, ownersKeyOf),
  forms: keyReader(formsRowSchema, formsKeyOf),
};

function keyReader<Row>(schema: v.GenericSchema<unknown, Row>, keyOf: (row: Row) => string) {
  return (body: unknown): string | undefined => {
    const result = v.safeParse(schema, body);
    return result.success ? keyOf(result.output) : undefined;
  };
}
