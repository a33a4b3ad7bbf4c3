// How a terminal gets its identity: what it asks over HTTPS, what headquarters answers, and how a claim is written.
import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { boardSchema, claimFileSchema } from './claim-file.ts';
import { codeSchema, instantSchema, tenantIdSchema, terminalIdSchema } from './ids.ts';

export { type Board, boardSchema, type ClaimFile, claimFileSchema } from './claim-file.ts';

/** A claim is good for this long after it was made, and for this many wrong guesses. */
export const claimLifeMs = 72 * 3_600_000;
export const claimGuesses = 5;
/** With the same key a claim may be used again for this long: the answer may have been lost to a power cut. */
export const claimRepeatMs = 15 * 60_000;
/** Of a terminal's certificate; it asks for the next after two thirds. */
export const leafLifeMs = 90 * 24 * 3_600_000;
/** An expired certificate still asks for its successor for this long: a terminal may have stood in its box. */
export const lateRenewalMs = 30 * 24 * 3_600_000;

/** Crockford's: no I, L, O, U, which are read for others. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** in a check letter's place alone */
const checkLetters = `${letters}*~$=U`;
const claimBytes = 20;
const claimLetters = 32;

/** A fresh secret of 160 bits, as it stands in a claim file and a QR: eight groups of four and one to check it. */
export function makeClaim(): string {
  return writeClaim(randomBytes(claimBytes));
}

/** @param raw 20 bytes */
export function writeClaim(raw: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(raw).toString('hex')}`);
  let text = '';
  for (let i = 0; i < claimLetters; i += 1) {
    text = (letters[Number(bits % 32n)] ?? '') + text;
    bits /= 32n;
  }
  return `${text.match(/.{4}/g)?.join('-')}-${checkLetter(text)}`;
}

/** @returns the claim as it is hashed, however it was typed; undefined when a letter must be wrong */
export function readClaim(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
  const claim = text.slice(0, claimLetters);
  if (text.length !== claimLetters + 1 || [...claim].some((letter) => !letters.includes(letter)))
    return undefined;
  return checkLetter(claim) === text.at(-1) ? claim : undefined;
}

/** All that headquarters keeps of it. */
export function claimHash(claim: string): string {
  return createHash('sha256').update(`yingbin claim v1|${claim}`).digest('hex');
}

/** Crockford's: the number modulo 37, which finds every wrong letter and every two that changed places. */
function checkLetter(text: string): string {
  const rest = [...text].reduce((all, letter) => (all * 32 + letters.indexOf(letter)) % 37, 0);
  return checkLetters[rest] ?? '';
}

const pem = v.pipe(
  v.string(),
  v.maxLength(8_192),
  v.regex(/^-----BEGIN [A-Z0-9 ]{1,40}-----[A-Za-z0-9+/=\r\n]+-----END [A-Z0-9 ]{1,40}-----\s*$/),
);
/** POST /enrol, and with `claim: null` from a terminal that nobody has prepared: a person must let it in. */
export const enrolAskSchema = v.strictObject({
  v: v.literal(1),
  terminal: v.nullable(terminalIdSchema),
  claim: v.nullable(v.pipe(v.string(), v.maxLength(60))),
  /** PKCS #10; only its public key counts */
  csr: pem,
  board: boardSchema,
  boot: v.pipe(v.string(), v.regex(/^[\x20-\x7e]{0,40}$/)),
  version: v.pipe(v.string(), v.maxLength(40)),
});
export type EnrolAsk = v.InferOutput<typeof enrolAskSchema>;

/** POST /renew, over a TLS line with the certificate that runs out; answered as POST /enrol is. */
export const renewAskSchema = v.strictObject({ v: v.literal(1), csr: pem });
export type RenewAsk = v.InferOutput<typeof renewAskSchema>;

/** What a terminal starts with; everything else comes with its twin. */
export const enrolledSchema = v.strictObject({
  kind: v.literal('enrolled'),
  tenant: tenantIdSchema,
  terminal: terminalIdSchema,
  /** what its request numbers start with */
  code: v.pipe(v.string(), v.regex(/^[A-Z0-9]{2,6}$/)),
  /** leaf first, then what it takes to reach the root */
  certificates: v.pipe(v.array(pem), v.minLength(1), v.maxLength(4)),
  root: pem,
  notAfter: instantSchema,
  broker: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(20)),
  sealKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/)),
  signKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/)),
  /** who may sign a release (Ed25519, base64): two, so that one can announce the other's successor */
  releaseKeys: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/))), v.maxLength(2)),
  /** 64 hex digits; told to an enrolled terminal alone, over its own TLS line */
  fleetKey: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type Enrolled = v.InferOutput<typeof enrolledSchema>;

/** Why a terminal is not let in; each has its sentence and remedy on the screen. */
export const enrolRefusals = [
  'claim-wrong',
  'claim-used',
  'claim-expired',
  'claim-locked',
  'board-wrong',
  'request-wrong',
  'not-let-in',
  'terminal-unknown',
  'terminal-revoked',
  'too-many-requests',
] as const;
export type EnrolRefusal = (typeof enrolRefusals)[number];

export const enrolAnswerSchema = v.variant('kind', [
  enrolledSchema,
  /** a person must approve it: it asks again with the same key; `code` stands on its screen and slip, and is no secret */
  v.strictObject({ kind: v.literal('pending'), code: v.pipe(v.string(), v.regex(/^[0-9A-Z]{6}$/)) }),
  v.strictObject({ kind: v.literal('refused'), code: v.picklist(enrolRefusals) }),
]);
export type EnrolAnswer = v.InferOutput<typeof enrolAnswerSchema>;

/** From the first packet to the first visitor; the screen and headquarters number them alike. */
export const enrolSteps = [
  'network',
  'name',
  'clock',
  'tls',
  'claim',
  'sign',
  'broker',
  'twin',
  'devices',
] as const;
export type EnrolStep = (typeof enrolSteps)[number];

/** How far a blank terminal is, for its screen: `failed` names why, and it is tried again by itself. */
export const enrolProgressSchema = v.strictObject({
  step: v.picklist(enrolSteps),
  state: v.picklist(['now', 'failed', 'waiting', 'done']),
  code: v.nullable(codeSchema),
});
export type EnrolProgress = v.InferOutput<typeof enrolProgressSchema>;

/** A claim file without a claim, good for every terminal of a fleet: such a terminal shows a code, and a person lets it in. */
export const doorFileSchema = v.strictObject({
  v: v.literal(1),
  headquarters: claimFileSchema.entries.headquarters,
  root: claimFileSchema.entries.root,
});
export type DoorFile = v.InferOutput<typeof doorFileSchema>;
