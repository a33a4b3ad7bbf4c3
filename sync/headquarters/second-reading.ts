// Tries again what was set aside because an earlier version, or one without the key, could not read it (rule IN13).
import type { Epoch, TerminalId } from '../contract/ids.ts';
import { type FactReader, hashOf, passingReasons, textOf } from './arrival.ts';
import { type BootClocks, effectTime } from './boot-clocks.ts';
import { EffectError, type FactEffects } from './fact-effects.ts';
import { type NewFact, rowFor } from './intake.ts';
import type { Erasures } from './persons/erasures.ts';
import type { Publication } from './publication.ts';
import type { Store, Tx } from './store/store.ts';
import type { Tables } from './store/tables.ts';

export interface SecondReadingParts {
  readonly store: Store;
  readonly reader: FactReader;
  readonly clocks: BootClocks;
  readonly effects: FactEffects;
  readonly publication: Publication;
  readonly erasures: Erasures;
}
type Letter = Omit<Tables['dead_letter'], 'n'> & { readonly n: number };

const lettersPerLook = 200;

/**
 * To be called before terminals are heard: oldest first, each in a transaction of its own.
 * @returns how many facts were read this time
 */
export async function readAgain(parts: SecondReadingParts): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const letters = await parts.store.db
      .selectFrom('dead_letter')
      .selectAll()
      .where('reason', 'in', passingReasons)
      .where('n', '>', after)
      .orderBy('n')
      .limit(lettersPerLook)
      .execute();
    for (const letter of letters) {
      after = letter.n;
      if (await tryOne(parts, letter)) count += 1;
    }
    if (letters.length < lettersPerLook) return count;
  }
}

async function tryOne(parts: SecondReadingParts, letter: Letter): Promise<boolean> {
  const { store, reader } = parts;
  const terminal = letter.terminal as TerminalId;
  const raw: unknown = JSON.parse(letter.raw);
  const result = reader.read(terminal, raw);
  if (result.kind === 'unread' || letter.epoch === null) return false;
  const one = { fact: result.fact, raw, hash: hashOf(raw) };
  try {
    return await store.transaction((tx) => apply(tx, parts, letter, one));
  } catch (error) {
    if (!(error instanceof EffectError)) throw error;
    // it can be read now, so reading it once more would not help
    await store.db
      .updateTable('dead_letter')
      .set({ reason: 'effect-failed' })
      .where('n', '=', letter.n)
      .where('reason', '=', letter.reason)
      .execute();
    return false;
  }
}

/** @returns false when another process has read it since we looked */
async function apply(tx: Tx, parts: SecondReadingParts, letter: Letter, read: NewFact): Promise<boolean> {
  const { store, clocks, effects, publication, erasures } = parts;
  const terminal = letter.terminal as TerminalId;
  const query = tx
    .selectFrom('dead_letter')
    .select('n')
    .where('n', '=', letter.n)
    .where('reason', '=', letter.reason);
  if (!(await store.locked(query).executeTakeFirst())) return false;
  const [one = read] = await erasures.withoutWords(tx, [read]);
  const stream = { terminal, epoch: letter.epoch as Epoch };
  const offsets = await clocks.learn(tx, terminal, [one.fact]);
  const [kept] = await store.insert(tx, 'fact', [rowFor(stream, one, letter.received_at)], {
    onConflict: 'skip',
    returning: ['id'],
  });
  const mine = tx.deleteFrom('dead_letter').where('n', '=', letter.n);
  // somebody told it under another number meanwhile
  if (!kept) {
    await mine.execute();
    return true;
  }
  const timed = { ...one.fact, at: effectTime(one.fact, offsets, letter.received_at) };
  const { outcomes, changes } = await effects.apply(tx, terminal, [timed], true);
  const [outcome] = outcomes;
  if (outcome?.kind === 'refused') {
    const kept = {
      reason: outcome.reason,
      detail: 'stored as a fact, without its effect',
      raw: textOf(one.raw),
    };
    await tx.updateTable('dead_letter').set(kept).where('n', '=', letter.n).execute();
  } else await mine.execute();
  await publication.publish(tx, changes);
  return true;
}
