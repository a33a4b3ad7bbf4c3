// The intake of the simulated week decides as the real one: the same acks for the same batches, right and wrong ones.
import { expect, it, onTestFinished } from 'vitest';
import type { FactBatch, WireFact } from '../../../sync/contract/facts.ts';
import type { Epoch, FactId, TerminalId } from '../../../sync/contract/ids.ts';
import { ackOf, fact, makeWorld, send } from '../../sync/headquarters/world.ts';
import { Chance } from './chance.ts';
import { ModelIntake } from './model-intake.ts';

const anySeed = Date.now() % 1_000_000;
const terminal = 'hall-1' as TerminalId;
const batches = 150;

/** A fact as both speak of it: the words are the member that it names. */
interface Told {
  readonly id: string;
  readonly words: string;
}

it.each([2, anySeed])('IN1–IN4 IN6 IN8 IN12 IN16 model and intake agree (seed %i)', async (seed) => {
  const chance = new Chance(seed);
  const real = await makeWorld();
  onTestFinished(() => real.remove());
  const model = new ModelIntake();
  const uuid = (): string =>
    `${chance.hex(8)}-${chance.hex(4)}-4${chance.hex(3)}-8${chance.hex(3)}-${chance.hex(12)}`;
  let epoch = chance.hex(32) as Epoch;
  /** what the terminal has under its numbers */
  let told: Told[] = [];
  let isFrozen = false;
  const some = (most: number): number => Math.floor(chance.between(0, most + 1));
  for (let n = 0; n < batches; n += 1) {
    if (isFrozen || chance.happens(0.04)) {
      // a new epoch: the same facts, without some of the oldest, under new numbers
      epoch = chance.hex(32) as Epoch;
      told = told.slice(some(5));
    }
    for (let more = some(4); more > 0; more -= 1) told.push({ id: uuid(), words: `m${some(2)}` });
    const from = Math.max(0, told.length - some(9));
    const forgotten = chance.happens(0.1) ? from : 0;
    const isOther = chance.happens(0.03);
    const part = told.slice(from, from + 1 + some(6)).map((one): Told => {
      if (chance.happens(0.01)) return { id: uuid(), words: one.words };
      return chance.happens(0.01) ? { id: one.id, words: 'm9' } : one;
    });
    const prev = (
      isOther ? uuid() : chance.happens(0.3) ? null : (told[from - 1]?.id ?? null)
    ) as FactId | null;
    if (part.length === 0) continue;
    const wire = part.map(({ id, words }, index) => ({ id, seq: from + 1 + index, words }));
    const facts = wire.map(({ id, seq, words }) =>
      fact(seq, { id, monoMs: 1, body: { member: words, purpose: 'points' } }),
    );
    const answer = ackOf(await send(real, facts, terminal, epoch, { forgotten, prev }));
    const expected = model.receive({
      v: 1,
      terminal,
      epoch,
      forgotten,
      prev,
      facts: wire.map(({ id, seq, words }) => ({ ...fact(seq), id, body: words }) as unknown as WireFact),
    } satisfies FactBatch);
    const look = ({ applied, last, renew }: typeof answer) => ({ n, applied, last, renew });
    expect(look(expected)).toEqual(look(answer));
    isFrozen = answer.renew && chance.happens(0.5);
  }
  const stored = await real.store.db.selectFrom('fact').select(['id', 'epoch', 'seq']).orderBy('n').execute();
  expect(model.applied().map(({ fact: { id, seq }, epoch: of }) => ({ id, epoch: of, seq }))).toEqual(stored);
  expect(stored.length).toBeGreaterThan(20);
});
