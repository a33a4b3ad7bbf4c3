// The terminals of the fleet as IT knows them: listed, moved to another board, put aside, retired.
import type { TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { DeviceDetail, DeviceItem, DeviceState } from '../api/device-api.ts';
import type { Notices } from '../notices/notices.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { deviceCsv } from './device-csv.ts';
import { rowOf } from './device-import.ts';
import { readLayer } from './layer-rows.ts';
import type { Twins } from './twins.ts';

type Device = Tables['device'];
type Actor = { readonly account: string };

export interface DevicesOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly now: () => Date;
  /** whose set-up goes over with the place */
  readonly twins: Pick<Twins, 'lock' | 'refresh'>;
}

/** Empty = any. */
export interface DeviceFilter {
  readonly site?: string | undefined;
  readonly ring?: string | undefined;
  readonly model?: string | undefined;
  readonly state?: string | undefined;
  /** those whose names come behind it */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A terminal is no longer to be heard, or is again: for whoever keeps the broker. Called after the commit, and waited for. */
export type GateListener = (terminal: TerminalId, change: GateChange) => void | Promise<void>;
export type GateChange = 'revoked' | 'retired' | 'quarantined' | 'released';

export type DeviceOutcome = 'done' | 'unknown-terminal' | 'wrong-state';
export type ReplaceOutcome = DeviceOutcome | 'unknown-successor' | 'wrong-successor';

/** Why it is put aside: `other-board`, `two-boots`, `taken-over`: its name is used twice; `by-hand`: IT said so. */
export type QuarantineReason = 'other-board' | 'two-boots' | 'taken-over' | 'by-hand';

const dayMs = 24 * 3_600_000;
/** who is audited when no person did it */
const watch = { account: 'clone-watch' };

export class Devices {
  readonly #options: DevicesOptions;
  readonly #listeners = new Set<GateListener>();

  constructor(options: DevicesOptions) {
    this.#options = options;
  }

  onGateChange(listener: GateListener): void {
    this.#listeners.add(listener);
  }

  /** @returns by name */
  async list(filter: DeviceFilter): Promise<DeviceItem[]> {
    const { store } = this.#options;
    let devices = store.db.selectFrom('device').selectAll().orderBy('id').limit(filter.limit);
    for (const column of ['site', 'ring', 'model', 'state'] as const) {
      const wanted = filter[column];
      if (wanted !== undefined && wanted !== '') devices = devices.where(column, '=', wanted);
    }
    if (filter.after) devices = devices.where('id', '>', filter.after);
    return await this.#items(await devices.execute());
  }

  async show(terminal: string): Promise<DeviceDetail | undefined> {
    const { db } = this.#options.store;
    const device = await db.selectFrom('device').selectAll().where('id', '=', terminal).executeTakeFirst();
    if (!device) return undefined;
    const [item] = await this.#items([device]);
    if (!item) return undefined;
    const claim = await db.selectFrom('claim').selectAll().where('device', '=', terminal).executeTakeFirst();
    const guesses = await db
      .selectFrom('claim_guess')
      .select('wrong')
      .where('device', '=', terminal)
      .executeTakeFirst();
    const certificates = await db
      .selectFrom('certificate')
      .select(['serial', 'issued_at as issuedAt', 'not_after as notAfter', 'proven_at as provenAt'])
      .select(['revoked_at as revokedAt', 'reason'])
      .where('device', '=', terminal)
      .orderBy('issued_at', 'desc')
      .limit(50)
      .execute();
    return {
      ...item,
      board: device.board === null ? null : (JSON.parse(device.board) as DeviceDetail['board']),
      claim: claim
        ? {
            madeAt: claim.made_at,
            expiresAt: claim.expires_at,
            usedAt: claim.used_at,
            wrongGuesses: guesses?.wrong ?? 0,
          }
        : null,
      refusals: await this.#refusals(terminal),
      certificates,
    };
  }

  async #refusals(terminal: string): Promise<DeviceDetail['refusals']> {
    const rows = await this.#options.store.db
      .selectFrom('audit')
      .select(['at', 'detail'])
      .where('about', '=', terminal)
      .where('what', '=', 'enrolment-refused')
      .orderBy('n', 'desc')
      .limit(5)
      .execute();
    return rows.map(({ at, detail }) => ({ at, code: (JSON.parse(detail) as { code: string }).code }));
  }

  /** @returns CSV, of all that are not retired */
  async export(): Promise<string> {
    const devices = await this.#options.store.db
      .selectFrom('device')
      .selectAll()
      .where('state', '!=', 'retired')
      .orderBy('id')
      .execute();
    return deviceCsv(devices.map(rowOf));
  }

  /**
   * Another terminal takes the place of a broken one: site, project, ring and its own set-up go over, keys never do. The old one is
   * retired.
   */
  async replace(actor: Actor, old: TerminalId, by: TerminalId): Promise<ReplaceOutcome> {
    const { store, audit, twins } = this.#options;
    return await this.#gated(old, 'retired', async (tx, at) => {
      // always in the same order, so that two of these never wait for one another
      const both = await store
        .locked(tx.selectFrom('device').selectAll().where('id', 'in', [old, by]).orderBy('id'))
        .execute();
      const [gone, next] = [old, by].map((id) => both.find((device) => device.id === id));
      if (!gone) return 'unknown-terminal';
      if (!next || old === by) return 'unknown-successor';
      if (gone.state === 'retired') return 'wrong-state';
      if (next.state !== 'expected' && next.state !== 'enrolled') return 'wrong-successor';
      await tx
        .updateTable('device')
        .set({ site: gone.site, project: gone.project, ring: gone.ring })
        .where('id', '=', by)
        .execute();
      await end(tx, old, 'retired', at);
      await moveOwnLayer(tx, { twins, actor, at }, old, by);
      await audit.note(tx, actor, 'terminal-replaced', old, { by });
      return 'done';
    });
  }

  /** Stolen or lost, for ever: it is not heard from here on, and the broker is told to end its line. */
  async revoke(actor: Actor, terminal: TerminalId): Promise<DeviceOutcome> {
    const { audit } = this.#options;
    return await this.#gated(terminal, 'revoked', async (tx, at) => {
      const device = await this.#locked(tx, terminal);
      if (!device) return 'unknown-terminal';
      if (device.state !== 'enrolled' && device.state !== 'quarantined') return 'wrong-state';
      await end(tx, terminal, 'revoked', at);
      await audit.note(tx, actor, 'terminal-revoked', terminal);
      return 'done';
    });
  }

  /** For ever: its certificate opens nothing, and its name is never given again. */
  async retire(actor: Actor, terminal: TerminalId): Promise<DeviceOutcome> {
    const { audit } = this.#options;
    return await this.#gated(terminal, 'retired', async (tx, at) => {
      const device = await this.#locked(tx, terminal);
      if (!device) return 'unknown-terminal';
      if (device.state === 'retired') return 'wrong-state';
      await end(tx, terminal, 'retired', at);
      await audit.note(tx, actor, 'terminal-retired', terminal);
      return 'done';
    });
  }

  /** Until a person has looked: nothing that has its name is heard. */
  async quarantine(
    terminal: TerminalId,
    why: QuarantineReason,
    actor: Actor = watch,
  ): Promise<DeviceOutcome> {
    const { audit, notices } = this.#options;
    return await this.#gated(terminal, 'quarantined', async (tx, at) => {
      const device = await this.#locked(tx, terminal);
      if (!device) return 'unknown-terminal';
      if (device.state !== 'enrolled') return 'wrong-state';
      await end(tx, terminal, 'quarantined', at);
      await audit.note(tx, actor, 'terminal-quarantined', terminal, { why });
      if (why !== 'by-hand') await notices.queue(tx, [cloneNotice(device, why, at)]);
      return 'done';
    });
  }

  /** It was looked at: its certificate is good again, and what was noted of its boots is forgotten. */
  async release(actor: Actor, terminal: TerminalId): Promise<DeviceOutcome> {
    const { audit } = this.#options;
    return await this.#gated(terminal, 'released', async (tx) => {
      const device = await this.#locked(tx, terminal);
      if (!device) return 'unknown-terminal';
      if (device.state !== 'quarantined') return 'wrong-state';
      await tx.updateTable('device').set({ state: 'enrolled' }).where('id', '=', terminal).execute();
      await tx
        .updateTable('certificate')
        .set({ revoked_at: null, reason: null })
        .where('device', '=', terminal)
        .where('reason', '=', 'quarantined')
        .execute();
      await tx.deleteFrom('device_birth').where('device', '=', terminal).execute();
      await audit.note(tx, actor, 'terminal-released', terminal);
      return 'done';
    });
  }

  async #gated<Outcome extends string>(
    terminal: TerminalId,
    change: GateChange,
    work: (tx: Tx, at: string) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { store, now } = this.#options;
    const at = now().toISOString();
    const outcome = await store.transaction((tx) => work(tx, at));
    if (outcome === 'done')
      await Promise.all([...this.#listeners].map((listener) => listener(terminal, change)));
    return outcome;
  }

  async #locked(tx: Tx, terminal: TerminalId): Promise<Device | undefined> {
    return await this.#options.store
      .locked(tx.selectFrom('device').selectAll().where('id', '=', terminal))
      .executeTakeFirst();
  }

  async #items(devices: readonly Device[]): Promise<DeviceItem[]> {
    const { store, now } = this.#options;
    const ids = devices.map(({ id }) => id);
    const seen = await store.db
      .selectFrom('terminal')
      .select(['terminal', 'online', 'last_seen', 'version', 'waiting', 'oldest_at'])
      .where(store.among('terminal', ids))
      .execute();
    const ends = await newestEnds(store, store.db, ids);
    const seenBy = new Map(seen.map((row) => [row.terminal as string, row]));
    return devices.map((device) => {
      const state = seenBy.get(device.id);
      const notAfter = ends.get(device.id);
      return {
        terminal: device.id,
        code: device.code,
        site: device.site,
        project: device.project,
        model: device.model,
        ring: device.ring,
        state: device.state as DeviceState,
        expectedSerial: device.expected_serial,
        serial: device.serial,
        enrolledAt: device.enrolled_at,
        online: state?.online === 1,
        lastSeen: state?.last_seen ?? null,
        version: state?.version ?? null,
        waiting: state?.waiting ?? null,
        oldestWaitingAt: state?.oldest_at ?? null,
        certDays:
          notAfter === undefined ? null : Math.floor((Date.parse(notAfter) - now().getTime()) / dayMs),
      };
    });
  }
}

/** Nothing that has its name is let in from here on. */
async function end(
  tx: Tx,
  terminal: TerminalId,
  state: 'quarantined' | 'retired' | 'revoked',
  at: string,
): Promise<void> {
  await tx.updateTable('device').set({ state }).where('id', '=', terminal).execute();
  await tx
    .updateTable('certificate')
    .set({ revoked_at: at, reason: state })
    .where('device', '=', terminal)
    .where('revoked_at', 'is', null)
    .execute();
  await tx.deleteFrom('claim').where('device', '=', terminal).execute();
}

/** What was set for the old one alone is set for the new one; which release it runs is its ring's affair. */
async function moveOwnLayer(
  tx: Tx,
  how: { readonly twins: DevicesOptions['twins']; readonly actor: Actor; readonly at: string },
  from: TerminalId,
  to: TerminalId,
): Promise<void> {
  await how.twins.lock(tx);
  const [moved, before] = [await readLayer(tx, 'device', from), await readLayer(tx, 'device', to)];
  const { release: _, ...values } = moved?.values ?? {};
  if (moved && Object.keys(values).length > 0) {
    const row = { layer: 'device', by: how.actor.account, at: how.at };
    const rev = (before?.rev ?? 0) + 1;
    await tx
      .insertInto('twin_layer')
      .values([
        { ...row, subject: to, rev, body: JSON.stringify({ ...before?.values, ...values }) },
        { ...row, subject: from, rev: moved.rev + 1, body: '{}' },
      ])
      .execute();
  }
  await how.twins.refresh(tx, 'all');
}

/** When the last certificate of each that is still good ends. @param ids all unless given */
export async function newestEnds(
  store: Store,
  reader: Reader,
  ids?: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const all = reader
    .selectFrom('certificate')
    .select(({ fn }) => ['device', fn.max('not_after').as('end')])
    .where('revoked_at', 'is', null)
    .groupBy('device');
  const rows = await (ids === undefined ? all : all.where(store.among('device', ids))).execute();
  return new Map(rows.map(({ device, end: notAfter }) => [device, notAfter]));
}

function cloneNotice({ id, site }: Device, why: QuarantineReason, at: string) {
  return {
    key: `terminal-quarantined/${id}/${at}`,
    to: { kind: 'role', role: 'it' } as const,
    subject: {
      zh: `终端 ${id}：疑似被复制，已隔离`,
      en: `Terminal ${id} may have been copied and is put aside`,
    },
    text: {
      zh: `${site} 的终端 ${id} 有两台设备使用同一身份（${why}），两台都已断开。请核对现场设备；确认后解除隔离，或重新登记其中一台。`,
      en: `Two devices use the identity of ${id} at ${site} (${why}); neither is heard any more. Look at the site which one is real, then release it or enrol one of them anew.`,
    },
    about: id,
  };
}
