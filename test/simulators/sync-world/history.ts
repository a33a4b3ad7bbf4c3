// The outside observer: writes down what terminals confirmed and judges headquarters by it.
import type { WireFact } from '../../../sync/contract/facts.ts';
import type { FactId } from '../../../sync/contract/ids.ts';
import type { AppliedFact } from './model-intake.ts';

export interface Judgement {
  /** confirmed to a person */
  readonly accepted: number;
  readonly applied: number;
  /** confirmed, not at headquarters, and no card or backup that held them was destroyed */
  readonly lost: number;
  readonly doubled: number;
  /** at headquarters, and never written by any terminal, or with other words */
  readonly unexpected: number;
  /** after a later fact of the same machine */
  readonly disordered: number;
  /** the only card or backup that held them was destroyed: may be lost */
  readonly excused: number;
  /** some of the ids concerned, to look for */
  readonly examples: readonly string[];
}

interface Written {
  readonly machine: number;
  readonly place: number;
  readonly words: string;
  isConfirmed: boolean;
  isExcused: boolean;
}

export class History {
  readonly #written = new Map<FactId, Written>();

  /** A terminal is about to write a fact. */
  write(machine: number, words: string): FactId {
    const place = this.#written.size;
    const id = `f${place}` as FactId;
    this.#written.set(id, { machine, place, words, isConfirmed: false, isExcused: false });
    return id;
  }

  confirm(id: FactId): void {
    const written = this.#written.get(id);
    if (written) written.isConfirmed = true;
  }

  /** What held these is destroyed. */
  excuse(facts: Iterable<WireFact>): void {
    for (const { id } of facts) {
      const written = this.#written.get(id);
      if (written) written.isExcused = true;
    }
  }

  judge(applied: readonly AppliedFact[]): Judgement {
    const times = new Map<FactId, number>();
    const newest = new Map<number, number>();
    const examples: string[] = [];
    const found = { doubled: 0, unexpected: 0, disordered: 0, lost: 0 };
    const note = (what: keyof typeof found, id: FactId): void => {
      found[what] += 1;
      if (examples.length < 5) examples.push(`${what} ${id}`);
    };
    for (const { fact } of applied) {
      const written = this.#written.get(fact.id);
      const before = times.get(fact.id) ?? 0;
      times.set(fact.id, before + 1);
      if (before > 0) note('doubled', fact.id);
      if (!written || written.words !== fact.body) note('unexpected', fact.id);
      else if (!written.isExcused && before === 0) {
        if (written.place < (newest.get(written.machine) ?? -1)) note('disordered', fact.id);
        newest.set(written.machine, written.place);
      }
    }
    let accepted = 0;
    let excused = 0;
    for (const [id, { isConfirmed, isExcused }] of this.#written) {
      if (isConfirmed) accepted += 1;
      if (isExcused) excused += 1;
      if (isConfirmed && !isExcused && !times.has(id)) note('lost', id);
    }
    return { accepted, applied: applied.length, excused, examples, ...found };
  }
}
