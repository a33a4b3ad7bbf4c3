// Notices on their way out of headquarters: each way is a row, tried again with growing waits until it is done or given up.
import { createHash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Words } from '../../contract/ids.ts';
import type { Role } from '../accounts/actor.ts';
import type { DeliveryItem } from '../api/notice-api.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Channel, ChannelName } from './channel.ts';

export interface NoticeWays {
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>;
  /** addresses of a whole role, besides those of its accounts */
  readonly roles: Readonly<
    Partial<Record<Role, { readonly email?: string | undefined; readonly webhook?: string | undefined }>>
  >;
}

type NoticeRecord = Tables['notice'];
type Way = { readonly channel: ChannelName; readonly address: string };

const atOnce = 100;
const maxTries = 10;
const firstWaitMs = 10_000;
const longestWaitMs = 3_600_000;

export class Deliveries {
  readonly #store: Store;
  readonly #now: () => Date;
  #isBusy = false;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** A leader's duty: works out where new notices go, and tries what is due. @returns how many went out */
  async deliver(ways: NoticeWays): Promise<number> {
    if (this.#isBusy) return 0;
    this.#isBusy = true;
    try {
      while ((await this.#spread(ways)) === atOnce);
      return await this.#sendDue(ways);
    } finally {
      this.#isBusy = false;
    }
  }

  /** @returns what waits or was given up first, then newest first */
  async list(limit: number): Promise<DeliveryItem[]> {
    const rows = await this.#store.db
      .selectFrom('notice_delivery')
      .innerJoin('notice', 'notice.id', 'notice_delivery.notice')
      .selectAll('notice_delivery')
      .select(['subject', 'at'])
      .orderBy((it) => it.case().when('state', '=', 'sent').then(1).else(0).end())
      .orderBy('at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id, at, channel, address, subject, state, tries, next_at, problem }) => ({
      id,
      at,
      channel: channel as ChannelName,
      address: maskAddress(channel as ChannelName, address),
      subject: JSON.parse(subject) as Words,
      state: state as DeliveryItem['state'],
      tries,
      nextAt: next_at,
      problem,
    }));
  }

  async #spread(ways: NoticeWays): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const fresh = await tx
        .selectFrom('notice')
        .selectAll()
        .where('spread_at', 'is', null)
        .orderBy('at')
        .limit(atOnce)
        .execute();
      const at = this.#now().toISOString();
      const rows: Insertable<Tables['notice_delivery']>[] = [];
      for (const notice of fresh) {
        for (const { channel, address } of await waysOf(tx, notice, ways)) {
          const id = createHash('sha256').update(`${notice.id}|${channel}|${address}`).digest('base64url');
          rows.push({
            id,
            notice: notice.id,
            channel,
            address,
            state: 'waiting',
            tries: 0,
            next_at: at,
            sent_at: null,
            problem: null,
          });
        }
      }
      await this.#store.insert(tx, 'notice_delivery', rows, { onConflict: 'skip' });
      const ids = fresh.map(({ id }) => id);
      await tx.updateTable('notice').set({ spread_at: at }).where(this.#store.among('id', ids)).execute();
      return fresh.length;
    });
  }

  async #sendDue({ channels }: NoticeWays): Promise<number> {
    const due = await this.#store.db
      .selectFrom('notice_delivery')
      .innerJoin('notice', 'notice.id', 'notice_delivery.notice')
      .selectAll('notice_delivery')
      .select(['subject', 'text', 'about', 'at'])
      .where('state', '=', 'waiting')
      .where('next_at', '<=', this.#now().toISOString())
      .orderBy('next_at')
      .limit(atOnce)
      .execute();
    let sent = 0;
    for (const { id, channel, address, tries, subject, text, about, at } of due) {
      const way = channels[channel as ChannelName];
      const problem = way
        ? await way.send({
            id,
            address,
            at,
            about,
            subject: JSON.parse(subject) as Words,
            text: JSON.parse(text) as Words,
          })
        : 'channel-not-configured';
      await this.#note(id, tries + 1, problem);
      if (problem === undefined) sent += 1;
    }
    return sent;
  }

  async #note(id: string, tries: number, problem: string | undefined): Promise<void> {
    const now = this.#now();
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1));
    const next_at = new Date(now.getTime() + waitMs).toISOString();
    const after =
      problem === undefined
        ? { state: 'sent', sent_at: now.toISOString(), problem: null }
        : { state: tries >= maxTries ? 'given-up' : 'waiting', next_at, problem };
    await this.#store.transaction(async (tx) => {
      await tx
        .updateTable('notice_delivery')
        .set({ tries, ...after })
        .where('id', '=', id)
        .execute();
    });
  }
}

async function waysOf(tx: Tx, notice: NoticeRecord, { channels, roles }: NoticeWays): Promise<Way[]> {
  if (notice.to_kind === 'phone') return channels.sms ? [{ channel: 'sms', address: notice.to_whom }] : [];
  const shared =
    notice.to_kind === 'role' && notice.to_port === null ? roles[notice.to_whom as Role] : undefined;
  const all = [
    ...(await accountsOf(tx, notice)),
    { email: shared?.email ?? null, webhook: shared?.webhook ?? null },
  ];
  return all.flatMap(({ email, webhook }): Way[] => [
    ...(email !== null && channels.smtp ? [{ channel: 'smtp' as const, address: email }] : []),
    ...(webhook !== null && channels.webhook ? [{ channel: 'webhook' as const, address: webhook }] : []),
  ]);
}

async function accountsOf(
  db: Reader,
  { to_kind, to_whom, to_port }: NoticeRecord,
): Promise<{ readonly email: string | null; readonly webhook: string | null }[]> {
  const accounts = db.selectFrom('account').selectAll().where('disabled_at', 'is', null);
  if (to_kind === 'account') return await accounts.where('id', '=', to_whom).execute();
  return (await accounts.execute()).filter(
    ({ roles, ports }) =>
      (JSON.parse(roles) as string[]).includes(to_whom) &&
      (to_port === null || (JSON.parse(ports) as string[]).includes(to_port)),
  );
}

/** A number of telephone is not for a list. */
function maskAddress(channel: ChannelName, address: string): string {
  switch (channel) {
    case 'sms':
      return `${address.slice(0, 3)}****${address.slice(-4)}`;
    case 'webhook':
      return new URL(address).host;
    case 'smtp':
      return address;
  }
}
