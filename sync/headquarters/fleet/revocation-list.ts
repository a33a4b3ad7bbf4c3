// The list of certificates that brokers refuse: made anew every day and at every start, so that it never runs out.
// A broker whose list has run out takes nobody at all: that is alarmed a week before.
import * as v from 'valibot';
import type { Notices } from '../notices/notices.ts';
import type { Store } from '../store/store.ts';
import type { BrokerAccess, RevocationListInForce } from './broker-access/broker-access.ts';
import { type CertificateAuthority, listLifeMs } from './certificate-authority.ts';

export interface Revoked {
  /** hex, lower case */
  readonly serial: string;
  readonly at: Date;
}

/** Nobody keeps it, and it is tried at once. */
const probeLifeMs = 3_600_000;
const renewMs = 24 * 3_600_000;
const alarmMs = 7 * 24 * 3_600_000;
const markName = 'revocation-list';

/** When the list that the broker goes by was made, and when it runs out. */
const markSchema = v.object({ madeAt: v.string(), nextUpdate: v.string() });
export type ListState = v.InferOutput<typeof markSchema>;

/** With a probe on it that is on no other list. */
export async function makeRevocationList(
  authority: CertificateAuthority,
  revoked: readonly Revoked[],
  now: Date,
): Promise<RevocationListInForce> {
  const [refused, taken] = await Promise.all([
    authority.makeClient('probe.refused', now, probeLifeMs),
    authority.makeClient('probe.taken', now, probeLifeMs),
  ]);
  const all = [...revoked, { serial: refused.serial, at: now }];
  return {
    pem: await authority.revocationList(all, now),
    serials: new Set(all.map(({ serial }) => serial)),
    probes: { refused, taken },
  };
}

export interface RevocationListOptions {
  readonly store: Store;
  readonly authority: CertificateAuthority;
  readonly notices: Notices;
  readonly now: () => Date;
}

export class RevocationList {
  readonly #options: RevocationListOptions;

  constructor(options: RevocationListOptions) {
    this.#options = options;
  }

  /** @throws BrokerAccessError; then the broker goes by the list that it had */
  async publish(access: BrokerAccess): Promise<void> {
    const { authority, store, now } = this.#options;
    const at = now();
    await access.takeList(await makeRevocationList(authority, await this.#revoked(at), at));
    const state: ListState = {
      madeAt: at.toISOString(),
      nextUpdate: new Date(at.getTime() + listLifeMs).toISOString(),
    };
    const value = JSON.stringify(state);
    await store.db
      .insertInto('mark')
      .values({ name: markName, value })
      .onConflict((it) => it.column('name').doUpdateSet({ value }))
      .execute();
  }

  /** Publishes it when it is a day old or does not name everybody. @throws as publish */
  async keepFresh(access: BrokerAccess): Promise<void> {
    const [state, newest] = [await this.state(), await this.#newest()];
    const isDayOld = !state || this.#options.now().getTime() - Date.parse(state.madeAt) >= renewMs;
    if (isDayOld || (newest !== undefined && newest >= state.madeAt)) await this.publish(access);
  }

  /** of the list in force; undefined before the first */
  async state(): Promise<ListState | undefined> {
    const row = await this.#options.store.db
      .selectFrom('mark')
      .select('value')
      .where('name', '=', markName)
      .executeTakeFirst();
    return row && v.parse(markSchema, JSON.parse(row.value));
  }

  /** IT is told once a day when the list in force runs out within the week. @returns is it so? */
  async alarmWhenOld(): Promise<boolean> {
    const { store, notices, now } = this.#options;
    const state = await this.state();
    const leftMs = state ? Date.parse(state.nextUpdate) - now().getTime() : Number.POSITIVE_INFINITY;
    if (leftMs > alarmMs) return false;
    const days = Math.max(0, Math.floor(leftMs / renewMs));
    const key = `revocation-list-old/${now().toISOString().slice(0, 10)}`;
    await store.transaction((tx) =>
      notices.queue(tx, [
        {
          key,
          to: { kind: 'role', role: 'it' },
          subject: { zh: '终端吊销列表即将过期', en: "The terminals' revocation list runs out" },
          text: {
            zh: `消息服务器使用的吊销列表还有 ${days} 天过期，过期后所有终端都无法连接。请检查总部与消息服务器的连接和 broker.access 设置。`,
            en: `The revocation list that the broker goes by runs out in ${days} days, and then no terminal can connect. Look whether headquarters reaches the broker, and at broker.access.`,
          },
          about: null,
        },
      ]),
    );
    return true;
  }

  /** What has run out by itself is refused without a list. */
  async #revoked(now: Date): Promise<readonly Revoked[]> {
    const rows = await this.#options.store.db
      .selectFrom('certificate')
      .select(['serial', 'revoked_at'])
      .where('revoked_at', 'is not', null)
      .where('not_after', '>', now.toISOString())
      .orderBy('serial')
      .execute();
    return rows.flatMap(({ serial, revoked_at }) =>
      revoked_at === null ? [] : [{ serial, at: new Date(revoked_at) }],
    );
  }

  async #newest(): Promise<string | undefined> {
    const row = await this.#options.store.db
      .selectFrom('certificate')
      .select(({ fn }) => fn.max('revoked_at').as('newest'))
      .executeTakeFirst();
    return row?.newest ?? undefined;
  }
}
