// What every link must do on every broker: run with a real broker behind a proxy that can be cut.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Link, LinkDownCode, LinkOptions, OpenLink } from '../../sync/link.ts';
import { type NetworkProxy, startNetworkProxy } from '../simulators/network-proxy.ts';

export interface LinkBroker {
  readonly port: number;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}
export type StartBroker = (login?: { username: string; password: string }) => Promise<LinkBroker>;

interface Line {
  readonly link: Link;
  readonly ups: number[];
  readonly downs: LinkDownCode[];
  readonly messages: { topic: string; text: string; isRetained: boolean }[];
  readonly order: string[];
}

export function describeLink(name: string, openLink: OpenLink, startBroker: StartBroker): void {
  describe(`link on ${name}`, () => {
    let broker: LinkBroker;
    let proxy: NetworkProxy;
    const open: Link[] = [];
    beforeEach(async () => {
      broker = await startBroker();
      proxy = await startNetworkProxy(broker);
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((link) => link.close()));
      await proxy.close();
      await broker.close();
    });

    function line(clientId: string, more: Partial<LinkOptions> = {}): Line {
      const seen: Omit<Line, 'link'> = { ups: [], downs: [], messages: [], order: [] };
      const link = openLink(
        {
          url: `mqtt://127.0.0.1:${proxy.port}`,
          clientId,
          subscriptions: ['t/+/down'],
          keepAliveMs: 1_000,
          connectTimeoutMs: 2_000,
          reconnectMinMs: 5,
          reconnectMaxMs: 40,
          ...more,
        },
        {
          onUp: () => {
            seen.ups.push(seen.ups.length + 1);
            seen.order.push('up');
          },
          onDown: (code) => {
            seen.downs.push(code);
            seen.order.push('down');
          },
          onMessage: (topic, payload, isRetained) => {
            seen.messages.push({ topic, text: Buffer.from(payload).toString(), isRetained });
            seen.order.push('message');
          },
        },
      );
      open.push(link);
      return { link, ...seen };
    }
    const up = (one: Line) => vi.waitFor(() => expect(one.link.isUp).toBe(true), { timeout: 10_000 });

    it('CO9 carries bytes both ways and says when the broker took them', async () => {
      const a = line('a');
      const b = line('b', { subscriptions: ['t/a/up'] });
      await Promise.all([up(a), up(b)]);
      expect(await a.link.publish('t/a/up', Buffer.from('迎宾'))).toBe(true);
      expect(await b.link.publish('t/a/down', Buffer.from('ack'))).toBe(true);
      await vi.waitFor(() =>
        expect(a.messages).toEqual([{ topic: 't/a/down', text: 'ack', isRetained: false }]),
      );
      await vi.waitFor(() => expect(b.messages[0]?.text).toBe('迎宾'));
    });

    it('CO9 a message that the broker had kept says so, a fresh one does not', async () => {
      const a = line('a');
      await up(a);
      await a.link.publish('t/x/down', Buffer.from('old'), { isRetained: true });
      const b = line('b');
      await vi.waitFor(() =>
        expect(b.messages).toEqual([{ topic: 't/x/down', text: 'old', isRetained: true }]),
      );
      expect(b.order).toEqual(['up', 'message']);
      await a.link.publish('t/x/down', Buffer.from('new'), { isRetained: true });
      await vi.waitFor(() => expect(b.messages.at(-1)).toMatchObject({ text: 'new', isRetained: false }));
    });

    it('CO9 nothing is queued while down: a publish answers false at once and is never sent', async () => {
      const a = line('a');
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}`, subscriptions: ['t/a/up'] });
      await Promise.all([up(a), up(b)]);
      proxy.cut();
      await vi.waitFor(() => expect(a.link.isUp).toBe(false));
      expect(await a.link.publish('t/a/up', Buffer.from('lost'))).toBe(false);
      proxy.restore();
      await up(a);
      await a.link.publish('t/a/up', Buffer.from('sent'));
      await vi.waitFor(() => expect(b.messages.map(({ text }) => text)).toEqual(['sent']));
    });

    it('CO9 comes back by itself, subscribed, after every cut', async () => {
      const a = line('a');
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}` });
      await Promise.all([up(a), up(b)]);
      for (const round of [1, 2, 3]) {
        proxy.cut();
        await vi.waitFor(() => expect(a.link.isUp).toBe(false));
        proxy.restore();
        await up(a);
        await b.link.publish('t/a/down', Buffer.from(String(round)));
        await vi.waitFor(() => expect(a.messages.at(-1)?.text).toBe(String(round)));
      }
      expect(a.downs[0]).toBe('sync-link-lost');
    });

    it('CO9 a broker that was killed and lost everything is found again', async () => {
      const a = line('a');
      await up(a);
      await broker.kill();
      await vi.waitFor(() => expect(a.downs.length).toBeGreaterThan(2));
      await broker.start();
      await up(a);
      expect(await a.link.publish('t/a/up', Buffer.from('x'))).toBe(true);
    });

    it('CO9 a publish that was on its way when the line went answers false', async () => {
      const a = line('a');
      await up(a);
      proxy.halfOpen();
      const taken = a.link.publish('t/a/up', Buffer.from('x'));
      proxy.cut();
      expect(await taken).toBe(false);
    });

    it('CO9 a half-open line is noticed by the keep-alive', async () => {
      const a = line('a');
      await up(a);
      proxy.halfOpen();
      await vi.waitFor(() => expect(a.downs[0]).toBe('sync-link-lost'), { timeout: 10_000 });
      proxy.restore();
      await up(a);
    });

    it('PR2 the broker publishes the last will, retained, when the terminal vanishes; not after close', async () => {
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}`, subscriptions: ['w/#'] });
      const a = line('a', { will: { topic: 'w/a', payload: Buffer.from('gone') } });
      const c = line('c', { will: { topic: 'w/c', payload: Buffer.from('gone') } });
      await Promise.all([up(a), up(b), up(c)]);
      await c.link.close();
      proxy.cut();
      await vi.waitFor(() => expect(b.messages.map(({ topic }) => topic)).toEqual(['w/a']), {
        timeout: 10_000,
      });
      const later = line('d', { url: `mqtt://127.0.0.1:${broker.port}`, subscriptions: ['w/#'] });
      await vi.waitFor(() => expect(later.messages[0]).toMatchObject({ topic: 'w/a', isRetained: true }));
    });

    it('CO10 a packet beyond any of ours ends the connection with a code, before it is buffered', async () => {
      const a = line('a');
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}` });
      await Promise.all([up(a), up(b)]);
      await b.link.publish('t/a/down', Buffer.alloc(200_000));
      await vi.waitFor(() => expect(a.downs[0]).toBe('sync-frame-too-large'));
      expect(a.messages).toEqual([]);
    });

    it('CO9 close is final and may be called again', async () => {
      const a = line('a');
      await up(a);
      await a.link.close();
      await a.link.close();
      expect(a.link.isUp).toBe(false);
      expect(await a.link.publish('t/a/up', Buffer.from('x'))).toBe(false);
      expect(a.downs).toEqual([]);
    });

    it('CO9 a wrong password is refused with a code, and the right one is let in', async () => {
      const login = { username: 'terminal', password: 'right-password' };
      const guarded = await startBroker(login);
      const url = `mqtt://127.0.0.1:${guarded.port}`;
      const wrong = line('wrong', { url, username: 'terminal', password: 'wrong-password' });
      const right = line('right', { url, ...login });
      await up(right);
      await vi.waitFor(() => expect(wrong.downs.length).toBeGreaterThan(1));
      expect(wrong.downs[0]).toBe('sync-link-refused');
      await Promise.all([wrong.link.close(), right.link.close()]);
      await guarded.close();
    });
  });
}
