// Joining by the developer's own web site or by a file of applications: the same check for second cards as at a terminal.
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { identityKey, plainId } from '../../contract/identity-key.ts';
import type { CardToken, FactId, MemberId, TerminalId } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import { type Applicant, applicantSchema, type MemberFault, type WebJoinBody } from '../api/member-api.ts';
import { maskName, maskPhone } from '../mask.ts';
import type { Publication } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { Identity } from './identity.ts';
import type { JoinedFact, Joining } from './joining.ts';
import type { PhoneCodes } from './phone-codes.ts';

export interface WebJoiningParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly identity: Identity;
  readonly joining: Joining;
  readonly codes: PhoneCodes;
  readonly consent: Consent;
  readonly fleetKey: Uint8Array;
  readonly now: () => Date;
}
/** Who somebody is, or may be, already; masked. */
export interface KnownAs {
  readonly fault: 'already-member' | 'near-member';
  readonly known: { readonly name: string; readonly phone: string };
}
export type WebOutcome = { readonly member: string; readonly name: string } | KnownAs | MemberFault;
export type ImportOutcome =
  | { readonly joined: number; readonly faults: readonly { readonly row: number; readonly code: string }[] }
  | MemberFault;

type By = Pick<Actor, 'account'>;
/** What told it, where terminals have their name. */
const source = 'web' as TerminalId;
const mostRows = 5_000;

export class WebJoining {
  readonly #parts: WebJoiningParts;

  constructor(parts: WebJoiningParts) {
    this.#parts = parts;
  }

  /** One person. Their telephone is proven by a code, or the account that asks vouches and is on record for it. */
  async join(actor: By, body: WebJoinBody): Promise<WebOutcome> {
    const { store, consent, codes, publication } = this.#parts;
    if ((await consent.list(store.db))[0]?.version !== body.consent) return 'unknown-consent';
    const before = await this.#check(store.db, body, body.isSomebodyElse);
    if (before) return before;
    if (body.code !== null) {
      const { outcome } = await codes.check(body.phone, body.code);
      if (outcome !== 'right') return outcome === 'wrong' ? 'wrong-code' : `code-${outcome}`;
    }
    return await store.transaction(async (tx): Promise<WebOutcome> => {
      const found = await this.#check(tx, body, body.isSomebodyElse);
      if (found) return found;
      const referrer = await this.#referrer(tx, body.referrerPhone);
      if (referrer === undefined) return 'unknown-referrer';
      const fact = this.#fact(body, body, referrer);
      const { changes } = await this.#parts.joining.applyJoins(tx, source, [fact]);
      await this.#note(tx, actor, fact.body.member, body.code === null ? 'vouched' : 'phone-code');
      await publication.publish(tx, changes);
      return { member: fact.body.member, name: maskName(body.name) };
    });
  }

  /**
   * Columns `name`, `phone`, and `birthday`, `id_number`, `referrer_phone` where they are known. Whoever imports has the
   * applicants' consent on paper. One wrong row, and nobody joins.
   */
  async import(actor: By, csv: string, version: number): Promise<ImportOutcome> {
    const { store, consent, publication } = this.#parts;
    const rows = readCsv(csv);
    if (typeof rows === 'string') return rows;
    if ((await consent.list(store.db))[0]?.version !== version) return 'unknown-consent';
    return await store.transaction(async (tx): Promise<ImportOutcome> => {
      await store.allowSilence(tx);
      const faults: { row: number; code: string }[] = [];
      const facts: JoinedFact[] = [];
      const seen = new Set<string>();
      for (const [index, row] of rows.entries()) {
        const read = await this.#readRow(tx, row, version, seen);
        if (typeof read === 'string') faults.push({ row: index + 2, code: read });
        else facts.push(read);
      }
      if (faults.length > 0) return { joined: 0, faults };
      const { changes } = await this.#parts.joining.applyJoins(tx, source, facts);
      for (const { body } of facts) await this.#note(tx, actor, body.member, 'imported');
      await publication.publish(tx, changes);
      return { joined: facts.length, faults };
    });
  }

  async #readRow(
    tx: Tx,
    row: Readonly<Record<string, string>>,
    version: number,
    seen: Set<string>,
  ): Promise<JoinedFact | string> {
    const { name, phone, birthday, id_number: idNumber, referrer_phone: referrerPhone } = row;
    const told = {
      ...{ name, phone },
      ...{ birthday: birthday || null, idNumber: idNumber || null, referrerPhone: referrerPhone || null },
    };
    const parsed = v.safeParse(applicantSchema, told, { abortEarly: true });
    if (!parsed.success) return `wrong-${v.getDotPath(parsed.issues[0])}`;
    const applicant = parsed.output;
    const keys = [applicant.phone, ...(applicant.idNumber === null ? [] : [plainId(applicant.idNumber)])];
    if (keys.some((key) => seen.has(key))) return 'twice-in-file';
    for (const key of keys) seen.add(key);
    const found = await this.#check(tx, applicant, false);
    if (found) return found.fault;
    const referrer = await this.#referrer(tx, applicant.referrerPhone);
    if (referrer === undefined) return 'unknown-referrer';
    return this.#fact(applicant, { consent: version, language: 'zh' }, referrer);
  }

  /** As a terminal asks: a telephone or paper is one person, a name with a birthday or four digits makes it likely. */
  async #check(db: Reader, applicant: Applicant, isSomebodyElse: boolean): Promise<KnownAs | undefined> {
    const matches = await this.#parts.identity.matches(db, this.#personOf(applicant));
    const sure = matches.find(({ trait }) => trait === 'phone' || trait === 'id');
    const one = sure ?? (isSomebodyElse ? undefined : matches[0]);
    if (!one) return undefined;
    const { name, phone } = one;
    const fault = sure ? 'already-member' : 'near-member';
    return { fault, known: { name: maskName(name), phone: maskPhone(phone) } };
  }

  #personOf({ name, phone, birthday, idNumber }: Applicant) {
    const idKey = idNumber === null ? null : identityKey(this.#parts.fleetKey, 'id', plainId(idNumber));
    return { name, phone, birthday, idKey };
  }

  /** @returns their card, null when nobody brought them, undefined when nobody of that number has one */
  async #referrer(db: Reader, phone: string | null): Promise<CardToken | null | undefined> {
    if (phone === null) return null;
    const none = { name: '', phone, birthday: null, idKey: null };
    const [member] = await this.#parts.identity.matches(db, none);
    if (member?.trait !== 'phone') return undefined;
    const card = await db
      .selectFrom('card')
      .select('token')
      .where('member', '=', member.member)
      .where('state', '=', 'active')
      .orderBy('token')
      .executeTakeFirst();
    return card && (card.token as CardToken);
  }

  #fact(
    applicant: Applicant,
    { consent, language }: { readonly consent: number; readonly language: 'zh' | 'en' },
    referrer: CardToken | null,
  ): JoinedFact {
    const id = randomUUID() as FactId;
    const at = this.#parts.now().toISOString();
    const member = `m-${randomUUID().replaceAll('-', '')}` as MemberId;
    return {
      ...{ id, at, seq: 0, boot: source, monoMs: 0, clock: 'synced', schema: 1, kind: 'member-joined' },
      body: {
        ...this.#personOf(applicant),
        ...{ member, card: null, pin: null, proof: 'phone-code', staff: null },
        consent: { version: consent, language, at },
        ...{ channel: 'web', project: null, session: null, referrer },
      },
    };
  }

  async #note(tx: Tx, actor: By, member: MemberId, proof: string): Promise<void> {
    await this.#parts.audit.note(tx, actor, 'member-joined-by-web', member, { proof });
  }
}

function readCsv(csv: string): Record<string, string>[] | MemberFault {
  let rows: Record<string, string>[];
  try {
    rows = parse(csv, { bom: true, columns: true, trim: true, skip_empty_lines: true });
  } catch {
    return 'csv-unreadable';
  }
  const [first] = rows;
  if (!first || !('name' in first) || !('phone' in first)) return 'csv-unreadable';
  return rows.length > mostRows ? 'csv-too-long' : rows;
}
