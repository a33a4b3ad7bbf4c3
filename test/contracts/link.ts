// What every link must do on every broker: run with a real broker behind a proxy that can be cut.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxFrameBytes } from '../../sync/contract/frame.ts';
import type { Link, LinkDownCode, LinkOptions, OpenLink } from '../../sync/link.ts';
import { type NetworkProxy, startNetworkProxy } from '../simulators/network-proxy.ts';

export interface LinkBroker {
  readonly port: number;
  /** takes everything with it that was kept */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}
export type StartBroker = (login?: { username: string; password: string }) => Promise<LinkBroker>;

/** What the broker can do, which the link is to find out by itself. */
export interface BrokerKind {
  readonly startBroker: StartBroker;
  /** the newest MQTT that is spoken in the end */
  readonly speaks: 4 | 5;
  /** how long it takes to come back from nothing */
  readonly restartMs?: number;
  /** a cluster takes seconds over everything when the machine is busy, and is not to be given up for that */
  readonly keepAliveMs?: number;
  /** where a line is deaf on purpose */
  readonly shortKeepAliveMs?: number;
}

interface Line {
  readonly link: Link;
  readonly ups: number[];
  readonly downs: LinkDownCode[];
  readonly messages: { topic: string; text: string; isRetained: boolean }[];
  readonly order: string[];
}

export function describeLink(
  name: string,
  openLink: OpenLink,
  { startBroker, speaks, restartMs = 5_000, keepAliveMs = 5_000, shortKeepAliveMs = 1_000 }: BrokerKind,
): void {
  const patienceMs = restartMs + 10_000;
  const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
    vi.waitFor(check, { timeout: patienceMs, interval: 20 });
  describe(`link on ${name}`, { timeout: 3 * patienceMs }, () => {
    let broker: LinkBroker;
    let proxy: NetworkProxy;
    let root = '';
    let wire = '';
    const open: Link[] = [];
    beforeEach(async () => {
      // a broker may serve many tests and keeps what is retained
      root = `t${randomBytes(6).toString('hex')}`;
      wire = '';
      broker = await startBroker();
      proxy = await startNetworkProxy(broker);
      proxy.onBytes = (direction, bytes) => {
        if (direction === 'up') wire += Buffer.from(bytes).toString('latin1');
      };
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((link) => link.close()));
      await proxy.close();
      await broker.close();
      // some brokers take it for a topic like any other and never deliver
      expect(wire).not.toContain('$share');
    });

    function line(clientId: string, more: Partial<LinkOptions> = {}): Line {
      const seen: Omit<Line, 'link'> = { ups: [], downs: [], messages: [], order: [] };
      const link = openLink(
        {
          url: `mqtt://127.0.0.1:${proxy.port}`,
          clientId: `${root}-${clientId}`,
          subscriptions: [`${root}/+/down`],
          keepAliveMs,
          connectTimeoutMs: 2 * keepAliveMs,
          reconnectMinMs: 5,
          reconnectMaxMs: 40,
          takenOverPauseMs: 40,
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
    const up = (one: Line) => eventually(() => expect(one.link.isUp).toBe(true));
    /** A broker may say that it took a message before it has filed it with those that it keeps. */
    let probes = 0;
    const untilKept = (topic: string, text: string) =>
      eventually(async () => {
        probes += 1;
        const probe = line(`probe-${probes}`, { subscriptions: [topic] });
        try {
          await up(probe);
          const kept = expect.objectContaining({ text, isRetained: true });
          await vi.waitFor(() => expect(probe.messages).toContainEqual(kept), { timeout: 1_000 });
        } finally {
          await probe.link.close();
        }
      });

    it('CO9 carries bytes both ways and says when the broker took them', async () => {
      const a = line('a');
      const b = line('b', { subscriptions: [`${root}/a/up`] });
      await Promise.all([up(a), up(b)]);
      expect(await a.link.publish(`${root}/a/up`, Buffer.from('迎宾'))).toBe(true);
      expect(await b.link.publish(`${root}/a/down`, Buffer.from('ack'))).toBe(true);
      await eventually(() =>
        expect(a.messages).toEqual([{ topic: `${root}/a/down`, text: 'ack', isRetained: false }]),
      );
      await eventually(() => expect(b.messages[0]?.text).toBe('迎宾'));
    });

    it('CO9 a message that the broker had kept says so, a fresh one does not', async () => {
      const a = line('a');
      await up(a);
      await a.link.publish(`${root}/x/down`, Buffer.from('old'), { isRetained: true });
      await untilKept(`${root}/x/down`, 'old');
      const b = line('b');
      await eventually(() =>
        expect(b.messages).toEqual([{ topic: `${root}/x/down`, text: 'old', isRetained: true }]),
      );
      expect(b.order).toEqual(['up', 'message']);
      await a.link.publish(`${root}/x/down`, Buffer.from('new'), { isRetained: true });
      await eventually(() => expect(b.messages.at(-1)).toMatchObject({ text: 'new', isRetained: false }));
    });

    it('CO9 nothing is queued while down: a publish answers false at once and is never sent', async () => {
      const a = line('a');
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}`, subscriptions: [`${root}/a/up`] });
      await Promise.all([up(a), up(b)]);
      proxy.cut();
      await eventually(() => expect(a.link.isUp).toBe(false));
      expect(await a.link.publish(`${root}/a/up`, Buffer.from('lost'))).toBe(false);
      proxy.restore();
      await up(a);
      await a.link.publish(`${root}/a/up`, Buffer.from('sent'));
      await eventually(() => expect(b.messages.map(({ text }) => text)).toEqual(['sent']));
    });

    it('CO9 comes back by itself, subscribed, after every cut', async () => {
      const a = line('a');
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}` });
      await Promise.all([up(a), up(b)]);
      for (const round of [1, 2, 3]) {
        proxy.cut();
        await eventually(() => expect(a.link.isUp).toBe(false));
        proxy.restore();
        await up(a);
        await b.link.publish(`${root}/a/down`, Buffer.from(String(round)));
        await eventually(() => expect(a.messages.at(-1)?.text).toBe(String(round)));
      }
      expect(a.downs[0]).toBe('sync-link-lost');
    });

    it('IN14 what it listens to changes in the middle of a connection and holds in the next', async () => {
      const a = line('a', { subscriptions: [] });
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}` });
      await Promise.all([up(a), up(b)]);
      const heard = () => a.messages.map(({ text }) => text);
      const say = (topic: string, text: string) => b.link.publish(`${root}/${topic}`, Buffer.from(text));
      expect(await a.link.listen([`${root}/up/01/+`, `${root}/up/02/+`])).toBe(true);
      await say('up/01/x', 'one');
      await say('up/02/x', 'two');
      await eventually(() => expect(new Set(heard())).toEqual(new Set(['one', 'two'])));
      expect(await a.link.listen([`${root}/up/02/+`, `${root}/up/03/+`])).toBe(true);
      await say('up/01/x', 'nobody hears this');
      await say('up/03/x', 'three');
      await eventually(() => expect(heard()).toContain('three'));
      proxy.cut();
      await eventually(() => expect(a.link.isUp).toBe(false));
      expect(await a.link.listen([`${root}/up/04/+`])).toBe(false);
      proxy.restore();
      await up(a);
      await say('up/02/x', 'nor this');
      await say('up/04/x', 'four');
      await eventually(() => expect(heard().slice(2)).toEqual(['three', 'four']));
    });

    it('CO9 a broker that was killed and lost everything is found again', async () => {
      const a = line('a');
      await up(a);
      await broker.kill();
      await eventually(() => expect(a.downs.length).toBeGreaterThan(2));
      await broker.start();
      await up(a);
      expect(await a.link.publish(`${root}/a/up`, Buffer.from('x'))).toBe(true);
    });

    it('CO9 a publish that was on its way when the line went answers false', async () => {
      const a = line('a');
      await up(a);
      proxy.halfOpen();
      const taken = a.link.publish(`${root}/a/up`, Buffer.from('x'));
      proxy.cut();
      expect(await taken).toBe(false);
    });

    it('CO9 a half-open line is noticed by the keep-alive', async () => {
      const a = line('a', { keepAliveMs: shortKeepAliveMs });
      await up(a);
      const before = a.downs.length;
      proxy.halfOpen();
      await eventually(() => expect(a.downs[before]).toBe('sync-link-lost'));
      proxy.restore();
      await up(a);
    });

    it('PR2 the broker publishes the last will, retained, when the terminal vanishes; not after close', async () => {
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}`, subscriptions: [`${root}/w/#`] });
      const a = line('a', { will: { topic: `${root}/w/a`, payload: Buffer.from('gone') } });
      const c = line('c', { will: { topic: `${root}/w/c`, payload: Buffer.from('gone') } });
      await Promise.all([up(a), up(b), up(c)]);
      await c.link.close();
      proxy.cut();
      await eventually(() => expect(b.messages.map(({ topic }) => topic)).toEqual([`${root}/w/a`]));
      proxy.restore();
      await untilKept(`${root}/w/a`, 'gone');
    });

    it('CO10 a packet beyond any of ours ends the connection with a code, before it is buffered', async () => {
      const a = line('a');
      const b = line('b', { url: `mqtt://127.0.0.1:${broker.port}` });
      await Promise.all([up(a), up(b)]);
      await b.link.publish(`${root}/a/down`, Buffer.alloc(200_000));
      if (speaks === 4) await eventually(() => expect(a.downs[0]).toBe('sync-frame-too-large'));
      else {
        // such a broker was told and keeps it to itself: nobody can end our connection with it
        await b.link.publish(`${root}/a/down`, Buffer.from('small'));
        await eventually(() => expect(a.messages.map(({ text }) => text)).toEqual(['small']));
        expect(a.downs).toEqual([]);
      }
      expect(a.messages.every(({ text }) => text === 'small')).toBe(true);
    });

    it('CO9 a message of 64 KiB passes', async () => {
      const a = line('a');
      const b = line('b');
      await Promise.all([up(a), up(b)]);
      const publish = () => b.link.publish(`${root}/a/down`, Buffer.alloc(maxFrameBytes, 'x'));
      expect(await publish()).toBe(true);
      // a broker may lose what it took together with the receiver's connection: a courier sends again
      let sentAtUp = a.ups.length;
      await eventually(async () => {
        if (a.link.isUp && a.ups.length !== sentAtUp && (await publish())) sentAtUp = a.ups.length;
        expect(a.messages[0]?.text.length).toBe(maxFrameBytes);
      });
    });

    it('CO9 speaks the newest MQTT that the broker knows, and finds out by itself', async () => {
      const versions: number[] = [];
      proxy.onBytes = (direction, bytes) => {
        if (direction === 'up') versions.push(...protocolLevels(bytes));
      };
      const a = line('a');
      await up(a);
      expect(versions).toEqual(speaks === 5 ? [5] : [5, 4]);
      expect(a.downs).toEqual([]);
      proxy.cut();
      await eventually(() => expect(a.link.isUp).toBe(false));
      proxy.restore();
      await up(a);
      // what was found out is remembered
      expect(versions.at(-1)).toBe(speaks);
      expect(versions.filter((version) => version === 5).length).toBe(speaks === 5 ? versions.length : 1);
    });

    it('CO9 many messages at once all get through, within what the broker can hold', async () => {
      const a = line('a');
      const b = line('b');
      await Promise.all([up(a), up(b)]);
      const numbers = Array.from({ length: 300 }, (_, n) => String(n));
      const taken = await Promise.all(
        numbers.map((text) => b.link.publish(`${root}/a/down`, Buffer.from(text))),
      );
      expect(taken.every(Boolean)).toBe(true);
      await eventually(() => expect(a.messages.map(({ text }) => text)).toEqual(numbers));
      expect([...a.downs, ...b.downs]).toEqual([]);
    });

    it('CO13 two with one name: one gives way for minutes and says why', async () => {
      const patient = { takenOverPauseMs: 300_000 };
      const twins = [line('twin', patient), line('twin', patient)] as const;
      const out = () => twins.filter(({ downs }) => downs.includes('sync-link-taken-over'));
      await eventually(() => expect(out().length).toBe(1));
      const other = twins.find(({ downs }) => !downs.includes('sync-link-taken-over'));
      if (other) await up(other);
      expect(out()[0]?.link.isUp).toBe(false);
    });

    it('CO9 close is final and may be called again', async () => {
      const a = line('a');
      await up(a);
      await a.link.close();
      await a.link.close();
      expect(a.link.isUp).toBe(false);
      expect(await a.link.publish(`${root}/a/up`, Buffer.from('x'))).toBe(false);
      expect(a.downs).toEqual([]);
    });

    it('CO9 a wrong password is refused with a code, and the right one is let in', async () => {
      const login = { username: 'terminal', password: 'right-password' };
      const guarded = await startBroker(login);
      const url = `mqtt://127.0.0.1:${guarded.port}`;
      const wrong = line('wrong', { url, username: 'terminal', password: 'wrong-password' });
      const right = line('right', { url, ...login });
      await up(right);
      await eventually(() => expect(wrong.downs.length).toBeGreaterThan(1));
      expect(wrong.downs[0]).toBe('sync-link-refused');
      await Promise.all([wrong.link.close(), right.link.close()]);
      await guarded.close();
    });
  });
}

/** The protocol level of each CONNECT that starts in these bytes. */
function protocolLevels(bytes: Uint8Array): number[] {
  const at = Buffer.from(bytes).indexOf('\0\u0004MQTT', 0, 'latin1');
  return at < 0 ? [] : [bytes[at + 6] ?? 0];
}
