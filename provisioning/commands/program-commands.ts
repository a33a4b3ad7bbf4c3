// The commands that run on one machine: terminal, enrol, headquarters, doctor, broker-check, site bundle and udev.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { attachedDevices } from '../../device/diagnosis/attached-devices.ts';
import { accessFor, isShipped } from '../../device/diagnosis/diagnose.ts';
import {
  kioskGroup,
  type RuledDevice,
  ruledAccesses,
  shippedUdevRules,
  udevRules,
  udevRulesFor,
} from '../../device/diagnosis/udev-rules.ts';
import { knownDevice } from '../../device/known-devices.ts';
import { type Config, ConfigError, parseConfig } from '../../kiosk/config.ts';
import { becomeTerminal, isEnrolled, keepIdentity } from '../become-terminal.ts';
import { runBrokerCheck } from '../broker-check.ts';
import { runDoctor, trials } from '../doctor.ts';
import { runEnrol } from '../enrol-command.ts';
import { runHeadquarters } from '../headquarters-program.ts';
import { runLearnReader } from '../learn.ts';
import { applySiteBundle, buildSiteBundle } from '../site-bundle.ts';
import { retirementOf, runTerminal } from '../terminal-program.ts';
import { type CommandGround, UsageError } from './command-ground.ts';

export function programCommands(program: Command, ground: CommandGround): void {
  terminalCommand(program, ground);
  enrolCommand(program, ground);
  doctorCommand(program, ground);
  brokerCheckCommand(program, ground);
  headquartersCommand(program, ground);
  siteBundleCommand(program, ground);
  udevCommand(program, ground);
}

interface TerminalValues {
  readonly config?: string;
  readonly claim?: string;
  readonly port: string;
  readonly releases?: string;
}

function terminalCommand(program: Command, ground: CommandGround): void {
  const { complain, signal } = ground.around;
  ground
    .command(program, 'terminal', [
      '运行终端：崩溃后或总部要求时重新启动，试用总部要的设置，不行就退回。空白终端先注册：用映像旁的凭证文件，或由人凭屏幕上的代码放行。',
      'runs the terminal, starts it again when it crashed or headquarters ordered a restart, tries what headquarters wants of it, and goes back to what served. A blank one enrols first: with the claim file of its image, or a person lets it in by the code on its screen.',
    ])
    .option('--config <file>', ground.say(['终端的 config.json', 'config.json of the terminal']))
    .option('--claim <file>', ground.say(['凭证文件', 'claim file']))
    .option('--port <n>', ground.say(['等待页面的端口', 'port of the page while it waits']), '8080')
    .option('--releases <folder>', ground.say(['版本所在的目录', 'folder of its releases']))
    .action(
      ground.does(async ({ config, claim, port, releases }: TerminalValues) => {
        if (config === undefined) throw new UsageError('terminal needs --config FILE');
        const run = { config, complain, signal };
        const screenPort = portOf(port);
        retirementOf(run);
        if (isEnrolled({ config, claimFile: claim })) {
          if (!(await becomeTerminal({ ...run, claimFile: claim, port: screenPort }))) return 0;
          const renewal = keepIdentity(run);
          return runTerminal({ ...run, releases, onRenew: () => renewal.renewNow() });
        }
        return runTerminal({ ...run, releases });
      }),
    );
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError('--port must be 0 to 65535');
  return Number(text);
}

interface EnrolValues {
  readonly config?: string;
  readonly claim?: string;
  readonly port: string;
  readonly terminal?: string;
  readonly headquarters?: string;
  readonly root?: string;
  readonly json?: boolean;
}

function enrolCommand(program: Command, ground: CommandGround): void {
  const { write, signal } = ground.around;
  const command = ground.command(
    program,
    'enrol',
    [
      '手工注册：--claim 可以是文件、标签上的文字，或凭证本身加上另外三项。没有凭证时显示代码，由总部的人放行。',
      'enrols by hand: --claim takes a file, the text of a label, or the claim itself with the other three. Without a claim it shows a code, and a person at headquarters lets it in.',
    ],
    ['yingbin enrol --config /var/lib/yingbin/config.json --claim yingbin-claim.json'],
  );
  ground
    .speaks(command)
    .option('--config <file>', ground.say(['终端的 config.json', 'config.json of the terminal']))
    .option('--claim <file|text>', ground.say(['凭证', 'the claim']))
    .option('--terminal <name>', ground.say(['终端名', 'name of the terminal']))
    .option('--headquarters <url>', ground.say(['总部入口 https://…', "headquarters' door, https://…"]))
    .option('--root <hash>', ground.say(['根证书的 SHA-256', 'SHA-256 of the root']))
    .option('--port <n>', ground.say(['写进配置的屏幕端口', 'port of its screen, for its config']), '8080')
    .option('--json', ground.say(['输出 JSON', 'prints JSON']))
    .action(
      ground.does(({ config, claim, terminal, headquarters, root, port, json = false }: EnrolValues) => {
        if (config === undefined) throw new UsageError('enrol needs --config FILE');
        const by = { config, claim, terminal, headquarters, root, port: portOf(port) };
        return runEnrol({ ...by, asJson: json, language: ground.language, write, signal });
      }),
    );
}

interface DoctorValues {
  readonly config?: string;
  readonly json?: boolean;
  readonly group: string;
  readonly network: boolean;
  readonly testPage?: true;
  readonly testSwipe?: true;
  readonly testPanel?: true;
  readonly seconds: string;
  readonly printed?: string;
}

function doctorCommand(program: Command, ground: CommandGround): void {
  const command = ground.command(
    program,
    'doctor [learn-reader]',
    [
      '列出接了什么、是什么、哪里不对，以及要添加或粘贴的行；learn-reader 刷一次卡认出读卡器。请用运行终端的用户来运行：权限属于该用户。',
      'lists what is plugged in, what it is and what is amiss with it, with the lines to add or paste; learn-reader finds out by one swipe which device is the reader and how to set it up. Run it as the user that the terminal runs as: rights are that user’s.',
    ],
    ['yingbin doctor', 'yingbin doctor --config config.json --test-page', 'yingbin doctor learn-reader'],
  );
  ground
    .speaks(command)
    .option('--config <file>', ground.say(['与哪个配置比较', 'config to compare with']))
    .option('--json', ground.say(['输出 JSON', 'prints JSON']))
    .option('--group <name>', ground.say(['运行终端的组', 'group that the terminal runs as']), kioskGroup)
    .option('--no-network', ground.say(['不试网络设备', 'tries no network device']))
    .option('--test-page', ground.say(['打印测试页', 'prints a page']))
    .option('--test-swipe', ground.say(['等人刷卡', 'waits for a card']))
    .option('--test-panel', ground.say(['逐个试灯和声音', 'shows each light and sound']))
    .option('--seconds <n>', ground.say(['等人多久', 'how long a person is waited for']), '30')
    .option('--printed <number>', ground.say(['卡面上的号码', 'the number that stands on the card']))
    .action(
      ground.does((what: string | undefined, values: DoctorValues) => {
        if (what === 'learn-reader') return learnReader(values, ground);
        if (what !== undefined) throw new UsageError(`doctor ${what} is no command`);
        return doctor(values, ground);
      }),
    );
}

function doctor(values: DoctorValues, ground: CommandGround): Promise<number> {
  const { testPage, testSwipe, testPanel, json = false } = values;
  const isWanted = { 'test-page': testPage, 'test-swipe': testSwipe, 'test-panel': testPanel };
  const wanted = trials.filter((trial) => isWanted[trial]);
  if (wanted.length > 0 && values.config === undefined) throw new UsageError('a test needs --config FILE');
  if (wanted.length > 0 && json) throw new UsageError('a test has no --json');
  return runDoctor({
    config: values.config === undefined ? null : readConfig(values.config),
    trials: wanted,
    asJson: json,
    language: ground.language,
    ...person(values, ground),
    inspection: { triesNetwork: values.network, group: groupName(values.group) },
  });
}

function learnReader(values: DoctorValues, ground: CommandGround): Promise<number> {
  const { printed } = values;
  return runLearnReader({
    ...(printed === undefined ? {} : { printed }),
    language: ground.language,
    ...person(values, ground),
  });
}

/** How long a person is waited for, where to speak to them, and how they stop it. */
function person(values: DoctorValues, { around: { write, signal } }: CommandGround) {
  const seconds = Number(values.seconds);
  if (!(seconds >= 1 && seconds <= 600)) throw new UsageError('--seconds must be 1 to 600');
  return { patienceMs: seconds * 1_000, write, signal };
}

/** How long a broker may take for one answer. */
const brokerPatienceMs = 3_000;
type BrokerValues = Record<string, string | undefined> & { url?: string[]; json?: boolean };

function brokerCheckCommand(program: Command, ground: CommandGround): void {
  const command = ground.command(
    program,
    'broker-check',
    [
      '以终端和总部的身份连接消息服务器，试它们需要的和必须被拒绝的，并说明要改什么。',
      'connects to a broker as a terminal and as headquarters, tries what they need and what must be refused, and says what to change.',
    ],
    [
      'yingbin broker-check --config config.json',
      'yingbin broker-check --url mqtts://broker:8883 --ca root.pem',
    ],
  );
  ground
    .speaks(command)
    .option('--url <url...>', ground.say(['消息服务器的地址', 'address of the broker']))
    .option('--config <file>', ground.say(['终端的 config.json', 'config.json of a terminal']))
    .option('--json', ground.say(['输出 JSON', 'prints JSON']));
  const names = ['tenant', 'terminal', 'username', 'password-file', 'headquarters-username'];
  for (const name of [...names, 'headquarters-password-file', 'ca', 'cert', 'key'])
    command.option(`--${name} <${/name|tenant|terminal/.test(name) ? 'name' : 'file'}>`);
  command.action(
    ground.does(({ url = [], json = false, config, ...values }: BrokerValues & { config?: string }) =>
      runBrokerCheck({
        arguments: {
          url,
          tenant: values['tenant'],
          terminal: values['terminal'],
          username: values['username'],
          'password-file': values['passwordFile'],
          'headquarters-username': values['headquartersUsername'],
          'headquarters-password-file': values['headquartersPasswordFile'],
          ca: values['ca'],
          cert: values['cert'],
          key: values['key'],
        },
        configFile: config,
        config: config === undefined ? null : readConfig(config),
        asJson: json,
        language: ground.language,
        write: ground.around.write,
        patienceMs: brokerPatienceMs,
      }),
    ),
  );
}

function headquartersCommand(program: Command, ground: CommandGround): void {
  ground
    .command(
      program,
      'headquarters [arguments...]',
      [
        '运行总部；用 --workers 时由多个进程分担，需要 PostgreSQL 和自己的消息服务器。参数：--config FILE [--import FILE.json] [--store URL] [--workers N]',
        'runs headquarters; with --workers that many processes share the fleet, on PostgreSQL and a broker of yours. Arguments: --config FILE [--import FILE.json] [--store URL] [--workers N]',
      ],
      ['yingbin headquarters --config headquarters.json'],
    )
    // they are that program's own
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .action(ground.does((args: readonly string[]) => runHeadquarters(args, ground.around.signal)));
}

interface BundleValues {
  readonly config?: string;
  readonly site?: string;
  readonly out?: string;
  readonly store?: string;
}

function siteBundleCommand(program: Command, ground: CommandGround): void {
  const { signal } = ground.around;
  const site = ground.group(program, 'site', [
    '项目：把终端所需的一切装进一个文件。',
    'sites: all that their terminals need, in one file.',
  ]);
  ground
    .command(
      site,
      'bundle [deed] [bundle]',
      [
        'build 把一个项目的终端所需的一切写进一个签名文件（用总部的配置）；apply 在没有网络的终端收入它（用终端的配置）。',
        'build writes all that the terminals of a project need into one signed file, with the config of headquarters; apply takes it in at a terminal that has no network, with the terminal’s config.',
      ],
      [
        'yingbin site bundle build --config headquarters.json --site jinshang --out jinshang.bundle',
        'yingbin site bundle apply --config config.json jinshang.bundle',
      ],
    )
    .option('--config <file>')
    .option('--site <id>')
    .option('--out <file>')
    .option('--store <url>')
    .action(
      ground.does((deed: string | undefined, file: string | undefined, values: BundleValues) => {
        const { config, site, out, store } = values;
        if (config === undefined) throw new UsageError('site bundle needs --config FILE');
        if (deed === 'build' && file === undefined && site !== undefined && out !== undefined)
          return buildSiteBundle({ config, site, out, store }, signal);
        if (deed === 'apply' && file !== undefined) return applySiteBundle(config, file, signal);
        throw new UsageError('say site bundle build --site ID --out FILE, or site bundle apply BUNDLE');
      }),
    );
}

interface UdevValues {
  readonly group: string;
  readonly attached?: true;
  readonly for: readonly string[];
}

function udevCommand(program: Command, ground: CommandGround): void {
  ground
    .command(program, 'udev', ['打印所有已知设备的 udev 规则。', 'prints udev rules for all known devices.'])
    .option('--group <name>', ground.say(['给哪个组', 'for which group']), kioskGroup)
    .option('--attached', ground.say(['加上已接入而表中没有的', 'adds what is plugged in and not known']))
    .option(
      '--for <vvvv:pppp:kind>',
      ground.say(['按号加设备，可多次', 'adds a device by its ids, again and again']),
      (each: string, all: readonly string[]) => [...all, each],
      [],
    )
    .action(
      ground.does((values: UdevValues) => {
        ground.around.write(rules(values));
        return 0;
      }),
    );
}

function rules(values: UdevValues): string {
  const group = groupName(values.group);
  const asked = values.for.flatMap((text) => udevRules(ruledDevice(text), group));
  const plugged = values.attached
    ? attachedDevices()
        .filter((device) => !isShipped(knownDevice(device)))
        .flatMap((device) => {
          const node = device.nodes.find(({ kind }) => kind !== 'input');
          return node ? udevRulesFor(device, accessFor(device, node), group) : [];
        })
    : [];
  return shippedUdevRules(group) + [...plugged, ...asked].map((line) => `${line}\n`).join('');
}

function ruledDevice(text: string): RuledDevice {
  const [, vendor, product, kind] = /^([0-9a-f]{4}):([0-9a-f]{4}):([a-z]+)$/.exec(text.toLowerCase()) ?? [];
  const access = ruledAccesses.find((one) => one === kind);
  if (vendor === undefined || product === undefined || access === undefined)
    throw new UsageError(`--for ${text} must be vvvv:pppp:hid, …:keyboard, …:serial or …:printer`);
  return { vendor, product, access };
}

function groupName(name: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(name)) throw new UsageError(`--group ${name} is no group name`);
  return name;
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by this user',
};

function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const why = unreadable[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read';
    throw new ConfigError('config-unreadable', `${file} ${why}: name the config.json of the terminal.`, {
      cause,
    });
  }
  return parseConfig(text, file);
}
