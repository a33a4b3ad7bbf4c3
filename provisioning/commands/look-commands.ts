// `yingbin diagnose`, `screenshot` and `logs`: what a terminal brings of itself when it is asked to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import * as v from 'valibot';
import { type Diagnosis, diagnosisSchema } from '../../sync/contract/diagnosis.ts';
import { answers } from '../../sync/headquarters/api.ts';
import { type FleetClient, FleetError } from '../fleet-client.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import { checkWords, diagnosisStateWords, foundCode } from './diagnosis-words.ts';
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
import {
  endStates,
  type Given,
  given,
  type Order,
  orderOutcome,
  sayOrders,
  secondsOf,
} from './order-commands.ts';

interface LookValues extends ChoiceValues {
  readonly wait: string;
  readonly out?: string;
  readonly duringSession?: true;
}

export function lookCommands(program: Command, ground: CommandGround): void {
  diagnoseCommand(program, ground);
  screenshotCommand(program, ground);
  logsCommand(program, ground);
}

const outOption: Said = ['存放的文件夹（0700）', 'folder to lay them in (0700)'];
const waitOption: Said = ['最多等多久', 'waits so long at most'];

function diagnoseCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'diagnose [terminals...]',
    [
      '让终端自检二十多项并送回报告；有事需要处理时退出码为 1。',
      'has terminals check themselves and bring the report; ends with 1 where something needs care.',
    ],
    ['yingbin diagnose h01', 'yingbin diagnose --filter site=jinshang --count 24 --out reports'],
  );
  choiceOptions(ground, command)
    .option('--wait <seconds>', ground.say(waitOption), '90')
    .option('--out <folder>', ground.say(outOption))
    .action(
      ground.does((names: readonly string[], values: LookValues) =>
        looked(ground, names, values, {
          content: () => ({ kind: 'run-diagnosis', body: {} }),
          take: (client, done) => takeReports(client, done, values, ground),
        }),
      ),
    );
}

function screenshotCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'screenshot [terminals...]',
    [
      '取终端屏幕的截图，访客的资料先遮住；没有确认遮好就没有截图。',
      'brings a picture of the screen, with what is of a person covered; none where the screen does not say that it did.',
    ],
    ['yingbin screenshot h01 --out pictures'],
  );
  choiceOptions(ground, command)
    .option('--wait <seconds>', ground.say(waitOption), '60')
    .option('--out <folder>', ground.say(outOption), '.')
    .option('--during-session', ground.say(['有人使用时也做', 'also while somebody is served']))
    .action(
      ground.does((names: readonly string[], values: LookValues) =>
        looked(ground, names, values, {
          content: () => ({
            kind: 'take-screenshot',
            body: values.duringSession ? { duringSession: true } : {},
          }),
          take: (client, done) => takePictures(client, done, values, ground),
        }),
      ),
    );
}

interface Look {
  readonly content: () => Parameters<typeof given>[2]['wishes'][number]['content'];
  /** @returns the exit code */
  readonly take: (client: FleetClient, done: Given) => Promise<number>;
}

function looked(
  ground: CommandGround,
  names: readonly string[],
  values: LookValues,
  look: Look,
): Promise<number> {
  const waitMs = secondsOf(values.wait);
  return withFleet(ground, values, async (client) => {
    const terminals = await chosenTerminals(client, names, values);
    const stop = countedBack(ground, terminals.length, values);
    if (stop !== undefined) return stop;
    if (values.dryRun) {
      if (values.json) ground.json({ isDone: false, terminals });
      else ground.around.write(terminals.map((each) => `${each}\n`).join(''));
      return exitCodes.well;
    }
    const wishes = [{ content: look.content(), terminals }];
    // what nobody waits for any more is not done later
    const done = await given(client, ground, { wishes, expiresInMs: Math.max(waitMs, 60_000), waitMs });
    const code = await look.take(client, done);
    if (done.refused.length === 0) return code;
    if (!values.json) sayOrders([], done.refused, ground);
    return exitCodes.refused;
  });
}

async function takeReports(
  client: FleetClient,
  { orders, refused }: Given,
  { out, json }: LookValues,
  ground: CommandGround,
): Promise<number> {
  const reports: Diagnosis[] = [];
  const without: Order[] = [];
  for (const order of orders) {
    const report = await reportOf(client, order);
    if (!report) without.push(order);
    else reports.push(report);
    if (report && out !== undefined) lay(out, `${order.terminal}.json`, JSON.stringify(report, null, 2));
  }
  if (json) ground.json({ reports, orders: orders.map(orderOutcome), refused });
  else {
    for (const report of reports) sayReport(report, ground);
    if (without.length > 0) sayOrders(without, [], ground);
  }
  const isWell =
    without.length === 0 &&
    reports.every(({ checks }) => checks.every(({ state }) => state !== 'bad' && state !== 'care'));
  return isWell ? exitCodes.well : exitCodes.care;
}

async function reportOf(client: FleetClient, { id, upload }: Order): Promise<Diagnosis | undefined> {
  if (!upload) return undefined;
  const text = await client.getText(`/fleet/uploads/${pathPart(id)}`);
  const read = v.safeParse(diagnosisSchema, parsed(text));
  if (!read.success) throw new FleetError('unreachable', 'answer-unknown', id);
  return read.output;
}

function sayReport({ terminal, version, at, tookMs, checks }: Diagnosis, ground: CommandGround): void {
  ground.line([
    `${terminal} · ${version} · ${at} · ${checks.length} 项，用时 ${(tookMs / 1_000).toFixed(1)} 秒`,
    `${terminal} · ${version} · ${at} · ${checks.length} checks in ${(tookMs / 1_000).toFixed(1)} s`,
  ]);
  const heads: readonly Said[] = [
    ['检查', 'check'],
    ['结果', 'state'],
    ['', ''],
  ];
  const rows = checks.map(({ check, state, code, values }) => [
    ground.say(checkWords[check]),
    ground.say(diagnosisStateWords[state]),
    [
      code === null ? null : foundCode(code, ground.language),
      ...Object.entries(values).map(([key, value]) => `${key}=${value ?? '–'}`),
    ]
      .filter((word) => word !== null)
      .join(' '),
  ]);
  ground.table(heads, rows);
}

async function takePictures(
  client: FleetClient,
  { orders, refused }: Given,
  { out = '.', json }: LookValues,
  ground: CommandGround,
): Promise<number> {
  const files: string[] = [];
  for (const { id, terminal, upload } of orders) {
    if (!upload) continue;
    const bytes = await client.getBytes(`/fleet/uploads/${pathPart(id)}`);
    files.push(lay(out, `${terminal}-${upload.at.replace(/[:.]/g, '')}.png`, bytes));
  }
  if (json) ground.json({ files, orders: orders.map(orderOutcome), refused });
  else {
    for (const file of files) ground.around.write(`${file}\n`);
    const without = orders.filter(({ upload }) => !upload);
    if (without.length > 0) sayOrders(without, [], ground);
  }
  return files.length === orders.length ? exitCodes.well : exitCodes.care;
}

interface LogValues extends FleetValues {
  readonly follow?: true;
  readonly minutes: string;
}

const lookMs = 1_000;
const beforeMs = 60_000;

function logsCommand(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'logs <terminal>',
    [
      '终端的运行日志：先是之前的，加 -f 时继续跟随，最多 10 分钟，到时自行结束。',
      'what a terminal logs: what it said before, and with -f live, for 10 minutes at most; ends itself.',
    ],
    ['yingbin logs h01', 'yingbin logs h01 -f --minutes 5'],
  )
    .option('-f, --follow', ground.say(['继续跟随', 'goes on live']))
    .option('--minutes <n>', ground.say(['跟随多少分钟，1 到 10', 'for how many minutes, 1 to 10']), '10')
    .action(
      ground.does((terminal: string, values: LogValues) => {
        const minutes = Number(values.minutes);
        if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= 10))
          throw new UsageError('--minutes must be 1 to 10');
        return withFleet(ground, values, (client) =>
          readOn(client, terminal, { ...values, minutes: values.follow ? minutes : 1 }, ground),
        );
      }),
    );
}

async function readOn(
  client: FleetClient,
  terminal: string,
  { minutes, follow, json }: { readonly minutes: number; readonly follow?: true; readonly json?: boolean },
  ground: CommandGround,
): Promise<number> {
  const wishes = [{ content: { kind: 'send-log', body: { minutes } } as const, terminals: [terminal] }];
  const started = await given(client, ground, { wishes, expiresInMs: beforeMs, waitMs: 0 });
  const [batch] = started.batches;
  if (batch === undefined) {
    if (json) ground.json({ refused: started.refused });
    else sayOrders([], started.refused, ground);
    return exitCodes.refused;
  }
  const { signal } = ground.around;
  let read = 0;
  let order = started.orders[0];
  const endsAt = performance.now() + minutes * 60_000 + beforeMs;
  while (!signal.aborted && performance.now() < endsAt) {
    order = (await ordersOf(client, batch))[0];
    if (order?.upload && order.upload.bytes > read) {
      const piece = await client.getBytes(`/fleet/uploads/${pathPart(order.id)}?from=${read}`);
      read += piece.length;
      sayLines(piece.toString(), json === true, ground);
    }
    const isOver = order !== undefined && endStates.has(order.state);
    // what it said before has come: nobody wants to read on
    if (isOver || (!follow && read > 0)) break;
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
  }
  if (read > 0) return exitCodes.well;
  if (order) sayOrders([order], [], ground);
  return exitCodes.care;
}

async function ordersOf(client: FleetClient, batch: string): Promise<readonly Order[]> {
  return (await client.get(`/orders/${pathPart(batch)}`, answers.batch)).orders;
}

/** They are JSON already; a person reads time, word and code. Nothing in them steers the window. */
function sayLines(text: string, isJson: boolean, { around }: CommandGround): void {
  for (const line of text.split('\n').filter(Boolean))
    around.write(`${isJson ? line : readable(line).replace(/\p{Cc}/gu, '�')}\n`);
}

function readable(line: string): string {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null) return line;
  const { time, msg, code, level, terminal: _, ...rest } = value as Record<string, unknown>;
  const more = Object.entries(rest).map(([key, said]) => `${key}=${String(said)}`);
  return [time, Number(level) >= 50 ? '!' : ' ', code, msg, ...more].filter(Boolean).join(' ');
}

/** @returns where it lies */
function lay(folder: string, name: string, content: string | Uint8Array): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
