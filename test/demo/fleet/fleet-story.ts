// The story of the newcomer, in three chapters: a terminal enrols, a setting reaches all, a bad release heals and stops itself.
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { buildRelease } from '../../../provisioning/release-build.ts';
import type { Architecture } from '../../../sync/contract/release.ts';
import { signingKey } from '../../../sync/contract/signed-frame.ts';
import { type ReleaseAnswers, releaseAnswers } from '../../../sync/headquarters/api/release-api.ts';
import { type TwinItem, twinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import { type FleetDemo, until } from './fleet-demo.ts';
import { configOf, startShippedTerminal } from './shipped-terminal.ts';
import type { Teller } from './teller.ts';
import { type YingbinHands, yingbinHands } from './yingbin-hands.ts';

export interface StoryOptions {
  /** of the newcomer's screen; 0 = any */
  readonly kioskPort: number;
  readonly teller: Teller;
  readonly signal: AbortSignal;
}

export interface StoryEnd {
  /** the newcomer's, with the token of this boot */
  readonly screen: string;
  readonly converged: { readonly terminals: number; readonly seconds: number };
  readonly rollout: {
    readonly state: string;
    readonly code: string | null;
    /** how many were offered the bad release, of how many */
    readonly reached: number;
    readonly of: number;
    /** why they went back */
    readonly codes: readonly string[];
    readonly seconds: number;
  };
}

export const newcomer = 'hall-new';
const badSeq = 1;

export async function tellFleetStory(demo: FleetDemo, options: StoryOptions): Promise<StoryEnd> {
  const { teller, signal } = options;
  const { http, token, env } = demo.headquarters;
  const hands = yingbinHands({ programs: demo.programs, env, teller, signal });
  const count = (await demo.devices()).length;
  teller.line(
    `${count} 台在线；其中 ${demo.shipped} 台是完整的终端程序，其余是轻量终端（真证书、真连接，没有屏幕）。`,
    `${count} are online; ${demo.shipped} of them are the whole terminal program, the others are light: real certificates and lines, no screen.`,
  );
  teller.line(`控制台：${http}/#token=${token}`, `Console: ${http}/#token=${token}`);
  await teller.pause();
  const screen = await enrolNewcomer(demo, hands, options);
  await teller.pause();
  const converged = await changeSetting(demo, hands, options);
  await teller.pause();
  const rollout = await shipBadRelease(demo, hands, options);
  return { screen, converged, rollout };
}

async function enrolNewcomer(demo: FleetDemo, hands: YingbinHands, options: StoryOptions): Promise<string> {
  const { teller, signal, kioskPort } = options;
  teller.chapter('新终端入网：写卡、插卡、通电', 'A newcomer enrols: flash, insert, power');
  const folder = join(demo.folder, newcomer);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const csv = join(demo.folder, 'newcomer.csv');
  writeFileSync(csv, `terminal,code,site,model,ring\n${newcomer},HNEW,riverside,pi5-21,lab\n`);
  await hands.type('import', csv);
  teller.line(
    '为它签发一份凭证：只给它、只用一次、72 小时有效。',
    'A claim for it: for it alone, for one use, for 72 hours.',
  );
  await hands.type('claim', newcomer, '--out', join(demo.folder, 'claims'));
  const claimFile = join(demo.folder, 'claims', newcomer, 'yingbin-claim.json');
  const claim = (await readFile(claimFile, 'utf8')).trim();
  teller.line('标签上的二维码是同样的内容：', 'The label has the same as a QR code:');
  teller.shown(renderUnicodeCompact(claim));
  teller.line(
    '通电之后，终端在本机生成密钥，一步步入网，屏幕上也是这几步；第 8、9 步（设置、设备）在它开始服务时完成：',
    'With power it makes its key by itself and enrols step by step, as its screen shows too; steps 8 and 9, set-up and devices, come when it serves:',
  );
  await hands.type('enrol', '--config', configOf({ folder }), '--claim', claimFile);
  const place = { programs: demo.programs, folder, port: kioskPort, signal };
  const terminal = await startShippedTerminal(place);
  demo.opened.push(terminal);
  await until(
    async () => (await demo.devices()).some((device) => device.terminal === newcomer && device.online),
    signal,
  );
  teller.line(
    `${newcomer} 在线，屏幕：${terminal.screen}`,
    `${newcomer} is online, its screen: ${terminal.screen}`,
  );
  look(demo, teller, 'terminals');
  return terminal.screen;
}

async function changeSetting(
  demo: FleetDemo,
  hands: YingbinHands,
  { teller, signal }: StoryOptions,
): Promise<StoryEnd['converged']> {
  const terminals = (await demo.devices()).length;
  teller.chapter('改一个设置，看全部终端跟上', 'Change a setting, and see all terminals follow');
  look(demo, teller, 'set-ups');
  await until(async () => (await followers(demo)).length === terminals, signal);
  const startedMs = performance.now();
  await hands.type('config', 'set', 'default', 'settings.idleSeconds=75', '--count', `${terminals}`);
  const elapsed = (): number => Math.round((performance.now() - startedMs) / 100) / 10;
  let said = -1;
  await until(async () => {
    const many = (await followers(demo)).length;
    if (many !== said)
      teller.line(`${elapsed()} 秒：${many} / ${terminals}`, `${elapsed()} s: ${many} of ${terminals}`);
    said = many;
    return many === terminals;
  }, signal);
  return { terminals, seconds: elapsed() };
}

/** The console's page for what happens now. */
function look({ headquarters }: FleetDemo, teller: Teller, tab: 'terminals' | 'set-ups' | 'releases'): void {
  const names = {
    terminals: ['终端', 'Terminals'],
    'set-ups': ['终端设置', 'Set-ups'],
    releases: ['版本与发布', 'Releases'],
  } as const;
  const [zh, en] = names[tab];
  const url = `${headquarters.http}/#/${tab}`;
  teller.line(`在控制台看「${zh}」：${url}`, `Look at ${en} in the console: ${url}`);
}

/** Terminals that say that they serve with what they shall. */
async function followers(demo: FleetDemo): Promise<readonly TwinItem[]> {
  const { twins } = await demo.headquarters.client.get('/fleet/twins', twinAnswers.twins);
  return twins.filter(
    ({ hash, rev, reported }) =>
      rev > 0 && reported?.hash === hash && reported.rev === rev && reported.state === 'ok',
  );
}

async function shipBadRelease(
  demo: FleetDemo,
  hands: YingbinHands,
  { teller, signal }: StoryOptions,
): Promise<StoryEnd['rollout']> {
  const { client } = demo.headquarters;
  teller.chapter(
    '推出一个坏版本，看它自己退回、自己停下',
    'Ship a bad release, and see it heal and halt by itself',
  );
  teller.line(
    '这个版本一启动就退出。签名是真的：签名只说明来自谁，不说明它好。',
    'This release ends as soon as it starts. Its signature is real: that says whose it is, not that it serves.',
  );
  const { manifestFile } = await buildBadRelease(demo);
  await hands.type('release', 'add', manifestFile);
  const startedMs = performance.now();
  await hands.type('release', 'promote', `${badSeq}`);
  teller.line(
    '先到 lab 环；每台在一分钟内的随机时刻去取，避免一起挤。',
    'The lab comes first; each fetches it at a moment of its own within a minute.',
  );
  look(demo, teller, 'releases');
  const ended = await watchRollout(demo, teller, signal);
  const { devices } = await client.get(`/fleet/rollouts/${ended.id}`, releaseAnswers.rollout);
  const { waiting, ...tried } = ended.counts;
  const reached = Object.values(tried).reduce((sum, many) => sum + many, 0);
  teller.line(
    `推出已${ended.state === 'halted' ? '自动停止' : '结束'}：${reached + waiting} 台里只有 ${reached} 台碰到过它。`,
    `The rollout is ${ended.state}: of ${reached + waiting} terminals ${reached} ever met it.`,
  );
  const terminals = (await demo.devices()).length;
  await until(async () => {
    const served = await followers(demo);
    return served.length === terminals && served.every(({ reported }) => reported?.release === 0);
  }, signal);
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  teller.line(
    `${terminals} 台都在服务，用的是原来的版本，没有人到过现场。用时 ${seconds} 秒。`,
    `All ${terminals} serve, with the release of before, and nobody went to a site. It took ${seconds} s.`,
  );
  const codes = devices.flatMap(({ code }) => (code === null ? [] : [code]));
  return { state: ended.state, code: ended.code, reached, of: reached + waiting, codes, seconds };
}

type Rollout = ReleaseAnswers['rollouts']['rollouts'][number];

/** Until it goes on no more. */
async function watchRollout(demo: FleetDemo, teller: Teller, signal: AbortSignal): Promise<Rollout> {
  let last: Rollout | undefined;
  let said = '';
  await until(async () => {
    const { rollouts } = await demo.headquarters.client.get('/fleet/rollouts', releaseAnswers.rollouts);
    last = rollouts.find(({ seq }) => seq === badSeq);
    if (!last) return false;
    const { ring, state, counts } = last;
    const now = `${ring}: ${counts.offered} / ${counts.failed} / ${counts.waiting}`;
    if (now !== said)
      teller.line(
        `${ring}：在试 ${counts.offered}，已退回 ${counts.failed}，还没轮到 ${counts.waiting}`,
        `${ring}: ${counts.offered} try it, ${counts.failed} went back, ${counts.waiting} wait`,
      );
    said = now;
    return state !== 'running';
  }, signal);
  if (!last) throw new Error('there is no rollout');
  return last;
}

/** Whole, signed, and good for nothing: the program ends before it serves. */
async function buildBadRelease({ folder, headquarters }: FleetDemo): Promise<{ manifestFile: string }> {
  const source = join(folder, 'bad-release');
  const files = Object.entries({
    'package.json': '{"version":"9.9.9"}\n',
    'dist/kiosk/main.js': 'process.exit(70);\n',
    'dist/provisioning/yingbin.js': 'process.exit(70);\n',
  }).map(([path, text]) => {
    const from = join(source, path.replaceAll('/', '-'));
    mkdirSync(source, { recursive: true });
    writeFileSync(from, text);
    return { path, from };
  });
  const key = Buffer.from((await readFile(headquarters.releaseKeyFile, 'utf8')).trim(), 'base64');
  const createdAt = new Date();
  return await buildRelease({
    files,
    architecture: process.arch as Architecture,
    version: '9.9.9',
    seq: badSeq,
    minSeq: 0,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 86_400_000),
    key: signingKey(key),
    out: join(folder, 'releases-out'),
  });
}
