// `yingbin config`: what each layer sets, what a change would do to whom, and the change itself.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import * as v from 'valibot';
import { type TwinLayer, twinLayers } from '../../sync/contract/twin.ts';
import { type LayerItem, type TwinAnswers, twinAnswers } from '../../sync/headquarters/api/twin-api.ts';
import { type FleetClient, FleetError } from '../fleet-client.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import {
  type ChoiceValues,
  countedBack,
  dryRunOption,
  type FleetValues,
  fleetCommand,
  withFleet,
} from './fleet-ground.ts';

interface LayerName {
  readonly layer: TwinLayer;
  readonly subject: string;
}
type Values = LayerItem['values'];
type Plan = TwinAnswers['plan'];

const fileSchema = v.record(v.string(), v.unknown());

export function configCommands(program: Command, ground: CommandGround): void {
  const config = ground.group(program, 'config', [
    '设置：各层 default < model < project < site < ring < device，后面的盖过前面的。',
    'set-ups: layers default < model < project < site < ring < device, each over those before it.',
  ]);
  showCommand(config, ground);
  setCommand(config, ground);
  planCommand(config, ground);
  applyCommand(config, ground);
  rollbackCommand(config, ground);
}

function showCommand(config: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    config,
    'show [layer]',
    [
      '有哪些层；给出一层时，它的值和历史版本。',
      'which layers there are; with one, its values and its revisions.',
    ],
    ['yingbin config show', 'yingbin config show site:jinshang --json'],
  ).action(
    ground.does((name: string | undefined, values: FleetValues) => {
      const wanted = name === undefined ? undefined : layerName(name);
      return withFleet(ground, values, async (client) => {
        if (wanted) {
          const layer = await readLayer(client, wanted);
          const { revisions } = await client.get(pathOf(wanted, '/history'), twinAnswers.history);
          if (values.json) ground.json({ ...layer, revisions });
          else sayRevisions(layer, revisions, ground);
          return exitCodes.well;
        }
        const { layers } = await client.get('/fleet/layers', twinAnswers.layers);
        if (values.json) ground.json({ layers });
        else {
          const heads: readonly Said[] = [
            ['层', 'layer'],
            ['版本', 'revision'],
            ['值', 'values'],
            ['谁', 'by'],
            ['何时', 'at'],
          ];
          const rows = layers.map((each) => [
            ...[textOf(each), String(each.rev), String(Object.keys(each.values).length), each.by, each.at],
          ]);
          ground.table(heads, rows);
        }
        return exitCodes.well;
      });
    }),
  );
}

function sayRevisions(layer: LayerItem, revisions: readonly LayerItem[], ground: CommandGround): void {
  const rows = Object.entries(layer.values).map(([path, value]) => [path, JSON.stringify(value)]);
  const columns: readonly Said[] = [
    ['设置', 'setting'],
    ['值', 'value'],
  ];
  ground.table(columns, rows);
  ground.around.write('\n');
  const heads: readonly Said[] = [
    ['版本', 'revision'],
    ['谁', 'by'],
    ['何时', 'at'],
  ];
  const past = revisions.map(({ rev, by, at }) => [String(rev), by, at]);
  ground.table(heads, past);
}

function setCommand(config: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    config,
    'set <layer> [changes...]',
    [
      '在一层里改几个值（其余不动）：PATH=VALUE，VALUE 是 JSON 或文字；--unset PATH 让下面的层决定。',
      'changes some values of a layer and leaves the others: PATH=VALUE, a VALUE is JSON or text; --unset PATH leaves it to the layers below.',
    ],
    [
      'yingbin config set site:jinshang settings.idleSeconds=60 --dry-run',
      'yingbin config set default settings.language=zh --count 240',
      'yingbin config set device:h01 --unset settings.idleSeconds',
    ],
  );
  changeOptions(ground, command)
    .option('--unset <path...>', ground.say(['去掉哪些', 'which to take out']))
    .action(
      ground.does(
        (
          name: string,
          changes: readonly string[],
          values: ChoiceValues & { readonly unset?: readonly string[] },
        ) => {
          const wanted = layerName(name);
          const given = changes.map(changeOf);
          const { unset = [] } = values;
          if (given.length + unset.length === 0)
            throw new UsageError('say what to change: PATH=VALUE or --unset PATH');
          return withFleet(ground, values, async (client) => {
            const layer = await readLayer(client, wanted);
            const kept = Object.entries(layer.values).filter(([path]) => !unset.includes(path));
            const next = Object.fromEntries([...kept, ...given]);
            return await change(client, ground, {
              wanted,
              values: next,
              baseRev: layer.rev,
              options: values,
            });
          });
        },
      ),
    );
}

function planCommand(config: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    config,
    'plan <layer> <file>',
    [
      '如果这一层整个换成文件里的值（JSON），谁会有什么改变。什么也不写。',
      'what would change for whom if the whole layer were what the file says (JSON). Writes nothing.',
    ],
    ['yingbin config plan site:jinshang jinshang.json'],
  ).action(
    ground.does((name: string, file: string, values: FleetValues) => {
      const wanted = layerName(name);
      const next = readValues(file);
      return withFleet(ground, values, async (client) => {
        sayPlan(await plan(client, wanted, next), values, ground);
        return exitCodes.well;
      });
    }),
  );
}

function applyCommand(config: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    config,
    'apply <layer> <file>',
    [
      '把一层整个换成文件里的值（JSON）。别人在此期间改过时被拒绝：--base-rev 是你看到的版本。',
      'makes the whole layer what the file says (JSON). Refused when somebody changed it meanwhile: --base-rev is the revision that you saw.',
    ],
    ['yingbin config apply site:jinshang jinshang.json --base-rev 4'],
  );
  changeOptions(ground, command)
    .option(
      '--base-rev <n>',
      ground.say(['你看到的版本；不写就是现在的', 'revision that you saw; the one of now unless given']),
    )
    .action(
      ground.does((name: string, file: string, values: ChoiceValues & { readonly baseRev?: string }) => {
        const wanted = layerName(name);
        const next = readValues(file);
        const base = values.baseRev === undefined ? undefined : revisionOf(values.baseRev, '--base-rev');
        return withFleet(ground, values, async (client) => {
          const baseRev = base ?? (await readLayer(client, wanted)).rev;
          return await change(client, ground, { wanted, values: next, baseRev, options: values });
        });
      }),
    );
}

function rollbackCommand(config: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    config,
    'rollback <layer>',
    ['把一层换回以前的版本，作为新版本。', 'makes a layer what it was at an earlier revision, as a new one.'],
    ['yingbin config rollback site:jinshang --to 3'],
  );
  changeOptions(ground, command)
    .requiredOption('--to <n>', ground.say(['换回哪个版本', 'which revision']))
    .action(
      ground.does((name: string, values: ChoiceValues & { readonly to: string }) => {
        const wanted = layerName(name);
        const to = revisionOf(values.to, '--to');
        return withFleet(ground, values, async (client) => {
          const { rev } = await readLayer(client, wanted);
          const { revisions } = await client.get(
            pathOf(wanted, '/history', { limit: '500' }),
            twinAnswers.history,
          );
          const target = revisions.find((each) => each.rev === to);
          if (!target) throw new FleetError('refused', 'unknown-layer', `${textOf(wanted)} ${to}`);
          const write = { to, baseRev: rev, subject: wanted.subject };
          const stop = await planned(client, ground, {
            wanted,
            values: target.values,
            options: values,
          });
          if (stop !== undefined) return stop;
          const path = `/fleet/layers/${wanted.layer}/rollback`;
          sayWritten(await client.post(path, write, twinAnswers.written), values, ground);
          return exitCodes.well;
        });
      }),
    );
}

function changeOptions(ground: CommandGround, command: Command): Command {
  return dryRunOption(ground, command).option(
    '--count <n>',
    ground.say(['涉及超过 10 台时要写出台数', 'how many devices change, when they are more than 10']),
  );
}

interface Change {
  readonly wanted: LayerName;
  readonly values: Values;
  readonly options: ChoiceValues;
}

async function change(
  client: FleetClient,
  ground: CommandGround,
  { wanted, values, baseRev, options }: Change & { readonly baseRev: number },
): Promise<number> {
  const stop = await planned(client, ground, { wanted, values, options });
  if (stop !== undefined) return stop;
  const body = { subject: wanted.subject, values, baseRev };
  const written = await client.post(`/fleet/layers/${wanted.layer}`, body, twinAnswers.written);
  sayWritten(written, options, ground);
  return exitCodes.well;
}

/** Looks before it writes. @returns the exit code of a run that ends here */
async function planned(
  client: FleetClient,
  ground: CommandGround,
  { wanted, values, options }: Change,
): Promise<number | undefined> {
  const found = await plan(client, wanted, values);
  if (options.dryRun || !options.json) sayPlan(found, options, ground);
  if (options.dryRun) return exitCodes.well;
  return countedBack(ground, found.count, options);
}

function plan(client: FleetClient, { layer, subject }: LayerName, values: Values): Promise<Plan> {
  return client.post(`/fleet/layers/${layer}/plan`, { subject, values }, twinAnswers.plan);
}

function sayPlan(found: Plan, { json }: FleetValues, ground: CommandGround): void {
  if (json) {
    ground.json(found);
    return;
  }
  const heads: readonly Said[] = [
    ['终端', 'terminal'],
    ['设置', 'setting'],
    ['现在', 'now'],
    ['将是', 'then'],
  ];
  const rows = found.devices.flatMap(({ device, changes }) =>
    changes.map(({ path, from, to }) => [device, path, shown(from), shown(to)]),
  );
  if (rows.length > 0) ground.table(heads, rows);
  const more = found.count - found.devices.length;
  if (more > 0) ground.line([`……还有 ${more} 台。`, `… and ${more} more.`]);
  ground.line([`${found.count} 台会改变。`, `${found.count} devices would change.`]);
}

function sayWritten(written: TwinAnswers['written'], { json }: FleetValues, ground: CommandGround): void {
  if (json) ground.json(written);
  else
    ground.line([
      `已写入版本 ${written.rev}，${written.devices} 台将收到。`,
      `Revision ${written.rev} is written; ${written.devices} devices are told.`,
    ]);
}

function shown(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value);
}

/** `default`, `site:jinshang`, `device:h01`. */
function layerName(text: string): LayerName {
  const [, name = '', subject = ''] = /^([a-z]+)(?::(.+))?$/.exec(text) ?? [];
  const layer = twinLayers.find((each) => each === name);
  if (!layer || (layer === 'default') !== (subject === ''))
    throw new UsageError(
      `${text} is no layer: say default, or model:, project:, site:, ring: or device: and its name`,
    );
  return { layer, subject };
}

function textOf({ layer, subject }: LayerName): string {
  return subject === '' ? layer : `${layer}:${subject}`;
}

function pathOf(
  { layer, subject }: LayerName,
  rest = '',
  more: Readonly<Record<string, string>> = {},
): string {
  return `/fleet/layers/${layer}${rest}?${new URLSearchParams({ subject, ...more })}`;
}

function readLayer(client: FleetClient, name: LayerName): Promise<LayerItem> {
  return client.get(pathOf(name), twinAnswers.layer);
}

function changeOf(text: string): [path: string, value: unknown] {
  const at = text.indexOf('=');
  if (at <= 0) throw new UsageError(`${text} must be PATH=VALUE`);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}

function revisionOf(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${name} must be a whole number`);
  return Number(text);
}

function readValues(file: string): Values {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} cannot be read as JSON`);
  }
  const values = v.safeParse(fileSchema, value);
  if (!values.success || Array.isArray(value))
    throw new UsageError(`${file} must hold an object: {"settings.idleSeconds": 60}`);
  return values.output;
}
