// What stands in the big store: 100,000 units, 1,000,000 members with a card each, one session that is always open.
import { type BoardRow, boardKeyOf } from '../../sync/contract/board.ts';
import { cardToken } from '../../sync/contract/card-token.ts';
import type { DatasetRow } from '../../sync/contract/datasets.ts';
import type { EventsRow } from '../../sync/contract/events.ts';
import type { MemberId, TerminalId } from '../../sync/contract/ids.ts';
import { type MemberRow, type MembersRow, memberKeys } from '../../sync/contract/members.ts';
import { eventsKeyOf, membersKeyOf } from '../../sync/contract/rows.ts';

/** Rises with every change of the rows below. */
export const rowsVersion = 2;
export const bigStoreTerminal = 'bench' as TerminalId;
export const bigStoreFleetKey = Buffer.alloc(32, 5);
/** how many members may check in */
export const listedMembers = 20_000;

const units = 100_000;
const members = 1_000_000;
export const bigStoreCards = members;
const [floors, columns, buildingsPerProject] = [33, 8, 20];
const unitsPerBuilding = floors * columns;
const levels = ['member', 'silver', 'gold', 'diamond'] as const;

/** The card of the n-th listed member, n from 0 to `listedMembers` − 1; neighbours in n are far apart in every table. */
export function listedCard(n: number): string {
  // coprime to the count, so every member comes once
  const shuffled = (n * 7_919) % listedMembers;
  return cardNumber(shuffled * (members / listedMembers));
}

/** A card that nobody has. */
export function unknownCard(n: number): string {
  return `FE${n.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** Rows of a dataset come in the order of their keys, as the tree that they are written to likes it. */
export function boardRows(): readonly DatasetRow[] {
  const rows: BoardRow[] = [
    state('available', '可售', true, 1),
    state('subscribed', '认购', false, 2),
    state('sold', '已售', false, 3),
  ];
  const buildings = Math.ceil(units / unitsPerBuilding);
  for (let n = 0; n * buildingsPerProject < buildings; n += 1) rows.push(...projectRows(`p${padded(n, 3)}`));
  for (let n = 0; n < buildings; n += 1) {
    const project = `p${padded(Math.floor(n / buildingsPerProject), 3)}`;
    const count = Math.min(unitsPerBuilding, units - n * unitsPerBuilding);
    rows.push(...buildingRows(project, `b${padded(n, 4)}`, count));
  }
  return inKeyOrder(rows.map((row) => [boardKeyOf(row), row]));
}

export function* membersRows(): Generator<DatasetRow> {
  // only the cards' order is not the order of their making
  const cards: string[] = [];
  for (let n = 0; n < members; n += 1) {
    cards.push(`${cardToken(bigStoreFleetKey, 'em4100', cardNumber(n))} ${memberId(n)}`);
  }
  for (const line of cards.sort((a, b) => (a < b ? -1 : 1))) {
    const [token = '', member = ''] = line.split(' ');
    yield [memberKeys.card(token), { kind: 'card', token, member, state: 'active' }];
  }
  yield* inKeyOrder(levels.map((code, n) => level(code, n * 500)).map((row) => [membersKeyOf(row), row]));
  for (let n = 0; n < members; n += 1) {
    const row = member(n);
    yield [membersKeyOf(row), row];
  }
}

export function eventsRows(): readonly DatasetRow[] {
  const rows = [
    {
      kind: 'event',
      id: 'spring',
      name: words('春季业主开放日', 'Spring open day'),
      place: words('中央会所', 'Club house'),
      project: null,
    },
    session('always', '2020-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'),
    session('past', '2019-12-01T00:00:00.000Z', '2019-12-01T12:00:00.000Z'),
    session('to-come', '2099-12-01T00:00:00.000Z', '2099-12-01T12:00:00.000Z'),
    ...Array.from({ length: listedMembers }, (_, n) => ({
      kind: 'roster',
      session: 'always',
      member: memberId(n * (members / listedMembers)),
      checkedInAt: null,
      treatment: n % 10 === 0 ? words('贵宾席', 'Front row') : null,
    })),
  ] as EventsRow[];
  return inKeyOrder(rows.map((row) => [eventsKeyOf(row), row]));
}

function inKeyOrder(rows: DatasetRow[]): DatasetRow[] {
  return rows.sort(([a], [b]) => (a < b ? -1 : 1));
}

function padded(n: number, digits: number): string {
  return String(n).padStart(digits, '0');
}

function words(zh: string, en = zh) {
  return { zh, en };
}

/** From 1: a chip of zeros is an empty one, and no card. */
export function cardNumber(n: number): string {
  return (n + 1).toString(16).toUpperCase().padStart(10, '0');
}

function memberId(n: number): MemberId {
  return `m-${padded(n, 7)}` as MemberId;
}

function member(n: number): MemberRow {
  const balance = 20 + (n % 4_000);
  return {
    kind: 'member',
    id: memberId(n),
    name: `${'张王李赵陈'[n % 5]}**`,
    level: levels[n % levels.length] ?? 'member',
    balance,
    earned: balance,
    ledger: [1, 2].map((line) => ({
      id: `019c0000-0000-7000-8000-${padded(n * 2 + line, 12)}`,
      at: '2026-01-01T08:00:00.000Z',
      points: Math.floor(balance / line),
      reason: words('签到 业主开放日', 'Check-in: Open day'),
    })),
    pin: null,
    homes: [],
  };
}

function level(code: string, from: number): MembersRow {
  return {
    kind: 'level',
    code,
    name: words(`${code}卡`, code),
    from,
    benefit: words('专属礼遇', 'Front row'),
  };
}

function session(id: string, opensAt: string, endsAt: string) {
  return {
    kind: 'session',
    id,
    event: 'spring',
    name: words('上午场', 'Morning'),
    opensAt,
    endsAt,
    points: 20,
  };
}

function state(code: string, zh: string, open: boolean, order: number): BoardRow {
  return { kind: 'state', code, name: words(zh, code), colour: '#2e7d32', pattern: 'plain', order, open };
}

function projectRows(id: string): BoardRow[] {
  return [
    {
      kind: 'project',
      id,
      name: words('四季花城', 'Seasons'),
      district: words('龙岗'),
      address: words('坂田五和大道'),
      phone: '0755-1',
      highlights: [words('中央花园')],
      adverse: [{ title: words('垃圾转运站'), detail: words('距北门620米'), distanceM: 620 }],
    },
    {
      kind: 'layout',
      id: 'l3',
      project: id,
      name: words('A1'),
      bedrooms: 3,
      halls: 2,
      baths: 2,
      area: 8_905,
      plan: [{ name: words('客厅'), x: 0, y: 0, w: 400, h: 500 }],
    },
  ] as BoardRow[];
}

function buildingRows(project: string, id: string, count: number): BoardRow[] {
  const building = {
    kind: 'building',
    id,
    project,
    name: words(id),
    floors,
    columns,
    licence: '深房许字1号',
  };
  const unitsHere = Array.from({ length: count }, (_, n) => {
    const [floor, column] = [1 + Math.floor(n / columns), 1 + (n % columns)];
    const number = `${floor}${padded(column, 2)}`;
    return {
      kind: 'unit',
      id: `${id}-${number}`,
      project,
      building: id,
      floor,
      column,
      number,
      layout: 'l3',
      state: ['available', 'subscribed', 'sold'][(n * 7) % 3],
      facing: words('南', 'South'),
      area: 8_905,
      pricePerM2: 1_800_000,
      price: 160_290_000 + n,
    };
  });
  return [building, ...unitsHere] as BoardRow[];
}
