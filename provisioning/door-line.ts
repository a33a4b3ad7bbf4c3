// Asks headquarters' door over HTTPS. Only the pinned root is believed; no public authority, no exception.
import { request } from 'node:https';
import * as v from 'valibot';
import {
  type DoorFile,
  type EnrolAnswer,
  type EnrolStep,
  enrolAnswerSchema,
} from '../sync/contract/enrolment.ts';
import type { EnrolCode } from './enrol-words.ts';
import { certificateHash, type Pair } from './identity.ts';

/** Nothing was answered that counts; `step` is how far it came. */
export class DoorError extends Error {
  override readonly name = 'DoorError';
  readonly step: EnrolStep;
  readonly code: EnrolCode;
  constructor(step: EnrolStep, code: EnrolCode, options?: ErrorOptions) {
    super(code, options);
    this.step = step;
    this.code = code;
  }
}

export interface DoorLine {
  readonly door: DoorFile;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/**
 * The root certificate, which the door tells anybody. Nothing is told to whoever answers, and what it says counts only
 * when it has the hash that was brought along.
 * @returns PEM
 * @throws DoorError
 */
export async function fetchRoot(line: DoorLine): Promise<string> {
  const { status, text } = await exchange(line, 'GET', '/root', { rejectUnauthorized: false });
  if (status === 200 && certificateHash(text) === line.door.root) return text;
  throw new DoorError('tls', 'headquarters-foreign');
}

/**
 * @param root PEM
 * @param pair shown to the door; null = a terminal without a name
 * @throws DoorError
 */
export async function askDoor(
  line: DoorLine,
  path: '/enrol' | '/renew',
  body: object,
  { root, pair }: { readonly root: string; readonly pair: Pair | null },
): Promise<EnrolAnswer> {
  const tls = { rejectUnauthorized: true, ca: root, ...(pair ? { cert: pair.pem, key: pair.pem } : {}) };
  const { status, text } = await exchange(line, 'POST', path, tls, JSON.stringify(body));
  const answer = v.safeParse(enrolAnswerSchema, parsed(text));
  if (answer.success) return answer.output;
  throw new DoorError('claim', status >= 500 || status === 429 ? 'headquarters-busy' : 'answer-wrong');
}

interface Tls {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

const longestAnswer = 65_536;

function exchange(
  { door, patienceMs, signal }: DoorLine,
  method: 'GET' | 'POST',
  path: string,
  tls: Tls,
  body = '',
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(doorError(cause));
    const patience = AbortSignal.timeout(patienceMs);
    const asking = request(
      `${door.headquarters}${path}`,
      {
        ...tls,
        method,
        // a connection of its own: what was believed of one is not believed of the next
        agent: false,
        minVersion: 'TLSv1.2',
        headers:
          body === ''
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
        signal: AbortSignal.any([signal, patience]),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (text.length > longestAnswer) response.destroy(new DoorError('claim', 'answer-wrong'));
        });
        response.once('error', fail);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asking.once('error', fail);
    asking.end(body);
  });
}

function doorError(cause: unknown): DoorError {
  if (cause instanceof DoorError) return cause;
  const code = String((cause as { code?: unknown }).code);
  const [step, ours] = known[code] ?? (code.startsWith('ERR_SSL') ? tlsFailed : unreachable);
  return new DoorError(step, ours, { cause });
}

const unreachable = ['tls', 'headquarters-unreachable'] as const;
const tlsFailed = ['tls', 'tls-failed'] as const;
const foreign = ['tls', 'headquarters-foreign'] as const;
/** Codes of Node and OpenSSL. */
const known: Readonly<Record<string, readonly [EnrolStep, EnrolCode]>> = {
  ENOTFOUND: ['name', 'name-unknown'],
  EAI_AGAIN: ['name', 'name-unknown'],
  ENETUNREACH: ['network', 'network-none'],
  ENETDOWN: ['network', 'network-none'],
  CERT_NOT_YET_VALID: ['clock', 'clock-behind'],
  CERT_HAS_EXPIRED: ['tls', 'headquarters-expired'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'headquarters-name'],
  EPROTO: tlsFailed,
  SELF_SIGNED_CERT_IN_CHAIN: foreign,
  DEPTH_ZERO_SELF_SIGNED_CERT: foreign,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: foreign,
  UNABLE_TO_GET_ISSUER_CERT: foreign,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: foreign,
  CERT_SIGNATURE_FAILURE: foreign,
  INVALID_PURPOSE: foreign,
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
