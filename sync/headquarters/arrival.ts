// Reads one fact as it came in a batch: what it says, or why it cannot be applied.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { type Fact, factContentSchema, wireFactSchema } from '../contract/facts.ts';

/** A fact that headquarters understands. */
export interface ReadFact {
  readonly kind: 'fact';
  readonly fact: Fact;
}
/** One that goes to the dead letters; `detail` is for IT and holds nothing personal. */
export interface UnreadFact {
  readonly kind: 'unread';
  readonly reason: 'fact-shape' | 'unknown-kind';
  readonly detail: string;
}

const placedSchema = v.object({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) });

/** @returns the number that it claims in its stream, or undefined */
export function seqOf(raw: unknown): number | undefined {
  const result = v.safeParse(placedSchema, raw);
  return result.success ? result.output.seq : undefined;
}

export function readFact(raw: unknown): ReadFact | UnreadFact {
  const head = v.safeParse(wireFactSchema, raw);
  if (!head.success) {
    return { kind: 'unread', reason: 'fact-shape', detail: `wrong at ${pathOf(head.issues)}` };
  }
  const { kind, body, ...envelope } = head.output;
  const content = v.safeParse(factContentSchema, { kind, body });
  if (content.success) return { kind: 'fact', fact: { ...envelope, ...content.output } };
  const isKind = factContentSchema.options.some((option) => option.entries.kind.literal === kind);
  return isKind
    ? { kind: 'unread', reason: 'fact-shape', detail: `wrong at ${pathOf(content.issues)}` }
    : { kind: 'unread', reason: 'unknown-kind', detail: `kind ${kind} is not known here` };
}

/** Of the words as they came: the same number must carry the same words (IN6). */
export function hashOf(raw: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(raw) ?? 'undefined')
    .digest('hex');
}

function pathOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return v.getDotPath(issues[0]) ?? 'the whole fact';
}
