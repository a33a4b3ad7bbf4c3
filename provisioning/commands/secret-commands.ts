// `yingbin secret`: values that set-ups name as secret:NAME, kept at headquarters and never shown again.
import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { type TwinAnswers, twinAnswers } from '../../sync/headquarters/api/twin-api.ts';
import { type CommandGround, exitCodes, UsageError } from './command-ground.ts';
import { dryRunOption, type FleetValues, fleetCommand, pathPart, withFleet } from './fleet-ground.ts';

interface SecretValues extends FleetValues {
  readonly dryRun?: boolean;
}

export function secretCommands(program: Command, ground: CommandGround): void {
  const secret = ground.group(program, 'secret', [
    '机密值：设置里写 secret:名字，值只经终端自己的加密线路送达。',
    'secrets: set-ups say secret:NAME, the value goes over the terminal’s own TLS line alone.',
  ]);
  fleetCommand(
    ground,
    secret,
    'list',
    ['有哪些名字。', 'which names there are.'],
    ['yingbin secret list'],
  ).action(
    ground.does((values: FleetValues) =>
      withFleet(ground, values, async (client) => {
        saySecrets(await client.get('/fleet/secrets', twinAnswers.secrets), values, ground);
        return exitCodes.well;
      }),
    ),
  );
  const add = fleetCommand(
    ground,
    secret,
    'add <name> <file>',
    [
      '保管文件里的值；文件须为 0600。名字的值永不改变：新值用新名字。',
      'keeps the value that the file holds, which must be 0600. A name keeps its value for ever: a new value takes a new name.',
    ],
    [
      'yingbin secret add site-pin-2027 pin.txt',
      'yingbin config set site:jinshang maintenance.pin=secret:site-pin-2027',
    ],
  );
  dryRunOption(ground, add).action(
    ground.does((name: string, file: string, values: SecretValues) => {
      const value = readValue(file);
      return withFleet(ground, values, async (client) => {
        const kept = values.dryRun
          ? await client.get('/fleet/secrets', twinAnswers.secrets)
          : await client.post('/fleet/secrets', { name, value }, twinAnswers.secrets);
        saySecrets(kept, values, ground);
        return exitCodes.well;
      });
    }),
  );
  const remove = fleetCommand(
    ground,
    secret,
    'remove <name>',
    ['忘掉没有设置再用的值。', 'forgets a value that no set-up names any more.'],
    ['yingbin secret remove site-pin-2026'],
  );
  dryRunOption(ground, remove).action(
    ground.does((name: string, values: SecretValues) =>
      withFleet(ground, values, async (client) => {
        const kept = values.dryRun
          ? await client.get('/fleet/secrets', twinAnswers.secrets)
          : await client.post(`/fleet/secrets/${pathPart(name)}/remove`, {}, twinAnswers.secrets);
        saySecrets(kept, values, ground);
        return exitCodes.well;
      }),
    ),
  );
}

function saySecrets({ secrets }: TwinAnswers['secrets'], { json }: FleetValues, ground: CommandGround): void {
  if (json) ground.json({ secrets });
  else
    ground.table(
      [
        ['名字', 'name'],
        ['谁', 'by'],
        ['何时', 'at'],
      ],
      secrets.map(({ name, by, at }) => [name, by, at]),
    );
}

function readValue(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new UsageError(`${file} cannot be read`);
  if ((stat.mode & 0o077) !== 0) throw new UsageError(`${file} can be read by others: give it mode 0600`);
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
}
