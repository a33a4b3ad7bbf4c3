// The words of releases and rollouts, in Chinese and English.
import type { RolloutAnswer } from '../../../sync/headquarters/api/release-api.ts';
import type { Language } from '../text.ts';

type Counted = keyof RolloutAnswer['counts'];

const zh = {
  rollouts: '发布',
  rolloutsNone: '还没有发布过。先加入一个签过名的版本，再从实验环开始发布。',
  ringsLead:
    '依次经过四环：实验（指定的样机）→ 先行（约 1%，先 3 台）→ 早期（约 10%）→ 其余。一环里 95% 成功、并稳定运行一段时间后，自动进入下一环；失败 2 台或 2%（取大）就自动停下，失败的自己退回原来的版本。',
  states: {
    proposed: '等另一人同意',
    running: '进行中',
    halted: '已停止',
    done: '已完成',
    'rolled-back': '已撤回',
  } satisfies Record<RolloutAnswer['state'], string>,
  rings: { lab: '实验', canary: '先行', early: '早期', rest: '其余' } satisfies Record<
    RolloutAnswer['ring'],
    string
  >,
  ringStates: { past: '已过', now: '正在这一环', next: '还没到' },
  counts: {
    ok: '成功',
    offered: '正在换',
    waiting: '等待',
    silent: '没有消息',
    failed: '失败',
  } satisfies Record<Counted, string>,
  title: (version: string, seq: number) => `${version} · 序号 ${seq}`,
  by: (who: string, at: string) => `${who} 于 ${at} 提出`,
  approvedBy: (who: string) => `${who} 已同意`,
  since: (at: string) => `这一环始于 ${at}`,
  codes: {
    'halted-by-hand': '有人手动停止',
    'too-many-failures': '失败太多，自动停止',
  } as Record<string, string>,
  code: (code: string) => `原因：${code}`,
  devices: '逐台',
  device: '终端',
  ring: '环',
  state: '状态',
  why: '原因',
  offeredAt: '收到于',
  endedAt: '结束于',
  devicesNone: '还没有轮到任何终端。',
  deeds: {
    approve: {
      label: '同意',
      title: (version: string) => `同意发布 ${version}`,
      happens: ['实验环马上开始，每台在空闲时换上，换完自检，不行就自己退回。', '提出的人不能自己同意。'],
      done: '已同意，实验环开始',
    },
    promote: {
      label: '提前进入下一环',
      title: (version: string) => `${version}：不等稳定期，进入下一环`,
      happens: ['下一环的终端马上开始换。', '这一环还有终端在试、或失败太多时不能这样做。'],
      done: '已进入下一环',
    },
    halt: {
      label: '停止',
      title: (version: string) => `停止发布 ${version}`,
      happens: [
        '不再发给任何终端；正在换的退回原来的版本。',
        '已经换好的继续用新版本。',
        '之后可以继续，也可以撤回。',
      ],
      done: '已停止',
    },
    resume: {
      label: '继续',
      title: (version: string) => `继续发布 ${version}`,
      happens: ['到目前为止的失败不再计数；失败过的不会再试。', '从停下的那一环接着发。'],
      done: '已继续',
    },
    rollback: {
      label: '撤回',
      title: (version: string) => `撤回 ${version}`,
      happens: [
        '所有换上它的终端都回到之前的版本，在各自空闲时进行。',
        '之前是手工安装的，没有可以退回的版本，会继续用它。',
        '撤回之后不能再继续这次发布。',
      ],
      done: '已撤回',
    },
  },
  staying: (n: number) => `；${n} 台之前没有我们的版本，继续用现在的`,
  // releases
  releases: '版本',
  releasesNone: '还没有版本。用 yingbin release build 构建并签名，再在这里上传清单和安装包。',
  version: '版本号',
  seq: '序号',
  added: '加入',
  expires: '过期',
  isOver: '已过期',
  bundles: '安装包',
  start: '开始发布',
  startTitle: (version: string) => `发布 ${version}`,
  startHappens: [
    '从实验环开始，一环一环放开；任何时候都可以停止或撤回。',
    '需要两人同意时，先等另一位信息技术或经理同意，才发给第一台。',
    '终端只在没人使用、又在允许更新的时间里换；访客办到一半不会被打断。',
  ],
  started: '已开始',
  remove: '删除',
  removeTitle: (version: string) => `删除版本 ${version}`,
  removeHappens: ['安装包从总部删掉。有终端在用或可能退回它时不能删除。'],
  removed: '已删除',
  upload: '上传版本',
  uploadLead: '选择签过名的清单（.manifest）和它的安装包（.bundle）。中断后再选同样的文件，会接着传。',
  manifest: '清单',
  bundle: '安装包',
  uploading: (percent: number) => `已传 ${percent}%`,
  listed: (seq: number) => `序号 ${seq} 已加入`,
  stop: '停止上传',
};
export type ReleaseWords = typeof zh;

const en: ReleaseWords = {
  rollouts: 'Rollouts',
  rolloutsNone: 'There was none yet. Add a signed release, then start it with the lab ring.',
  ringsLead:
    'Four rings, one after the other: lab (named devices) → canary (about 1 %, three at first) → early (about 10 %) → the rest. When 95 % of a ring are well and have served for a while, the next begins by itself; at 2 failures or 2 %, whichever is more, it halts, and who failed goes back by itself.',
  states: {
    proposed: 'waits for a second person',
    running: 'running',
    halted: 'halted',
    done: 'done',
    'rolled-back': 'rolled back',
  },
  rings: { lab: 'Lab', canary: 'Canary', early: 'Early', rest: 'Rest' },
  ringStates: { past: 'passed', now: 'this ring now', next: 'not yet' },
  counts: { ok: 'ok', offered: 'switching', waiting: 'waiting', silent: 'silent', failed: 'failed' },
  title: (version, seq) => `${version} · number ${seq}`,
  by: (who, at) => `proposed by ${who}, ${at}`,
  approvedBy: (who) => `${who} agreed`,
  since: (at) => `this ring since ${at}`,
  codes: { 'halted-by-hand': 'somebody halted it', 'too-many-failures': 'halted by itself: too many failed' },
  code: (code) => `Why: ${code}`,
  devices: 'Each terminal',
  device: 'Terminal',
  ring: 'Ring',
  state: 'State',
  why: 'Why',
  offeredAt: 'Offered',
  endedAt: 'Ended',
  devicesNone: 'It has not reached any terminal yet.',
  deeds: {
    approve: {
      label: 'Agree',
      title: (version) => `Agree to ${version}`,
      happens: [
        'The lab ring begins at once: each switches in a free moment, tests itself, and goes back if it does not serve.',
        'Whoever proposed it cannot agree as well.',
      ],
      done: 'Agreed; the lab ring begins',
    },
    promote: {
      label: 'Open the next ring now',
      title: (version) => `${version}: on to the next ring without waiting`,
      happens: [
        'The terminals of the next ring begin to switch at once.',
        'Not possible while some of this ring are being tried, or too many failed.',
      ],
      done: 'The next ring begins',
    },
    halt: {
      label: 'Halt',
      title: (version) => `Halt ${version}`,
      happens: [
        'Nobody else is offered it; who is switching goes back to what it had.',
        'Who serves with it keeps it.',
        'You can resume it later, or roll it back.',
      ],
      done: 'Halted',
    },
    resume: {
      label: 'Resume',
      title: (version) => `Resume ${version}`,
      happens: [
        'The failures so far are forgiven; who failed is not tried again.',
        'It goes on with the ring where it halted.',
      ],
      done: 'It goes on',
    },
    rollback: {
      label: 'Roll back',
      title: (version) => `Roll ${version} back`,
      happens: [
        'All that serve with it go back to what they had, each in a free moment.',
        'Those that were installed by hand before have nothing to go back to, and keep it.',
        'This rollout cannot be resumed after that.',
      ],
      done: 'Rolled back',
    },
  },
  staying: (n) => `; ${n} had no release of ours before and keep the one they have`,
  releases: 'Releases',
  releasesNone:
    'There is none. Build and sign one with yingbin release build, then send its manifest and bundle here.',
  version: 'Version',
  seq: 'Number',
  added: 'Added',
  expires: 'Expires',
  isOver: 'expired',
  bundles: 'Bundles',
  start: 'Roll out',
  startTitle: (version) => `Roll ${version} out`,
  startHappens: [
    'It begins with the lab and opens ring by ring; you can halt it or roll it back at any time.',
    'Where two must agree, another person of IT or a manager agrees before the first one gets it.',
    'A terminal switches only when nobody uses it and updates are allowed: no visitor is interrupted.',
  ],
  started: 'Begun',
  remove: 'Remove',
  removeTitle: (version) => `Remove ${version}`,
  removeHappens: [
    'Its bundles are deleted at headquarters. Not possible while terminals have it or may go back to it.',
  ],
  removed: 'Removed',
  upload: 'Add a release',
  uploadLead:
    'Choose the signed manifest and its bundle. If it was cut off, choose the same files again: it goes on where it was.',
  manifest: 'Manifest',
  bundle: 'Bundle',
  uploading: (percent) => `${percent} % sent`,
  listed: (seq) => `Number ${seq} was added`,
  stop: 'Stop',
};

export const releaseWords: Readonly<Record<Language, ReleaseWords>> = { zh, en };
