// What a fact says, as a sentence for people at headquarters; persons only by masked name.
import * as v from 'valibot';
import { deviceFault } from '../../kiosk/fault-table.ts';
import type { FactItem, OrderState } from '../../sync/headquarters/api.ts';
import { journeySentence } from './journey-sentence.ts';
import { type OrderTexts, orderTexts } from './order-text.ts';
import type { Language } from './text.ts';

/** Loose on purpose: a kind that this page does not know yet is still shown, by its name. */
const bodySchema = v.object({
  version: v.optional(v.string()),
  reason: v.nullish(v.string()),
  purpose: v.optional(v.string()),
  number: v.optional(v.string()),
  request: v.optional(v.string()),
  tasks: v.optional(v.array(v.object({ label: v.object({ zh: v.string(), en: v.string() }) }))),
  slip: v.optional(v.string()),
  outcome: v.optional(v.string()),
  copy: v.optional(v.number()),
  printer: v.optional(v.string()),
  device: v.optional(v.string()),
  state: v.optional(v.string()),
  open: v.optional(v.boolean()),
  points: v.optional(v.number()),
  triesLeft: v.optional(v.number()),
  action: v.optional(v.string()),
  code: v.nullish(v.string()),
  last: v.nullish(v.number()),
  aheadMs: v.optional(v.number()),
  rev: v.optional(v.number()),
  facts: v.optional(v.array(v.object({ count: v.number() }))),
});

const words: Record<string, readonly [zh: string, en: string]> = {
  'unknown-card': ['不认识的卡', 'unknown card'],
  'blocked-card': ['卡已停用', 'blocked card'],
  'already-checked-in': ['已经签过到', 'already checked in'],
  'not-on-list': ['不在名单', 'not on the list'],
  'lost-card': ['卡已挂失', 'lost card'],
  'expired-card': ['卡已过期', 'expired card'],
  'replaced-card': ['卡已换新', 'replaced card'],
  'wrong-gate': ['走错入口', 'wrong entrance'],
  'level-too-low': ['级别不够', 'level too low'],
  'waiting-list': ['还在候补', 'on the waiting list'],
  'session-full': ['场次已满', 'session is full'],
  'session-cancelled': ['场次已取消', 'session was cancelled'],
  'wrong-day': ['不是今天的场次', 'listed for another day'],
  points: ['查积分', 'points'],
  report: ['报修', 'a report'],
  requests: ['查诉求', 'requests'],
  homes: ['查房屋', 'homes'],
  profile: ['看自己的资料', 'own data'],
  sessions: ['报名活动', 'sessions'],
  'hand-over': ['收房', 'the hand-over'],
  survey: ['答问卷', 'a survey'],
  shortlist: ['存选房清单', 'a shortlist'],
  repair: ['报修', 'repair'],
  selfCheckRepair: ['报修（自查）', 'repair (own check)'],
  complaint: ['投诉', 'complaint'],
  enquiry: ['咨询', 'enquiry'],
  praise: ['表扬', 'praise'],
  handover: ['收房报修', 'hand-over defect'],
  'check-in': ['签到小票', 'check-in slip'],
  unit: ['房源小票', 'unit slip'],
  request: ['诉求小票', 'request slip'],
  printed: ['已打印', 'printed'],
  unconfirmed: ['可能未打完', 'perhaps not complete'],
  failed: ['未能打印', 'could not be printed'],
  expired: ['等太久，已放弃', 'waited too long and was given up'],
  'late-proof': ['打印机后来才确认', 'as the printer said later'],
  forgotten: ['由工作人员放弃', 'given up by staff'],
  'no-printer': ['没有打印机', 'there is no printer'],
  ready: ['正常', 'working'],
  'paper-low': ['纸将尽', 'paper is low'],
  unavailable: ['本机没有', 'not on this machine'],
  reader: ['读卡器', 'Card reader'],
  printer: ['打印机', 'Printer'],
  panel: ['面板', 'Panel'],
  'second-reader': ['第二读卡器', 'Second card reader'],
  'fallback-printer': ['备用打印机', 'Fallback printer'],
  desktop: ['桌面', 'Desktop'],
  'test-page': ['测试页', 'test page'],
  'checks-run': ['检查本机', 'checks were run'],
  'network-looked-at': ['检查网络', 'the network was looked at'],
  'wifi-changed': ['更换 Wi-Fi', 'another Wi-Fi'],
  'volume-set': ['调音量', 'volume'],
  'brightness-set': ['调屏幕亮度', 'brightness of the screen'],
  'diagnosis-exported': ['把检查结果存到 U 盘', 'checks were put on a USB stick'],
  'program-restarted': ['重启程序', 'the program was restarted'],
  'machine-restarted': ['重启整机', 'the machine was restarted'],
  'enrolment-begun-anew': ['重新入网', 'enrolment was begun anew'],
  'update-released': ['更新不再等到规定时间', 'an update need not wait for its hour'],
  'support-picture': ['为技术支持拍屏幕照片', 'a picture of the screen for support'],
};

/** What became of a slip, on which printer, and why. */
function slipSentence(
  { slip, outcome, reason, printer, copy = 0 }: v.InferOutput<typeof bodySchema>,
  word: (code: string | null | undefined) => string,
  language: Language,
): Sentence {
  const isChinese = language === 'zh';
  const copied = copy === 0 ? '' : isChinese ? `（补打 ${copy}）` : ` (copy ${copy})`;
  const end = word(reason === 'forgotten' ? reason : outcome);
  const details = [
    printer === 'fallback-printer' ? word(printer) : '',
    reason === 'forgotten' ? '' : word(reason),
  ].filter(Boolean);
  const why =
    details.length === 0 ? '' : isChinese ? `（${details.join('，')}）` : ` (${details.join(', ')})`;
  return {
    tone: outcome === 'printed' ? 'plain' : 'warn',
    text: `${word(slip)}${copied}${isChinese ? '' : ' '}${end}${why}`,
  };
}

type Say = (zh: string, en: string) => Sentence;

/** How far an order is, in the words of the orders page. */
function orderSentence({ state, code }: v.InferOutput<typeof bodySchema>, plain: Say, warn: Say): Sentence {
  const words = (texts: OrderTexts): string => {
    const why = code ? (texts.codes[code] ?? code) : '';
    return `${texts.states[state as OrderState] ?? state ?? ''}${why ? ` · ${why}` : ''}`;
  };
  const say = state === 'failed' || state === 'expired' ? warn : plain;
  return say(`总部的指令：${words(orderTexts.zh)}`, `Order of headquarters: ${words(orderTexts.en)}`);
}

const refusedOrders: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  unsigned: ['没有签名', 'it bore no signature'],
  forged: ['签名不对，可能有人冒充总部', 'its signature is wrong, somebody may pose as headquarters'],
  foreign: ['是给别的终端的', 'it was for another terminal'],
  replayed: ['收到过了，可能有人重放', 'it came before, somebody may replay it'],
  malformed: ['读不懂', 'it cannot be read'],
  surplus: ['未完成的指令太多', 'too many others are still open'],
};

/** What a code of the contract is called; '' for none. */
export function deviceWord(code: string | null | undefined, language: Language): string {
  const pair = code ? words[code] : undefined;
  if (pair) return pair[language === 'zh' ? 0 : 1];
  return code ? (faultWords(code, language) ?? code) : '';
}

/** What staff at the terminal are told to do about it, to stand inside a sentence; undefined = no device's code. */
function faultWords(code: string, language: Language): string | undefined {
  return deviceFault(code)?.staff[language].replace(/[。.]$/, '');
}

const spans = [
  [172_800_000, 86_400_000, '天', 'days'],
  [7_200_000, 3_600_000, '小时', 'h'],
  [120_000, 60_000, '分钟', 'min'],
  [0, 1_000, '秒', 's'],
] as const;

function clockSentence(aheadMs: number, warn: Say): Sentence {
  const ms = Math.abs(aheadMs);
  const [, unitMs, zh, en] = spans.find(([fromMs]) => ms >= fromMs) ?? spans[3];
  const n = Math.round(ms / unitMs);
  const [isZh, isEn] = aheadMs > 0 ? ['快', 'ahead'] : ['慢', 'behind'];
  return warn(
    `终端时钟${isZh}了 ${n} ${zh}，已按总部校正`,
    `The terminal’s clock was ${n} ${en} ${isEn} and is put right`,
  );
}

const twinWords: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  applying: ['正在应用', 'is being applied'],
  waiting: ['等待空闲', 'waits for a quiet moment'],
  ok: ['已生效', 'is in use'],
  rejected: ['被拒绝', 'was refused'],
  'rolled-back': ['未能正常服务，已退回', 'did not serve and was taken back'],
};

/** A refusal and a way back name their code. */
function twinSentence(
  { state = '', rev = 0, code }: v.InferOutput<typeof bodySchema>,
  plain: Say,
  warn: Say,
): Sentence {
  const [zh, en] = twinWords[state] ?? [state, state];
  const [isZh, isEn] = code ? [`（${code}）`, ` (${code})`] : ['', ''];
  const say = state === 'rejected' || state === 'rolled-back' ? warn : plain;
  return say(`设置第 ${rev} 版${zh}${isZh}`, `Set-up ${rev} ${en}${isEn}`);
}

/** After a damaged or missing store, facts up to its last number that did not come are missing. */
function epochWords({ reason, last }: v.InferOutput<typeof bodySchema>): [zh: string, en: string] {
  if (reason !== 'set-aside' && reason !== 'new-store')
    return ['编号重新开始，资料都在', 'Numbers begin anew; nothing is missing'];
  return [
    `数据库${reason === 'set-aside' ? '损坏' : '不见了'}，已换新库；旧库最后编号 ${last ?? '不详'}`,
    `The database was ${reason === 'set-aside' ? 'damaged' : 'gone'} and is replaced; its last number was ${last ?? 'unknown'}`,
  ];
}

export type Tone = 'good' | 'warn' | 'plain';
export interface Sentence {
  readonly tone: Tone;
  readonly text: string;
}

export function factSentence(fact: FactItem, language: Language): Sentence {
  const { kind, body, about } = fact;
  const parsed = v.safeParse(bodySchema, body);
  const b = parsed.success ? parsed.output : {};
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const word = (code: string | null | undefined): string => deviceWord(code, language);
  const who = about.member ?? say('一位客人', 'A guest');
  const session = about.session?.[language] ?? '';
  const plain = (zh: string, en: string): Sentence => ({ tone: 'plain', text: say(zh, en) });
  const good = (zh: string, en: string): Sentence => ({ tone: 'good', text: say(zh, en) });
  const warn = (zh: string, en: string): Sentence => ({ tone: 'warn', text: say(zh, en) });
  const journey = journeySentence(fact);
  if (journey) return (journey.isGood ? good : plain)(journey.zh, journey.en);
  switch (kind) {
    case 'terminal-started':
      return plain(`终端启动，版本 ${b.version ?? ''}`, `Terminal started, version ${b.version ?? ''}`);
    case 'epoch-begun':
      return warn(...epochWords(b));
    case 'check-in-recorded':
      return good(
        `${who} 签到「${session}」，+${b.points ?? 0} 分`,
        `${who} checked in to “${session}”, +${b.points ?? 0} points`,
      );
    case 'card-refused':
      return warn(
        `${who} 刷卡未能签到：${word(b.reason)}`,
        `${who} swiped but was not checked in: ${word(b.reason)}`,
      );
    case 'visit-recorded':
      return plain(`${who} 刷卡，今天没有场次`, `${who} swiped; no session today`);
    case 'pin-refused':
      return warn(
        `${who} 输错密码，还剩 ${b.triesLeft ?? 0} 次`,
        `${who} gave a wrong PIN, ${b.triesLeft ?? 0} tries left`,
      );
    case 'person-proven':
      return plain(`${who} 凭密码${word(b.purpose)}`, `${who} gave the PIN for ${word(b.purpose)}`);
    case 'unit-taken-home':
      return plain(`有人取走房源 ${about.unit ?? ''} 的资料`, `Somebody took unit ${about.unit ?? ''} home`);
    case 'request-filed':
      return good(
        `${who} ${word(b.request)} ${b.number ?? ''}${b.tasks?.[0] ? `：${b.tasks[0].label.zh}` : ''}`,
        `${who}, ${word(b.request)} ${b.number ?? ''}${b.tasks?.[0] ? `: ${b.tasks[0].label.en}` : ''}`,
      );
    case 'slip-settled':
      return slipSentence(b, word, language);
    case 'slip-copied':
      return plain(
        `${word(b.slip)}再打一份(第 ${b.copy ?? 1} 份)`,
        `${word(b.slip)} printed again (copy ${b.copy ?? 1})`,
      );
    case 'help-requested':
      return warn('有人请求帮助', 'Somebody asks for help');
    default:
      return machineSentence(kind, b, word, { plain, warn });
  }
}

/** Facts of the terminal itself, and kinds that this page does not know yet, by their name. */
function machineSentence(
  kind: string,
  b: v.InferOutput<typeof bodySchema>,
  word: (code: string | null | undefined) => string,
  { plain, warn }: { readonly plain: Say; readonly warn: Say },
): Sentence {
  switch (kind) {
    case 'panel-tampered':
      return b.open ? warn('机箱被打开', 'The case was opened') : plain('机箱已关上', 'The case was closed');
    case 'device-changed': {
      const say = deviceFault(b.state ?? '') ? warn : plain;
      return say(`${word(b.device)}：${word(b.state)}`, `${word(b.device)}: ${word(b.state)}`);
    }
    case 'twin-reported':
      return twinSentence(b, plain, warn);
    case 'clock-learnt':
      return clockSentence(b.aheadMs ?? 0, warn);
    case 'facts-compacted': {
      const n = b.facts?.reduce((sum, { count }) => sum + count, 0) ?? 0;
      return warn(
        `存储空间紧张：${n} 条设备记录只保留了数目`,
        `Little room: of ${n} device records only the number was kept`,
      );
    }
    case 'maintenance-opened':
      return plain('有人打开了维护界面', 'The maintenance screen was opened');
    case 'maintenance-refused':
      return warn(
        `维护密码输错，还剩 ${b.triesLeft ?? 0} 次`,
        `A wrong maintenance PIN, ${b.triesLeft ?? 0} tries left`,
      );
    case 'maintenance-acted':
      return plain(`维护：${word(b.action)}`, `Maintenance: ${word(b.action)}`);
    case 'order-progressed':
      return orderSentence(b, plain, warn);
    case 'order-refused': {
      const [zh, en] = refusedOrders[b.reason ?? ''] ?? [b.reason ?? '', b.reason ?? ''];
      return warn(`终端拒收一条指令：${zh}`, `The terminal refused an order: ${en}`);
    }
    default:
      return plain(kind, kind);
  }
}
