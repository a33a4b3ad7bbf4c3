// A small developer's world in a real store: a project, a building, members of every kind, three sessions, a library.

import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { BoardRow } from '../../sync/contract/board.ts';
import { boardKeyOf } from '../../sync/contract/board.ts';
import { cardToken } from '../../sync/contract/card-token.ts';
import type { DatasetName, DatasetRow } from '../../sync/contract/datasets.ts';
import type { EventsRow } from '../../sync/contract/events.ts';
import type { CardToken, MemberId, TerminalId } from '../../sync/contract/ids.ts';
import { type LibraryRow, libraryKeyOf } from '../../sync/contract/library.ts';
import { type CardState, memberKeys } from '../../sync/contract/members.ts';
import { pinHash } from '../../sync/contract/pin.ts';
import { eventsKeyOf } from '../../sync/contract/rows.ts';
import { bring, changeUpon } from '../sync/dataset-changes.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { someSealer } from '../sync/some-keys.ts';

export const fleetKey = Buffer.alloc(32, 7);
/** Saturday afternoon in Shanghai */
export const now = new Date('2026-11-21T06:00:00.000Z');
export const site = 'flowers';
export const pin = '246810';

/** Card numbers of the small world, by what happens when they are swiped. */
export const cards = {
  listed: '0A00000001',
  blocked: '0A00000002',
  lost: '0A00000003',
  notListed: '0A00000004',
  tomorrow: '0A00000005',
  gold: '0A00000006',
  noPin: '0A00000007',
  unknown: '0A000000FF',
} as const;

export function token(number: string): CardToken {
  return cardToken(fleetKey, 'em4100', number);
}

const same = (text: string) => ({ zh: text, en: text });

/** The clocks of the stores that were opened here. */
const clocks = new WeakMap<TerminalStore, { wallMs: number; monoMs: number }>();

/** As it is after a restart: with what is there already. */
export function openSmallStore(folder: string): TerminalStore {
  const at = { wallMs: now.getTime(), monoMs: 0 };
  const store = TerminalStore.open(`${folder}/terminal.db`, {
    terminal: 'hall-1' as TerminalId,
    sealer: someSealer,
    clock: {
      now: () => new Date(at.wallMs),
      isSynced: () => true,
      monoMs: () => at.monoMs++,
      boot: 'boot-1',
    },
  });
  clocks.set(store, at);
  return store;
}

/** Time passes for a store that was opened here. */
export function letPass(store: TerminalStore, ms: number): void {
  setCalendar(store, ms);
  const at = clocks.get(store);
  if (at) at.monoMs += ms;
}

/** Its wall clock is set, ahead or back, in no time. */
export function setCalendar(store: TerminalStore, byMs: number): void {
  const at = clocks.get(store);
  if (at) at.wallMs += byMs;
}

export async function openSmallWorld(folder = scratchFolder()): Promise<TerminalStore> {
  const store = openSmallStore(folder);
  give(
    store,
    'board',
    boardRows().map((row) => [boardKeyOf(row), row]),
  );
  give(store, 'members', await memberRows());
  give(
    store,
    'events',
    eventRows().map((row) => [eventsKeyOf(row), row]),
  );
  give(
    store,
    'library',
    libraryRows().map((row) => [libraryKeyOf(row), row]),
  );
  return store;
}

/** Brings rows in as headquarters would: checked and applied. */
export function give(
  store: TerminalStore,
  dataset: DatasetName,
  rows: readonly DatasetRow[],
  from = 0,
  to = from + 1,
): void {
  const outcome = bring(store.replica, changeUpon(store.replica, { dataset, from, to }, rows));
  if (outcome !== 'applied') throw new Error(`${dataset} was not applied: ${outcome}`);
}

function boardRows(): BoardRow[] {
  const state = (code: string, zh: string, open: boolean, order: number) => ({
    kind: 'state',
    code,
    name: { zh, en: code },
    colour: '#2e7d32',
    pattern: 'plain',
    order,
    open,
  });
  const unit = (number: string, floor: number, column: number, sales: string, price: number) => ({
    kind: 'unit',
    id: `u${number}`,
    project: site,
    building: 'b1',
    floor,
    column,
    number,
    layout: 'l3',
    state: sales,
    facing: { zh: '南', en: 'South' },
    area: 8_905,
    pricePerM2: 1_800_000,
    price,
  });
  return [
    state('available', '可售', true, 1),
    state('sold', '已售', false, 2),
    {
      kind: 'project',
      id: site,
      name: { zh: '四季花城', en: 'Seasons' },
      district: same('龙岗'),
      address: same('坂田'),
      phone: '0755-1',
      highlights: [same('花园')],
      adverse: [{ title: same('垃圾转运站'), detail: same('距北门'), distanceM: 620 }],
    },
    {
      kind: 'building',
      id: 'b1',
      project: site,
      name: same('1栋'),
      floors: 2,
      columns: 2,
      licence: '深房许字1号',
    },
    {
      kind: 'layout',
      id: 'l3',
      project: site,
      name: same('A1'),
      bedrooms: 3,
      halls: 2,
      baths: 2,
      area: 8_905,
      plan: [{ name: same('客厅'), x: 0, y: 0, w: 400, h: 500 }],
    },
    unit('101', 1, 1, 'available', 160_000_000),
    unit('102', 1, 2, 'sold', 150_000_000),
    unit('201', 2, 1, 'available', 161_000_000),
  ] as BoardRow[];
}

const hashes = new Map<MemberId, Promise<string>>();
function hashOf(member: MemberId): Promise<string> {
  let hash = hashes.get(member);
  if (!hash) {
    hash = pinHash(fleetKey, member, pin);
    hashes.set(member, hash);
  }
  return hash;
}

async function memberRows(): Promise<DatasetRow[]> {
  const people: readonly [keyof typeof cards, string, CardState, number][] = [
    ['listed', '张**', 'active', 1_000],
    ['blocked', '李*', 'blocked', 10],
    ['lost', '王*', 'lost', 10],
    ['notListed', '赵*', 'active', 50],
    ['tomorrow', '陈*', 'active', 60],
    ['gold', '欧阳*', 'active', 4_000],
    ['noPin', '周*', 'active', 0],
  ];
  const rows: DatasetRow[] = [
    [
      memberKeys.level('silver'),
      { kind: 'level', code: 'silver', name: { zh: '银卡', en: 'Silver' }, from: 200, benefit: same('礼品') },
    ],
    [
      memberKeys.level('gold'),
      { kind: 'level', code: 'gold', name: { zh: '金卡', en: 'Gold' }, from: 1_010, benefit: same('贵宾席') },
    ],
  ];
  for (const [name, masked, state, balance] of people) {
    const id = `m-${name}` as MemberId;
    const card = token(cards[name]);
    rows.push([memberKeys.card(card), { kind: 'card', token: card, member: id, state }]);
    rows.push([
      memberKeys.member(id),
      {
        kind: 'member',
        id,
        name: masked,
        level: 'silver',
        balance,
        earned: balance,
        ledger: [
          { id: `opening-${name}`, at: '2026-01-01T00:00:00.000Z', points: balance, reason: same('期初') },
        ],
        pin: name === 'noPin' ? null : await hashOf(id),
        homes:
          name === 'notListed'
            ? []
            : [
                {
                  unit: 'u301',
                  project: site,
                  label: { zh: '四季花城米兰苑301', en: 'Seasons Milan 301' },
                  warrantyUntil: '2027-01-01',
                },
                ...(name === 'gold'
                  ? [{ unit: 'u302', project: site, label: same('米兰苑302'), warrantyUntil: '2020-01-01' }]
                  : []),
              ],
      },
    ]);
  }
  return rows;
}

function eventRows(): EventsRow[] {
  const session = (id: string, opensAt: string, endsAt: string) => ({
    kind: 'session',
    id,
    event: 'e1',
    name: same(id),
    opensAt,
    endsAt,
    points: 20,
  });
  const roster = (of: string, name: string) => ({
    kind: 'roster',
    session: of,
    member: `m-${name}`,
    checkedInAt: null,
    treatment: name === 'gold' ? { zh: '贵宾席A1', en: 'Seat A1' } : null,
  });
  return [
    {
      kind: 'event',
      id: 'e1',
      name: { zh: '业主开放日', en: 'Open day' },
      place: same('中央会所'),
      project: site,
    },
    { kind: 'event', id: 'e2', name: same('别处'), place: same('别处'), project: 'elsewhere' },
    session('today', '2026-11-21T01:00:00.000Z', '2026-11-21T12:00:00.000Z'),
    session('tomorrow', '2026-11-22T01:00:00.000Z', '2026-11-22T12:00:00.000Z'),
    session('past', '2026-11-14T01:00:00.000Z', '2026-11-14T12:00:00.000Z'),
    roster('today', 'listed'),
    roster('today', 'gold'),
    roster('today', 'blocked'),
    roster('tomorrow', 'tomorrow'),
    roster('past', 'notListed'),
  ] as EventsRow[];
}

function libraryRows(): LibraryRow[] {
  return [
    {
      kind: 'place',
      id: 'bath',
      project: site,
      scope: 'room',
      name: { zh: '卫生间', en: 'Bathroom' },
      order: 1,
      elements: ['ceiling', 'doors'],
    },
    { kind: 'element', id: 'ceiling', parent: null, name: { zh: '天花', en: 'Ceiling' }, order: 1 },
    { kind: 'element', id: 'doors', parent: null, name: { zh: '门窗', en: 'Doors' }, order: 2 },
    { kind: 'element', id: 'door', parent: 'doors', name: { zh: '门', en: 'Door' }, order: 1 },
    {
      kind: 'problem',
      id: 'leak',
      element: 'ceiling',
      name: { zh: '渗漏', en: 'Leak' },
      port: 'engineering',
      emergency: true,
    },
    {
      kind: 'problem',
      id: 'stuck',
      element: 'door',
      name: { zh: '卡滞', en: 'Stuck' },
      port: 'property',
      emergency: false,
    },
    {
      kind: 'phrase',
      id: 'pipe',
      problem: 'leak',
      text: { zh: '下水管周围渗漏', en: 'around the drain pipe' },
    },
    { kind: 'port', id: 'engineering', name: { zh: '工程', en: 'Engineering' } },
    { kind: 'clock', id: 'default', replyMin: 10, onSiteMin: 60 },
  ] as LibraryRow[];
}
