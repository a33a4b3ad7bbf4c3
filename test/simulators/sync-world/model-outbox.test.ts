// The outbox of the simulated week decides as the real one: the same acks and reads, step by step.
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Ack } from '../../../sync/contract/facts.ts';
import type { Epoch, FactId } from '../../../sync/contract/ids.ts';
import { Database } from '../../../sync/database.ts';
import { Outbox, outboxMigrations } from '../../../sync/outbox.ts';
import { handClock, scratchFolder, terminal, viewed } from '../../sync/scratch.ts';
import { someSealer } from '../../sync/some-keys.ts';
import { Chance } from './chance.ts';
import { ModelOutbox } from './model-outbox.ts';

const anySeed = Date.now() % 1_000_000;
const steps = 250;

it.each([1, anySeed])('OB2 OB3 OB5 OB10 CO8 model and outbox agree (seed %i)', (seed) => {
  const chance = new Chance(seed);
  const db = Database.open(join(scratchFolder(), 'kiosk.db'), outboxMigrations);
  onTestFinished(() => db.close());
  const open = () => Outbox.open(db, { terminal, clock: handClock(), sealer: someSealer });
  let real = open();
  const nextId = (): FactId => randomUUID() as FactId;
  const world = {
    newEpoch: () => randomBytes(16).toString('hex') as Epoch,
    epochFact: () => ({ id: nextId(), body: '' }),
    commit: () => {},
    flaws: {},
  };
  let model = new ModelOutbox(ModelOutbox.empty(terminal, real.epoch), world);
  /** the model's facts by their names there, and how the real ones are called */
  const idOf = (outbox: Outbox | ModelOutbox, seq: number): FactId | null =>
    outbox.read(seq - 1, 1, 1)[0]?.id ?? null;
  const upTo = (most: number): number => Math.floor(chance.between(0, most + 1));
  const compare = (): void => {
    const look = (outbox: Outbox | ModelOutbox) => ({
      marks: [outbox.lastSeq, outbox.appliedSeq, outbox.safeSeq, outbox.forgottenSeq, outbox.waiting()],
      seqs: outbox.read(outbox.forgottenSeq, 1_000, 1e9).map(({ seq }) => seq),
    });
    expect(look(model)).toEqual(look(real));
  };
  for (let step = 0; step < steps; step += 1) {
    if (chance.happens(0.5)) {
      db.transaction(() => real.append(viewed(step)));
      model.append({ id: nextId(), body: '' });
    } else if (chance.happens(0.1)) {
      real = open();
      model = new ModelOutbox(model.image(), world);
    } else {
      const applied = upTo(real.lastSeq + (chance.happens(0.03) ? 2 : 0));
      const isHeld = applied > real.forgottenSeq && applied <= real.lastSeq;
      const isOther = chance.happens(0.04);
      const ackFor = (outbox: Outbox | ModelOutbox): Ack => ({
        v: 1,
        epoch: outbox.epoch,
        applied,
        safe: 0,
        last: isOther ? ('someone-else' as FactId) : isHeld ? idOf(outbox, applied) : null,
        renew: false,
        visible: { members: 0, events: 0, requests: 0 },
      });
      const change = {
        safe: upTo(applied + (chance.happens(0.05) ? 1 : 0)),
        renew: chance.happens(0.02),
        ...(chance.happens(0.05) ? { epoch: '0'.repeat(32) as Epoch } : {}),
      };
      expect(model.settle({ ...ackFor(model), ...change })).toBe(real.settle({ ...ackFor(real), ...change }));
    }
    compare();
  }
});
