// `yingbin pending`, `approve` and `deny`: terminals without a claim that wait for a person.
import type { Command } from 'commander';
import { type DeviceAnswers, deviceAnswers } from '../../sync/headquarters/api/device-api.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import { dryRunOption, type FleetValues, fleetCommand, pathPart, withFleet } from './fleet-ground.ts';

interface ApproveValues extends FleetValues {
  readonly dryRun?: boolean;
  readonly code?: string;
  readonly site?: string;
  readonly model?: string;
  readonly project?: string;
  readonly ring?: string;
}

export function pendingCommands(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'pending',
    [
      '哪些终端在等人放行：代码与它屏幕上的相同。有人在等时退出码为 1。',
      'who waits to be let in: the code is the one on its screen. Ends with 1 while somebody waits.',
    ],
    ['yingbin pending'],
  ).action(
    ground.does((values: FleetValues) =>
      withFleet(ground, values, async (client) => {
        const { pending } = await client.get('/fleet/pending', deviceAnswers.pending);
        sayPending(pending, values, ground);
        const isWaiting = pending.some(({ terminal, isDenied }) => terminal === null && !isDenied);
        return isWaiting ? exitCodes.care : exitCodes.well;
      }),
    ),
  );
  approveCommand(program, ground);
  const deny = fleetCommand(
    ground,
    program,
    'deny <code>',
    ['不放行屏幕上是这个代码的终端。', 'does not let in the terminal that shows this code.'],
    ['yingbin deny 7K3M9Q'],
  );
  dryRunOption(ground, deny).action(
    ground.does((code: string, values: ApproveValues) =>
      withFleet(ground, values, async (client) => {
        const { pending } = await client.get('/fleet/pending', deviceAnswers.pending);
        const path = `/fleet/pending/${pathPart(code)}/deny`;
        const after = values.dryRun
          ? pending.filter((each) => each.code === code.toUpperCase())
          : (await client.post(path, {}, deviceAnswers.pending)).pending;
        sayPending(after, values, ground);
        return exitCodes.well;
      }),
    ),
  );
}

function approveCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'approve <code> <terminal>',
    [
      '放行屏幕上是这个代码的终端：作为已导入的终端，或加上 --code --site --model 作为新终端。',
      'lets the terminal that shows this code in: as a device that was imported, or with --code, --site and --model as a new one.',
    ],
    ['yingbin approve 7K3M9Q h01', 'yingbin approve 7K3M9Q h02 --code H02 --site jinshang --model pi5-21'],
  );
  dryRunOption(ground, command)
    .option('--code <code>', ground.say(['新终端的编号', 'code of the new device']))
    .option('--site <site>', ground.say(['它的站点', 'its site']))
    .option('--model <model>', ground.say(['它的型号', 'its model']))
    .option('--project <project>', ground.say(['它的项目', 'its project']))
    .option('--ring <ring>', ground.say(['它的环', 'its ring']))
    .action(
      ground.does((code: string, terminal: string, values: ApproveValues) => {
        const { project, ring, site, model } = values;
        const isNew = values.code !== undefined;
        if (isNew && (site === undefined || model === undefined))
          throw new UsageError('a new device needs --code, --site and --model');
        const row = isNew ? { code: values.code, site, model, project, ring } : {};
        const body = { terminal, ...row };
        return withFleet(ground, values, async (client) => {
          if (values.dryRun) {
            const { pending } = await client.get('/fleet/pending', deviceAnswers.pending);
            sayPending(
              pending.filter((each) => each.code === code.toUpperCase()),
              values,
              ground,
            );
            return exitCodes.well;
          }
          const path = `/fleet/pending/${pathPart(code)}/approve`;
          sayPending((await client.post(path, body, deviceAnswers.pending)).pending, values, ground);
          return exitCodes.well;
        });
      }),
    );
}

function sayPending(
  pending: DeviceAnswers['pending']['pending'],
  values: FleetValues,
  ground: CommandGround,
): void {
  if (values.json) {
    ground.json({ pending });
    return;
  }
  const heads: readonly Said[] = [
    ['代码', 'code'],
    ['主板', 'board'],
    ['序列号', 'serial'],
    ['何时来的', 'since'],
    ['结果', 'outcome'],
  ];
  const rows = pending.map(({ code, board, askedAt, terminal, isDenied }) => [
    ...[code, board.model, board.serial, askedAt],
    ground.say(
      isDenied
        ? ['已拒绝', 'denied']
        : terminal === null
          ? ['等待', 'waits']
          : [`→ ${terminal}`, `→ ${terminal}`],
    ),
  ]);
  if (rows.length === 0) ground.line(['没有终端在等。', 'Nobody waits.']);
  else ground.table(heads, rows);
}
