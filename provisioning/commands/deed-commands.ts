// `yingbin revoke`, `retire`, `quarantine`, `reinstate` and `replace`: what is done to devices; `audit`: what was done.
import type { Command } from 'commander';
import { accountAnswers } from '../../sync/headquarters/api/account-api.ts';
import { type DeviceDetail, deviceAnswers } from '../../sync/headquarters/api/device-api.ts';
import { answers } from '../../sync/headquarters/api.ts';
import { type FleetClient, FleetError } from '../fleet-client.ts';
import { fleetSentence } from '../fleet-words.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import { deviceStateWords } from './device-commands.ts';
import {
  type ChoiceValues,
  choiceOptions,
  chosenTerminals,
  countedBack,
  dryRunOption,
  type FleetValues,
  fleetCommand,
  pathPart,
  withFleet,
} from './fleet-ground.ts';

interface Deed {
  readonly name: string;
  /** of the API */
  readonly path: string;
  readonly about: Said;
}

const deeds: readonly Deed[] = [
  {
    name: 'revoke',
    path: 'revoke',
    about: [
      '吊销：证书立即作废，连接被切断。丢失或被盗时用。',
      'revokes: the certificate is void at once and its line is cut. For lost and stolen ones.',
    ],
  },
  {
    name: 'quarantine',
    path: 'quarantine',
    about: [
      '隔离：暂时切断，查清后可用 reinstate 恢复。',
      'puts aside: cut off until it is looked into; reinstate brings it back.',
    ],
  },
  {
    name: 'reinstate',
    path: 'release',
    about: ['解除隔离。', 'ends a quarantine.'],
  },
  {
    name: 'retire',
    path: 'retire',
    about: [
      '退役：不可撤销，名字不再使用。在用的终端先送完记录，再清空自己；不在手边的用 --at-once，只在总部作废。',
      'retires: for ever, and its name is never used again. One that serves sends what waits and wipes itself; --at-once voids it at headquarters alone.',
    ],
  },
];

export function deedCommands(program: Command, ground: CommandGround): void {
  for (const deed of deeds) deedCommand(program, ground, deed);
  replaceCommand(program, ground);
  auditCommand(program, ground);
}

interface Done {
  readonly terminal: string;
  readonly state: DeviceDetail['state'] | null;
  readonly error: FleetError | null;
  /** it was told to do it itself */
  readonly isOrdered?: boolean;
}
interface DeedValues extends ChoiceValues {
  readonly atOnce?: true;
}
/** A terminal that is away may come within so long. */
const retireWithinMs = 30 * 24 * 3_600_000;

function deedCommand(program: Command, ground: CommandGround, { name, path, about }: Deed): void {
  const command = fleetCommand(ground, program, `${name} [terminals...]`, about, [
    `yingbin ${name} h01`,
    `yingbin ${name} --filter site=jinshang --dry-run`,
  ]);
  if (name === 'retire')
    command.option('--at-once', ground.say(['不等终端，立即作废', 'does not wait for the terminal']));
  choiceOptions(ground, command).action(
    ground.does((names: readonly string[], values: DeedValues) =>
      withFleet(ground, values, async (client) => {
        const terminals = await chosenTerminals(client, names, values);
        const stop = countedBack(ground, terminals.length, values);
        if (stop !== undefined) return stop;
        const done: Done[] = [];
        for (const terminal of terminals) {
          const at = `/fleet/devices/${pathPart(terminal)}`;
          try {
            const isOrdered =
              !values.dryRun &&
              name === 'retire' &&
              !values.atOnce &&
              (await wipesItself(client, at, terminal));
            const { state } =
              values.dryRun || isOrdered
                ? await client.get(at, deviceAnswers.device)
                : await client.post(`${at}/${path}`, {}, deviceAnswers.device);
            done.push({ terminal, state, error: null, isOrdered });
          } catch (error) {
            // the others are done all the same
            if (!(error instanceof FleetError) || error.kind !== 'refused') throw error;
            done.push({ terminal, state: null, error });
          }
        }
        sayDone(done, values, ground);
        return done.some(({ error }) => error) ? exitCodes.refused : exitCodes.well;
      }),
    ),
  );
}

/** One that serves is told; its certificate is void as soon as it says that it was done. @returns whether it was */
async function wipesItself(client: FleetClient, at: string, terminal: string): Promise<boolean> {
  const { state } = await client.get(at, deviceAnswers.device);
  if (state !== 'enrolled') return false;
  const order = { kind: 'retire', body: {}, terminals: [terminal], expiresInMs: retireWithinMs };
  await client.post('/orders', order, answers.given);
  return true;
}

function sayDone(done: readonly Done[], { json, dryRun }: ChoiceValues, ground: CommandGround): void {
  if (json) {
    const devices = done.map(({ terminal, state, error, isOrdered = false }) => ({
      terminal,
      state,
      error: error?.code ?? null,
      isOrdered,
    }));
    ground.json({ isDone: !dryRun, devices });
    return;
  }
  const state: Said = dryRun ? ['现在的状态', 'state now'] : ['状态', 'state'];
  const rows = done.map((each) => [
    each.terminal,
    each.error
      ? fleetSentence(each.error, ground.language)
      : each.state
        ? `${ground.say(deviceStateWords[each.state])}${each.isOrdered ? ground.say(ordered) : ''}`
        : '–',
  ]);
  ground.table([['终端', 'terminal'], state], rows);
}

const ordered: Said = ['，已下达指令', ', ordered to wipe itself'];

function replaceCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'replace <old> <new>',
    [
      '用另一台接替：新的继承它的设置，旧的吊销。',
      'puts another one in its place: the new one takes its set-up over, the old one is revoked.',
    ],
    ['yingbin replace h01 h09'],
  );
  dryRunOption(ground, command).action(
    ground.does((old: string, by: string, values: ChoiceValues) =>
      withFleet(ground, values, async (client) => {
        const at = `/fleet/devices/${pathPart(old)}`;
        if (values.dryRun) {
          const both = [old, by].map((each) =>
            client.get(`/fleet/devices/${pathPart(each)}`, deviceAnswers.device),
          );
          const done = (await Promise.all(both)).map(({ terminal, state }) => ({
            terminal,
            state,
            error: null,
          }));
          sayDone(done, values, ground);
          return exitCodes.well;
        }
        const { terminal, state } = await client.post(`${at}/replace`, { by }, deviceAnswers.device);
        sayDone([{ terminal, state, error: null }], values, ground);
        return exitCodes.well;
      }),
    ),
  );
}

interface AuditValues extends FleetValues {
  readonly about?: string;
  readonly actor?: string;
  readonly what?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly check?: boolean;
}

function auditCommand(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'audit',
    [
      '谁在何时做了什么，最新的在前；--check 重新核对整条链，有断裂时退出码为 1。',
      'who did what and when, newest first; --check reads the whole chain again and ends with 1 where it is broken.',
    ],
    [
      'yingbin audit --about h01',
      'yingbin audit --what order-given --from 2026-11-01',
      'yingbin audit --check',
    ],
  )
    .option('--about <name>', ground.say(['关于哪台', 'about which device']))
    .option('--actor <account>', ground.say(['谁做的', 'by whom']))
    .option('--what <deed>', ground.say(['做了什么，如 order-given', 'which deed, as order-given']))
    .option(
      '--from <day>',
      ground.say([
        '从何时起：2026-11-01 或带时区的时刻',
        'since when: 2026-11-01, or an instant with its zone',
      ]),
    )
    .option('--to <day>', ground.say(['到何时为止；一天算到当天结束', 'until when; a day to its end']))
    .option('--limit <n>', ground.say(['多少行', 'how many lines']), '50')
    .option('--check', ground.say(['核对整条链', 'checks the whole chain']))
    .action(
      ground.does((values: AuditValues) =>
        withFleet(ground, values, async (client) => {
          if (values.check) {
            const checked = await client.get('/audit/check', accountAnswers.auditCheck);
            const { lines, brokenAt } = checked;
            if (values.json) ground.json(checked);
            else if (brokenAt === null) ground.line([`${lines} 行，完整。`, `${lines} lines, whole.`]);
            else
              ground.line([
                `在第 ${brokenAt} 行断裂：有人改过。`,
                `Broken at line ${brokenAt}: somebody changed it.`,
              ]);
            return brokenAt === null ? exitCodes.well : exitCodes.care;
          }
          const query = auditQuery(values);
          const { lines } = await client.get(`/audit?${query}`, accountAnswers.audit);
          if (values.json) ground.json({ lines });
          else {
            const heads: readonly Said[] = [
              ['行', 'n'],
              ['何时', 'at'],
              ['谁', 'by'],
              ['做了什么', 'what'],
              ['关于', 'about'],
              ['', ''],
            ];
            const rows = lines.map(({ n, at, actor, what, about, detail }) => [
              ...[String(n), at, actor, what, about ?? '–'],
              Object.entries(detail)
                .map(([key, value]) => `${key}=${value}`)
                .join(' '),
            ]);
            ground.table(heads, rows);
          }
          return exitCodes.well;
        }),
      ),
    );
}

/** @throws UsageError before headquarters is asked */
function auditQuery({ limit, about, actor, what, from, to }: AuditValues): URLSearchParams {
  const asked = { about, actor, what, from: instantOf('--from', from, 0), to: instantOf('--to', to, 1) };
  const query = new URLSearchParams({ limit });
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  return query;
}

/** A day is meant as it is where the command is typed. @param days later */
function instantOf(option: string, said: string | undefined, days: number): string | undefined {
  if (said === undefined) return undefined;
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said) ?? [];
  const isDay = year !== '';
  const isInstant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(said);
  const meant = isDay ? new Date(Number(year), Number(month) - 1, Number(day)) : new Date(said);
  const isThere = isDay ? meant.getDate() === Number(day) : isInstant && !Number.isNaN(meant.getTime());
  if (!isThere) throw new UsageError(`${option} must be as 2026-11-01 or 2026-11-01T08:00:00Z`);
  if (isDay) meant.setDate(meant.getDate() + days);
  return meant.toISOString();
}
