// Lets a terminal in: by its claim, or because IT said so; and gives it the next certificate before the last one ends.
import { randomInt } from 'node:crypto';
import {
  type EnrolAnswer,
  type EnrolAsk,
  type Enrolled,
  type EnrolRefusal,
  lateRenewalMs,
  leafLifeMs,
} from '../../contract/enrolment.ts';
import type { TenantId, TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { NewNotice, Notices } from '../notices/notices.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { CertificateAuthority, Leaf, RequestFault } from './certificate-authority.ts';
import { checkClaim, useClaim } from './claims.ts';

/** What every terminal of this fleet starts with. */
export type FleetStart = Pick<Enrolled, 'broker' | 'sealKey' | 'signKey' | 'releaseKeys' | 'fleetKey'> & {
  readonly tenant: TenantId;
};

export interface EnrolmentOptions {
  readonly store: Store;
  readonly authority: CertificateAuthority;
  readonly audit: Audit;
  readonly start: () => FleetStart;
  readonly now: () => Date;
  /** who is told when a claim is misused; nobody unless given */
  readonly notices?: Notices;
  /** of a leaf; `leafLifeMs` unless given */
  readonly lifeMs?: number;
  /** a terminal was let in: the broker must know it before it comes */
  readonly onEnrolled: (terminal: TerminalId, leaf: Leaf) => Promise<void>;
}

type Device = Tables['device'];
type Refused = Extract<EnrolAnswer, { kind: 'refused' }>;

/** Who is audited when no person did it. */
const door = { account: 'door' };
/** What an honest terminal does not come to. */
const alarming: ReadonlySet<EnrolRefusal> = new Set([
  'claim-used',
  'claim-locked',
  'board-wrong',
  'request-wrong',
]);
/** Six letters that are not mistaken for one another; they name a request and are no secret. */
const codeLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Terminals that wait for a person to let them in: more are turned away. */
const mostPending = 200;
const pendingLifeMs = 24 * 3_600_000;
/** One that waits asks every few seconds. */
const silentMs = 10 * 60_000;

export class Enrolment {
  readonly #options: EnrolmentOptions;

  constructor(options: EnrolmentOptions) {
    this.#options = options;
  }

  /** POST /enrol */
  async ask(ask: EnrolAsk): Promise<EnrolAnswer> {
    const { claim, terminal } = ask;
    // signed before anything is written, so that nobody else waits for it; it leaves only when the claim is right
    const leaf = await this.#sign(ask.csr, terminal ?? 'nobody');
    if (typeof leaf === 'string') return refused('request-wrong');
    return claim === null || terminal === null
      ? await this.#knock(ask, leaf.publicKey)
      : await this.#claim(ask, terminal, claim, leaf);
  }

  /**
   * POST /renew, over a TLS line of the certificate that runs out.
   * @param serial of that certificate, in hex
   */
  async renew(serial: string, csr: string): Promise<EnrolAnswer> {
    const { store, now } = this.#options;
    const holder = await heldBy(store.db, serial).executeTakeFirst();
    if (!holder) return refused('terminal-unknown');
    const leaf = await this.#sign(csr, holder.id);
    if (typeof leaf === 'string') return refused('request-wrong');
    const at = now();
    const answer = await store.transaction(async (tx) => {
      // whoever revokes it at the same moment comes before or after, not between
      const held = await store.locked(heldBy(tx, serial)).executeTakeFirst();
      if (!held) return refused('terminal-unknown');
      if (held.revoked_at !== null || held.state !== 'enrolled') return refused('terminal-revoked');
      if (Date.parse(held.not_after) + lateRenewalMs < at.getTime()) return refused('not-let-in');
      // a fresh key each time, and one that no other terminal has
      if (leaf.publicKey === held.held_key) return refused('request-wrong');
      const foreign = await foreignKey(tx, held.id, leaf.publicKey);
      if (foreign !== undefined) return refused(foreign);
      const given = await this.#given(tx, held.id as TerminalId, leaf.publicKey);
      if (given) return { device: held, leaf: given };
      await this.#keep(tx, held, leaf, at, 'certificate-renewed');
      return { device: held, leaf };
    });
    return await this.#answer(answer);
  }

  async #sign(csr: string, terminal: string): Promise<Leaf | RequestFault> {
    const { authority, now, lifeMs = leafLifeMs } = this.#options;
    return await authority.signTerminal(csr, terminal, now(), lifeMs);
  }

  async #claim(ask: EnrolAsk, terminal: TerminalId, typed: string, leaf: Leaf): Promise<EnrolAnswer> {
    const { store, now } = this.#options;
    const { publicKey } = leaf;
    const at = now();
    const answer = await store.transaction(async (tx) => {
      const device = await store
        .locked(tx.selectFrom('device').selectAll().where('id', '=', terminal))
        .executeTakeFirst();
      // whether a terminal is known is nobody's business who has no claim for it
      if (!device) return refused('claim-wrong');
      const check = await checkClaim(tx, { device: terminal, typed, publicKey }, at);
      if (check.kind === 'refused') return await this.#turnAway(tx, terminal, check.code, at);
      const wrong = wrongBoard(device, ask) ?? (await foreignKey(tx, terminal, publicKey));
      if (wrong !== undefined) return await this.#turnAway(tx, terminal, wrong, at);
      if (check.kind === 'again') {
        const given = await this.#given(tx, terminal, publicKey);
        return given ? { device, leaf: given } : refused('terminal-revoked');
      }
      await useClaim(tx, check.hash, publicKey, at);
      await this.#letIn(tx, device, ask, leaf, at);
      return { device, leaf };
    });
    return await this.#answer(answer);
  }

  /** On record, and IT is told when somebody must have had a claim that was not theirs. */
  async #turnAway(tx: Tx, terminal: TerminalId, code: EnrolRefusal, at: Date): Promise<Refused> {
    const { audit, notices } = this.#options;
    await audit.note(tx, door, 'enrolment-refused', terminal, { code });
    if (alarming.has(code)) await notices?.queue(tx, [refusalNotice(terminal, code, at)]);
    return refused(code);
  }

  /** Nobody prepared it: it says a code and waits until IT lets it in. */
  async #knock(ask: EnrolAsk, publicKey: string): Promise<EnrolAnswer> {
    const { store, authority, now } = this.#options;
    const at = now();
    const answer = await store.transaction(async (tx) => {
      const old = new Date(at.getTime() - pendingLifeMs).toISOString();
      await tx.deleteFrom('pending_terminal').where('seen_at', '<', old).execute();
      const waiting = await tx
        .selectFrom('pending_terminal')
        .selectAll()
        .where('public_key', '=', publicKey)
        .executeTakeFirst();
      if (!waiting) return await this.#queue(tx, ask, publicKey, at);
      await tx
        .updateTable('pending_terminal')
        .set({ seen_at: at.toISOString() })
        .where('public_key', '=', publicKey)
        .execute();
      if (waiting.denied_at !== null) return refused('not-let-in');
      if (waiting.device === null) return { kind: 'pending' as const, code: waiting.code };
      const device = await store
        .locked(tx.selectFrom('device').selectAll().where('id', '=', waiting.device))
        .executeTakeFirstOrThrow();
      const given = await this.#given(tx, device.id as TerminalId, publicKey);
      if (given) return { device, leaf: given };
      if (device.state !== 'expected') return refused('not-let-in');
      const foreign = await foreignKey(tx, device.id, publicKey);
      if (foreign !== undefined) return refused(foreign);
      const leaf = await authority.signTerminal(ask.csr, device.id, at, leafLifeMs);
      if (typeof leaf === 'string') return refused('request-wrong');
      await this.#letIn(tx, device, ask, leaf, at);
      return { device, leaf };
    });
    return await this.#answer(answer);
  }

  async #queue(tx: Tx, ask: EnrolAsk, publicKey: string, at: Date): Promise<EnrolAnswer> {
    if (!(await this.#hasRoom(tx, at))) return refused('too-many-requests');
    const code = Array.from({ length: 6 }, () => codeLetters[randomInt(codeLetters.length)]).join('');
    const now = at.toISOString();
    await tx
      .insertInto('pending_terminal')
      .values({
        public_key: publicKey,
        code,
        csr: ask.csr,
        board: JSON.stringify(ask.board),
        asked_at: now,
        seen_at: now,
        device: null,
        denied_at: null,
      })
      .execute();
    await this.#options.notices?.queue(tx, [waitingNotice(code, ask, now)]);
    return { kind: 'pending', code };
  }

  /** Whoever stopped asking makes room, so that a crowd of strangers keeps nobody out for long. */
  async #hasRoom(tx: Tx, at: Date): Promise<boolean> {
    const count = async (): Promise<number> => {
      const all = tx.selectFrom('pending_terminal').select(({ fn }) => fn.countAll().as('count'));
      return Number((await all.executeTakeFirstOrThrow()).count);
    };
    if ((await count()) < mostPending) return true;
    await tx
      .deleteFrom('pending_terminal')
      .where('device', 'is', null)
      .where('seen_at', '<', new Date(at.getTime() - silentMs).toISOString())
      .execute();
    return (await count()) < mostPending;
  }

  async #letIn(tx: Tx, device: Device, ask: EnrolAsk, leaf: Leaf, at: Date): Promise<void> {
    await tx
      .updateTable('device')
      .set({
        state: 'enrolled',
        serial: ask.board.serial,
        board: JSON.stringify(ask.board),
        public_key: leaf.publicKey,
        enrolled_at: at.toISOString(),
      })
      .where('id', '=', device.id)
      .execute();
    await this.#keep(tx, device, leaf, at, 'terminal-enrolled');
  }

  async #keep(tx: Tx, device: Device, leaf: Leaf, at: Date, what: string): Promise<void> {
    await tx
      .insertInto('certificate')
      .values({
        serial: leaf.serial,
        device: device.id,
        public_key: leaf.publicKey,
        not_after: leaf.notAfter.toISOString(),
        issued_at: at.toISOString(),
        pem: leaf.certificate,
        proven_at: null,
        revoked_at: null,
        reason: null,
      })
      .execute();
    await this.#options.audit.note(tx, door, what, device.id, { serial: leaf.serial });
  }

  /** The certificate that this key was given before its answer was lost. */
  async #given(tx: Tx, terminal: TerminalId, publicKey: string): Promise<Leaf | undefined> {
    const row = await tx
      .selectFrom('certificate')
      .select(['pem', 'serial', 'not_after'])
      .where('device', '=', terminal)
      .where('public_key', '=', publicKey)
      .where('revoked_at', 'is', null)
      .orderBy('issued_at', 'desc')
      .executeTakeFirst();
    return row && { certificate: row.pem, serial: row.serial, notAfter: new Date(row.not_after), publicKey };
  }

  async #answer(
    answer: EnrolAnswer | { readonly device: Device; readonly leaf: Leaf },
  ): Promise<EnrolAnswer> {
    if ('kind' in answer) return answer;
    const { authority, start, onEnrolled } = this.#options;
    const { device, leaf } = answer;
    const terminal = device.id as TerminalId;
    await onEnrolled(terminal, leaf);
    return {
      kind: 'enrolled',
      terminal,
      code: device.code,
      certificates: [leaf.certificate],
      root: authority.root,
      notAfter: leaf.notAfter.toISOString(),
      ...start(),
    };
  }
}

/** Once a day for each reason. */
function refusalNotice(terminal: TerminalId, code: EnrolRefusal, at: Date): NewNotice {
  return {
    key: `enrolment-refused/${terminal}/${code}/${at.toISOString().slice(0, 10)}`,
    to: { kind: 'role', role: 'it' },
    subject: { zh: `终端 ${terminal}：登记被拒绝`, en: `Terminal ${terminal}: enrolment refused` },
    text: {
      zh: `有设备用 ${terminal} 的凭证登记，被拒绝（${code}）。请核对是谁在安装；需要时另发一张凭证，旧凭证随即作废。`,
      en: `A device asked to be ${terminal} and was refused (${code}). Find out who is installing it; when in doubt issue another claim, which voids this one.`,
    },
    about: terminal,
  };
}

/** Once an hour at most, however many come. */
function waitingNotice(code: string, { board }: EnrolAsk, at: string): NewNotice {
  return {
    key: `terminal-waits/${at.slice(0, 13)}`,
    to: { kind: 'role', role: 'it' },
    subject: { zh: `有终端等待接入：${code}`, en: `A terminal waits to be let in: ${code}` },
    text: {
      zh: `一台未准备的终端（${board.model}，序列号 ${board.serial}）正显示代码 ${code}。请与现场核对代码后批准，或拒绝。`,
      en: `A terminal that nobody prepared (${board.model}, serial ${board.serial}) shows the code ${code}. Compare it with the site, then approve or deny it.`,
    },
    about: null,
  };
}

/** The terminal that holds a certificate. */
function heldBy(reader: Reader, serial: string) {
  return reader
    .selectFrom('certificate as c')
    .innerJoin('device as d', 'd.id', 'c.device')
    .selectAll('d')
    .select(['c.not_after', 'c.revoked_at', 'c.public_key as held_key'])
    .where('c.serial', '=', serial);
}

/** A key that another terminal was certified with: the card was copied after the key was born. */
async function foreignKey(tx: Tx, terminal: string, publicKey: string): Promise<EnrolRefusal | undefined> {
  const other = await tx
    .selectFrom('certificate')
    .select('device')
    .where('public_key', '=', publicKey)
    .where('device', '!=', terminal)
    .executeTakeFirst();
  return other && 'request-wrong';
}

function refused(code: EnrolRefusal): Refused {
  return { kind: 'refused', code };
}

/**
 * A terminal came over the broker, so it has its newest certificate: those before it are of no more use.
 * @returns is that news? A whole fleet that comes back says nothing new, and costs no transaction
 */
export async function noteProven(
  store: Store,
  now: Date,
  terminal: TerminalId,
  serial: string,
): Promise<boolean> {
  const at = now.toISOString();
  const known = await store.db
    .selectFrom('certificate')
    .select('proven_at')
    .where('serial', '=', serial)
    .where('device', '=', terminal)
    .executeTakeFirst();
  if (!known || known.proven_at !== null) return false;
  return await store.transaction(async (tx) => {
    const proven = await tx
      .updateTable('certificate')
      .set({ proven_at: at })
      .where('serial', '=', serial)
      .where('device', '=', terminal)
      .where('proven_at', 'is', null)
      .returning('issued_at')
      .executeTakeFirst();
    if (!proven) return false;
    await tx
      .updateTable('certificate')
      .set({ revoked_at: at, reason: 'superseded' })
      .where('device', '=', terminal)
      .where('issued_at', '<', proven.issued_at)
      .where('revoked_at', 'is', null)
      .execute();
    return true;
  });
}

/** A claim is for one board; a device that has an identity keeps it until IT replaces it. */
function wrongBoard(device: Device, { board }: EnrolAsk): EnrolRefusal | undefined {
  switch (device.state) {
    case 'revoked':
    case 'retired':
    case 'quarantined':
      return 'terminal-revoked';
    default:
      return device.expected_serial !== null && device.expected_serial !== board.serial
        ? 'board-wrong'
        : undefined;
  }
}
