// Makes the broker obey what the device records say, and goes on until it does: who was let in is granted, who was put out is cut off.
// What is owed is the difference between the records and what the broker was told, so nothing is forgotten by a restart.

import type { TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Complaints } from '../complaints.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Duty } from '../workers/leader-duties.ts';
import { type BrokerAccess, BrokerAccessError, type EndReason } from './broker-access/broker-access.ts';
import type { RevocationList } from './revocation-list.ts';

export interface AccessKeeperOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly access: BrokerAccess;
  readonly list: RevocationList;
  readonly now: () => Date;
  readonly complaints: Complaints;
  /** how often it looks for what is owed, besides whenever it is told */
  readonly everyMs: number;
}

/** A device of which the broker knows something else than it should. */
interface Owed {
  readonly terminal: TerminalId;
  /** none = it is put out */
  readonly serials: readonly string[];
  readonly told: readonly string[];
  readonly wasOut: boolean;
  readonly state: string;
  /** when it was put out */
  readonly since: string | null;
}

/** how many the broker is told of before that is written down: a thousand writes of one row each are slow */
const toldAtOnce = 100;
/** who is audited when no person did it */
const keeper = { account: 'access-keeper' };
const outReasons: Readonly<Record<string, EndReason>> = {
  revoked: 'revoked',
  retired: 'retired',
  quarantined: 'quarantined',
};

export class AccessKeeper implements Duty {
  readonly #options: AccessKeeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  /** a run that has not begun: it sees all that happened before it was asked for again */
  #planned: Promise<void> | undefined;
  #isStarted = false;

  constructor(options: AccessKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = false;
    this.#timer = setInterval(() => void this.work(), this.#options.everyMs);
    void this.work();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#working;
  }

  /** Does what is owed, one run after the other; what fails is tried again. @returns when this run is over */
  work(): Promise<void> {
    this.#planned ??= this.#working
      .then(() => {
        this.#planned = undefined;
        return this.#run();
      })
      .catch((error: unknown) => this.#complain(error));
    this.#working = this.#planned;
    return this.#planned;
  }

  /** Before the terminal hears that it is enrolled; when the broker does not answer it is told later. */
  async grantNow(terminal: TerminalId, serial: string): Promise<void> {
    await this.#options.access.grant(terminal, { serial }).catch((error: unknown) => this.#complain(error));
  }

  /** @returns how many devices the broker must still be told of */
  async owed(): Promise<number> {
    return (await this.#owed()).length;
  }

  async #run(): Promise<void> {
    const { access, list, complaints } = this.#options;
    // each by itself: a list that cannot be written must not keep a thief in
    if (!this.#isStarted) {
      await this.#try(() => this.#forgetWhatItForgot());
      // a broker whose list ran out while we were away takes nobody until it has this one
      this.#isStarted = await this.#try(() => list.publish(access));
    }
    const owed = await this.#owed();
    await this.#try(() => this.#cutOff(owed.filter(({ serials }) => serials.length === 0)));
    await this.#try(async () => {
      const coming = owed.filter(({ serials }) => serials.length > 0);
      // who was put aside and comes back is on the list still
      if (coming.some(({ wasOut }) => wasOut)) await list.publish(access);
      for (let start = 0; start < coming.length; start += toldAtOnce)
        await this.#letIn(coming.slice(start, start + toldAtOnce));
    });
    await this.#try(() => list.keepFresh(access));
    if (await list.alarmWhenOld()) {
      complaints.say(
        'revocation-list-old',
        { event: 'revocation-list-old', code: 'revocation-list-old' },
        'the revocation list that the broker goes by runs out within a week: look at broker.access',
      );
    }
  }

  /** @returns did it work? */
  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#complain(error);
      return false;
    }
  }

  async #cutOff(owed: readonly Owed[]): Promise<void> {
    if (owed.length === 0) return;
    const { access, list, store, audit, now } = this.#options;
    const revokeAll = async (): Promise<void> => {
      for (const { terminal, told, state } of owed)
        await access.revoke(terminal, told, outReasons[state] ?? 'revoked');
    };
    await revokeAll();
    // proves that a certificate on it is refused
    await list.publish(access);
    // whoever came back before the list was read holds a line on which it may nothing, but a line
    await revokeAll();
    const left = new Set(await access.list());
    for (const { terminal, since, state } of owed) {
      if (left.has(terminal)) continue;
      const afterMs = since === null ? 0 : Math.max(0, now().getTime() - Date.parse(since));
      await store.transaction(async (tx) => {
        await this.#note(tx, [{ terminal, serials: [] }]);
        await tx.updateTable('terminal').set({ online: 0 }).where('terminal', '=', terminal).execute();
        await audit.note(tx, keeper, 'terminal-cut-off', terminal, { why: state, afterMs });
      });
    }
  }

  async #letIn(some: readonly Owed[]): Promise<void> {
    const { access, store } = this.#options;
    const done: Owed[] = [];
    try {
      for (const one of some) {
        const { terminal, serials, told } = one;
        for (const serial of serials) if (!told.includes(serial)) await access.grant(terminal, { serial });
        const old = told.filter((serial) => !serials.includes(serial));
        if (old.length > 0) await access.revoke(terminal, old, 'superseded');
        done.push(one);
      }
    } finally {
      await store.transaction((tx) => this.#note(tx, done));
    }
  }

  /** A broker that was wiped, or brought back from a backup, is told again. */
  async #forgetWhatItForgot(): Promise<void> {
    const { access, store } = this.#options;
    const known = new Set<string>(await access.list());
    const rows = await store.db.selectFrom('broker_access').select(['device', 'told']).execute();
    const wrong = rows.filter(({ device, told }) => (told !== '') !== known.has(device));
    await store.transaction(async (tx) => {
      const names = wrong.map(({ device }) => device);
      await tx.deleteFrom('broker_access').where(store.among('device', names)).execute();
    });
  }

  async #owed(): Promise<readonly Owed[]> {
    const { store, now } = this.#options;
    const devices = await store.db
      .selectFrom('device as d')
      .leftJoin('broker_access as b', 'b.device', 'd.id')
      .select(['d.id', 'd.state', 'b.told'])
      .where('d.state', '!=', 'expected')
      .orderBy('d.id')
      .execute();
    const certificates = await store.db
      .selectFrom('certificate')
      .select(['device', 'serial', 'revoked_at', 'not_after'])
      .orderBy('serial')
      .execute();
    const good = new Map<string, string[]>();
    const since = new Map<string, string>();
    const at = now().toISOString();
    for (const { device, serial, revoked_at, not_after } of certificates) {
      if (revoked_at !== null) since.set(device, maxOf(since.get(device), revoked_at));
      else if (not_after > at) good.set(device, [...(good.get(device) ?? []), serial]);
    }
    return devices.flatMap(({ id, state, told }) => {
      const isOut = state in outReasons;
      const serials = isOut ? [] : (good.get(id) ?? []);
      // one whose certificate ran out is refused for that, and may renew
      if (told === serials.join(' ') || (!isOut && serials.length === 0)) return [];
      return [
        {
          terminal: id as TerminalId,
          state,
          serials,
          wasOut: told === '',
          told: (told ?? '').split(' ').filter((each) => each !== ''),
          since: since.get(id) ?? null,
        },
      ];
    });
  }

  async #note(tx: Tx, some: readonly Pick<Owed, 'terminal' | 'serials'>[]): Promise<void> {
    const at = this.#options.now().toISOString();
    const rows = some.map(({ terminal, serials }) => ({ device: terminal, told: serials.join(' '), at }));
    await this.#options.store.insert(tx, 'broker_access', rows, { onConflict: { keys: ['device'] } });
  }

  #complain(error: unknown): void {
    const { complaints } = this.#options;
    if (error instanceof BrokerAccessError) {
      complaints.say(error.code, { event: 'broker-not-told', code: error.code }, error.message);
      return;
    }
    const name = error instanceof Error ? error.name : 'unknown';
    complaints.say(
      'access-fault',
      { event: 'broker-not-told', code: 'hq-fault', error: name },
      'tried again soon',
    );
  }
}

function maxOf(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}
