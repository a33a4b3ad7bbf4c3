// How every path of the API reads what comes and says what is wrong with it.
import type { Context, MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { issueSentence } from '../contract/config-file.ts';

export async function parseBody<const S extends v.GenericSchema>(
  context: Context,
  schema: S,
): Promise<v.InferOutput<S> | Response> {
  let value: unknown;
  try {
    const text = await context.req.text();
    if (nulEscape.test(text)) return wrongLetters(context);
    value = JSON.parse(text);
  } catch {
    return fail(context, 400, 'body-not-json', 'Send a JSON object.');
  }
  return parseValue(context, schema, value);
}

/** The letter NUL, which a database cannot keep, in no address: 400 instead of its fault. */
export const plainAddress: MiddlewareHandler = async (context, next) =>
  /%00/.test(context.req.url) ? wrongLetters(context) : await next();

export function parseValue<const S extends v.GenericSchema>(
  context: Context,
  schema: S,
  value: unknown,
): v.InferOutput<S> | Response {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = v.getDotPath(issue) ?? 'the body';
  return fail(context, 400, 'body-wrong', `${key} ${issueSentence(issue)}.`);
}

/** @returns undefined when the query holds something else than a whole number */
export function number(
  context: Context,
  name: string,
  preset: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = context.req.query(name);
  if (text === undefined || text === '') return preset;
  return /^\d{1,15}$/.test(text) ? Math.min(Number(text), most) : undefined;
}

export function wrongNumber(context: Context): Response {
  return fail(context, 400, 'wrong-number', 'after, before and limit must be whole numbers.');
}

/** A backslash in front of it that is not itself escaped. */
const nulEscape = /(?<!\\)(?:\\\\)*\\u0000/;

function wrongLetters(context: Context): Response {
  return fail(context, 400, 'wrong-letters', 'The letter NUL (U+0000) cannot be kept; leave it out.');
}

export function fail(
  context: Context,
  status: 400 | 401 | 403 | 404 | 409 | 429,
  code: string,
  message: string,
): Response {
  return context.json({ error: { code, message } }, status);
}
