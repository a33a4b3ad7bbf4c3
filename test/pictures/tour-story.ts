// What the tour tells: one visit to a terminal, in about a minute.
import type { Caption } from './tour-stage.ts';

/** What can be done at the terminal while everybody looks. */
export interface Guide {
  say(caption: Caption): void;
  /** presses the button and waits until this can be read */
  tap(name: string | RegExp, until: string | RegExp): Promise<void>;
  swipe(card: string, until: string): Promise<void>;
  /** one key after the other, unseen */
  pin(card: string, until: string): Promise<void>;
  /** the newest slip hangs out of the printer */
  takeSlip(): Promise<void>;
  leaveSlip(): void;
  /** for the eye */
  hold(ms: number): Promise<void>;
}

const card = 'wang-fang';

export async function tellTour(guide: Guide): Promise<void> {
  await checkIn(guide);
  await seePoints(guide);
  await reportDefect(guide);
  await lookAtHomes(guide);
}

async function checkIn(guide: Guide): Promise<void> {
  guide.say({ chapter: 0, zh: '没人的时候，它说今天有什么', en: 'Nobody there: it says what is on today.' });
  await guide.hold(2_800);
  guide.say({
    chapter: 0,
    zh: '刷卡，就签到了',
    en: 'Swipe: checked in, with points. No tap, no network needed.',
  });
  await guide.swipe(card, '小票已打印，请取走');
  await guide.takeSlip();
  await guide.hold(4_000);
  guide.leaveSlip();
}

async function seePoints(guide: Guide): Promise<void> {
  guide.say({ chapter: 1, zh: '卡认得您，密码才证明是您', en: 'A card names you. Only the PIN proves it.' });
  await guide.tap('我的服务', '请选择要办理的事');
  await guide.hold(2_200);
  await guide.tap(/^我的积分/, '请输入密码');
  await guide.hold(2_000);
  guide.say({ chapter: 1, zh: '每一分从哪里来', en: 'Every point, and where it came from.' });
  await guide.pin(card, '积分流水');
  await guide.hold(3_600);
}

async function reportDefect(guide: Guide): Promise<void> {
  guide.say({ chapter: 2, zh: '报修：点几下，不打字', en: 'A defect: a few taps, nothing typed.' });
  await guide.tap('返回', '请选择要办理的事');
  await guide.tap(/^报修/, '在哪个部位？');
  await guide.hold(1_800);
  await guide.tap('卫生间', '是什么部品？');
  await guide.hold(1_300);
  await guide.tap('天花', '出了什么问题？');
  await guide.hold(1_300);
  await guide.tap('渗漏', '更像哪一种？');
  await guide.hold(1_300);
  await guide.tap('下水管周围渗漏', '请核对后提交');
  await guide.hold(3_200);
  guide.say({ chapter: 2, zh: '有编号，有时限', en: 'A number, and a clock that runs.' });
  await guide.tap('提交报修', '小票已打印，请取走');
  await guide.takeSlip();
  await guide.hold(4_500);
  guide.leaveSlip();
  guide.say({ chapter: 2, zh: '走了，什么也不留', en: 'Gone, and nothing of them stays behind.' });
  await guide.tap('结束并清除', '轻触屏幕，开始使用');
  await guide.hold(2_400);
}

async function lookAtHomes(guide: Guide): Promise<void> {
  guide.say({
    chapter: 3,
    zh: '看房：总部批准了什么，就看到什么',
    en: 'Homes: what headquarters approved, and nothing else.',
  });
  await guide.tap('轻触屏幕，开始使用', '您好，需要办理什么？');
  await guide.hold(2_000);
  await guide.tap(/看房/, '预售许可证');
  await guide.hold(1_600);
  await guide.tap(/四季花城/, '项目亮点');
  await guide.hold(2_200);
  guide.say({
    chapter: 3,
    zh: '一栋楼，一眼看完',
    en: 'A whole building at a glance: word, pattern, colour.',
  });
  await guide.tap(/米兰苑/, '预售许可证');
  await guide.hold(3_000);
  await guide.tap(/^可售/, '预售许可证');
  await guide.hold(2_200);
  guide.say({ chapter: 3, zh: '好处和坏处，一样大', en: 'What speaks for it and against it, side by side.' });
  await guide.tap(/ 可售，/, '总价');
  await guide.hold(3_000);
  await guide.tap('打印小票', '小票已打印，请取走');
  await guide.takeSlip();
  guide.say({ chapter: 3, zh: '带一张回家', en: 'Take it home on paper.' });
  await guide.hold(4_500);
}
