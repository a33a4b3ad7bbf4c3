// S11: a terminal that does not renew is told of while it still can, once a week.
import { afterEach, describe, expect, it } from 'vitest';
import { lateRenewalMs, leafLifeMs } from '../../../../sync/contract/enrolment.ts';
import { warnOfEndingCertificates } from '../../../../sync/headquarters/fleet/certificate-watch.ts';
import { blankDevice, enrol } from '../../../simulators/blank-device.ts';
import { storeKinds } from '../store-kinds.ts';
import { openTestDoor, type TestDoor } from './test-door.ts';

const dayMs = 24 * 3_600_000;

describe.each(storeKinds)('the watch over certificates on %s', (kind) => {
  let at: TestDoor;
  afterEach(() => at.close());

  it('S11 tells IT two weeks ahead and until it is too late, and not of those that are put out', async () => {
    at = await openTestDoor({ kind, devices: ['h01', 'h02', 'h03'] });
    for (const name of ['h01', 'h02']) {
      const [claim] = await at.claimsFor(name);
      await enrol(at, await blankDevice(`board-of-${name}`), claim ?? null);
    }
    await at.world.devices.retire({ account: 'it-1' }, 'h02' as never);
    const begin = Date.now();
    const look = (days: number) =>
      warnOfEndingCertificates({ ...at.world, now: () => new Date(begin + days * dayMs) });
    const life = leafLifeMs / dayMs;
    expect(await look(life - 15)).toBe(0);
    expect([await look(life - 13), await look(life + 5)]).toEqual([1, 1]);
    expect(await look(life + lateRenewalMs / dayMs + 1)).toBe(0);
    await look(life - 13);
    const told = await at.world.store.db.selectFrom('notice').select(['to_whom', 'text']).execute();
    expect(told).toHaveLength(2);
    expect(told[0]?.text).toContain('h01');
  });
});
