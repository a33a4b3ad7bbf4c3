// `yingbin release`: keys, bundles and their installation here; the shelf and the rollouts at headquarters.
import type { Command } from 'commander';
import { makeReleaseKey } from '../release-build.ts';
import {
  type BuildValues,
  buildBundles,
  doRelease,
  type InstallValues,
  installBundle,
  needed,
} from '../release-command.ts';
import type { CommandGround } from './command-ground.ts';
import { containsCommand } from './contents-command.ts';
import { rolloutCommands } from './rollout-commands.ts';

export function releaseCommands(program: Command, ground: CommandGround): void {
  const release = ground.group(program, 'release', [
    '版本：生成密钥、打包、离线安装；查含有哪些包；上架、按环推出、停止、退回。',
    'releases: make keys, build, install without a network; what is in them; put on the shelf, roll out ring by ring, halt, go back.',
  ]);
  keysCommand(release, ground);
  buildCommand(release, ground);
  installCommand(release, ground);
  containsCommand(release, ground);
  rolloutCommands(release, ground);
}

function keysCommand(release: Command, ground: CommandGround): void {
  const around = { ...ground.around, language: ground.language };
  const command = ground.command(
    release,
    'keys',
    [
      '生成发布密钥：文件应离线保存，打印的公钥写进总部的 fleet.releaseKeys。',
      "makes a release key: the file belongs offline, what is printed into headquarters' fleet.releaseKeys.",
    ],
    ['yingbin release keys --out release.key'],
  );
  ground
    .speaks(command)
    .option('--out <file>', ground.say(['私钥文件', 'file of the private key']))
    .action(
      ground.does(({ out }: { readonly out?: string }) =>
        doRelease(() => around.write(`${makeReleaseKey(needed(out, '--out'))}\n`), around),
      ),
    );
}

function buildCommand(release: Command, ground: CommandGround): void {
  const around = { ...ground.around, language: ground.language };
  const command = ground.command(
    release,
    'build',
    [
      '生成 yingbin-V-N-ARCHITECTURE.bundle 和 .manifest：终端运行所需的一切，不需再取任何东西。相同的文件、序号和 --created 得到相同的字节。',
      'writes yingbin-V-N-ARCHITECTURE.bundle and .manifest: everything that a terminal runs, with nothing to fetch. The same files, number and --created make the same bytes.',
    ],
    ['yingbin release build --key release.key --seq 12 --out out --architecture arm64'],
  );
  ground
    .speaks(command)
    .option('--key <file>', ground.say(['私钥文件', 'file of the private key']))
    .option('--seq <n>', ground.say(['序号，每次加一', 'its number, one more each time']))
    .option('--out <folder>', ground.say(['写到哪个目录', 'folder to write to']))
    .option(
      '--architecture <x64|arm64>',
      ground.say(['哪种处理器，可多次', 'for which processor, again and again']),
      (each: string, all: readonly string[] | undefined) => [...(all ?? []), each],
    )
    .option('--min-seq <n>', ground.say(['之后不再退到更小的序号', 'nobody goes below it afterwards']), '0')
    .option('--version <v>', ground.say(['版本号', 'its version']))
    .option('--created <iso>', ground.say(['生成时间', 'time of its making']))
    .option('--days <n>', ground.say(['可推出多少天', 'how long it may be offered']), '180')
    .option('--json', ground.say(['输出 JSON', 'prints JSON']), false)
    .action(
      ground.does((values: Partial<BuildValues> & Omit<BuildValues, 'architecture'>) =>
        doRelease(() => buildBundles({ architecture: [process.arch], ...values }, around), around),
      ),
    );
}

function installCommand(release: Command, ground: CommandGround): void {
  const around = { ...ground.around, language: ground.language };
  const command = ground.command(
    release,
    'install [manifest]',
    [
      '不用网络收入一个版本；终端会在无人使用时试用它。',
      'takes a release in without a network; the terminal tries it when nobody is served.',
    ],
    ['yingbin release install yingbin-1.2.0-12-arm64.manifest --config config.json'],
  );
  ground
    .speaks(command)
    .option('--config <file>', ground.say(['终端的 config.json', 'config.json of the terminal']))
    .option('--releases <folder>', ground.say(['版本所在的目录', 'folder of its releases']))
    .option('--json', ground.say(['输出 JSON', 'prints JSON']), false)
    .action(
      ground.does((file: string | undefined, values: InstallValues) =>
        doRelease(() => installBundle(needed(file, 'FILE.manifest'), values, around), around),
      ),
    );
}
