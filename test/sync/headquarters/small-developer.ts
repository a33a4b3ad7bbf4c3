// A developer small enough to reason about in a test.
import type { DeveloperFile } from '../../../sync/headquarters/developer-file.ts';

/** For tests by the real clock: points that will not expire in any year that the tests run. */
export function lastMonth(): string {
  return new Date(Date.now() - 30 * 86_400_000).toISOString();
}

/**
 * One project, building and layout, four units, three members, one session with two of them listed.
 * @param openedAt when the members' points were earned; the clock of most tests stands at 2025-11-21
 */
export function smallDeveloper(openedAt = '2025-01-01T00:00:00.000Z'): DeveloperFile {
  const member = memberAt(openedAt);
  return {
    v: 1,
    board: board(),
    library: [{ kind: 'port', id: 'engineering', name: w('工程') }],
    levels: [level('basic', 0), level('silver', 200)],
    members: [
      member('m1', '张晓明', '0100000001'),
      member('m2', '欧阳修', '0100000002'),
      member('m3', '李芳', '0100000003'),
    ],
    events: [{ kind: 'event', id: 'open', name: w('开放日'), place: w('会所'), project: 'siji' }],
    sessions: [
      {
        kind: 'session',
        id: 'open-1',
        event: 'open',
        name: w('全天场'),
        opensAt: '2025-11-20T16:00:00.000Z',
        endsAt: '2025-11-21T16:00:00.000Z',
        points: 20,
      },
    ],
    rosters: ['m1', 'm2'].map((id) => ({ session: 'open-1', member: id, treatment: null })),
  };
}

function board(): DeveloperFile['board'] {
  return [
    state('available', 0),
    state('sold', 1),
    {
      kind: 'project',
      id: 'siji',
      name: w('四季花城'),
      district: w(''),
      address: w(''),
      phone: '',
      highlights: [],
      adverse: [],
    },
    {
      kind: 'building',
      id: 'milan',
      project: 'siji',
      name: w('米兰苑'),
      floors: 18,
      columns: 4,
      licence: '',
    },
    {
      kind: 'layout',
      id: 'a',
      project: 'siji',
      name: w('A'),
      bedrooms: 3,
      halls: 2,
      baths: 2,
      area: 8_900,
      plan: [],
    },
    unit('301', 'sold'),
    unit('302', 'available'),
    unit('303', 'available'),
    unit('304', 'available'),
  ];
}

const w = (zh: string) => ({ zh, en: zh });

const unit = (number: string, state: string) => ({
  kind: 'unit' as const,
  id: `milan-${number}`,
  project: 'siji',
  building: 'milan',
  floor: 3,
  column: Number(number.slice(-2)),
  number,
  layout: 'a',
  state,
  facing: w('南'),
  area: 8_900,
  pricePerM2: 3_000_000,
  price: 267_000_000,
});
const memberAt = (openedAt: string) => (id: string, name: string, number: string) => ({
  id,
  name,
  phone: '13812341234',
  pin: null,
  cards: [{ technology: 'em4100', number, state: 'active' as const }],
  homes: [{ unit: 'milan-301', project: 'siji', label: w('四季花城米兰苑301'), warrantyUntil: '2030-01-01' }],
  ledger: [{ id: `open-${id}`, at: openedAt, points: 190, reason: w('入会') }],
});
const level = (code: string, from: number) => ({
  kind: 'level' as const,
  code,
  name: w(code),
  from,
  benefit: w(''),
});
const state = (code: string, order: number) => ({
  kind: 'state' as const,
  code,
  name: w(code),
  colour: '#112233',
  pattern: 'plain' as const,
  order,
  open: code === 'available',
});
