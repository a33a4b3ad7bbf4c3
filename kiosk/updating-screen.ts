// What a visitor sees while a terminal is switched to something else: which steps are behind it, and which come.
import type { EnrollingScreen } from './enrolling-screen.ts';
import type { LeaveReason } from './keeper-line.ts';

type Both = EnrollingScreen['title'];

/** done before anybody is kept waiting, at work now, and to come */
const stepsOf: Readonly<
  Record<LeaveReason, { readonly title: Both; readonly done: readonly Both[]; readonly now: Both }>
> = {
  release: {
    title: { zh: '正在更新，一会儿就好', en: 'Updating: ready in a moment' },
    done: [
      { zh: '新版本已经取来', en: 'The new version is here' },
      { zh: '检查过，没有问题', en: 'It was checked, and is right' },
    ],
    now: { zh: '正在换上，约半分钟', en: 'Switching, about half a minute' },
  },
  'set-up': {
    title: { zh: '正在换设置，一会儿就好', en: 'New settings: ready in a moment' },
    done: [{ zh: '新设置检查过，没有问题', en: 'They were checked, and are right' }],
    now: { zh: '正在换上，约半分钟', en: 'Switching, about half a minute' },
  },
  back: {
    title: { zh: '正在恢复，一会儿就好', en: 'Coming back in a moment' },
    done: [{ zh: '更新已停止', en: 'The update was stopped' }],
    now: { zh: '正在换回原来的，约半分钟', en: 'Going back, about half a minute' },
  },
};

const served: Both = { zh: '恢复服务，您可以继续使用', en: 'Service goes on' };

/** @param board for IT: which terminal, which version */
export function updatingScreen(why: LeaveReason, board: string): EnrollingScreen {
  const { title, done, now } = stepsOf[why];
  return {
    kind: 'enrolling',
    title,
    steps: [
      ...done.map((name) => ({ name, state: 'done' }) as const),
      { name: now, state: 'now' },
      { name: served, state: 'later' },
    ],
    trouble: null,
    pending: null,
    board,
  };
}
