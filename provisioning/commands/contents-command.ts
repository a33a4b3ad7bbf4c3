// `yingbin release contains`: which releases hold a package, or one that is known to be weak, and which terminals run them.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import * as v from 'valibot';
import { parseAdvisories } from '../advisories.ts';
import { isInNpmRange, parseNpmRange } from '../npm-range.ts';
import { type Contained, ContentsError, containedIn, readContents } from '../release-contents.ts';
import { type CommandGround, exitCodes, UsageError } from './command-ground.ts';
import { type FleetValues, fleetCommand, listDevices, withFleet } from './fleet-ground.ts';

interface ContentsValues extends FleetValues {
  readonly sboms?: string;
  readonly advisories?: string;
  readonly terminals?: string;
  readonly offline?: true;
}

/** As `yingbin list --json` writes it. */
const listSchema = v.object({
  devices: v.array(v.object({ terminal: v.string(), version: v.nullable(v.string()) })),
});
type Terminals = v.InferOutput<typeof listSchema>['devices'];

export function containsCommand(release: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    release,
    'contains [package]',
    [
      '哪些版本含有某个包（可写版本范围），或含有已知有漏洞的包，哪些终端正在运行：依据 release build 写下的清单。有发现，或有终端的版本没有清单时，退出码为 1。',
      'which releases hold a package, in a range of versions if you like, or one that is known to be weak, and which terminals run them: by the lists that release build wrote. Ends with 1 when there is one, or a terminal runs a release without a list.',
    ],
    [
      "yingbin release contains 'ws@<8.20.1' --sboms out",
      'npm audit --json > audit.json; yingbin release contains --advisories audit.json --sboms out --offline',
    ],
  )
    .option(
      '--sboms <folder>',
      ground.say(['存放 *.sbom.json 的文件夹', 'folder with the lists, *.sbom.json']),
    )
    .option(
      '--advisories <file>',
      ground.say(['漏洞公告：OSV 或 npm audit --json', 'known weaknesses: OSV, or npm audit --json']),
    )
    .option(
      '--terminals <file>',
      ground.say([
        '不问总部，用 yingbin list --json 的结果',
        'what yingbin list --json said, instead of asking',
      ]),
    )
    .option('--offline', ground.say(['不列出终端', 'tells nothing of terminals']))
    .action(
      ground.does((name: string | undefined, values: ContentsValues) => {
        const found = foundIn(name, values);
        if (values.offline) return tell(ground, values, found, []);
        if (values.terminals !== undefined)
          return tell(ground, values, found, readTerminals(values.terminals));
        return withFleet(ground, values, async (client) =>
          tell(ground, values, found, await listDevices(client, undefined)),
        );
      }),
    );
}

interface Found {
  /** of which there are lists */
  readonly releases: readonly string[];
  readonly contained: readonly Contained[];
}

function foundIn(name: string | undefined, { sboms, advisories }: ContentsValues): Found {
  if (sboms === undefined) throw new UsageError('contains needs --sboms FOLDER');
  if ((name === undefined) === (advisories === undefined))
    throw new UsageError('say PACKAGE or PACKAGE@RANGE, or --advisories FILE');
  try {
    const contents = readContents(sboms);
    const asked = advisories === undefined ? [askedOf(name ?? '')] : readAdvisories(advisories);
    return {
      releases: [...new Set(contents.map(({ version }) => version))],
      contained: containedIn(contents, asked),
    };
  } catch (error) {
    if (error instanceof ContentsError) throw new UsageError(error.message);
    throw error;
  }
}

/** `ws`, `ws@<8.20.1`, `@scope/name@1.x`. */
function askedOf(text: string) {
  const at = text.indexOf('@', 1);
  const range = parseNpmRange(at < 0 ? '' : text.slice(at + 1));
  if (!range) throw new UsageError(`${text} must be as ws, ws@8.20.0 or ws@<8.20.1`);
  const isAffected = (version: string): boolean => isInNpmRange(version, range);
  return { id: null, title: '', package: at < 0 ? text : text.slice(0, at), isAffected };
}

function readAdvisories(file: string) {
  const read = parseAdvisories(readFileSync(file, 'utf8'));
  if (!read)
    throw new UsageError(`${file} is neither of OSV nor of npm audit --json, or is of a newer shape`);
  return read;
}

function readTerminals(file: string): Terminals {
  try {
    const read = v.safeParse(listSchema, JSON.parse(readFileSync(file, 'utf8')));
    if (read.success) return read.output.devices;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(`${file} is not what yingbin list --json says`);
}

/** @returns the exit code */
function tell(
  ground: CommandGround,
  { json, offline }: ContentsValues,
  { releases, contained }: Found,
  terminals: Terminals,
): number {
  const running = (release: string): string[] =>
    terminals.filter(({ version }) => version === release).map(({ terminal }) => terminal);
  // one that was never there runs nothing
  const unlisted = terminals.filter(({ version }) => version && !releases.includes(version));
  const code = contained.length > 0 || unlisted.length > 0 ? exitCodes.care : exitCodes.well;
  if (json) {
    const all = contained.map((each) => ({ ...each, terminals: offline ? null : running(each.release) }));
    ground.json({ releases, contained: all, unlisted });
    return code;
  }
  ground.table(
    [
      ['版本', 'release'],
      ['含有', 'holds'],
      ['公告', 'advisory'],
      ['终端', 'terminals'],
    ],
    contained.map(({ release, package: name, version, advisory, title }) => [
      release,
      `${name}@${version}`,
      [advisory, title].filter(Boolean).join(' '),
      offline ? '' : running(release).join(' ') || '–',
    ]),
  );
  ground.line([
    `${releases.length} 个版本中，${new Set(contained.map(({ release }) => release)).size} 个含有。`,
    `${new Set(contained.map(({ release }) => release)).size} of ${releases.length} releases.`,
  ]);
  for (const { terminal, version } of unlisted)
    ground.line([
      `${terminal} 运行 ${version}，这里没有它的清单。`,
      `${terminal} runs ${version}, of which there is no list here.`,
    ]);
  return code;
}
