// The small decisions of the link: which address next, who has our name, whose turn it is.
import { describe, expect, it } from 'vitest';
import { BrokerAddresses } from '../../sync/broker-addresses.ts';
import { SendWindow } from '../../sync/send-window.ts';
import { TakeOverWatch } from '../../sync/take-over-watch.ts';
import { seededRandom } from '../faults/fault-plan.ts';

describe('BrokerAddresses', () => {
  it('CO9 tries each address once in random order, then all again', () => {
    const addresses = new BrokerAddresses(['a', 'b', 'c'], 5, seededRandom(1));
    const rounds = Array.from({ length: 20 }, () =>
      [addresses.next(), addresses.next(), addresses.next()].join(''),
    );
    for (const round of rounds) expect([...round].sort().join('')).toBe('abc');
    expect(new Set(rounds).size).toBeGreaterThan(1);
  });

  it('CO9 remembers for each address which MQTT it knows', () => {
    const addresses = new BrokerAddresses(['old', 'new'], 5, Math.random);
    addresses.noteRefused('old');
    addresses.noteAccepted('new', 5);
    addresses.noteSilent('new', 5);
    expect([addresses.versionOf('old'), addresses.versionOf('new')]).toEqual([4, 5]);
  });

  it('CO9 a broker that closes without a word is tried in the other version, until one works', () => {
    const addresses = new BrokerAddresses(['mute'], 5, Math.random);
    addresses.noteSilent('mute', 5);
    expect(addresses.versionOf('mute')).toBe(4);
    addresses.noteSilent('mute', 4);
    expect(addresses.versionOf('mute')).toBe(5);
    addresses.noteSilent('mute', 5);
    addresses.noteAccepted('mute', 4);
    addresses.noteSilent('mute', 4);
    expect(addresses.versionOf('mute')).toBe(4);
  });
});

describe('TakeOverWatch', () => {
  it('CO13 twice told within a minute is another device with our name', () => {
    const watch = new TakeOverWatch();
    watch.noteUp(0);
    expect(watch.noteEnd(40_000, 'said-taken-over')).toBe(false);
    watch.noteUp(41_000);
    expect(watch.noteEnd(90_000, 'said-taken-over')).toBe(true);
  });

  it('CO13 once a minute is an old connection of our own', () => {
    const watch = new TakeOverWatch();
    for (let n = 0; n < 5; n += 1) {
      watch.noteUp(n * 70_000);
      expect(watch.noteEnd(n * 70_000 + 100, 'said-taken-over')).toBe(false);
    }
  });

  it('CO13 on 3.1.1 only a connection that the broker closed within seconds counts', () => {
    const watch = new TakeOverWatch();
    watch.noteUp(0);
    expect(watch.noteEnd(1_000, 'closed')).toBe(false);
    watch.noteUp(2_000);
    expect(watch.noteEnd(8_000, 'closed')).toBe(false);
    watch.noteUp(9_000);
    expect(watch.noteEnd(10_000, 'broken')).toBe(false);
    watch.noteUp(11_000);
    expect(watch.noteEnd(12_000, 'closed')).toBe(true);
  });

  it('CO13 a broker that was away in between restarts again and again: nobody has our name', () => {
    const watch = new TakeOverWatch();
    for (let n = 0; n < 5; n += 1) {
      watch.noteUp(n * 3_000);
      expect(watch.noteEnd(n * 3_000 + 500, 'closed')).toBe(false);
      watch.noteFailed();
    }
  });
});

describe('SendWindow', () => {
  it('CO9 lets no more be unanswered than the broker can hold, in order', () => {
    const sent: number[] = [];
    const window = new SendWindow(2, 2);
    const entered = [1, 2, 3, 4, 5].map((n) => window.enter(() => sent.push(n)));
    expect([sent, entered]).toEqual([
      [1, 2],
      [true, true, true, true, false],
    ]);
    window.release();
    expect(sent).toEqual([1, 2, 3]);
    window.release();
    window.release();
    window.release();
    window.enter(() => sent.push(6));
    expect(sent).toEqual([1, 2, 3, 4, 6]);
  });
});
