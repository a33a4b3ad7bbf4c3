// S14 The counting itself: a broker that gives everybody everything must be found out.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { openFleetLine } from '../simulators/fleet-terminal.ts';
import { startMosquitto } from '../simulators/mosquitto.ts';
import { countRights } from './broker-rights.ts';

describe('the count of deliveries', () => {
  it('S14 finds a broker out that lets everybody say and hear everything', async () => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.close());
    const open = async () => {
      const line = await openFleetLine(broker.url, undefined);
      if (line === 'refused') throw new Error('it was not let in');
      return line;
    };
    const terminals = ['a' as TerminalId, 'b' as TerminalId] as const;
    const { leaked, missing } = await countRights({ tenant: 'test' as TenantId, terminals, open }, 7, 200);
    expect(leaked.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  }, 120_000);
});
