// `account add --config FILE --name NAME --roles it,manager [--ports P,…] [--person NAME]` and
// `account password --config FILE --name NAME`: the password is the first line of standard input.
import * as v from 'valibot';
import { issueSentence } from '../../contract/config-file.ts';
import { newAccountSchema, passwordBodySchema } from '../api/account-api.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import { openStore } from '../store/open-store.ts';
import { Accounts, accountId } from './accounts.ts';
import { Audit } from './audit.ts';

export interface AccountArguments {
  readonly deed: string | undefined;
  readonly name: string | undefined;
  readonly roles: string | undefined;
  readonly ports: string | undefined;
  /** how the person is called, when that is not the name to sign in with */
  readonly person: string | undefined;
}

/** Who sits at the machine itself. */
const operator = { account: 'command-line' };

const refusals: Readonly<Record<string, string>> = {
  'account-taken':
    'There is an account of this name; take another, or set its password with "account password".',
  'password-weak': 'Take a password of at least 10 characters, not all alike, the name not counted.',
  'unknown-account': 'There is no account of this name; make it with "account add".',
};

/**
 * @param url of the store
 * @param password as it was typed
 * @returns for one line of JSON
 * @throws HeadquartersError hq-account-wrong; SyncError sync-store-busy while headquarters runs on SQLite: use its console
 */
export async function runAccountCommand(
  url: string,
  { deed, name, roles, ports, person }: AccountArguments,
  password: string,
  now: () => Date,
): Promise<{ readonly account: string }> {
  if (deed !== 'add' && deed !== 'password') throw wrong('Say "account add" or "account password".');
  if (name === undefined) throw wrong('Say whose account it is: --name NAME.');
  const store = await openStore(url);
  try {
    const accounts = new Accounts(store, new Audit(store, now), now);
    const outcome =
      deed === 'add'
        ? await accounts.add(
            operator,
            parse(newAccountSchema, {
              account: name,
              name: person ?? name,
              roles: list(roles),
              ports: list(ports),
              password,
            }),
          )
        : await accounts.setPassword(
            operator,
            accountId(name),
            parse(passwordBodySchema, { password }).password,
          );
    const refusal = refusals[outcome];
    if (refusal !== undefined) throw wrong(refusal);
    return { account: accountId(name) };
  } finally {
    await store.close();
  }
}

function list(text = ''): string[] {
  return text.split(',').flatMap((one) => one.trim() || []);
}

function parse<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, value);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw wrong(`${v.getDotPath(issue) ?? 'account'} ${issueSentence(issue)}.`);
}

function wrong(message: string): HeadquartersError {
  return new HeadquartersError('hq-account-wrong', message);
}
