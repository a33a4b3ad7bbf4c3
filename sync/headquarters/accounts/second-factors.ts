// Something that a person has besides their password: codes of an authenticator app, and a few to use when it is lost.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Opener, Sealer } from '../../contract/seal.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Role } from './actor.ts';
import type { Audit } from './audit.ts';
import { base32, matchingStep, otpauthUri } from './totp.ts';

/** Who must have one: nobody, who manages the fleet and the accounts, or everybody. */
export const factorPolicies = ['offered', 'it', 'all'] as const;
export type FactorPolicy = (typeof factorPolicies)[number];

export type FactorCheck = 'none' | 'missing' | 'right' | 'wrong';
export interface FactorOffer {
  /** base32, for who cannot scan */
  readonly secret: string;
  /** for the QR */
  readonly uri: string;
}

type Who = { readonly account: string };
type FactorRecord = Tables['second_factor'];

const secretBytes = 20;
const recoveryCodes = 8;
const recoveryLength = 10;
/** none that is mistaken for another */
const recoveryLetters = '23456789abcdefghjkmnpqrstvwxyz';

export interface SecondFactorOptions {
  readonly store: Store;
  readonly audit: Audit;
  /** to headquarters' own key: a copy of the database has nobody's codes */
  readonly sealer: Sealer;
  readonly opener: Opener;
  readonly policy: FactorPolicy;
  readonly now: () => Date;
}

export class SecondFactors {
  readonly #options: SecondFactorOptions;

  constructor(options: SecondFactorOptions) {
    this.#options = options;
  }

  get policy(): FactorPolicy {
    return this.#options.policy;
  }

  /** A new secret, which counts once a code of it was typed. @returns undefined when there is one that counts */
  async begin({ account }: Who): Promise<FactorOffer | undefined> {
    const { store, sealer } = this.#options;
    const secret = randomBytes(secretBytes);
    const sealed = sealer.seal(secret.toString('base64'), bondOf(account));
    const fresh = { account, sealed, proven_at: null, last_step: 0, recovery: '[]' };
    return await store.transaction(async (tx) => {
      const held = await this.#lock(tx, account);
      if (held?.proven_at) return undefined;
      if (held) await tx.updateTable('second_factor').set(fresh).where('account', '=', account).execute();
      else await tx.insertInto('second_factor').values(fresh).execute();
      return { secret: base32(secret), uri: otpauthUri('Yingbin', account, secret) };
    });
  }

  /** @returns codes that are good once each, told this once; undefined when the code is not of the new secret */
  async confirm(actor: Who, code: string): Promise<readonly string[] | undefined> {
    const { store, audit, now } = this.#options;
    const recovery = Array.from({ length: recoveryCodes }, () =>
      Array.from({ length: recoveryLength }, () => recoveryLetters[randomInt(recoveryLetters.length)]).join(
        '',
      ),
    );
    return await store.transaction(async (tx) => {
      const held = await this.#lock(tx, actor.account);
      if (!held || held.proven_at) return undefined;
      const step = this.#stepOf(held, code);
      if (step === undefined) return undefined;
      const proven = { proven_at: now().toISOString(), last_step: step };
      const hashes = JSON.stringify(recovery.map(hashOf));
      await tx
        .updateTable('second_factor')
        .set({ ...proven, recovery: hashes })
        .where('account', '=', actor.account)
        .execute();
      await audit.note(tx, actor, 'second-factor-added', actor.account);
      return recovery;
    });
  }

  /** A code is good once: who looks over a shoulder comes too late. */
  async check(account: string, code: string | undefined): Promise<FactorCheck> {
    return await this.#options.store.transaction((tx) => this.#check(tx, account, code));
  }

  /** One's own, with a code. */
  async remove(actor: Who, code: string): Promise<'removed' | 'wrong'> {
    const { store, audit } = this.#options;
    return await store.transaction(async (tx) => {
      if ((await this.#check(tx, actor.account, code)) !== 'right') return 'wrong';
      await tx.deleteFrom('second_factor').where('account', '=', actor.account).execute();
      await audit.note(tx, actor, 'second-factor-removed', actor.account);
      return 'removed';
    });
  }

  /** Of somebody whose telephone is lost: they are out everywhere, and begin with their password alone. */
  async reset(actor: Who, account: string): Promise<boolean> {
    const { store, audit } = this.#options;
    return await store.transaction(async (tx) => {
      const gone = await tx.deleteFrom('second_factor').where('account', '=', account).executeTakeFirst();
      if (Number(gone.numDeletedRows) === 0) return false;
      await tx.deleteFrom('account_session').where('account', '=', account).execute();
      await audit.note(tx, actor, 'second-factor-reset', account);
      return true;
    });
  }

  async #check(tx: Tx, account: string, code: string | undefined): Promise<FactorCheck> {
    const held = await this.#lock(tx, account);
    if (!held?.proven_at) return 'none';
    if (code === undefined) return 'missing';
    const step = this.#stepOf(held, code);
    if (step !== undefined) {
      await tx.updateTable('second_factor').set({ last_step: step }).where('account', '=', account).execute();
      return 'right';
    }
    const left = JSON.parse(held.recovery) as string[];
    const used = hashOf(code.toLowerCase().replaceAll(/[\s-]/g, ''));
    if (!left.includes(used)) return 'wrong';
    const recovery = JSON.stringify(left.filter((hash) => hash !== used));
    await tx.updateTable('second_factor').set({ recovery }).where('account', '=', account).execute();
    await this.#options.audit.note(tx, { account }, 'recovery-code-used', account, { left: left.length - 1 });
    return 'right';
  }

  #stepOf({ account, sealed, last_step }: FactorRecord, code: string): number | undefined {
    const { opener, now } = this.#options;
    const secret = opener.open(sealed, bondOf(account));
    return secret === undefined
      ? undefined
      : matchingStep(Buffer.from(secret, 'base64'), code, { now: now(), after: last_step });
  }

  async #lock(tx: Tx, account: string): Promise<FactorRecord | undefined> {
    return await this.#options.store
      .locked(tx.selectFrom('second_factor').selectAll().where('account', '=', account))
      .executeTakeFirst();
  }
}

/** Must somebody with these roles add one before anything else is open to them? */
export function mustAddFactor(policy: FactorPolicy, roles: readonly Role[], hasFactor: boolean): boolean {
  return !hasFactor && (policy === 'all' || (policy === 'it' && roles.includes('it')));
}

function bondOf(account: string): string {
  return `second-factor|${account}`;
}

/** Fifty bits that lock after five tries need no slow hash. */
function hashOf(code: string): string {
  return createHash('sha256').update(`yingbin recovery|${code}`).digest('base64url');
}
