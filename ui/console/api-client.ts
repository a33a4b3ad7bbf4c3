// The console's way to headquarters: every answer is parsed, every fault is coded.
import * as v from 'valibot';
import { apiErrorSchema } from '../../sync/headquarters/api.ts';
import { readLines } from './read-lines.ts';

/** `unreachable`: no answer; `unreadable`: an answer of a wrong shape; else what headquarters said. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  /** of the form, when it is about one */
  readonly field: string | undefined;
  constructor(code: string, options?: ErrorOptions & { readonly field?: string | undefined }) {
    super(`headquarters: ${code}`, options);
    this.code = code;
    this.field = options?.field;
  }
}

const personMs = 90_000;
/** A site bundle of a large fleet is packed first. */
const downloadMs = 180_000;
/** of what headquarters works at for a while */
const longMs = 120_000;
let touchedAt = Date.now();
for (const kind of ['pointerdown', 'keydown']) {
  addEventListener(kind, () => {
    touchedAt = Date.now();
  });
}

export class ApiClient {
  readonly #token: string | undefined;
  readonly #onUnauthorized: () => void;

  /** @param token of whoever has the machine; without it the session's cookie says who asks */
  constructor(token: string | undefined, onUnauthorized: () => void) {
    this.#token = token;
    this.#onUnauthorized = onUnauthorized;
  }

  /** @throws ApiError */
  async get<const S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> {
    return await this.#ask(path, { method: 'GET' }, schema);
  }

  /** @throws ApiError */
  async post<const S extends v.GenericSchema>(
    path: string,
    body: object,
    schema: S,
  ): Promise<v.InferOutput<S>> {
    return await this.#ask(path, { method: 'POST', body: JSON.stringify(body) }, schema);
  }

  /** A piece of a file. @throws ApiError */
  async postBytes<const S extends v.GenericSchema>(
    path: string,
    body: Blob,
    schema: S,
  ): Promise<v.InferOutput<S>> {
    return await this.#ask(path, { method: 'POST', body }, schema, longMs);
  }

  /** A file as it is. @throws ApiError */
  async download(path: string): Promise<Blob> {
    let response: Response;
    try {
      response = await fetch(`/api/${path}`, {
        headers: this.#headers(),
        signal: AbortSignal.timeout(downloadMs),
      });
      if (response.ok) return await response.blob();
    } catch (cause) {
      throw new ApiError('unreachable', { cause });
    }
    if (response.status === 401) this.#onUnauthorized();
    throw faultOf(await response.json().catch(() => undefined));
  }

  /** What headquarters works at for a while and tells of line by line. @throws ApiError */
  async postLines<const S extends v.GenericSchema>(
    path: string,
    body: object,
    schema: S,
    tell: (line: v.InferOutput<S>) => void,
  ): Promise<void> {
    try {
      const response = await fetch(`/api/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', accept: 'application/x-ndjson', ...this.#headers() },
        signal: AbortSignal.timeout(longMs),
      });
      if (response.status === 401) this.#onUnauthorized();
      if (!response.ok || !response.body) throw faultOf(await response.json());
      await readLines(response.body, schema, tell);
    } catch (cause) {
      throw cause instanceof ApiError ? cause : new ApiError('unreachable', { cause });
    }
  }

  #headers(): Record<string, string> {
    return {
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      // pages ask again by themselves: only a person keeps the session open
      ...(Date.now() - touchedAt < personMs ? { 'yingbin-person': '1' } : {}),
    };
  }

  async #ask<const S extends v.GenericSchema>(
    path: string,
    init: RequestInit,
    schema: S,
    patienceMs = 10_000,
  ): Promise<v.InferOutput<S>> {
    const type = init.body instanceof Blob ? 'application/octet-stream' : 'application/json';
    const headers = { 'content-type': type, ...this.#headers() };
    let response: Response;
    let json: unknown;
    try {
      response = await fetch(`/api/${path}`, { ...init, headers, signal: AbortSignal.timeout(patienceMs) });
      json = await response.json();
    } catch (cause) {
      throw new ApiError('unreachable', { cause });
    }
    if (response.status === 401 && path !== 'sign-in') this.#onUnauthorized();
    if (!response.ok) throw faultOf(json);
    const result = v.safeParse(schema, json);
    if (!result.success) throw new ApiError('unreadable');
    return result.output;
  }
}

function faultOf(json: unknown): ApiError {
  const fault = v.safeParse(apiErrorSchema, json);
  if (!fault.success) return new ApiError('unreadable');
  const { code, field } = fault.output.error;
  return new ApiError(code, { field });
}
