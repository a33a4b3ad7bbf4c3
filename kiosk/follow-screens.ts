// CONTRACT kiosk↔ui: the screens on which owners follow their requests, judge and rate them. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, id, instant, int, member, slip } from './screen-parts.ts';

const requestProgress = ['filed', 'in-progress', 'to-confirm', 'done', 'invalid'] as const;
const verdicts = ['solved', 'partly', 'not-solved'] as const;
export const verdictSchema = v.picklist(verdicts);
const score = v.picklist([1, 2, 3, 4, 5]);

/**
 * A promise that is counted down. `now`: the terminal's time when it was shown; `asOf`: when it was last known whether
 * it had been kept. What runs out after `asOf` is neither kept nor broken: nobody here knows.
 */
const clock = v.object({
  what: v.picklist(['reply', 'on-site', 'task', 'level']),
  by: instant,
  now: instant,
  asOf: v.nullable(instant),
});

const summary = v.object({
  id,
  number: v.string(),
  home: v.nullable(v.string()),
  label: v.string(),
  state: v.picklist(requestProgress),
  filedAt: instant,
  /** headquarters has not got it */
  isWaiting: v.boolean(),
  /** where it is on its way, in a word; null = not known yet */
  step: v.nullable(v.string()),
  /** the promise that runs out next */
  clock: v.nullable(clock),
  asksVerdict: v.boolean(),
});
export const requestsScreen = v.object({ kind: v.literal('requests'), member, requests: v.array(summary) });

export const requestScreen = v.object({
  kind: v.literal('request'),
  member,
  request: v.object({
    ...summary.entries,
    /** the owner's own words, when this terminal still has them */
    text: v.nullable(asWritten),
    hasOwnWords: v.boolean(),
    port: v.string(),
    clocks: v.array(clock),
    /** passed or ahead */
    steps: v.array(v.object({ name: v.string(), at: v.nullable(instant) })),
    tasks: v.array(
      v.object({
        label: v.string(),
        port: v.string(),
        status: v.nullable(v.string()),
        isDone: v.boolean(),
        deadline: v.nullable(clock),
      }),
    ),
    level: v.nullable(
      v.object({
        level: v.picklist(['ordinary', 'key', 'hot', 'major']),
        holder: v.string(),
        next: v.nullable(clock),
      }),
    ),
    answer: v.nullable(v.string()),
    outcome: v.nullable(v.picklist([...verdicts, 'withdrawn', 'invalid', 'unreached'])),
    calls: v.array(v.object({ at: instant, verdict: verdictSchema })),
    photos: int,
    history: v.array(
      v.object({ at: instant, state: v.picklist(requestProgress), note: v.nullable(v.string()) }),
    ),
    /** may it be opened again? */
    canReopen: v.boolean(),
    canNote: v.boolean(),
    /** said here just now, and on its way */
    said: v.nullable(v.picklist(verdicts)),
    isNoted: v.boolean(),
  }),
  /** the keyboard is open */
  isWriting: v.boolean(),
  slip,
});

/** One question after another about what was done. */
export const judgeQuestionScreen = v.object({
  kind: v.literal('judge-question'),
  number: v.string(),
  /** 1 … count */
  question: int,
  count: int,
  level: v.picklist([1, 2, 3]),
  /** whose work it is; null on the highest levels */
  group: v.nullable(v.string()),
  item: v.string(),
  chosen: v.nullable(score),
  answered: int,
});
/** Everything is said: send it, with a word of one's own or without. */
export const judgeEndScreen = v.object({
  kind: v.literal('judge-end'),
  number: v.string(),
  verdict: verdictSchema,
  answered: int,
  text: v.nullable(asWritten),
  isWriting: v.boolean(),
});
