// `yingbin import`, `export`, `list`, `show` and `diff`: which terminals there are, and what each is and shall be.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  type DeviceAnswers,
  type DeviceDetail,
  type DeviceErrorCode,
  type DeviceItem,
  deviceAnswers,
} from '../../sync/headquarters/api/device-api.ts';
import { type TwinAnswers, twinAnswers } from '../../sync/headquarters/api/twin-api.ts';
import { progressBar } from '../command-table.ts';
import { type FleetClient, FleetError } from '../fleet-client.ts';
import { writePrivate } from '../write-terminal.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import {
  dryRunOption,
  type FleetValues,
  filterOption,
  fleetCommand,
  listDevices,
  pathPart,
  withFleet,
} from './fleet-ground.ts';

type Twin = TwinAnswers['twin'];

export function deviceCommands(program: Command, ground: CommandGround): void {
  importCommand(program, ground);
  exportCommand(program, ground);
  listCommand(program, ground);
  showCommand(program, ground);
  diffCommand(program, ground);
}

const rowErrors: Readonly<Record<DeviceErrorCode, Said>> = {
  missing: ['缺少：请填上', 'is missing: fill it in'],
  wrong: ['写法不对：请改正', 'is not written as it must be: mend it'],
  'unknown-column': ['没有这一列：请删掉或改名', 'is no column: remove or rename it'],
  repeated: ['文件里出现两次：请改其中一个', 'stands twice in the file: change one'],
  retired: ['这个名字已退役：请换一个', 'is retired: take another name'],
  fixed: ['注册后不能再改：请改回去', 'cannot change once enrolled: put it back'],
  'code-taken': ['别的终端已用过：请换一个', 'another terminal has it: take another'],
  'serial-taken': ['别的终端已有这块主板：请换一个', 'another terminal has it: take another'],
};

function importCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'import <file>',
    [
      '从 CSV 导入终端：列 terminal,code,site,model 必填，project,ring,serial 可省。全部成功或一行都不导入；可以重复执行。',
      'brings devices in from CSV: columns terminal,code,site,model, and project,ring,serial if you like. All rows or none; doing it again changes nothing.',
    ],
    ['yingbin import devices.csv --dry-run', 'yingbin import devices.csv'],
  );
  dryRunOption(ground, command).action(
    ground.does((file: string, values: FleetValues & { readonly dryRun?: true }) =>
      withFleet(ground, values, async (client) => {
        const body = { csv: readText(file), isDryRun: values.dryRun === true };
        const onSent = progressBar(ground.around, ground.say(['导入', 'import']));
        const done = await client.post('/fleet/import', body, deviceAnswers.imported, { onSent });
        if (values.json) ground.json(done);
        else sayImported(done, body.isDryRun, ground);
        return done.errors.length > 0 ? exitCodes.care : exitCodes.well;
      }),
    ),
  );
}

function sayImported(done: DeviceAnswers['imported'], isDryRun: boolean, ground: CommandGround): void {
  const { added, changed, same, errors } = done;
  if (errors.length > 0) {
    const heads: readonly Said[] = [
      ['行', 'line'],
      ['列', 'column'],
      ['哪里不对', 'what is wrong'],
    ];
    const rows = errors.map(({ line, column, code }) => [
      String(line),
      column,
      `${ground.say(rowErrors[code])} (${code})`,
    ]);
    ground.table(heads, rows);
    ground.line([
      `${errors.length} 处有误，一行也没有导入。`,
      `${errors.length} faults: nothing was imported.`,
    ]);
    return;
  }
  const isSure: Said = isDryRun ? ['将会', 'It would be'] : ['完成', 'Done'];
  ground.line([
    `${isSure[0]}：新增 ${added}，更改 ${changed}，不变 ${same}。`,
    `${isSure[1]}: ${added} added, ${changed} changed, ${same} as before.`,
  ]);
}

function exportCommand(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'export',
    [
      '把所有终端写成 CSV，可以改后再导入。',
      'writes all devices as CSV, which can be changed and imported again.',
    ],
    ['yingbin export --out devices.csv'],
  )
    .option('--out <file>', ground.say(['写到文件', 'file to write']))
    .action(
      ground.does((values: FleetValues & { readonly out?: string }) =>
        withFleet(ground, values, async (client) => {
          const csv = await client.getText('/fleet/export');
          if (values.out === undefined)
            ground.around.write(values.json ? `${JSON.stringify({ csv })}\n` : csv);
          else writePrivate(values.out, csv);
          return exitCodes.well;
        }),
      ),
    );
}

function listCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'list',
    ['列出终端。', 'lists devices.'],
    ['yingbin list', 'yingbin list --filter site=jinshang,state=enrolled --json'],
  );
  filterOption(ground, command).action(
    ground.does((values: FleetValues & { readonly filter?: string }) =>
      withFleet(ground, values, async (client) => {
        const devices = await listDevices(client, values.filter);
        if (values.json) ground.json({ devices });
        else sayList(devices, ground);
        return exitCodes.well;
      }),
    ),
  );
}

export const deviceStateWords: Readonly<Record<DeviceItem['state'], Said>> = {
  expected: ['待注册', 'expected'],
  enrolled: ['已注册', 'enrolled'],
  quarantined: ['已隔离', 'quarantined'],
  revoked: ['已吊销', 'revoked'],
  retired: ['已退役', 'retired'],
};

function sayList(devices: readonly DeviceItem[], ground: CommandGround): void {
  const heads: readonly Said[] = [
    ['终端', 'terminal'],
    ['站点', 'site'],
    ['型号', 'model'],
    ['环', 'ring'],
    ['状态', 'state'],
    ['在线', 'online'],
    ['版本', 'version'],
    ['证书天数', 'cert days'],
    ['最后出现', 'last seen'],
  ];
  const rows = devices.map(({ terminal, site, model, ring, state, online, version, certDays, lastSeen }) => [
    ...[terminal, site, model, ring || '–', ground.say(deviceStateWords[state])],
    ...[
      ground.say(online ? ['是', 'yes'] : ['否', 'no']),
      version ?? '–',
      String(certDays ?? '–'),
      lastSeen ?? '–',
    ],
  ]);
  ground.table(heads, rows);
  ground.line([`共 ${devices.length} 台。`, `${devices.length} devices.`]);
}

function showCommand(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'show <terminal>',
    [
      '一台终端：主板、证书、凭证、被拒记录，以及每个设置是由哪一层定的。',
      'one terminal: board, certificates, claim, refusals, and every setting with the layer that set it.',
    ],
    ['yingbin show h01'],
  ).action(
    ground.does((terminal: string, values: FleetValues) =>
      withFleet(ground, values, async (client) => {
        const path = pathPart(terminal);
        const device = await client.get(`/fleet/devices/${path}`, deviceAnswers.device);
        const twin = await twinOf(client, path);
        if (values.json) ground.json({ device, ...twin });
        else sayDevice(device, twin, ground);
        return exitCodes.well;
      }),
    ),
  );
}

/** Whoever was revoked or retired is set up no more. */
async function twinOf(client: FleetClient, path: string): Promise<TwinAnswers['twin']> {
  try {
    return await client.get(`/fleet/twins/${path}`, twinAnswers.twin);
  } catch (error) {
    if (error instanceof FleetError && error.code === 'unknown-device') return { twin: null, values: [] };
    throw error;
  }
}

function sayDevice(device: DeviceDetail, { values }: Twin, ground: CommandGround): void {
  const { board, claim, certificates, refusals } = device;
  const newest = certificates[0];
  const lines: readonly (readonly [Said, string])[] = [
    [['终端', 'terminal'], `${device.terminal} (${device.code})`],
    [['站点', 'site'], `${device.site}${device.project === null ? '' : ` / ${device.project}`}`],
    [['型号', 'model'], device.model],
    [['环', 'ring'], device.ring || '–'],
    [['状态', 'state'], ground.say(deviceStateWords[device.state])],
    [['主板', 'board'], board ? `${board.model} ${board.serial} ${board.architecture}` : '–'],
    [['版本', 'version'], device.version ?? '–'],
    [['最后出现', 'last seen'], device.lastSeen ?? '–'],
    [['证书', 'certificate'], newest ? `${newest.serial} → ${newest.notAfter}` : '–'],
    [['凭证', 'claim'], claim ? `${claim.usedAt === null ? '' : '✓ '}→ ${claim.expiresAt}` : '–'],
    ...refusals.map(({ at, code }): readonly [Said, string] => [['被拒', 'refused'], `${at} ${code}`]),
  ];
  const rows = lines.map(([word, text]) => [ground.say(word), text]);
  ground.table(
    [
      ['', ''],
      ['', ''],
    ],
    rows,
  );
  ground.around.write('\n');
  sayValues(values, ground);
}

function sayValues(values: Twin['values'], ground: CommandGround): void {
  const heads: readonly Said[] = [
    ['设置', 'setting'],
    ['值', 'value'],
    ['层', 'layer'],
    ['谁', 'by'],
    ['何时', 'at'],
  ];
  const rows = values.map(({ path, value, layer, subject, by, at }) => [
    path,
    JSON.stringify(value),
    subject === '' ? layer : `${layer}:${subject}`,
    by,
    at,
  ]);
  ground.table(heads, rows);
}

function diffCommand(program: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    program,
    'diff <terminal> [other]',
    [
      '该是什么与它说自己是什么有何不同；给出另一台时，比较两台的设置。有不同时退出码为 1。',
      'what a terminal shall be against what it says it is; with another one, the settings of both. Ends with 1 when they differ.',
    ],
    ['yingbin diff h01', 'yingbin diff h01 h02'],
  ).action(
    ground.does((terminal: string, other: string | undefined, values: FleetValues) =>
      withFleet(ground, values, async (client) => {
        const rows =
          other === undefined ? await ownRows(client, terminal) : await bothRows(client, terminal, other);
        const differing = rows.filter(([, left, right]) => left !== right);
        const names: readonly Said[] =
          other === undefined
            ? [
                ['总部要', 'desired'],
                ['终端说', 'reported'],
              ]
            : [
                [terminal, terminal],
                [other, other],
              ];
        if (values.json)
          ground.json({ differing: differing.map(([path, left, right]) => ({ path, left, right })) });
        else if (differing.length === 0) ground.line(['没有不同。', 'No difference.']);
        else ground.table([['设置', 'setting'], ...names], differing);
        return differing.length === 0 ? exitCodes.well : exitCodes.care;
      }),
    ),
  );
}

type DiffRow = readonly [path: string, left: string, right: string];

async function ownRows(client: FleetClient, terminal: string): Promise<DiffRow[]> {
  const { twin, values } = await client.get(`/fleet/twins/${pathPart(terminal)}`, twinAnswers.twin);
  const { reported } = twin ?? { reported: null };
  const order = values.find(({ path }) => path === 'release')?.value;
  const seq = typeof order === 'object' && order !== null && 'seq' in order ? String(order.seq) : undefined;
  return [
    ['rev', String(twin?.rev ?? 0), String(reported?.rev ?? 0)],
    ['hash', twin?.hash ?? '–', reported?.hash ?? '–'],
    [
      'state',
      'ok',
      [reported?.state ?? '–', reported?.code, reported?.path].filter((each) => each).join(' '),
    ],
    // whoever was given none keeps what it has
    ['release', seq ?? String(reported?.release ?? 0), String(reported?.release ?? 0)],
  ];
}

async function bothRows(client: FleetClient, left: string, right: string): Promise<DiffRow[]> {
  const [one, two] = await Promise.all(
    [left, right].map((each) => client.get(`/fleet/twins/${pathPart(each)}`, twinAnswers.twin)),
  );
  const textOf = (twin: Twin | undefined, path: string): string => {
    const found = twin?.values.find((each) => each.path === path);
    return found ? JSON.stringify(found.value) : '–';
  };
  const paths = new Set([one, two].flatMap((twin) => twin?.values.map(({ path }) => path) ?? []));
  return [...paths].sort().map((path) => [path, textOf(one, path), textOf(two, path)]);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
}
