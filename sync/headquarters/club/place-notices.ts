// Whom to tell that their place changed: they have one, wait for one, or have to wait after all.
import type { SessionRow } from '../../contract/events.ts';
import type { Words } from '../../contract/ids.ts';
import type { NewNotice } from '../notices/notices.ts';
import type { Store, Tx } from '../store/store.ts';

interface Moved {
  readonly member: string;
  readonly waiting: number | null;
}
export interface PlaceNews {
  readonly session: SessionRow;
  readonly moved: readonly Moved[];
  /** number on the waiting list before, of everybody on the list */
  readonly was: ReadonlyMap<string, number | null>;
  readonly isNew: (member: string) => boolean;
  readonly cause: { readonly id: string };
}

type News = 'place' | 'waits' | 'waits-again';

export async function placeNotices(store: Store, tx: Tx, news: PlaceNews): Promise<NewNotice[]> {
  const { session, moved, was, isNew, cause } = news;
  const told = moved.flatMap(({ member, waiting }): { member: string; what: News; number: number }[] => {
    if (waiting === null) return [{ member, what: 'place', number: 0 }];
    // a step forward in the queue is seen at the terminal
    if ((was.get(member) ?? null) !== null) return [];
    return [{ member, what: isNew(member) ? 'waits' : 'waits-again', number: waiting }];
  });
  if (told.length === 0) return [];
  const rows = await tx
    .selectFrom('member')
    .select(['id', 'phone'])
    .where(
      store.among(
        'id',
        told.map(({ member }) => member),
      ),
    )
    .where('phone', '<>', '')
    .execute();
  const phones = new Map(rows.map(({ id, phone }) => [id, phone]));
  return told.flatMap(({ member, what, number }): NewNotice[] => {
    const phone = phones.get(member);
    if (phone === undefined) return [];
    return [
      {
        key: `place/${session.id}/${member}/${cause.id}`,
        to: { kind: 'phone', phone },
        subject: subjects[what],
        text: textOf(what, session.name, number),
        about: session.id,
      },
    ];
  });
}

const subjects: Readonly<Record<News, Words>> = {
  place: { zh: '您有名额了', en: 'You have a place' },
  waits: { zh: '您在候补名单上', en: 'You are on the waiting list' },
  'waits-again': { zh: '您改为候补', en: 'You are on the waiting list again' },
};

function textOf(what: News, { zh, en }: Words, number: number): Words {
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
  }
}
