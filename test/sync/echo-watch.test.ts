// Whether a link still hears itself, round by round.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TenantId } from '../../sync/contract/ids.ts';
import { shardNames, topics } from '../../sync/contract/topics.ts';
import { EchoWatch } from '../../sync/echo-watch.ts';

const everyMs = 1_000;

describe('F20 the echo', () => {
  let filters: string[];
  let said: { topic: string; payload: Uint8Array }[];
  let deaf: number;
  let watch: EchoWatch;
  beforeEach(() => {
    vi.useFakeTimers();
    filters = ['a/+', 'b/+', 'unheard'];
    said = [];
    deaf = 0;
    watch = new EchoWatch({
      topicOf: (filter) => (filter === 'unheard' ? undefined : filter.replace('+', 'echo')),
      everyMs,
      filters: () => filters,
      say: (topic, payload) => said.push({ topic, payload }),
      onDeaf: () => {
        deaf += 1;
        watch.end();
      },
    });
  });
  afterEach(() => {
    watch.end();
    vi.useRealTimers();
  });
  /** The broker gives back what was said since, except what is lost. */
  const giveBack = (lost: (topic: string) => boolean = () => false): void => {
    for (const { topic, payload } of said.splice(0)) if (!lost(topic)) watch.hears(topic, payload);
  };
  const rounds = (n: number, lost?: (topic: string) => boolean): void => {
    for (let k = 0; k < n; k += 1) {
      giveBack(lost);
      vi.advanceTimersByTime(everyMs);
    }
  };

  it('is said at once and every round, under each filter that has one', () => {
    watch.begin();
    expect(said.map(({ topic }) => topic)).toEqual(['a/echo', 'b/echo']);
    vi.advanceTimersByTime(everyMs);
    expect(said.length).toBe(4);
  });

  it('that comes back says nothing; one filter alone that falls silent is deafness after two rounds', () => {
    watch.begin();
    rounds(10);
    expect(deaf).toBe(0);
    rounds(1, (topic) => topic === 'b/echo');
    expect(deaf).toBe(0);
    rounds(1, (topic) => topic === 'b/echo');
    expect(deaf).toBe(1);
  });

  it('that comes a round late, or for a filter that was given up meanwhile, is no deafness', () => {
    watch.begin();
    rounds(1);
    rounds(1, () => true);
    rounds(5);
    filters = ['a/+'];
    rounds(5, (topic) => topic === 'b/echo');
    expect(deaf).toBe(0);
  });

  it('that no connection ever heard may be forbidden: nobody is given up for it, and the fourth connection says none', () => {
    for (let n = 0; n < 3; n += 1) {
      watch.begin();
      rounds(5, () => true);
    }
    said = [];
    watch.begin();
    rounds(5, () => true);
    expect([deaf, said]).toEqual([0, []]);
  });

  it('of the connection before, or of another process, proves nothing and is of no interest', () => {
    watch.begin();
    rounds(1);
    const late = said.splice(0);
    watch.end();
    watch.begin();
    said = [];
    for (const { topic, payload } of late) expect(watch.hears(topic, payload)).toBe(true);
    expect(watch.hears('a/facts', Buffer.from('x'))).toBe(false);
    rounds(3, () => true);
    expect(deaf).toBe(1);
  });

  it('has a topic that headquarters hears by whichever filter it listens with', () => {
    const tenant = 'demo' as TenantId;
    const all = [topics.allUp(tenant), ...shardNames.map((shard) => topics.shardUp(tenant, shard))];
    for (const filter of all) {
      const pattern = new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`);
      expect(topics.echo(filter)).toMatch(pattern);
      expect(topics.echo(filter)).toMatch(/^yingbin\/v1\/demo\/up\/\d{2}\/headquarters\/echo$/);
    }
  });
});
