// CONTRACT headquarters↔ui/console: by which promises, hours, pauses and calls the service works. Part of api.ts.
import * as v from 'valibot';
import { calendarSchema } from '../../contract/calendar.ts';
import { countSchema, projectIdSchema, wordsSchema } from '../../contract/ids.ts';
import { requestKinds } from '../../contract/requests.ts';

const code = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a short code: a-z, 0-9, -'));
const words = v.pipe(
  wordsSchema,
  v.check(
    ({ zh, en }) => [zh, en].every((text) => text.trim() !== '' && text.length <= 60),
    'must say it in both languages, shortly',
  ),
);
const minutes = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(525_600));

const profile = v.strictObject({
  code,
  name: words,
  replyMin: minutes,
  onSiteMin: v.nullable(minutes),
  messageDays: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(60))),
  calendar: calendarSchema,
});
export type ClockProfile = v.InferOutput<typeof profile>;

/** null = all projects, all kinds; the more particular wins, a project before a kind */
const assignment = v.strictObject({
  project: v.nullable(projectIdSchema),
  kind: v.nullable(v.picklist(requestKinds)),
  profile: code,
});

const pauseReason = v.strictObject({ code, name: words });
export type PauseReason = v.InferOutput<typeof pauseReason>;

export const serviceRulesSchema = v.pipe(
  v.strictObject({
    profiles: v.pipe(v.array(profile), v.minLength(1), v.maxLength(20)),
    assignments: v.pipe(v.array(assignment), v.maxLength(500)),
    pauseReasons: v.pipe(v.array(pauseReason), v.minLength(1), v.maxLength(20)),
    calls: v.strictObject({
      /** from when somebody is to be asked until they are called */
      firstAfterMin: minutes,
      /** from a call that reached nobody to the next */
      nextAfterMin: minutes,
      /** calls that reached nobody until it may be closed as "not to be reached" by two people */
      attempts: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(20)),
    }),
  }),
  v.check(({ profiles }) => isOnceEach(profiles.map((one) => one.code)), 'must name each profile once'),
  v.check(
    ({ pauseReasons }) => isOnceEach(pauseReasons.map((one) => one.code)),
    'must name each reason once',
  ),
  v.check(
    ({ assignments }) => isOnceEach(assignments.map(({ project, kind }) => `${project}/${kind}`)),
    'must assign each project and kind once',
  ),
  v.check(
    ({ assignments, profiles }) =>
      assignments.every((one) => profiles.some((profile) => profile.code === one.profile)),
    'must assign profiles that it has',
  ),
);
export type ServiceRules = v.InferOutput<typeof serviceRulesSchema>;

export const serviceRulesAnswers = {
  /** GET /api/service/rules?version=, and POST /api/service/rules, which makes the next version */
  rules: v.object({
    /** 0 = as shipped */
    version: countSchema,
    at: v.nullable(v.string()),
    actor: v.nullable(v.string()),
    rules: serviceRulesSchema,
    /** newest first */
    versions: v.array(v.object({ version: countSchema, at: v.string(), actor: v.string() })),
    projects: v.array(v.object({ id: v.string(), name: wordsSchema })),
  }),
} as const;
export type ServiceRulesAnswer = v.InferOutput<(typeof serviceRulesAnswers)['rules']>;

/** POST /api/service/rules; `version` is the one that was changed: who comes second is told so */
export const serviceRulesBodySchema = v.strictObject({ version: countSchema, rules: serviceRulesSchema });

function isOnceEach(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
