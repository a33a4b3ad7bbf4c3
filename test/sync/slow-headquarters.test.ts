// Headquarters comes back after weeks and is slow: every terminal gets its share, and nothing piles up.
import { describe, expect, it } from 'vitest';
import type { Epoch, TerminalId } from '../../sync/contract/ids.ts';
import { Chance } from '../simulators/sync-world/chance.ts';
import { EventQueue } from '../simulators/sync-world/event-queue.ts';
import { History } from '../simulators/sync-world/history.ts';
import { ModelBroker } from '../simulators/sync-world/model-broker.ts';
import { ModelHeadquarters } from '../simulators/sync-world/model-headquarters.ts';
import { ModelOutbox } from '../simulators/sync-world/model-outbox.ts';
import { day, hour, ModelTerminal } from '../simulators/sync-world/model-terminal.ts';

const terminals = 15;
const factsEach = 3_000;
const factsPerBatch = 50;
const window = 4;

describe('F18 a headquarters that was away', () => {
  it.each([
    [7, 20],
    [30, 2_000],
  ])('for %i days and commits in %i ms: in order, fairly, within bounds', (days, commitMs) => {
    const world = { queue: new EventQueue(), chance: new Chance(18), history: new History(), flaws: {} };
    const broker = new ModelBroker(world.queue, world.chance);
    const headquarters = new ModelHeadquarters({ ...world, broker });
    headquarters.kill();
    headquarters.commitMs = commitMs;
    const fleet = Array.from({ length: terminals }, (_, n) => {
      const image = ModelOutbox.empty(`t${n}` as TerminalId, world.chance.hex(32) as Epoch);
      return new ModelTerminal(n, image, { ...world, broker });
    });
    for (const terminal of fleet) {
      for (let n = 0; n < factsEach; n += 1) {
        world.queue.after((n * days * day) / factsEach, () => terminal.accept());
      }
    }
    world.queue.run(days * day);
    headquarters.start();
    const total = terminals * factsEach;
    // nothing comes under two numbers here, so that the log is what was applied
    const applied = () => headquarters.intake.backup();
    let halfway: number[] | undefined;
    for (let hours = 0; hours < 100 && applied() < total; hours += 0.005) {
      world.queue.run(world.queue.nowMs + hour * 0.005);
      if (!halfway && applied() >= total / 2) halfway = fleet.map(({ waiting }) => waiting);
    }
    expect(world.history.judge(headquarters.intake.applied())).toMatchObject({
      accepted: total,
      applied: total,
      lost: 0,
      doubled: 0,
      disordered: 0,
    });
    // nobody is more than a few windows behind the others
    expect(Math.max(...(halfway ?? []))).toBeLessThanOrEqual(factsEach / 2 + 3 * window * factsPerBatch);
    expect(headquarters.mostWaiting).toBeLessThanOrEqual(terminals * window * 3);
    expect(headquarters.received).toBeLessThan((1.5 * total) / factsPerBatch);
  });
});
