// CONTRACT between headquarters' API and the console and `yingbin`: the terminals of the fleet, their claims, and who waits at the door.
import * as v from 'valibot';
import { boardSchema, type ClaimFile, claimFileSchema } from '../../contract/claim-file.ts';
import { countSchema, terminalIdSchema } from '../../contract/ids.ts';

export type { ClaimFile };

/** `expected`: no terminal has come for it yet; `retired`: its id is never used again. */
export const deviceStates = ['expected', 'enrolled', 'quarantined', 'revoked', 'retired'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** In the order in which a release reaches them; empty = by the terminal's own name. */
export const namedRings = ['lab', 'canary', 'early', 'rest'] as const;

/** Columns of the file that goes in and comes out; the last three may be left out. */
export const deviceColumns = ['terminal', 'code', 'site', 'model', 'project', 'ring', 'serial'] as const;
export type DeviceColumn = (typeof deviceColumns)[number];
export const optionalDeviceColumns: ReadonlySet<string> = new Set(['project', 'ring', 'serial']);

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1–40 letters, digits, - or _'));
/** One device as a person writes it down. */
export const deviceRowSchema = v.strictObject({
  terminal: terminalIdSchema,
  code: v.pipe(v.string(), v.regex(/^[A-Z0-9]{2,6}$/, 'must be 2–6 capital letters or digits')),
  site: name,
  model: name,
  project: v.optional(v.union([v.literal(''), name]), ''),
  ring: v.optional(v.picklist(['', ...namedRings]), ''),
  /** of the board that it must be; empty = whichever comes first */
  serial: v.optional(boardSchema.entries.serial, ''),
});
export type DeviceRow = v.InferOutput<typeof deviceRowSchema>;

/** `repeated`: twice in the file; `code-taken`, `serial-taken`: another terminal has it; `fixed`: it cannot change once enrolled. */
export const deviceErrors = [
  'missing',
  'wrong',
  'unknown-column',
  'repeated',
  'retired',
  'fixed',
  'code-taken',
  'serial-taken',
] as const;
export type DeviceErrorCode = (typeof deviceErrors)[number];
export const deviceErrorSchema = v.object({
  /** line of the file, the head is 1 */
  line: countSchema,
  column: v.string(),
  code: v.picklist(deviceErrors),
});
export type DeviceError = v.InferOutput<typeof deviceErrorSchema>;

const maybeText = v.nullable(v.string());
const device = v.object({
  terminal: v.string(),
  code: v.string(),
  site: v.string(),
  project: maybeText,
  model: v.string(),
  ring: v.string(),
  state: v.picklist(deviceStates),
  expectedSerial: maybeText,
  /** of the board that enrolled */
  serial: maybeText,
  enrolledAt: maybeText,
  online: v.boolean(),
  lastSeen: maybeText,
  version: maybeText,
  /** facts that wait there, and when the oldest happened by its clock; null = it never said */
  waiting: v.optional(v.nullable(countSchema)),
  oldestWaitingAt: v.optional(maybeText),
  /** whole days that its newest certificate is good for yet; below 0 = so long ago; null = it has none */
  certDays: v.nullable(v.number()),
});
export type DeviceItem = v.InferOutput<typeof device>;

const detail = v.object({
  ...device.entries,
  board: v.nullable(boardSchema),
  claim: v.nullable(
    v.object({ madeAt: v.string(), expiresAt: v.string(), usedAt: maybeText, wrongGuesses: countSchema }),
  ),
  /** why nobody was let in as it, newest first */
  refusals: v.array(v.object({ at: v.string(), code: v.string() })),
  /** newest first */
  certificates: v.array(
    v.object({
      serial: v.string(),
      issuedAt: v.string(),
      notAfter: v.string(),
      provenAt: maybeText,
      revokedAt: maybeText,
      reason: maybeText,
    }),
  ),
});
export type DeviceDetail = v.InferOutput<typeof detail>;

const pending = v.object({
  /** stands on its screen and slip; no secret */
  code: v.string(),
  board: boardSchema,
  askedAt: v.string(),
  seenAt: v.string(),
  /** let in as */
  terminal: maybeText,
  isDenied: v.boolean(),
});
export type PendingItem = v.InferOutput<typeof pending>;

export const deviceAnswers = {
  /** GET /api/fleet/devices?site=&ring=&model=&state=&after=&limit=, by name */
  devices: v.object({ devices: v.array(device) }),
  /** GET /api/fleet/uploads/{order}?from=BYTES is what a terminal brought, as it is: a `Diagnosis`, a picture, a log */
  /** GET /api/fleet/devices/{terminal}; `replace`, `retire`, `quarantine` and `release` answer it as well */
  device: detail,
  /** POST /api/fleet/import `{csv, isDryRun}`: all rows or, with errors, none; GET /api/fleet/export is CSV */
  imported: v.object({
    isDone: v.boolean(),
    added: countSchema,
    changed: countSchema,
    same: countSchema,
    errors: v.array(deviceErrorSchema),
  }),
  /** POST /api/fleet/claims `{terminals}`: nobody is told them again; those before are void */
  claims: v.object({ expiresAt: v.string(), claims: v.array(claimFileSchema) }),
  /** GET /api/fleet/pending; POST …/{code}/approve (a known terminal, or a new row) and …/deny answer it as well */
  pending: v.object({ pending: v.array(pending) }),
} as const;
export type DeviceAnswers = { [K in keyof typeof deviceAnswers]: v.InferOutput<(typeof deviceAnswers)[K]> };

export const importDevicesBodySchema = v.strictObject({
  csv: v.pipe(v.string(), v.maxLength(8_000_000)),
  isDryRun: v.optional(v.boolean(), false),
});
export const claimsBodySchema = v.strictObject({
  terminals: v.pipe(v.array(terminalIdSchema), v.minLength(1), v.maxLength(2_000)),
});
export const approveBodySchema = v.union([v.strictObject({ terminal: terminalIdSchema }), deviceRowSchema]);
export const replaceBodySchema = v.strictObject({ by: terminalIdSchema });
export const emptyBodySchema = v.strictObject({});
