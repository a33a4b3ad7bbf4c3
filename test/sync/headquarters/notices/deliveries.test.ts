// Notices reach people: the inbox of each, real letters over SMTP, signed POSTs, and tries that go on after a restart.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortId } from '../../../../sync/contract/ids.ts';
import { type Actor, tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { smtpChannel, webhookChannel } from '../../../../sync/headquarters/notices/channel.ts';
import { Deliveries, type NoticeWays } from '../../../../sync/headquarters/notices/deliveries.ts';
import type { NewNotice } from '../../../../sync/headquarters/notices/notices.ts';
import { type MailServer, startMailServer } from '../../../simulators/mail-server.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const secret = 'a-shared-secret';
const notice = (key: string, to: NewNotice['to']): NewNotice => ({
  key,
  to,
  subject: { zh: `升级 ${key}`, en: `Climbed ${key}` },
  text: { zh: '请处理。', en: 'Please act.' },
  about: 'request-1',
});
const actor = (account: string, roles: Actor['roles'], ports: readonly string[] = []): Actor => ({
  account,
  name: account,
  roles,
  ports: new Set(ports as PortId[]),
});

describe.each(storeKinds)('notices on %s', (kind) => {
  let world: World;
  let mail: MailServer;
  let hook: Server;
  let hookUrl = '';
  let hookStatus = 200;
  let ways: NoticeWays;
  let clock = 0;
  let deliveries: Deliveries;
  const posts: { headers: IncomingHttpHeaders; body: string }[] = [];

  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    mail = await startMailServer();
    posts.length = 0;
    hookStatus = 200;
    hook = createServer(async (request, response) => {
      let body = '';
      for await (const part of request.setEncoding('utf8')) body += part;
      posts.push({ headers: request.headers, body });
      response.writeHead(hookStatus).end();
    }).listen(0, '127.0.0.1');
    await once(hook, 'listening');
    hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
    clock = Date.parse('2025-11-21T08:00:00Z');
    const now = (): Date => new Date(clock);
    deliveries = new Deliveries(world.store, now);
    ways = {
      roles: { executive: { email: 'board@developer.example' } },
      channels: {
        smtp: smtpChannel({
          host: '127.0.0.1',
          port: mail.port,
          isSecure: false,
          from: 'hq@developer.example',
        }),
        webhook: webhookChannel({ secret }, now),
        sms: webhookChannel({ secret, gateway: `${hookUrl}/sms` }, now),
      },
    };
    await world.accounts.add(tokenActor, {
      account: 'chen',
      name: '陈经理',
      roles: ['manager'],
      ports: [],
      email: 'chen@developer.example',
      webhook: `${hookUrl}/chen`,
      password: 'quite-long-enough',
    });
  });
  afterEach(async () => {
    for (const channel of Object.values(ways.channels)) channel.close();
    hook.closeAllConnections();
    hook.close();
    await mail.close();
    await world.remove();
  });

  const queue = (...notices: NewNotice[]) =>
    world.store.transaction((tx) => world.notices.queue(tx, notices));
  const states = async () =>
    (await deliveries.list(50)).map(({ channel, state, tries, problem }) => ({
      channel,
      state,
      tries,
      problem,
    }));

  it('NO1: everybody finds what is theirs, unread first, and reads it for themselves alone', async () => {
    await queue(
      notice('desk', { kind: 'role', role: 'service-desk' }),
      notice('water', { kind: 'role', role: 'port', port: 'property' }),
      notice('walls', { kind: 'role', role: 'port', port: 'engineering' }),
      notice('mine', { kind: 'account', account: 'wu' }),
    );
    const wu = actor('wu', new Set(['port', 'service-desk']), ['engineering']);
    const li = actor('li', new Set(['port']), ['property']);
    const first = await world.inbox.list(wu, 10);
    expect(first.unread).toBe(3);
    expect(first.notices.map(({ subject }) => subject.en).sort()).toEqual([
      'Climbed desk',
      'Climbed mine',
      'Climbed walls',
    ]);
    const desk = first.notices.find(({ role }) => role === 'service-desk');
    expect(await world.inbox.read(wu, [desk?.id ?? ''])).toBe(2);
    const second = await world.inbox.list(wu, 10);
    expect(second.notices.at(-1)).toMatchObject({ id: desk?.id, readAt: expect.any(String) });
    expect((await world.inbox.list(li, 10)).unread).toBe(1);
    expect((await world.inbox.list(actor('xu', new Set(['service-desk'])), 10)).unread).toBe(1);
    // nobody reads for others
    expect(
      await world.inbox.read(
        li,
        first.notices.map(({ id }) => id),
      ),
    ).toBe(1);
    expect(await world.inbox.read(wu, 'all')).toBe(0);
  });

  it('NO2: a letter reaches the mail server with both languages, and the role’s address gets one too', async () => {
    await queue(
      notice('a', { kind: 'role', role: 'manager' }),
      notice('b', { kind: 'role', role: 'executive' }),
    );
    // the same notice is queued once
    await queue(notice('a', { kind: 'role', role: 'manager' }));
    expect(await deliveries.deliver(ways)).toBe(3);
    expect(new Set(mail.letters.map(({ to }) => to))).toEqual(
      new Set(['board@developer.example', 'chen@developer.example']),
    );
    const [letter] = mail.letters;
    expect(letter?.data).toContain('Climbed');
    expect(letter?.data).toMatch(/Message-ID: <[\w-]{43}@yingbin>/);
    expect(await deliveries.deliver(ways)).toBe(0);
  });

  it('NO3: a webhook is a POST that only we can have signed; an SMS goes by the gateway with its number', async () => {
    await queue(
      notice('a', { kind: 'role', role: 'manager' }),
      notice('c', { kind: 'phone', phone: '13812341234' }),
    );
    await deliveries.deliver(ways);
    expect(posts).toHaveLength(2);
    for (const { headers, body } of posts) {
      const signed = createHmac('sha256', secret)
        .update(`${headers['yingbin-timestamp']}.${body}`)
        .digest('hex');
      expect(headers['yingbin-signature']).toBe(`sha256=${signed}`);
    }
    const bodies = posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies).toContainEqual(
      expect.objectContaining({ to: '13812341234', subject: { zh: '升级 c', en: 'Climbed c' } }),
    );
    expect(JSON.stringify(await deliveries.list(10))).not.toContain('13812341234');
  });

  it('NO4: tries again with growing waits, goes on after a restart, and gives up in the end', async () => {
    hookStatus = 503;
    mail.refusal = '450 later';
    await queue(notice('a', { kind: 'role', role: 'manager' }));
    expect(await deliveries.deliver(ways)).toBe(0);
    expect(await states()).toContainEqual({
      channel: 'smtp',
      state: 'waiting',
      tries: 1,
      problem: 'smtp-450',
    });
    expect(await states()).toContainEqual({
      channel: 'webhook',
      state: 'waiting',
      tries: 1,
      problem: 'http-503',
    });
    clock += 9_999;
    await deliveries.deliver(ways);
    expect(posts).toHaveLength(1);
    clock += 1;
    mail.refusal = undefined;
    const restarted = new Deliveries(world.store, () => new Date(clock));
    expect(await restarted.deliver(ways)).toBe(1);
    expect(mail.letters).toHaveLength(1);
    for (let time = 0; time < 12; time += 1) {
      clock += 3_600_000;
      await restarted.deliver(ways);
    }
    expect(posts).toHaveLength(10);
    expect(new Set(posts.map(({ headers }) => headers['yingbin-id'])).size).toBe(1);
    expect(await states()).toContainEqual({
      channel: 'webhook',
      state: 'given-up',
      tries: 10,
      problem: 'http-503',
    });
    // nobody there at all is a problem with a code, not a fault
    hook.closeAllConnections();
    hook.close();
    await queue(notice('d', { kind: 'role', role: 'manager' }));
    await restarted.deliver(ways);
    expect(await states()).toContainEqual({
      channel: 'webhook',
      state: 'waiting',
      tries: 1,
      problem: 'unreachable',
    });
  });
});
