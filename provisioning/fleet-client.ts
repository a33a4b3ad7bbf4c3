// Speaks with headquarters' API for the `yingbin` command: finds it, shows who asks, checks every answer.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { apiErrorSchema } from '../sync/headquarters/api.ts';

/** What only this side can find out; headquarters' own codes come besides. */
export const clientCodes = [
  'access-missing',
  'access-file-wrong',
  'access-file-open',
  'headquarters-plain',
  'headquarters-unreachable',
  'headquarters-fault',
  'answer-unknown',
] as const;
export type ClientCode = (typeof clientCodes)[number];

/** `kind`: how the command ends; `detail`: what it is about, or headquarters' own sentence. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
  readonly kind: 'usage' | 'unreachable' | 'refused';
  readonly code: string;
  readonly detail: string;
  constructor(kind: FleetError['kind'], code: string, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.kind = kind;
    this.code = code;
    this.detail = detail;
  }
}

/** As the arguments say it; what is left out comes from the surroundings. */
export interface AccessOptions {
  readonly headquarters?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly account?: string | undefined;
  readonly passwordFile?: string | undefined;
  /** the six digits of the account's app, when it has one */
  readonly otp?: string | undefined;
}

interface FleetAccess {
  /** `http://127.0.0.1:8600` */
  readonly url: string;
  readonly proof:
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'account'; readonly account: string; readonly password: string };
}

const accessFileSchema = v.strictObject({
  headquarters: v.optional(v.string()),
  tokenFile: v.optional(v.string()),
  account: v.optional(v.string()),
  passwordFile: v.optional(v.string()),
});
const patienceMs = 60_000;
const tooFastTries = 20;
const tooFastPauseMs = 500;
const pieceBytes = 65_536;
const sessionCookie = /^([^=;]+=[^;]+)/;

export interface SendOptions {
  /** how many bytes of how many are out */
  readonly onSent?: (done: number, all: number) => void;
}

export class FleetClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #signal: AbortSignal;
  readonly #isSession: boolean;

  private constructor(url: string, headers: Record<string, string>, signal: AbortSignal, isSession: boolean) {
    this.#url = url;
    this.#headers = headers;
    this.#signal = signal;
    this.#isSession = isSession;
  }

  /** @throws FleetError */
  static async open(
    options: AccessOptions,
    env: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
  ): Promise<FleetClient> {
    const { url, proof } = readAccess(options, env);
    if (proof.kind === 'token')
      return new FleetClient(url, { authorization: `Bearer ${proof.token}` }, signal, false);
    const { account, password } = proof;
    const guest = new FleetClient(url, { origin: url }, signal, false);
    const answer = await guest.#ask('/api/sign-in', {
      body: JSON.stringify({ account, password, code: options.otp }),
    });
    const cookie = sessionCookie.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    if (cookie === undefined) throw new FleetError('unreachable', 'answer-unknown', '/api/sign-in');
    return new FleetClient(url, { cookie, origin: url }, signal, true);
  }

  /** @param path below `/api` */
  async get<const S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> {
    return await read(path, schema, await this.#ask(`/api${path}`));
  }

  async getText(path: string): Promise<string> {
    return await (await this.#ask(`/api${path}`)).text();
  }

  /** What is neither JSON nor text: a picture. */
  async getBytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#ask(`/api${path}`)).arrayBuffer());
  }

  /** @param body a value for JSON, or bytes as they are */
  async post<const S extends v.GenericSchema>(
    path: string,
    body: unknown,
    schema: S,
    { onSent }: SendOptions = {},
  ): Promise<v.InferOutput<S>> {
    const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
    return await read(path, schema, await this.#ask(`/api${path}`, { body: bytes, onSent }));
  }

  async close(): Promise<void> {
    if (!this.#isSession) return;
    // a session that is not closed ends by itself
    await this.#ask('/api/sign-out', { body: '{}' }).catch(() => undefined);
  }

  async #ask(
    path: string,
    send: { readonly body?: string | Uint8Array; readonly onSent?: SendOptions['onSent'] } = {},
  ): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#fetch(path, send);
      if (answer.ok) return answer;
      const error = await faultOf(answer);
      if (error.code !== 'too-many-requests' || tries >= tooFastTries) throw error;
      await delay(tooFastPauseMs, undefined, { signal: this.#signal });
    }
  }

  async #fetch(
    path: string,
    { body, onSent }: { readonly body?: string | Uint8Array; readonly onSent?: SendOptions['onSent'] },
  ): Promise<Response> {
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(patienceMs)]);
    const init: RequestInit & { duplex?: 'half' } = { headers: this.#headers, signal };
    if (body !== undefined) {
      init.method = 'POST';
      if (onSent && body instanceof Uint8Array) {
        init.body = inPieces(body, onSent);
        init.duplex = 'half';
      } else init.body = body;
    }
    try {
      return await fetch(`${this.#url}${path}`, init);
    } catch (cause) {
      throw new FleetError('unreachable', 'headquarters-unreachable', this.#url, { cause });
    }
  }
}

function inPieces(
  bytes: Uint8Array,
  onSent: (done: number, all: number) => void,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (to) => {
      if (at >= bytes.length) return to.close();
      to.enqueue(bytes.subarray(at, at + pieceBytes));
      at = Math.min(at + pieceBytes, bytes.length);
      onSent(at, bytes.length);
    },
  });
}

async function read<const S extends v.GenericSchema>(
  path: string,
  schema: S,
  answer: Response,
): Promise<v.InferOutput<S>> {
  const result = v.safeParse(schema, await answer.json().catch(() => undefined));
  if (!result.success) throw new FleetError('unreachable', 'answer-unknown', path);
  return result.output;
}

async function faultOf(answer: Response): Promise<FleetError> {
  const said = v.safeParse(apiErrorSchema, await answer.json().catch(() => undefined));
  if (answer.status >= 500 || !said.success)
    return new FleetError('unreachable', 'headquarters-fault', String(answer.status));
  const { code, message } = said.output.error;
  return new FleetError('refused', code, message);
}

/** Arguments first, then the environment, then the file in the home folder. */
function readAccess(options: AccessOptions, env: Readonly<Record<string, string | undefined>>): FleetAccess {
  const kept = readKept(env);
  const headquarters = options.headquarters ?? env['YINGBIN_HEADQUARTERS'] ?? kept.headquarters;
  if (headquarters === undefined) throw new FleetError('usage', 'access-missing', '--headquarters');
  const url = addressOf(headquarters);
  const account = options.account ?? (options.tokenFile === undefined ? kept.account : undefined);
  const passwordFile = options.passwordFile ?? kept.passwordFile;
  const tokenFile = options.tokenFile ?? env['YINGBIN_TOKEN_FILE'] ?? kept.tokenFile;
  if (account !== undefined && (options.account !== undefined || tokenFile === undefined)) {
    if (passwordFile === undefined) throw new FleetError('usage', 'access-missing', '--password-file');
    return { url, proof: { kind: 'account', account, password: readSecretFile(passwordFile) } };
  }
  if (tokenFile === undefined) throw new FleetError('usage', 'access-missing', '--token-file');
  return { url, proof: { kind: 'token', token: readSecretFile(tokenFile) } };
}

/** The token would go in clear: without TLS only to this machine, or through a tunnel that ends on it (S13). */
function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new FleetError('usage', 'access-missing', '--headquarters');
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !isHere) throw new FleetError('usage', 'headquarters-plain', text);
  return url.origin;
}

function readKept(env: Readonly<Record<string, string | undefined>>): v.InferOutput<typeof accessFileSchema> {
  const home =
    env['XDG_CONFIG_HOME'] ?? (env['HOME'] === undefined ? undefined : join(env['HOME'], '.config'));
  const file = home === undefined ? undefined : join(home, 'yingbin', 'fleet.json');
  if (file === undefined || !statSync(file, { throwIfNoEntry: false })) return {};
  let value: unknown;
  try {
    value = JSON.parse(readSecretFile(file));
  } catch (cause) {
    if (cause instanceof FleetError) throw cause;
    throw new FleetError('usage', 'access-file-wrong', file, { cause });
  }
  const kept = v.safeParse(accessFileSchema, value);
  if (!kept.success) throw new FleetError('usage', 'access-file-wrong', file);
  const at = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(dirname(file), path);
  const { tokenFile, passwordFile } = kept.output;
  return { ...kept.output, tokenFile: at(tokenFile), passwordFile: at(passwordFile) };
}

function readSecretFile(file: string): string {
  let text: string;
  try {
    if ((statSync(file).mode & 0o077) !== 0) throw new FleetError('usage', 'access-file-open', file);
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof FleetError) throw cause;
    throw new FleetError('usage', 'access-file-wrong', file, { cause });
  }
  if (text === '') throw new FleetError('usage', 'access-file-wrong', file);
  return text;
}
