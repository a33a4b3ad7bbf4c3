// Whom to tell what about a session: they have a place, wait for one, have to wait after all, it is moved or cancelled.
import type { SessionRow } from '../../contract/events.ts';
import type { Words } from '../../contract/ids.ts';
import type { NewNotice } from '../notices/notices.ts';
import type { Store, Tx } from '../store/store.ts';

export type News = 'place' | 'waits' | 'waits-again' | 'moved' | 'cancelled';
export interface PlaceNews {
  readonly member: string;
  readonly what: News;
  /** on the waiting list */
  readonly number: number;
}
interface Placed {
  readonly moved: readonly { readonly member: string; readonly waiting: number | null }[];
  /** who was not on the list before and has a place */
  readonly seated: readonly { readonly member: string }[];
  /** number on the waiting list before, of everybody on the list */
  readonly was: ReadonlyMap<string, number | null>;
  readonly isNew: (member: string) => boolean;
}

/** @param cause `isAsked`: who was given a place at once is told as well */
export function newsOf(
  { moved, seated, was, isNew }: Placed,
  { isAsked = false }: { readonly isAsked?: boolean },
): PlaceNews[] {
  const changed = moved.flatMap(({ member, waiting }): PlaceNews[] => {
    if (waiting === null) return [{ member, what: 'place', number: 0 }];
    // a step forward in the queue is seen at the terminal
    if ((was.get(member) ?? null) !== null) return [];
    return [{ member, what: isNew(member) ? 'waits' : 'waits-again', number: waiting }];
  });
  if (!isAsked) return changed;
  return [...changed, ...seated.map(({ member }): PlaceNews => ({ member, what: 'place', number: 0 }))];
}

/** @returns to their telephones; who gave none sees it at the terminal */
export async function newsNotices(
  store: Store,
  tx: Tx,
  about: { readonly session: SessionRow; readonly cause: string; readonly timeZone: string },
  news: readonly PlaceNews[],
): Promise<NewNotice[]> {
  if (news.length === 0) return [];
  const members = news.map(({ member }) => member);
  const rows = await tx
    .selectFrom('member')
    .select(['id', 'phone'])
    .where(store.among('id', members))
    .where('phone', '<>', '')
    .execute();
  const phones = new Map(rows.map(({ id, phone }) => [id, phone]));
  const { session, cause } = about;
  return news.flatMap(({ member, what, number }): NewNotice[] => {
    const phone = phones.get(member);
    if (phone === undefined) return [];
    return [
      {
        key: `place/${session.id}/${member}/${cause}`,
        to: { kind: 'phone', phone },
        subject: subjects[what],
        text: textOf(what, about, number),
        about: session.id,
      },
    ];
  });
}

const subjects: Readonly<Record<News, Words>> = {
  place: { zh: '您有名额了', en: 'You have a place' },
  waits: { zh: '您在候补名单上', en: 'You are on the waiting list' },
  'waits-again': { zh: '您改为候补', en: 'You are on the waiting list again' },
  moved: { zh: '活动改期', en: 'A new time' },
  cancelled: { zh: '活动取消', en: 'Cancelled' },
};

function textOf(
  what: News,
  { session, timeZone }: { readonly session: SessionRow; readonly timeZone: string },
  number: number,
): Words {
  const { zh, en } = session.name;
  switch (what) {
    case 'place':
      return {
        zh: `「${zh}」已为您留出名额，到时刷卡签到即可。`,
        en: `A place for “${en}” is yours. Swipe your card when you come.`,
      };
    case 'waits':
      return {
        zh: `「${zh}」名额已满，您排在候补第 ${number} 位。有名额会马上通知您。`,
        en: `“${en}” is full. You are number ${number} on the waiting list; we tell you as soon as there is a place.`,
      };
    case 'waits-again':
      return {
        zh: `有人更早报名「${zh}」，消息到得晚。您现在是候补第 ${number} 位，抱歉。`,
        en: `Somebody signed up earlier for “${en}”, and word of it came late. You are number ${number} on the waiting list now. We are sorry.`,
      };
    case 'moved': {
      const at = (language: string) => momentIn(language, timeZone, session.opensAt);
      return {
        zh: `「${zh}」改到 ${at('zh-CN')}，您的报名仍然有效。`,
        en: `“${en}” now begins on ${at('en-GB')}. You are still on its list.`,
      };
    }
    case 'cancelled':
      return {
        zh: `「${zh}」取消了，抱歉。您已得的积分不受影响，不必到场。`,
        en: `“${en}” is cancelled. We are sorry. Points that you have stay yours; there is no need to come.`,
      };
  }
}

function momentIn(language: string, timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}
