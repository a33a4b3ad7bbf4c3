// CONTRACT headquarters↔ui/console: requests, tasks and call-backs at the desk, and its parsers. Part of api.ts.
import * as v from 'valibot';
import { phoneSchema } from '../../contract/club-facts.ts';
import { itemRowSchema, ratingSchema } from '../../contract/forms.ts';
import {
  countSchema,
  instantSchema,
  memberIdSchema,
  portIdSchema,
  projectIdSchema,
  typedSchema,
  unitIdSchema,
  wordsSchema,
} from '../../contract/ids.ts';
import { libraryRowSchema } from '../../contract/library.ts';
import {
  complaintLevels,
  flowKinds,
  requestKinds,
  requestStates,
  verdicts,
} from '../../contract/requests.ts';

const text = v.string();
const maybeText = v.nullable(text);
const maybeInstant = v.nullable(instantSchema);

/** The columns of the task board. */
export const taskColumns = ['filed', 'assigned', 'working', 'done', 'cancelled'] as const;
export const taskCauses = ['material', 'engineering', 'design', 'property', 'service'] as const;

const requestLine = v.object({
  id: text,
  number: text,
  kind: v.picklist(flowKinds),
  kindName: wordsSchema,
  /** masked; empty when nobody is known */
  memberName: text,
  home: v.nullable(wordsSchema),
  /** what it is about, in words */
  label: wordsSchema,
  state: v.picklist(requestStates),
  step: text,
  stepName: wordsSchema,
  level: v.picklist(complaintLevels),
  filedAt: instantSchema,
  /** the promise that runs out next, of those not kept yet */
  due: v.nullable(
    v.object({ what: v.picklist(['reply', 'on-site', 'task', 'call-back']), at: instantSchema }),
  ),
  isPaused: v.boolean(),
});
export type RequestLine = v.InferOutput<typeof requestLine>;

const taskItem = v.object({
  id: text,
  request: text,
  number: text,
  kindName: wordsSchema,
  n: countSchema,
  label: wordsSchema,
  text: maybeText,
  port: text,
  portName: wordsSchema,
  step: v.picklist(taskColumns),
  person: maybeText,
  followers: v.array(text),
  deadline: maybeInstant,
  supplier: maybeText,
  cause: maybeText,
  closedAt: maybeInstant,
  /** goes up with each change: whoever sends it back is told when somebody was faster */
  version: countSchema,
});
export type TaskItem = v.InferOutput<typeof taskItem>;

const callItem = v.object({
  id: text,
  request: text,
  number: text,
  kind: v.picklist(['callCentreCallback', 'handoverCallback']),
  requestName: wordsSchema,
  attempt: countSchema,
  dueAt: instantSchema,
  doneAt: maybeInstant,
  actor: maybeText,
  verdict: v.nullable(v.picklist(verdicts)),
  note: maybeText,
  memberName: text,
  /** in full: somebody is to call it. null = headquarters has none */
  phone: maybeText,
  label: wordsSchema,
  outcome: maybeText,
  /** may it be closed because nobody can be called? By two people, with a reason */
  isUnreachable: v.optional(v.boolean(), false),
  gaveUp: v.optional(v.nullable(v.object({ by: text, at: instantSchema, reason: text })), null),
});
export type CallItem = v.InferOutput<typeof callItem>;

const requestDetail = v.object({
  ...requestLine.entries,
  phone: maybeText,
  text: maybeText,
  answer: v.nullable(wordsSchema),
  outcome: maybeText,
  cost: maybeText,
  isValid: v.nullable(v.boolean()),
  replyBy: maybeInstant,
  onSiteBy: maybeInstant,
  repliedAt: maybeInstant,
  onSiteAt: maybeInstant,
  libraryVersion: countSchema,
  reopened: countSchema,
  steps: v.array(v.object({ name: wordsSchema, at: maybeInstant })),
  /** where it may be sent by hand */
  ways: v.array(v.object({ to: text, name: wordsSchema })),
  tasks: v.array(taskItem),
  calls: v.array(callItem),
  ratings: v.array(v.object({ ...ratingSchema.entries, at: instantSchema, isCall: v.boolean() })),
  events: v.array(
    v.object({
      at: instantSchema,
      actor: text,
      what: text,
      task: maybeText,
      stepName: v.nullable(wordsSchema),
      note: v.nullable(wordsSchema),
      isWithdrawn: v.boolean(),
    }),
  ),
});
export type RequestDetail = v.InferOutput<typeof requestDetail>;

const person = v.object({
  account: text,
  name: text,
  ports: v.array(text),
  /** works for every port */
  isDesk: v.boolean(),
});
export type ServicePerson = v.InferOutput<typeof person>;

/** What each path answers with status 200. */
export const serviceAnswers = {
  /** GET /api/service/inbox?kind=&closed=: what is open, the promise that runs out first on top */
  inbox: v.object({ requests: v.array(requestLine) }),
  /** GET /api/service/requests/{id}; every POST below it, and those on tasks and call-backs, answers with it anew */
  request: requestDetail,
  /** GET /api/service/tasks?closed=: of the actor's ports, or of all */
  tasks: v.object({ tasks: v.array(taskItem) }),
  /** GET /api/service/call-backs: due, soonest first */
  calls: v.object({ calls: v.array(callItem) }),
  /** GET /api/service/people: who may be in charge of a task, or follow it */
  people: v.object({ people: v.array(person) }),
  /** GET /api/service/forms: what there is to choose from */
  forms: v.object({ library: v.array(libraryRowSchema), items: v.array(itemRowSchema) }),
} as const;

const note = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300)));
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));
const ratings = v.pipe(v.array(ratingSchema), v.maxLength(30));
const code = v.pipe(v.string(), v.maxLength(80));
/** the step at which the actor saw the request: who comes second is told so */
const seen = { from: v.optional(code) };

/** POST /api/service/requests/{id}/deeds */
export const requestDeedSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('advance'), to: code, note, ...seen }),
  v.strictObject({ kind: v.literal('answer'), note: reason, ...seen }),
  v.strictObject({ kind: v.literal('finish'), note, ...seen }),
  v.strictObject({ kind: v.literal('consent'), note, ratings, ...seen }),
  v.strictObject({ kind: v.literal('invalidate'), note: reason, ...seen }),
  v.strictObject({ kind: v.literal('withdraw'), note, ...seen }),
  v.strictObject({ kind: v.literal('reopen'), note, ...seen }),
]);

const newTask = v.strictObject({
  place: v.nullable(code),
  element: v.nullable(code),
  problem: v.nullable(code),
  phrase: v.nullable(code),
  label: wordsSchema,
  text: v.nullable(typedSchema),
  port: portIdSchema,
  deadline: v.nullable(instantSchema),
});
/** POST /api/service/requests/{id}/tasks */
export const splitSchema = v.strictObject({
  tasks: v.pipe(v.array(newTask), v.minLength(1), v.maxLength(20)),
});
/** POST /api/service/tasks/{id}/step */
export const taskStepSchema = v.strictObject({
  from: v.picklist(taskColumns),
  to: v.picklist(taskColumns),
  note,
});
/** POST /api/service/tasks/{id} */
export const taskChangeSchema = v.strictObject({
  port: v.optional(portIdSchema),
  /** account of somebody who works for the port, or at the desk; so are the followers */
  person: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)))),
  followers: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(20))),
  deadline: v.optional(v.nullable(instantSchema)),
  supplier: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(60)))),
  cause: v.optional(v.nullable(v.picklist(taskCauses))),
  /** of the `TaskItem` that was changed */
  version: v.optional(countSchema),
});
/** POST /api/service/call-backs/{id} */
export const callEndSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('not-reached'), note: v.optional(v.nullable(typedSchema), null) }),
  v.strictObject({ kind: v.literal('impossible'), note: reason }),
  v.strictObject({ kind: v.literal('confirm-impossible') }),
  v.strictObject({
    kind: v.literal('reached'),
    verdict: v.picklist(verdicts),
    agrees: v.boolean(),
    ratings,
    note: v.optional(v.nullable(typedSchema), null),
  }),
]);
/** POST /api/service/requests: told on the telephone or at the desk, in words; it is split into tasks afterwards */
export const deskFilingSchema = v.strictObject({
  request: v.picklist(requestKinds),
  member: v.nullable(memberIdSchema),
  phone: v.nullable(phoneSchema),
  project: v.nullable(projectIdSchema),
  unit: v.nullable(unitIdSchema),
  text: v.pipe(typedSchema, v.trim(), v.minLength(1)),
  /** a letter or a message from the web instead of a call */
  isWritten: v.optional(v.boolean(), false),
  /** they agreed to be answered in public, without their name */
  mayPublish: v.optional(v.boolean(), false),
});

/** Why something was not done, each with what to do now. */
export const serviceFaults: Readonly<Record<string, string>> = {
  'unknown-request': 'There is no request with this id.',
  'unknown-task': 'There is no task with this id.',
  'unknown-call-back': 'There is no call-back with this id.',
  'unknown-member': 'There is no member with this id.',
  'not-the-owners-home': 'This home is not the one of that member.',
  'not-now': 'The request is not where that can be done; load it again.',
  'not-yours': 'Your role may not do this; hand it to the service desk.',
  'not-your-port': 'This task belongs to another port; ask the service desk to hand it over.',
  'tasks-open': 'Some tasks are still open: finish or cancel them first.',
  'rating-missing': 'A call-back counts only with a rating: ask for at least one.',
  'reason-missing': 'Give the reason that the owner will read.',
  'task-already-closed': 'Somebody else has closed this task already; nothing was changed.',
  'task-moved-by-another': 'Somebody else has moved this task meanwhile; load it again.',
  'still-reachable': 'There is a number, and it was not called often enough yet: call again.',
  'second-person-missing': 'Somebody else must confirm that nobody can be called.',
  'call-back-already-done': 'Somebody else has recorded this call already; nothing was changed.',
  'request-moved-by-another': 'Somebody else has moved this request meanwhile; load it again.',
  'unknown-person': 'Choose people who work for this port, or at the service desk.',
  'too-many-tasks': 'A request has at most 20 tasks.',
  'too-late-to-undo': 'The last move is too old to be taken back, or something came after it.',
};
