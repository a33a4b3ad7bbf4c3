// Who works at headquarters: accounts with roles, passwords that lock after wrong tries, all of it on record.
import type { PortId } from '../../contract/ids.ts';
import type { AccountChange, AccountItem, NewAccount } from '../api/account-api.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Actor, Role } from './actor.ts';
import type { Audit } from './audit.ts';
import { hashPassword, isPassword, isWeak } from './password.ts';
import { type FactorCheck, type FactorPolicy, mustAddFactor } from './second-factors.ts';

export type SignIn =
  | { readonly kind: 'right'; readonly actor: Actor }
  /** the password is right, and a code is still to be typed */
  | { readonly kind: 'code-needed' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'code-wrong' }
  | { readonly kind: 'locked' };
export type AddOutcome = 'added' | 'account-taken' | 'password-weak';
/** `last-it`: nobody could manage accounts any more. */
export type ChangeOutcome = 'changed' | 'unknown-account' | 'last-it';
export type PasswordOutcome = 'changed' | 'unknown-account' | 'password-weak' | 'password-wrong' | 'locked';

/** The second thing that is asked for, and of whom. */
export interface AccountFactors {
  readonly policy: FactorPolicy;
  check(account: string, code: string | undefined): Promise<FactorCheck>;
}

type AccountRecord = Tables['account'];

const maxWrong = 5;
const lockMs = 15 * 60_000;

export class Accounts {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #now: () => Date;
  readonly #factors: AccountFactors | undefined;

  constructor(store: Store, audit: Audit, now: () => Date, factors?: AccountFactors) {
    this.#store = store;
    this.#audit = audit;
    this.#now = now;
    this.#factors = factors;
  }

  async add(actor: { readonly account: string }, account: NewAccount): Promise<AddOutcome> {
    const id = accountId(account.account);
    if (isWeak(account.password, id)) return 'password-weak';
    const password = await hashPassword(account.password);
    return await this.#store.transaction(async (tx) => {
      const { numInsertedOrUpdatedRows: added } = await tx
        .insertInto('account')
        .values({
          id,
          name: account.name,
          password,
          roles: JSON.stringify(account.roles),
          ports: JSON.stringify(account.ports),
          email: account.email,
          webhook: account.webhook,
          wrong: 0,
          locked_until: null,
          disabled_at: null,
          away_until: null,
          must_change: Number(account.isTemporary ?? false),
          created_at: this.#now().toISOString(),
        })
        .onConflict((it) => it.column('id').doNothing())
        .executeTakeFirstOrThrow();
      if (added !== 1n) return 'account-taken';
      await this.#audit.note(tx, actor, 'account-added', id, { roles: account.roles.join(' ') });
      return 'added';
    });
  }

  async change(actor: Actor, id: string, change: AccountChange): Promise<ChangeOutcome> {
    return await this.#store.transaction(async (tx) => {
      const record = await this.#lock(tx, id);
      if (!record) return 'unknown-account';
      const { roles, ports, isDisabled, isUnlocked, awayUntil, ...rest } = change;
      const after = {
        ...rest,
        ...(roles ? { roles: JSON.stringify(roles) } : {}),
        ...(ports ? { ports: JSON.stringify(ports) } : {}),
        ...(isDisabled === undefined ? {} : { disabled_at: isDisabled ? this.#now().toISOString() : null }),
        ...(awayUntil === undefined ? {} : { away_until: awayUntil && new Date(awayUntil).toISOString() }),
        ...(isUnlocked ? { wrong: 0, locked_until: null } : {}),
      };
      if (Object.keys(after).length === 0) return 'changed';
      await tx.updateTable('account').set(after).where('id', '=', id).execute();
      if (manages(record) && !(await this.#someoneManages(tx))) {
        await tx.updateTable('account').set(record).where('id', '=', id).execute();
        return 'last-it';
      }
      if (isDisabled) await tx.deleteFrom('account_session').where('account', '=', id).execute();
      await this.#audit.note(tx, actor, 'account-changed', id, { changed: Object.keys(change).join(' ') });
      return 'changed';
    });
  }

  /** Of somebody else: all who are signed in as them are out. */
  async setPassword(
    actor: { readonly account: string },
    id: string,
    password: string,
    isTemporary = false,
  ): Promise<PasswordOutcome> {
    if (isWeak(password, id)) return 'password-weak';
    const hash = await hashPassword(password);
    return await this.#store.transaction(async (tx) => {
      const record = await this.#lock(tx, id);
      if (!record) return 'unknown-account';
      await tx
        .updateTable('account')
        .set({ password: hash, wrong: 0, locked_until: null, must_change: Number(isTemporary) })
        .where('id', '=', id)
        .execute();
      await tx.deleteFrom('account_session').where('account', '=', id).execute();
      await this.#audit.note(tx, actor, 'password-set', id);
      return 'changed';
    });
  }

  /** One's own; the old one is asked for, and counts as a try. */
  async changePassword(actor: Actor, old: string, password: string): Promise<PasswordOutcome> {
    const { account } = actor;
    if (isWeak(password, account)) return 'password-weak';
    const proof = await this.#prove(account, old);
    if (typeof proof === 'string') return proof === 'locked' ? 'locked' : 'password-wrong';
    await this.#forgive(account);
    return await this.setPassword(actor, account, password);
  }

  /** @param code of the app, or one for when it is lost; who has none of either needs none */
  async signIn(name: string, password: string, code?: string): Promise<SignIn> {
    const id = accountId(name);
    const proof = await this.#prove(id, password);
    if (proof === 'wrong' || proof === 'locked') return { kind: proof };
    const factor = (await this.#factors?.check(id, code)) ?? 'none';
    if (factor === 'wrong') {
      await this.#noteLock(proof);
      return { kind: 'code-wrong' };
    }
    if (factor === 'missing') {
      await this.#takeBackTry(id);
      return { kind: 'code-needed' };
    }
    await this.#forgive(id);
    const policy = this.#factors?.policy ?? 'offered';
    return { kind: 'right', actor: toActor(proof, { hasFactor: factor === 'right', policy }) };
  }

  /** Whoever sits at somebody's desk does not guess at codes for ever: a wrong one counts as a wrong password. */
  async countTry(account: string, isRight: () => Promise<boolean>): Promise<'right' | 'wrong' | 'locked'> {
    const tried = await this.#store.transaction((tx) => this.#countTry(tx, account));
    if (tried === 'locked') return 'locked';
    if (await isRight()) {
      await this.#forgive(account);
      return 'right';
    }
    if (tried) await this.#noteLock(tried);
    return 'wrong';
  }

  /** The try is counted before the password is looked at: many at once are no way round the lock. */
  async #prove(id: string, password: string): Promise<AccountRecord | 'wrong' | 'locked'> {
    const tried = await this.#store.transaction((tx) => this.#countTry(tx, id));
    if (tried === 'locked') return 'locked';
    const isRight = await isPassword(password, tried?.password);
    if (tried && isRight && tried.disabled_at === null) return tried;
    if (tried) await this.#noteLock(tried);
    return 'wrong';
  }

  async #noteLock(tried: AccountRecord): Promise<void> {
    if (wrongAfter(tried) < maxWrong) return;
    const { id } = tried;
    await this.#store.transaction((tx) => this.#audit.note(tx, { account: id }, 'account-locked', id));
  }

  async #forgive(id: string): Promise<void> {
    await this.#store.transaction(async (tx) => {
      await tx.updateTable('account').set({ wrong: 0, locked_until: null }).where('id', '=', id).execute();
    });
  }

  /** One, and not all: who knows the password and guesses at codes does not begin anew by asking without one. */
  async #takeBackTry(id: string): Promise<void> {
    await this.#store.transaction(async (tx) => {
      const record = await this.#lock(tx, id);
      if (!record) return;
      const wrong = Math.max(0, record.wrong - 1);
      const locked_until = wrong < maxWrong ? null : record.locked_until;
      await tx.updateTable('account').set({ wrong, locked_until }).where('id', '=', id).execute();
    });
  }

  /** @returns in the order of their names */
  async list(): Promise<AccountItem[]> {
    const records = await this.#store.db.selectFrom('account').selectAll().orderBy('id').execute();
    const seen = await this.#store.db
      .selectFrom('account_session')
      .select(({ fn }) => ['account', fn.max('seen_at').as('at')])
      .groupBy('account')
      .execute();
    const factors = await this.#store.db
      .selectFrom('second_factor')
      .select('account')
      .where('proven_at', 'is not', null)
      .execute();
    const now = this.#now().toISOString();
    return records.map((record) => ({
      account: record.id,
      hasSecondFactor: factors.some(({ account }) => account === record.id),
      name: record.name,
      roles: JSON.parse(record.roles) as Role[],
      ports: JSON.parse(record.ports) as string[],
      email: record.email,
      webhook: record.webhook,
      isLocked: record.locked_until !== null && record.locked_until > now,
      isDisabled: record.disabled_at !== null,
      awayUntil: record.away_until !== null && record.away_until > now ? record.away_until : null,
      seenAt: seen.find(({ account }) => account === record.id)?.at ?? null,
      createdAt: record.created_at,
    }));
  }

  async #countTry(tx: Tx, id: string): Promise<AccountRecord | 'locked' | undefined> {
    const record = await this.#lock(tx, id);
    if (!record) return undefined;
    const now = this.#now();
    if (record.locked_until !== null && record.locked_until > now.toISOString()) return 'locked';
    const wrong = wrongAfter(record);
    // undone by the right password
    const until = wrong < maxWrong ? null : new Date(now.getTime() + lockMs).toISOString();
    await tx.updateTable('account').set({ wrong, locked_until: until }).where('id', '=', id).execute();
    return record;
  }

  async #lock(tx: Tx, id: string): Promise<AccountRecord | undefined> {
    return await this.#store
      .locked(tx.selectFrom('account').selectAll().where('id', '=', id))
      .executeTakeFirst();
  }

  async #someoneManages(tx: Tx): Promise<boolean> {
    return (await tx.selectFrom('account').selectAll().execute()).some(manages);
  }
}

/** How many wrong tries there are with this one; a lock that is over counts from the start. */
function wrongAfter({ locked_until, wrong }: AccountRecord): number {
  return (locked_until === null ? wrong : 0) + 1;
}

/** How a name is kept, however it is typed. */
export function accountId(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

export function toActor(
  { id, name, roles, ports, must_change, away_until }: AccountRecord,
  { hasFactor, policy }: { readonly hasFactor: boolean; readonly policy: FactorPolicy },
): Actor {
  const held = JSON.parse(roles) as Role[];
  return {
    account: id,
    name,
    roles: new Set(held),
    ports: new Set(JSON.parse(ports) as PortId[]),
    ...(must_change === 1 ? { mustChangePassword: true } : {}),
    ...(hasFactor ? { hasSecondFactor: true } : {}),
    ...(mustAddFactor(policy, held, hasFactor) ? { mustAddSecondFactor: true } : {}),
    ...(away_until === null ? {} : { awayUntil: away_until }),
  };
}

function manages({ roles, disabled_at }: AccountRecord): boolean {
  return disabled_at === null && (JSON.parse(roles) as Role[]).includes('it');
}
