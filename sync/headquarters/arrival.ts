// Reads one fact as it came in a batch: what it says, or why it cannot be applied.
import { hash } from 'node:crypto';
import * as v from 'valibot';
import {
  type Fact,
  type FactContent,
  factContentSchema,
  factSchema,
  wireFactSchema,
} from '../contract/facts.ts';
import { type FactId, factIdSchema, type TerminalId } from '../contract/ids.ts';
import { type Parsed, quickParser } from '../contract/quick-parse.ts';
import { type Opener, sealBond } from '../contract/seal.ts';

/** A fact that headquarters understands. */
export interface ReadFact {
  readonly kind: 'fact';
  readonly fact: Fact;
}
/** One that goes to the dead letters; `detail` is for IT and holds nothing personal. */
export interface UnreadFact {
  readonly kind: 'unread';
  readonly reason: 'fact-shape' | 'unknown-kind' | 'later-schema' | 'unsealable';
  readonly detail: string;
}
/** Reasons that a later version, or a key that is found again, may take away (IN13). */
export const passingReasons = ['unknown-kind', 'later-schema', 'unsealable'] as const;

/** The contents of one schema. @returns undefined when the kind is unknown, issues when the body is wrong */
export type ContentReader = (kind: string, body: unknown) => FactContent | string | undefined;

export class FactReader {
  readonly #opener: Opener;
  readonly #readers: ReadonlyMap<number, ContentReader>;
  readonly #newest: number;

  /** @param readers by schema: what terminals of earlier versions say is read by the rules that it was written by (IN11) */
  constructor(
    opener: Opener,
    readers: ReadonlyMap<number, ContentReader> = new Map([[factSchema, readContent]]),
  ) {
    this.#opener = opener;
    this.#readers = readers;
    this.#newest = Math.max(...readers.keys());
  }

  read(terminal: TerminalId, raw: unknown): ReadFact | UnreadFact {
    const head = parseWireFact(raw);
    if (!head.success) return unread('fact-shape', `wrong at ${pathOf(head.issues)}`);
    const { id, seq, at, boot, monoMs, clock, schema, kind, body } = head.output;
    if (schema > this.#newest) return unread('later-schema', `schema ${schema} is not known here`);
    const words = this.#unseal(body, sealBond(terminal, head.output));
    if (words === undefined) return unread('unsealable', 'sealed to another key, or changed on the way');
    const content = this.#readers.get(schema)?.(kind, words);
    if (content === undefined) return unread('unknown-kind', `kind ${kind} is not known here`);
    if (typeof content === 'string') return unread('fact-shape', `wrong at ${content}`);
    // written out, because copying objects costs more than opening them
    const fact = { id, seq, at, boot, monoMs, clock, schema, kind: content.kind, body: content.body };
    return { kind: 'fact', fact: fact as Fact };
  }

  #unseal(body: string, bond: string): unknown {
    const words = this.#opener.open(body, bond);
    if (words === undefined) return undefined;
    try {
      return JSON.parse(words);
    } catch {
      return undefined;
    }
  }
}

/** By kind, so that nobody tries one kind after the other for each of a batch's facts. */
const contentParsers = new Map<string, (value: unknown) => Parsed<typeof factContentSchema>>(
  factContentSchema.options.map((option) => [option.entries.kind.literal, quickParser(option)]),
);
const parseWireFact = quickParser(wireFactSchema);

function readContent(kind: string, body: unknown): FactContent | string | undefined {
  const parse = contentParsers.get(kind);
  if (parse === undefined) return undefined;
  const content = parse({ kind, body });
  return content.success ? content.output : pathOf(content.issues);
}

/** @returns the number that it claims in its stream, or undefined */
export function seqOf(raw: unknown): number | undefined {
  const { seq } = partsOf(raw);
  return Number.isSafeInteger(seq) && Number(seq) >= 1 ? Number(seq) : undefined;
}

/** @returns the id that it claims, or null when there is none */
export function idOf(raw: unknown): FactId | null {
  const { id } = partsOf(raw);
  return v.is(factIdSchema, id) ? (id as FactId) : null;
}

function partsOf(raw: unknown): { readonly seq?: unknown; readonly id?: unknown } {
  return typeof raw === 'object' && raw !== null ? raw : {};
}

/** Of the words as they came, whatever number they stand under: a new epoch numbers the same facts anew (IN8). */
export function hashOf(raw: unknown): string {
  const words = typeof raw === 'object' && raw !== null ? { ...raw, seq: undefined } : raw;
  return hash('sha256', textOf(words));
}

/** What came, as a letter keeps it; what is nested too deep to be written down is no fact's words. */
export function textOf(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? 'undefined';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return '"nested too deep"';
  }
}

function unread(reason: UnreadFact['reason'], detail: string): UnreadFact {
  return { kind: 'unread', reason, detail };
}

function pathOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return v.getDotPath(issues[0]) ?? 'the whole fact';
}
