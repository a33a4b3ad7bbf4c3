// What the commands that ask headquarters have in common: who asks, which devices are meant, and how a refusal ends.
import type { Command } from 'commander';
import { type DeviceItem, deviceAnswers } from '../../sync/headquarters/api/device-api.ts';
import { type AccessOptions, FleetClient, FleetError } from '../fleet-client.ts';
import { fleetSentence } from '../fleet-words.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';

export interface FleetValues extends AccessOptions {
  readonly json?: boolean;
}
export interface ChoiceValues extends FleetValues {
  readonly filter?: string;
  readonly count?: string;
  readonly dryRun?: true;
}

/** More than so many at once only when their number is typed back. */
const unasked = 10;
const pageSize = 1_000;
const filterKeys = ['site', 'ring', 'model', 'state'] as const;

/** @param name with its arguments */
export function fleetCommand(
  ground: CommandGround,
  parent: Command,
  name: string,
  about: Said,
  examples: readonly string[] = [],
): Command {
  return ground
    .speaks(ground.command(parent, name, about, examples))
    .option('--headquarters <url>', ground.say(['总部的地址', 'where headquarters is']))
    .option('--token-file <file>', ground.say(['令牌文件（0600）', 'file with the token (0600)']))
    .option('--account <name>', ground.say(['代替令牌的账号', 'account instead of the token']))
    .option('--password-file <file>', ground.say(['账号的密码文件（0600）', 'file with its password (0600)']))
    .option('--otp <digits>', ground.say(['账号验证器上的六位数字', 'six digits of its authenticator app']))
    .option('--json', ground.say(['输出 JSON', 'prints JSON']));
}

export function dryRunOption(ground: CommandGround, command: Command): Command {
  return command.option('--dry-run', ground.say(['只说会做什么', 'only says what it would do']));
}

/** For commands that do something to many. */
export function choiceOptions(ground: CommandGround, command: Command): Command {
  return dryRunOption(ground, filterOption(ground, command)).option(
    '--count <n>',
    ground.say(['超过 10 台时要写出台数', 'how many they are, when they are more than 10']),
  );
}

export function filterOption(ground: CommandGround, command: Command): Command {
  return command.option(
    '--filter <site=…,ring=…>',
    ground.say(['哪些终端：site、ring、model、state', 'which devices: site, ring, model, state']),
  );
}

/** Opens the line, says in one sentence why not, and closes it. @param work returns the exit code */
export async function withFleet(
  ground: CommandGround,
  values: FleetValues,
  work: (client: FleetClient) => Promise<number>,
): Promise<number> {
  const { env, signal } = ground.around;
  try {
    const client = await FleetClient.open(values, env, signal);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return refusal(ground, error, values.json === true);
  }
}

export function refusal(ground: CommandGround, error: FleetError, isJson: boolean): number {
  if (isJson) ground.json({ error: { code: error.code, message: fleetSentence(error, ground.language) } });
  else ground.around.complain(`${fleetSentence(error, ground.language)}\n`);
  return exitCodes[error.kind];
}

/** `site=jinshang,ring=lab` → the query of the list. @throws UsageError */
export function filterQuery(filter: string | undefined): URLSearchParams {
  const query = new URLSearchParams();
  for (const part of filter === undefined ? [] : filter.split(',')) {
    const [key = '', value = ''] = part.split('=');
    if (!filterKeys.some((each) => each === key) || value === '' || query.has(key))
      throw new UsageError(`--filter takes ${filterKeys.join('=…,')}=…`);
    query.set(key, value);
  }
  return query;
}

/** All of them, page by page. */
export async function listDevices(client: FleetClient, filter: string | undefined): Promise<DeviceItem[]> {
  const query = filterQuery(filter);
  query.set('limit', String(pageSize));
  const found: DeviceItem[] = [];
  for (;;) {
    const { devices } = await client.get(`/fleet/devices?${query}`, deviceAnswers.devices);
    found.push(...devices);
    const last = devices.at(-1);
    if (!last || devices.length < pageSize) return found;
    query.set('after', last.terminal);
  }
}

/** Those that were named, or that the filter finds; nothing is chosen by leaving both out. */
export async function chosenTerminals(
  client: FleetClient,
  names: readonly string[],
  { filter }: ChoiceValues,
): Promise<string[]> {
  if (names.length > 0 && filter !== undefined)
    throw new UsageError('name terminals, or say --filter, not both');
  if (names.length > 0) return [...new Set(names)];
  if (filter === undefined) throw new UsageError('name terminals, or say --filter site=…');
  return (await listDevices(client, filter)).map(({ terminal }) => terminal);
}

/** @returns undefined when it may go on, else the exit code of a run that ends here */
export function countedBack(
  ground: CommandGround,
  many: number,
  { count }: ChoiceValues,
): number | undefined {
  if (many <= unasked && count === undefined) return undefined;
  if (count === String(many)) return undefined;
  ground.around.complain(
    `${ground.say([
      `会涉及 ${many} 台：确实要做，请加 --count ${many}`,
      `${many} devices are meant: if that is right, add --count ${many}`,
    ])}\n`,
  );
  return exitCodes.usage;
}

/** As one path of an address. */
export const pathPart = encodeURIComponent;
