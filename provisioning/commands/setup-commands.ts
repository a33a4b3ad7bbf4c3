// `yingbin init`, `broker-config` and `image`: what a fleet begins with, before there is a terminal.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import * as v from 'valibot';
import { askShipped, runScript } from '../shipped-program.ts';
import { type CommandGround, exitCodes, UsageError } from './command-ground.ts';
import { dryRunOption } from './fleet-ground.ts';

/** Of headquarters, which ships beside this command. */
const setupProgram = builtFile('sync/headquarters/fleet/setup-main.js');
const imageScript = sourceFile('provisioning/image/build-image.sh');
const settled = v.object({
  files: v.array(v.object({ file: v.string(), isNew: v.boolean() })),
  broker: v.record(v.string(), v.unknown()),
});
const refused = v.object({ error: v.object({ code: v.string(), message: v.string() }) });

interface PlaceValues {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly name: readonly string[];
  readonly brokerPort: string;
  readonly loopbackPort: string;
}
interface InitValues extends PlaceValues {
  readonly folder?: string;
  readonly tenant?: string;
  readonly broker: string;
  readonly doorPort: string;
  readonly httpPort: string;
  readonly releaseKey: readonly string[];
}
interface BrokerValues extends PlaceValues {
  readonly config?: string;
  readonly broker: string;
  readonly out?: string;
}

export function setupCommands(program: Command, ground: CommandGround): void {
  initCommand(program, ground);
  brokerConfigCommand(program, ground);
  imageCommand(program, ground);
}

function initCommand(program: Command, ground: CommandGround): void {
  const command = ground.command(
    program,
    'init',
    [
      '为一个新的机队生成：总部的配置和密钥、根证书、消息服务器的文件。再执行一次只补缺少的，不替换任何密钥。',
      'makes what a new fleet begins with: headquarters’ config and keys, its root, the files of its broker. Doing it again makes what is missing and replaces no secret.',
    ],
    [
      'yingbin init --folder /etc/yingbin --tenant acme --name hq.example.com',
      'yingbin init --folder /etc/yingbin --tenant acme --name hq.example.com --broker mosquitto --dry-run',
    ],
  );
  placeOptions(command, ground)
    .option('--folder <folder>', ground.say(['写到哪里', 'folder to write to']))
    .option('--tenant <name>', ground.say(['机队的名字', 'name of the fleet']))
    .option(
      '--broker <embedded|mosquitto|emqx>',
      ground.say(['哪种消息服务器', 'kind of broker']),
      'embedded',
    )
    .option('--door-port <n>', ground.say(['终端入口的端口', 'port of the door for terminals']), '8884')
    .option(
      '--http-port <n>',
      ground.say(['控制台的端口（仅本机）', 'port of the console, on this machine alone']),
      '8600',
    )
    .option(
      '--release-key <base64>',
      ground.say(['release keys 打印的公钥，最多两个', 'what release keys printed, two at most']),
      collect,
      [],
    )
    .action(
      ground.does((values: InitValues) => {
        const { folder, tenant, broker, releaseKey } = values;
        if (folder === undefined) throw new UsageError('init needs --folder FOLDER');
        if (tenant === undefined) throw new UsageError('init needs --tenant NAME');
        if (values.name.length === 0) throw new UsageError('init needs --name HOST');
        const plan = {
          ...placeOf(values),
          ...{ folder, tenant, broker, releaseKeys: releaseKey, brokerFolder: `${folder}/broker` },
          doorPort: portOf(values.doorPort, '--door-port'),
          httpPort: portOf(values.httpPort, '--http-port'),
        };
        return setUp('init', plan, values, ground);
      }),
    );
}

function brokerConfigCommand(program: Command, ground: CommandGround): void {
  const command = ground.command(
    program,
    'broker-config',
    [
      '为已有的总部生成消息服务器的文件，并说明总部配置里 broker 该写什么。证书到期前再执行一次。',
      'makes the files of a broker for a headquarters that is there, and says what its config must say of it. Again before the broker’s certificate runs out.',
    ],
    ['yingbin broker-config --config headquarters.json --broker mosquitto --out /etc/yingbin/broker'],
  );
  placeOptions(command, ground)
    .option('--config <file>', ground.say(['总部的配置', "headquarters' config"]))
    .option('--broker <mosquitto|emqx>', ground.say(['哪种消息服务器', 'kind of broker']), 'mosquitto')
    .option('--out <folder>', ground.say(['写到哪里', 'folder to write to']))
    .action(
      ground.does((values: BrokerValues) => {
        const { config, broker, out } = values;
        if (config === undefined) throw new UsageError('broker-config needs --config FILE');
        if (out === undefined) throw new UsageError('broker-config needs --out FOLDER');
        return setUp(
          'broker-config',
          { ...placeOf(values), config, broker, brokerFolder: out },
          values,
          ground,
        );
      }),
    );
}

function placeOptions(command: Command, ground: CommandGround): Command {
  return dryRunOption(ground, ground.speaks(command))
    .option('--json', ground.say(['输出 JSON', 'prints JSON']))
    .option(
      '--name <host>',
      ground.say([
        '终端用什么名字或地址找到它，可多次',
        'by which name or address terminals reach it, again and again',
      ]),
      collect,
      [],
    )
    .option(
      '--broker-port <n>',
      ground.say(['终端连消息服务器的端口', 'where terminals come to the broker']),
      '8883',
    )
    .option(
      '--loopback-port <n>',
      ground.say([
        '总部连消息服务器的端口（仅本机）',
        'where headquarters comes to it, on this machine alone',
      ]),
      '1883',
    );
}

function placeOf({ name, brokerPort, loopbackPort, dryRun }: PlaceValues) {
  return {
    names: name,
    tlsPort: portOf(brokerPort, '--broker-port'),
    loopbackPort: portOf(loopbackPort, '--loopback-port'),
    isDryRun: dryRun === true,
  };
}

async function setUp(
  deed: 'init' | 'broker-config',
  plan: object,
  { json, dryRun }: PlaceValues,
  ground: CommandGround,
): Promise<number> {
  const { said } = await askShipped([setupProgram, deed, JSON.stringify(plan)], ground.around.signal);
  const answer = readSaid(said);
  const wrong = v.safeParse(refused, answer);
  if (wrong.success) {
    const { code, message } = wrong.output.error;
    if (json) ground.json(wrong.output);
    else ground.around.complain(`${message} (${code})\n`);
    return exitCodes.usage;
  }
  const { files, broker } = v.parse(settled, answer);
  if (json) {
    ground.json({ isDone: !dryRun, files, broker });
    return exitCodes.well;
  }
  ground.table(
    [
      ['文件', 'file'],
      ['', ''],
    ],
    files.map(({ file, isNew }) => [file, ground.say(isNew ? ['新', 'new'] : ['已有', 'there'])]),
  );
  if (deed === 'broker-config') ground.around.write(`\n"broker": ${JSON.stringify(broker, null, 2)}\n`);
  else
    ground.line([
      `\n请备份整个目录：终端只认这里的根证书和密钥。下一步：yingbin release keys，再启动 yingbin headquarters --config 上面的 headquarters.json。`,
      `\nBack this folder up: terminals know no other root and keys. Next: yingbin release keys, then yingbin headquarters --config the headquarters.json above.`,
    ]);
  return exitCodes.well;
}

function readSaid(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return { error: { code: 'hq-fault', message: 'The set-up program ended without a word: run it again.' } };
  }
}

interface ImageValues {
  readonly arch?: string;
  readonly release?: string;
  readonly out?: string;
  readonly suite?: string;
  readonly mirror?: string;
  readonly dataMib?: string;
  readonly dryRun?: boolean;
}

function imageCommand(program: Command, ground: CommandGround): void {
  const command = ground.command(
    program,
    'image',
    [
      '生成要烧写到卡上的映像：Debian、我们的单元和锁定、一个版本，没有任何机密。',
      'builds the image that is flashed on a card: Debian, our units and lockdown, one release, and no secret.',
    ],
    ['yingbin image --arch arm64 --release out/release --out images'],
  );
  dryRunOption(ground, ground.speaks(command))
    .option('--arch <amd64|arm64>', ground.say(['哪种处理器', 'for which processor']))
    .option('--release <folder|tar.gz>', ground.say(['放进去的版本', 'release that goes in']))
    .option('--out <folder>', ground.say(['写到哪里', 'folder to write to']))
    .option('--suite <name>', ground.say(['Debian 的版本', 'release of Debian']))
    .option('--mirror <url>', ground.say(['Debian 的镜像站', 'mirror of Debian']))
    .option('--data-mib <n>', ground.say(['数据分区的起始大小', 'first size of the data partition']))
    .action(
      ground.does(async (values: ImageValues) => {
        const { arch, release, out, suite, mirror, dataMib } = values;
        if (arch !== 'amd64' && arch !== 'arm64') throw new UsageError('--arch must be amd64 or arm64');
        if (release === undefined || !existsSync(release))
          throw new UsageError('--release must name a folder or a .tar.gz');
        if (out === undefined) throw new UsageError('image needs --out FOLDER');
        if (!existsSync(imageScript))
          throw new UsageError(`${imageScript} is missing: run this where the product was built`);
        const more = Object.entries({ suite, mirror, 'data-mib': dataMib });
        const args = [
          ...['--arch', arch, '--release', release, '--out', out],
          ...more.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
        ];
        if (values.dryRun) {
          ground.around.write(`${[imageScript, ...args].join(' ')}\n`);
          return exitCodes.well;
        }
        return (await runScript(imageScript, args, ground.around.signal)) ?? exitCodes.care;
      }),
    );
}

function collect(each: string, all: readonly string[]): readonly string[] {
  return [...all, each];
}

function portOf(text: string, name: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`${name} must be 1 to 65535`);
  return Number(text);
}

/** This file lies in `provisioning/commands`, or in `dist/provisioning/commands` once it is built. */
function builtFile(path: string): string {
  return fileURLToPath(new URL(`../../${isBuilt() ? '' : 'dist/'}${path}`, import.meta.url));
}

function sourceFile(path: string): string {
  return fileURLToPath(new URL(`../../${isBuilt() ? '../' : ''}${path}`, import.meta.url));
}

function isBuilt(): boolean {
  return import.meta.url.endsWith('.js');
}
