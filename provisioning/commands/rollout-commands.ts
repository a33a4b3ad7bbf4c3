// `yingbin release list|add|remove|approve|promote|halt|resume|rollback`: the shelf of releases, and who is offered which.

import { readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  type ReleaseAnswers,
  type RolloutAnswer,
  releaseAnswers,
} from '../../sync/headquarters/api/release-api.ts';
import { progressBar } from '../command-table.ts';
import { type FleetClient, FleetError } from '../fleet-client.ts';
import { type CommandGround, exitCodes, type Said, UsageError } from './command-ground.ts';
import { dryRunOption, type FleetValues, fleetCommand, pathPart, withFleet } from './fleet-ground.ts';

interface DeedValues extends FleetValues {
  readonly dryRun?: boolean;
}

/** Of a bundle at once; headquarters takes up to 8 MiB. */
const pieceBytes = 2 * 1_048_576;
const maxManifestBytes = 8 * 1_048_576;

export function rolloutCommands(release: Command, ground: CommandGround): void {
  listCommand(release, ground);
  addCommand(release, ground);
  removeCommand(release, ground);
  promoteCommand(release, ground);
  for (const deed of deeds) deedCommand(release, ground, deed);
}

function listCommand(release: Command, ground: CommandGround): void {
  fleetCommand(
    ground,
    release,
    'list [rollout]',
    [
      '架上的版本与推出的进度；给出推出的编号时，每台的结果。有推出被停止时退出码为 1。',
      'releases on the shelf and how far rollouts are; with the id of one, what became of each device. Ends with 1 while one is halted.',
    ],
    ['yingbin release list'],
  ).action(
    ground.does((id: string | undefined, values: FleetValues) =>
      withFleet(ground, values, async (client) => {
        if (id !== undefined) {
          const { devices } = await client.get(`/fleet/rollouts/${pathPart(id)}`, releaseAnswers.rollout);
          if (values.json) ground.json({ devices });
          else sayDevices(devices, ground);
          return exitCodes.well;
        }
        const { releases } = await client.get('/fleet/releases', releaseAnswers.releases);
        const rollouts = await readRollouts(client);
        if (values.json) ground.json({ releases, rollouts });
        else sayShelf(releases, rollouts, ground);
        return rollouts.some(({ state }) => state === 'halted') ? exitCodes.care : exitCodes.well;
      }),
    ),
  );
}

const stateWords: Readonly<Record<RolloutAnswer['state'], Said>> = {
  proposed: ['待同意', 'proposed'],
  running: ['进行中', 'running'],
  halted: ['已停止', 'halted'],
  done: ['完成', 'done'],
  'rolled-back': ['已退回', 'rolled back'],
};

function sayShelf(
  releases: ReleaseAnswers['releases']['releases'],
  rollouts: readonly RolloutAnswer[],
  ground: CommandGround,
): void {
  ground.table(
    [
      ['序号', 'seq'],
      ['版本', 'version'],
      ['架构', 'for'],
      ['上架', 'added'],
      ['谁', 'by'],
      ['到期', 'expires'],
    ],
    releases.map(({ seq, version, bundles, addedAt, addedBy, expiresAt }) => [
      ...[String(seq), version, bundles.map(({ architecture }) => architecture).join(' ')],
      ...[addedAt, addedBy, expiresAt],
    ]),
  );
  ground.around.write('\n');
  sayRollouts(rollouts, ground);
}

function sayRollouts(rollouts: readonly RolloutAnswer[], ground: CommandGround): void {
  ground.table(
    [
      ...([
        ['推出', 'rollout'],
        ['序号', 'seq'],
        ['状态', 'state'],
        ['环', 'ring'],
        ['成功', 'ok'],
        ['失败', 'failed'],
      ] as const),
      ...([
        ['无回音', 'silent'],
        ['在试', 'offered'],
        ['等待', 'waiting'],
        ['原因', 'why'],
      ] as const),
    ],
    rollouts.map(({ id, seq, state, ring, code, counts }) => [
      ...[id, String(seq), ground.say(stateWords[state]), ring],
      ...[counts.ok, counts.failed, counts.silent, counts.offered, counts.waiting].map(String),
      code ?? '',
    ]),
  );
}

function sayDevices(devices: ReleaseAnswers['rollout']['devices'], ground: CommandGround): void {
  ground.table(
    [
      ['终端', 'terminal'],
      ['环', 'ring'],
      ['状态', 'state'],
      ['原因', 'why'],
      ['结束', 'ended'],
    ],
    devices.map(({ device, ring, state, code, endedAt }) => [
      device,
      ring,
      state,
      code ?? '',
      endedAt ?? '–',
    ]),
  );
}

function addCommand(release: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    release,
    'add <manifests...>',
    [
      '把 release build 的文件上架：.bundle 在 .manifest 旁边。断了可以再执行，从断处接着传。',
      'puts what release build made on the shelf: the .bundle lies beside its .manifest. After an interruption do it again: it goes on from there.',
    ],
    ['yingbin release add out/yingbin-1.2.0-12-arm64.manifest'],
  );
  dryRunOption(ground, command).action(
    ground.does((manifests: readonly string[], values: DeedValues) => {
      const files = manifests.map(bundleBeside);
      return withFleet(ground, values, async (client) => {
        const done: { manifest: string; bytes: number; seq: number | null }[] = [];
        for (const { manifest, bundle, bytes } of files) {
          const seq = values.dryRun ? null : await add(client, ground, manifest, bundle);
          done.push({ manifest, bytes, seq });
        }
        if (values.json) ground.json({ isDone: !values.dryRun, releases: done });
        else
          for (const { manifest, bytes, seq } of done)
            ground.line(
              seq === null
                ? [`将上传 ${manifest}（${bytes} 字节）`, `would send ${manifest} (${bytes} bytes)`]
                : [`✓ ${seq} ${manifest}`, `✓ ${seq} ${manifest}`],
            );
        return exitCodes.well;
      });
    }),
  );
}

function bundleBeside(manifest: string): { manifest: string; bundle: string; bytes: number } {
  const bundle = manifest.replace(/\.manifest$/, '.bundle');
  if (bundle === manifest) throw new UsageError(`${manifest} must end with .manifest`);
  const [ours, theirs] = [manifest, bundle].map((file) => statSync(file, { throwIfNoEntry: false }));
  if (!ours?.isFile() || ours.size > maxManifestBytes) throw new UsageError(`${manifest} cannot be read`);
  if (!theirs?.isFile()) throw new UsageError(`${bundle} is missing`);
  return { manifest, bundle, bytes: theirs.size };
}

/** @returns its number */
async function add(
  client: FleetClient,
  ground: CommandGround,
  manifest: string,
  bundle: string,
): Promise<number> {
  const draw = progressBar(ground.around, bundle);
  let taken = await client.post('/fleet/releases/import', readFileSync(manifest), releaseAnswers.takenIn);
  const file = await open(bundle);
  try {
    while (taken.kind === 'wanted') {
      const { manifest: hash, have, bytes } = taken;
      const piece = await pieceAt(file, have);
      const path = `/fleet/releases/${hash}/import?offset=${have}`;
      const onSent = (sent: number): void => draw(have + sent, bytes);
      taken = await client.post(path, piece, releaseAnswers.takenIn, { onSent });
      // a bundle that is shorter than its manifest says would be asked for for ever
      if (taken.kind === 'wanted' && taken.have <= have)
        throw new FleetError('refused', 'bundle-wrong', bundle);
    }
  } finally {
    await file.close();
  }
  return taken.seq;
}

async function pieceAt(file: FileHandle, offset: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, offset);
  return buffer.subarray(0, bytesRead);
}

function removeCommand(release: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    release,
    'remove <seq>',
    ['从架上删除没有人需要的版本。', 'takes a release that nobody needs off the shelf.'],
    ['yingbin release remove 11'],
  );
  dryRunOption(ground, command).action(
    ground.does((text: string, values: DeedValues) => {
      const seq = seqOf(text);
      return withFleet(ground, values, async (client) => {
        if (!values.dryRun) await client.post(`/fleet/releases/${seq}/remove`, {}, releaseAnswers.removed);
        sayDone({ seq, isDone: !values.dryRun }, values, ground);
        return exitCodes.well;
      });
    }),
  );
}

function promoteCommand(release: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    release,
    'promote <seq>',
    [
      '开始推出一个版本（lab → canary → early → rest）；已在推出时，不等浸泡时间，直接到下一环。',
      'begins the rollout of a release (lab → canary → early → rest); of one that is rolled out already, opens the next ring without waiting for its soak.',
    ],
    ['yingbin release promote 12 --dry-run', 'yingbin release promote 12'],
  );
  dryRunOption(ground, command).action(
    ground.does((text: string, values: DeedValues) => {
      const seq = seqOf(text);
      return withFleet(ground, values, async (client) => {
        const open = (await readRollouts(client)).find((each) => each.seq === seq && isOpen(each));
        const deed = open ? 'promote' : 'start';
        if (values.dryRun) return sayWould(client, ground, { seq, deed, rollout: open, values });
        const done = open
          ? await client.post(`/fleet/rollouts/${pathPart(open.id)}/promote`, {}, releaseAnswers.done)
          : await client.post('/fleet/rollouts', { seq }, releaseAnswers.done);
        sayDone({ deed, ...done }, values, ground);
        return exitCodes.well;
      });
    }),
  );
}

interface Deed {
  readonly name: 'approve' | 'halt' | 'resume' | 'rollback';
  readonly about: Said;
}
const deeds: readonly Deed[] = [
  { name: 'approve', about: ['作为第二个人同意推出。', 'agrees to a rollout, as the second person.'] },
  { name: 'halt', about: ['停止推出：不再给新的终端。', 'halts a rollout: nobody else is offered it.'] },
  { name: 'resume', about: ['继续被停止的推出。', 'goes on with a halted rollout.'] },
  {
    name: 'rollback',
    about: ['退回：拿到它的终端回到原来的版本。', 'takes it back: whoever has it goes back to what it had.'],
  },
];

function deedCommand(release: Command, ground: CommandGround, { name, about }: Deed): void {
  const command = fleetCommand(
    ground,
    release,
    `${name} [seq]`,
    [`${about[0]}不写序号时是最近的推出。`, `${about[1]} The newest one unless a number says which.`],
    [`yingbin release ${name} 12`],
  );
  dryRunOption(ground, command).action(
    ground.does((text: string | undefined, values: DeedValues) => {
      const seq = text === undefined ? undefined : seqOf(text);
      return withFleet(ground, values, async (client) => {
        const rollout = (await readRollouts(client)).find((each) => seq === undefined || each.seq === seq);
        if (!rollout) throw new FleetError('refused', 'unknown-rollout', text ?? '');
        if (values.dryRun) return sayWould(client, ground, { seq: rollout.seq, deed: name, rollout, values });
        const path = `/fleet/rollouts/${pathPart(rollout.id)}/${name}`;
        sayDone({ deed: name, ...(await client.post(path, {}, releaseAnswers.done)) }, values, ground);
        return exitCodes.well;
      });
    }),
  );
}

interface Would {
  readonly seq: number;
  readonly deed: string;
  readonly rollout: RolloutAnswer | undefined;
  readonly values: DeedValues;
}

async function sayWould(
  client: FleetClient,
  ground: CommandGround,
  { seq, deed, rollout, values }: Would,
): Promise<number> {
  const { releases } = await client.get('/fleet/releases', releaseAnswers.releases);
  if (!rollout && !releases.some((each) => each.seq === seq))
    throw new FleetError('refused', 'unknown-release', String(seq));
  if (values.json) ground.json({ isDone: false, deed, seq, rollout: rollout ?? null });
  else {
    ground.line([`将会：${deed} ${seq}`, `would ${deed} ${seq}`]);
    if (rollout) sayRollouts([rollout], ground);
  }
  return exitCodes.well;
}

function sayDone(done: object, { json }: FleetValues, ground: CommandGround): void {
  if (json) ground.json(done);
  else
    ground.around.write(
      `${Object.entries(done)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(', ')}\n`,
    );
}

async function readRollouts(client: FleetClient): Promise<RolloutAnswer[]> {
  return (await client.get('/fleet/rollouts?limit=20', releaseAnswers.rollouts)).rollouts;
}

function isOpen({ state }: RolloutAnswer): boolean {
  return state === 'proposed' || state === 'running' || state === 'halted';
}

function seqOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${text} is no number of a release`);
  return Number(text);
}
