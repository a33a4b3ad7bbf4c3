// A small world in which every journey can be gone: the shipped library, a survey, a request to judge, a hand-over, staff.
import type { KioskOptions } from '../../kiosk/kiosk-options.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { DatasetName, DatasetRow } from '../../sync/contract/datasets.ts';
import { eventKeys } from '../../sync/contract/events.ts';
import { type FormsRow, formsKeyOf } from '../../sync/contract/forms.ts';
import type { FactId, MemberId } from '../../sync/contract/ids.ts';
import { type LibraryRow, libraryKeyOf } from '../../sync/contract/library.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { type OwnersRow, ownersKeyOf } from '../../sync/contract/owners.ts';
import type { CodeAnswer } from '../../sync/contract/questions.ts';
import { type RequestRow, requestKeys } from '../../sync/contract/requests.ts';
import { shippedLibrary, shippedPlaces } from '../../sync/headquarters/service/library/shipped-library.ts';
import { shippedItems } from '../../sync/headquarters/surveys/satisfaction-items.ts';
import { give, openSmallWorld, site, token } from '../kiosk/small-world.ts';

export const staffCard = '0A000000C1';
export const blankCard = '0A000000B1';
/** what headquarters sends to every telephone */
export const code = '482615';

export async function openFlowWorld(folder?: string): Promise<TerminalStore> {
  const store = await openSmallWorld(folder);
  const old = store.replica.list('library', '').map((row) => [libraryKeyOf(row), null] as const);
  const library = new Map<string, LibraryRow | null>(old);
  for (const row of [...shippedLibrary(), ...shippedPlaces(site)]) library.set(libraryKeyOf(row), row);
  giveMore(store, 'library', [...library]);
  giveMore(
    store,
    'forms',
    formsRows().map((row) => [formsKeyOf(row), row]),
  );
  giveMore(
    store,
    'owners',
    ownersRows().map((row) => [ownersKeyOf(row), row]),
  );
  giveMore(store, 'requests', [[requestKeys.request(owner, request.id), request]]);
  giveMore(store, 'members', [
    [
      memberKeys.staff(token(staffCard)),
      { kind: 'staff', token: token(staffCard), name: '刘*', project: null },
    ],
  ]);
  const ahead = store.replica.get('events', eventKeys.session('tomorrow'));
  giveMore(store, 'events', [
    [eventKeys.session('tomorrow'), { ...ahead, signUp: true, quota: 5, listed: 2 }],
  ]);
  return store;
}

/** Upon whatever is there. */
export function giveMore(store: TerminalStore, dataset: DatasetName, rows: readonly DatasetRow[]): void {
  give(store, dataset, rows, store.replica.head(dataset).version);
}

/** Headquarters on the line, which sends codes and knows its own. */
export const answerCodes: NonNullable<KioskOptions['askCode']> = (asked, then) => {
  const isRight = asked.kind === 'check-code' && asked.words.code === code;
  const outcome = asked.kind === 'send-code' ? 'sent' : isRight ? 'right' : 'wrong';
  const answer = { v: 1, id: '01890000-0000-7000-8000-000000000001', kind: 'code', outcome } as const;
  const until = outcome === 'sent' ? '2026-11-21T06:05:00.000Z' : null;
  queueMicrotask(() => then({ ...answer, until, triesLeft: outcome === 'wrong' ? 4 : null } as CodeAnswer));
  return true;
};

const both = (zh: string, en: string) => ({ zh, en });
const owner = 'm-listed';

/** Waits for its owner's word. */
const request = {
  kind: 'request',
  id: '01900000-0000-7000-8000-000000000001' as FactId,
  number: 'H01-000001',
  member: owner as MemberId,
  request: 'repair',
  unit: null,
  state: 'to-confirm',
  filedAt: '2026-11-21T05:00:00.000Z',
  replyBy: null,
  onSiteBy: null,
  steps: [{ name: both('受理', 'Taken in'), at: '2026-11-21T05:00:00.000Z' }],
  asksVerdict: true,
  tasks: [
    {
      label: both('天花-渗漏', 'Ceiling – leak'),
      hasOwnWords: false,
      port: 'engineering' as never,
      isDone: true,
    },
  ],
  history: [{ at: '2026-11-21T05:00:00.000Z', state: 'filed', note: null }],
} satisfies RequestRow;

function formsRows(): FormsRow[] {
  const answer = (n: number, project: string | null) => ({
    kind: 'answer',
    id: `00000000-0000-4000-8000-00000000000${n}`,
    project,
    question: both(`问题${n}`, `Question ${n}`),
    answer: both(`回答${n}`, `Answer ${n}`),
    at: `2026-11-0${n}T00:00:00.000Z`,
  });
  const survey = {
    kind: 'survey',
    id: 's-2026',
    name: both('年度调查', 'Survey of the year'),
    project: site,
    opensAt: '2026-11-01T00:00:00.000Z',
    endsAt: '2026-12-01T00:00:00.000Z',
    audience: 'everybody',
    items: shippedItems.slice(0, 3).map((item) => item.code),
  };
  const consent = {
    kind: 'consent',
    version: 3,
    text: both('入会须知：我们只为会员服务使用您的资料。', 'Terms: your data serve the club alone.'),
    publishedAt: '2026-11-01T00:00:00.000Z',
  };
  return [...shippedItems, survey, consent, answer(1, site), answer(2, null)] as FormsRow[];
}

/** The owner buys, is cared for, and takes over today. */
function ownersRows(): OwnersRow[] {
  const home = { member: owner, unit: 'u301', label: both('四季花城米兰苑301', 'Seasons Milan 301') };
  return [
    {
      kind: 'purchase',
      id: 'p1',
      ...home,
      project: site,
      stage: 'mortgage',
      reached: [
        { stage: 'subscription', on: '2026-01-05' },
        { stage: 'signing', on: '2026-02-05' },
        { stage: 'mortgage', on: null },
      ],
      payment: both('按揭', 'Mortgage'),
      total: 160_000_000,
      paid: 48_000_000,
      dues: [{ what: both('契税', 'Deed tax'), amount: 4_800_000, by: '2026-12-01' }],
      nextDocument: both('身份证', 'Identity card'),
    },
    { kind: 'care', ...home, step: 'moving-in', since: '2026-11-01', next: null },
    {
      kind: 'hand-over',
      ...home,
      project: site,
      day: '2026-11-21',
      from: '2026-11-21T01:00:00.000Z',
      to: '2026-11-21T10:00:00.000Z',
      place: both('中央会所', 'Club house'),
      number: null,
      ahead: 0,
      signedAt: null,
    },
  ] as OwnersRow[];
}
