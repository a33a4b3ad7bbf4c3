// `yingbin restart`, `print-test`, `identify`, `reader-test`, `reboot`, `rotate`, `open-ssh`: orders to terminals, which wait for those that are away; `orders`: how far they are.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import * as v from 'valibot';
import { type OrderContent, orderContentSchema } from '../../sync/contract/orders.ts';
import { type Answers, answers } from '../../sync/headquarters/api.ts';
import { progressBar } from '../command-table.ts';
import { type FleetClient, FleetError } from '../fleet-client.ts';
import { fleetSentence } from '../fleet-words.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import {
  type ChoiceValues,
  choiceOptions,
  chosenTerminals,
  countedBack,
  type FleetValues,
  fleetCommand,
  pathPart,
  withFleet,
} from './fleet-ground.ts';

interface OrderValues extends ChoiceValues {
  readonly expires: string;
  readonly wait?: string;
  readonly minutes?: string;
  readonly duringSession?: true;
  readonly second?: true;
  readonly keyFile?: string;
}
export type Order = Answers['batch']['orders'][number];

/** One order for several terminals, or each its own. */
export interface Wanted {
  readonly content: OrderContent;
  readonly terminals: readonly string[];
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 };
const lookMs = 500;
/** An order is over with these. */
export const endStates: ReadonlySet<string> = new Set(['done', 'failed', 'expired', 'cancelled']);
/** The API takes bodies of 64 KiB. */
const perOrder = 1_000;

export function orderCommands(program: Command, ground: CommandGround): void {
  orderCommand(
    program,
    ground,
    'restart',
    ['重新启动终端程序，在无人使用时。', 'starts the terminal’s program again, when nobody is served.'],
    (terminals) => [{ content: { kind: 'restart-terminal', body: {} }, terminals }],
  );
  orderCommand(program, ground, 'print-test', ['打印一张测试小票。', 'prints a test slip.'], (terminals) => [
    { content: { kind: 'print-test-page', body: {} }, terminals },
  ]);
  duringSessionOption(
    ground,
    orderCommand(
      program,
      ground,
      'identify',
      [
        '让终端用大字显示自己的名字并发出声音，30 秒。',
        'has terminals show their names in large letters, with a sound, for 30 s.',
      ],
      (terminals, values) => [{ content: { kind: 'identify', body: session(values) }, terminals }],
    ),
  );
  orderCommand(
    program,
    ground,
    'reader-test',
    [
      '请现场的人刷一张卡试读卡器；只说明种类、位数和末位。',
      'asks whoever stands there for a card; tells kind, bits and the last characters alone.',
    ],
    (terminals, { second }) => [
      { content: { kind: 'test-reader', body: { reader: second ? 'second-reader' : 'reader' } }, terminals },
    ],
  ).option('--second', ground.say(['第二个读卡器', 'the second reader']));
  duringSessionOption(
    ground,
    orderCommand(
      program,
      ground,
      'reboot',
      [
        '重新启动整机，在无人使用时；起来以后才算完成。',
        'starts the machine again, when nobody is served; done when it is up.',
      ],
      (terminals, values) => [{ content: { kind: 'reboot', body: session(values) }, terminals }],
    ),
  );
  orderCommand(
    program,
    ground,
    'rotate',
    ['立即换用新的密钥和证书。', 'gives them a fresh key and certificate now.'],
    (terminals) => [{ content: { kind: 'rotate-certificate', body: {} }, terminals }],
  );
  openSshCommand(program, ground);
  ordersCommand(program, ground);
}

function duringSessionOption(ground: CommandGround, command: Command): Command {
  return command.option('--during-session', ground.say(['有人使用时也做', 'also while somebody is served']));
}

function session({ duringSession }: OrderValues): { duringSession?: true } {
  return duringSession ? { duringSession } : {};
}

function openSshCommand(program: Command, ground: CommandGround): void {
  orderCommand(
    program,
    ground,
    'open-ssh',
    [
      '限时打开远程维护：只认这一把公钥，到时自动关闭。',
      'lets support in for a while: with this one public key; closes by itself.',
    ],
    (terminals, { keyFile, minutes = '30' }) => {
      if (keyFile === undefined) throw new UsageError('say --key-file with one public key');
      const key = readFileSync(keyFile, 'utf8').trim();
      const content = { kind: 'open-ssh', body: { minutes: Number(minutes), key } } as const;
      if (!v.is(orderContentSchema, content))
        throw new UsageError(
          '--minutes is 1 to 60, --key-file one line of ssh-ed25519 or ecdsa-sha2-nistp256',
        );
      return [{ content, terminals }];
    },
  )
    .option('--key-file <file.pub>', ground.say(['公钥文件', 'file with the public key']))
    .option('--minutes <n>', ground.say(['多少分钟，最多 60', 'for how many minutes, 60 at most']), '30');
}

export function orderCommand(
  program: Command,
  ground: CommandGround,
  name: string,
  about: Said,
  wanted: (terminals: readonly string[], values: OrderValues) => Wanted[],
): Command {
  const command = fleetCommand(ground, program, `${name} [terminals...]`, about, [
    `yingbin ${name} h01 --wait 60`,
    `yingbin ${name} --filter site=jinshang --count 24`,
  ]);
  return choiceOptions(ground, command)
    .option('--expires <30m|4h|7d>', ground.say(['指令的有效期', 'how long the order is good for']), '1h')
    .option('--wait <seconds>', ground.say(['等到完成，最多多久', 'waits for the end, so long at most']))
    .action(
      ground.does((names: readonly string[], values: OrderValues) => {
        const expiresInMs = durationOf(values.expires);
        const waitMs = values.wait === undefined ? 0 : secondsOf(values.wait);
        return withFleet(ground, values, async (client) => {
          const terminals = await chosenTerminals(client, names, values);
          const stop = countedBack(ground, terminals.length, values);
          if (stop !== undefined) return stop;
          if (values.dryRun) {
            if (values.json) ground.json({ isDone: false, terminals });
            else ground.around.write(terminals.map((each) => `${each}\n`).join(''));
            return exitCodes.well;
          }
          return await give(client, ground, {
            wishes: wanted(terminals, values),
            values,
            expiresInMs,
            waitMs,
          });
        });
      }),
    );
}

interface Giving {
  readonly wishes: readonly Wanted[];
  readonly values: OrderValues;
  readonly expiresInMs: number;
  readonly waitMs: number;
}

async function give(client: FleetClient, ground: CommandGround, giving: Giving): Promise<number> {
  const { values, waitMs } = giving;
  const { batches, orders, refused } = await given(client, ground, giving);
  if (values.json) ground.json({ isDone: batches.length > 0, batches, orders, refused });
  else sayOrders(orders, refused, ground);
  if (refused.length > 0) return exitCodes.refused;
  const isCare = orders.some(({ state }) => (waitMs > 0 ? state !== 'done' : state === 'failed'));
  return isCare ? exitCodes.care : exitCodes.well;
}

export interface Given {
  readonly batches: readonly string[];
  /** how they stand when all ended, or after so long */
  readonly orders: readonly Order[];
  readonly refused: readonly { readonly terminal: string; readonly code: string }[];
}

/** Orders it of all, and waits for their ends. */
export async function given(
  client: FleetClient,
  ground: CommandGround,
  { wishes, expiresInMs, waitMs }: Omit<Giving, 'values'>,
): Promise<Given> {
  const batches: string[] = [];
  const refused: { terminal: string; code: string }[] = [];
  for (const { content, terminals } of wishes) {
    for (let at = 0; at < terminals.length; at += perOrder) {
      const some = terminals.slice(at, at + perOrder);
      try {
        const body = { ...content, terminals: some, expiresInMs };
        const given = await client.post('/orders', body, answers.given);
        batches.push(given.batch);
        refused.push(...given.refused);
      } catch (error) {
        // none of these got it; the others do all the same
        if (!(error instanceof FleetError) || !isOfTerminal(error)) throw error;
        refused.push(...some.map((terminal) => ({ terminal, code: error.code })));
      }
    }
  }
  return { batches, orders: await outcomes(client, batches, waitMs, ground), refused };
}

function isOfTerminal({ code }: FleetError): boolean {
  return code === 'unknown-terminal' || code === 'too-many-orders';
}

/** @returns how they stand when all ended, or after so long */
async function outcomes(
  client: FleetClient,
  batches: readonly string[],
  waitMs: number,
  ground: CommandGround,
): Promise<Order[]> {
  const { signal } = ground.around;
  const draw = progressBar(ground.around, ground.say(['完成', 'done']));
  const endsAt = performance.now() + waitMs;
  for (;;) {
    const orders: Order[] = [];
    for (const batch of batches)
      orders.push(...(await client.get(`/orders/${pathPart(batch)}`, answers.batch)).orders);
    const ended = orders.filter(({ state }) => endStates.has(state)).length;
    const isOver = ended === orders.length;
    if (waitMs > 0) draw(ended, orders.length);
    if (isOver || performance.now() >= endsAt || signal.aborted) return orders;
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

/** For JSON, beside what a terminal brought. */
export function orderOutcome({ terminal, state, code, detail }: Order) {
  return { terminal, state, code, detail };
}

const stateWords: Readonly<Record<Order['state'], Said>> = {
  queued: ['等待送达', 'queued'],
  received: ['已收到', 'received'],
  running: ['进行中', 'running'],
  done: ['完成', 'done'],
  failed: ['失败', 'failed'],
  expired: ['已过期', 'expired'],
  cancelled: ['已取消', 'cancelled'],
};

export function sayOrders(
  orders: readonly Order[],
  refused: readonly { readonly terminal: string; readonly code: string }[],
  ground: CommandGround,
): void {
  const rows = [
    ...orders.map(({ terminal, state, code, detail }) => [
      terminal,
      ground.say(stateWords[state]),
      code ?? detailOf(detail),
    ]),
    ...refused.map(({ terminal, code }) => [
      terminal,
      ground.say(['被拒绝', 'refused']),
      fleetSentence(new FleetError('refused', code, code), ground.language),
    ]),
  ];
  const heads: readonly Said[] = [
    ['终端', 'terminal'],
    ['指令', 'order'],
    ['结果', 'outcome'],
  ];
  ground.table(heads, rows);
}

function detailOf(detail: Order['detail']): string {
  return Object.entries(detail ?? {})
    .map(([key, value]) => `${key}=${value ?? '–'}`)
    .join(' ');
}

function ordersCommand(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'orders [batch]',
    [
      '下过哪些指令；给出编号时，每台到了哪一步。',
      'which orders were given; with an id, how far each terminal is.',
    ],
    ['yingbin orders'],
  ).action(
    ground.does((batch: string | undefined, values: FleetValues) =>
      withFleet(ground, values, async (client) => {
        if (batch !== undefined) {
          const found = await client.get(`/orders/${pathPart(batch)}`, answers.batch);
          if (values.json) ground.json(found);
          else sayOrders(found.orders, [], ground);
          return exitCodes.well;
        }
        const { batches } = await client.get('/orders', answers.batches);
        if (values.json) ground.json({ batches });
        else {
          const rows = batches.map(({ batch: id, kind, at, counts }) => [
            ...[id, kind, at],
            Object.entries(counts)
              .filter(([, count]) => count > 0)
              .map(([state, count]) => `${state} ${count}`)
              .join(', '),
          ]);
          const heads: readonly Said[] = [
            ['编号', 'id'],
            ['指令', 'order'],
            ['何时', 'at'],
            ['进度', 'how far'],
          ];
          ground.table(heads, rows);
        }
        return exitCodes.well;
      }),
    ),
  );
}

export function durationOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const ms = Number(number) * (units[unit] ?? 0);
  if (!(ms > 0 && ms <= 30 * 24 * 3_600_000))
    throw new UsageError(`${text} must be as 30m, 4h or 7d, 30d at most`);
  return ms;
}

export function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 86_400)) throw new UsageError('--wait must be 1 to 86400');
  return seconds * 1_000;
}
