// Telephone codes: five minutes, five wrong ones, one a minute and five an hour; on both databases.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhoneCodes } from '../../../../sync/headquarters/club/phone-codes.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const minuteMs = 60_000;
const phone = '13900000001';

describe.each(storeKinds)('CL9: codes on %s', (kind) => {
  let world: World;
  let nowMs: number;
  let codes: PhoneCodes;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    nowMs = Date.parse('2025-11-21T08:00:00.000Z');
    let next = 100_000;
    codes = new PhoneCodes(
      world.store,
      world.notices,
      () => new Date(nowMs),
      () => {
        next += 1;
        return String(next);
      },
    );
  });
  afterEach(() => world.remove());
  const later = (minutes: number): void => {
    nowMs += minutes * minuteMs;
  };
  const at = (minutes: number): string => new Date(nowMs + minutes * minuteMs).toISOString();

  it('a code is good once, for five minutes, and for its telephone alone', async () => {
    expect(await codes.send(phone)).toEqual({ outcome: 'sent', until: at(5) });
    expect(await codes.check('13900000002', '100001')).toEqual({ outcome: 'expired' });
    expect(await codes.check(phone, '100001')).toEqual({ outcome: 'right' });
    expect(await codes.check(phone, '100001')).toEqual({ outcome: 'expired' });
    later(1);
    await codes.send(phone);
    later(5);
    expect(await codes.check(phone, '100002')).toEqual({ outcome: 'expired' });
  });

  it('five wrong ones lock it for a quarter of an hour, also across new codes', async () => {
    await codes.send(phone);
    for (const triesLeft of [4, 3]) {
      expect(await codes.check(phone, '000000')).toEqual({ outcome: 'wrong', triesLeft });
    }
    later(1);
    await codes.send(phone);
    for (const triesLeft of [2, 1]) {
      expect(await codes.check(phone, '000000')).toEqual({ outcome: 'wrong', triesLeft });
    }
    const until = at(15);
    expect(await codes.check(phone, '000000')).toEqual({ outcome: 'locked', until });
    expect(await codes.check(phone, '100002')).toEqual({ outcome: 'locked', until });
    expect(await codes.send(phone)).toEqual({ outcome: 'locked', until });
    later(15);
    await codes.send(phone);
    expect(await codes.check(phone, '000000')).toEqual({ outcome: 'wrong', triesLeft: 4 });
  });

  it('goes out once a minute and five times an hour at most; it stands nowhere but in the notice', async () => {
    const began = nowMs;
    await codes.send(phone);
    expect(await codes.send(phone)).toEqual({ outcome: 'too-soon', until: at(1) });
    for (let sent = 1; sent < 5; sent += 1) {
      later(1);
      expect((await codes.send(phone)).outcome).toBe('sent');
    }
    later(1);
    const again = new Date(began + 60 * minuteMs).toISOString();
    expect(await codes.send(phone)).toEqual({ outcome: 'too-soon', until: again });
    const rows = await world.store.db.selectFrom('phone_code').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('100005');
  });
});
