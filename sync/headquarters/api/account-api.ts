// CONTRACT between headquarters' API and the console: who is signed in, accounts, and what was done by whom.
import * as v from 'valibot';
import { instantSchema, portIdSchema } from '../../contract/ids.ts';

/** 客服 业务端口 经理 高管 客户会 销售 信息技术 */
export const roles = ['service-desk', 'port', 'manager', 'executive', 'club', 'sales', 'it'] as const;
export type Role = (typeof roles)[number];

const me = v.object({
  account: v.string(),
  name: v.string(),
  roles: v.array(v.picklist(roles)),
  ports: v.array(v.string()),
  /** somebody else chose the password: nothing but POST /api/me/password is open */
  mustChangePassword: v.optional(v.boolean()),
  hasSecondFactor: v.optional(v.boolean()),
  /** nothing but the paths below /api/me/second-factor is open */
  mustAddSecondFactor: v.optional(v.boolean()),
  /** until then others stand in */
  awayUntil: v.optional(v.nullable(v.string())),
});
export type Me = v.InferOutput<typeof me>;

const accountItem = v.object({
  account: v.string(),
  name: v.string(),
  roles: v.array(v.picklist(roles)),
  ports: v.array(v.string()),
  email: v.nullable(v.string()),
  webhook: v.nullable(v.string()),
  hasSecondFactor: v.boolean(),
  /** for a while, after wrong passwords */
  isLocked: v.boolean(),
  isDisabled: v.boolean(),
  awayUntil: v.optional(v.nullable(v.string())),
  seenAt: v.nullable(v.string()),
  createdAt: v.string(),
});
export type AccountItem = v.InferOutput<typeof accountItem>;

export const auditItemSchema = v.object({
  n: v.number(),
  at: v.string(),
  actor: v.string(),
  what: v.string(),
  about: v.nullable(v.string()),
  detail: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
});
export type AuditItem = v.InferOutput<typeof auditItemSchema>;

export const accountAnswers = {
  /** GET /api/me and POST /api/sign-in `{account, password}`, which sets the cookie */
  me,
  /** POST /api/me/away `{until: instant | null}` answers `me` as well */
  /** POST /api/sign-out `{}`, POST /api/me/password `{old, password}`, POST /api/accounts/{id}/password `{password}` */
  done: v.object({ done: v.literal(true) }),
  /** POST /api/me/second-factor: a secret for an app, base32, and what its QR holds */
  factorOffer: v.object({ secret: v.string(), uri: v.string() }),
  /** POST /api/me/second-factor/confirm `{code}`: codes for when the app is lost, good once each, told this once */
  factorAdded: v.object({ recovery: v.array(v.string()) }),
  /** POST /api/me/second-factor/remove `{code}` and POST /api/accounts/{id}/second-factor/reset answer `done` */
  /** GET /api/accounts; POST /api/accounts and POST /api/accounts/{id} answer it as well */
  accounts: v.object({ accounts: v.array(accountItem) }),
  /** GET /api/audit?before=&limit=&actor=&what=&about=&from=&to=, newest first; `audit/export.csv` with the hashes, oldest first */
  audit: v.object({ lines: v.array(auditItemSchema) }),
  /** GET /api/audit/kinds: what the filters can be asked for */
  auditKinds: v.object({ actors: v.array(v.string()), whats: v.array(v.string()) }),
  /** GET /api/audit/check: reads the whole chain again; `brokenAt` null = whole, and `head` is the hash of its last line */
  auditCheck: v.object({
    lines: v.number(),
    brokenAt: v.nullable(v.number()),
    head: v.nullable(v.string()),
  }),
} as const;
export type AccountAnswers = {
  [K in keyof typeof accountAnswers]: v.InferOutput<(typeof accountAnswers)[K]>;
};

const password = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
const someRoles = v.pipe(v.array(v.picklist(roles)), v.minLength(1), v.maxLength(roles.length));
const somePorts = v.pipe(v.array(portIdSchema), v.maxLength(50));
const email = v.nullable(v.pipe(v.string(), v.trim(), v.email(), v.maxLength(200)));
const webhook = v.nullable(v.pipe(v.string(), v.trim(), v.url(), v.regex(/^https?:\/\//), v.maxLength(500)));
const account = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u, 'must be up to 40 letters, digits, dots or dashes'),
);

const asked = v.optional(v.pipe(v.string(), v.maxLength(200)));
export const auditFilterSchema = v.strictObject({
  actor: asked,
  what: asked,
  about: asked,
  from: v.optional(instantSchema),
  to: v.optional(instantSchema),
});

const code = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(20));
/** `code`: of the app, once `code-needed` was answered */
export const signInBodySchema = v.strictObject({
  account: v.pipe(v.string(), v.maxLength(60)),
  password,
  code: v.optional(code),
});
export const factorCodeSchema = v.strictObject({ code });
export const ownPasswordBodySchema = v.strictObject({ old: password, password });
/** it must be changed at the next sign-in: somebody else knows it */
const isTemporary = v.optional(v.boolean(), false);
export const passwordBodySchema = v.strictObject({ password, isTemporary });
export const awayBodySchema = v.strictObject({ until: v.nullable(instantSchema) });
export const newAccountSchema = v.strictObject({
  account,
  name,
  roles: someRoles,
  ports: v.optional(somePorts, []),
  email: v.optional(email, null),
  webhook: v.optional(webhook, null),
  password,
  isTemporary: v.optional(v.boolean()),
});
export type NewAccount = v.InferOutput<typeof newAccountSchema>;
export const accountChangeSchema = v.strictObject({
  name: v.optional(name),
  roles: v.optional(someRoles),
  ports: v.optional(somePorts),
  email: v.optional(email),
  webhook: v.optional(webhook),
  awayUntil: v.optional(v.nullable(instantSchema)),
  isDisabled: v.optional(v.boolean()),
  isUnlocked: v.optional(v.literal(true)),
});
export type AccountChange = v.InferOutput<typeof accountChangeSchema>;
