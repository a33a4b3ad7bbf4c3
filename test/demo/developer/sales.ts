// The demo developer's sales: what only headquarters knows of homes, proposals, purchases of its owners, a hand-over day.
import type { DeveloperFile } from '../../../sync/headquarters/developer-file.ts';
import { addDays } from '../../../sync/headquarters/sales/care-steps.ts';
import { purchaseCount } from './people.ts';

type Sales = NonNullable<DeveloperFile['sales']>;
type Purchase = Sales['purchases'][number];
type Unit = Extract<DeveloperFile['board'][number], { kind: 'unit' }>;
type Member = DeveloperFile['members'][number];

const stages = ['subscription', 'signing', 'mortgage', 'registration', 'title'] as const;
/** days before today on which each stage was reached, by how far the owner is */
const histories: readonly (readonly number[])[] = [
  [420, 400, 360, 40],
  [21, 6],
  [9],
  [1_500, 1_480, 1_450, 1_200, 1_100],
  [500, 480, 455],
];
const documents = [
  { zh: '身份证与户口本复印件', en: 'Copies of identity card and household register' },
  { zh: '收入证明与银行流水', en: 'Proof of income and bank statements' },
  { zh: '房屋测绘报告与契税发票', en: 'Survey report and deed tax receipt' },
  { zh: '产权登记申请表', en: 'Application for registration of the title' },
  null,
] as const;
const mortgage = { zh: '按揭（首付三成）', en: 'Mortgage (30 % down)' };
const instalments = { zh: '分期付款', en: 'Instalments' };

export function makeSales(today: Date, units: readonly Unit[], members: readonly Member[]): Sales {
  const day = new Date(today.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const owners = members.filter(({ homes }) => homes.length > 0).slice(0, purchaseCount);
  const purchases = owners.flatMap((member, index) => {
    const [home] = member.homes;
    const unit = units.find(({ id }) => id === home?.unit);
    return home && unit ? [purchaseOf(member, home, unit, index, day)] : [];
  });
  const available = units.filter(({ building, state }) => building === 'milan' && state === 'available');
  return {
    internal: units.slice(0, 200).map((unit, index) => ({
      unit: unit.id,
      buyer: unit.state === 'sold' ? (members[index % members.length]?.name ?? null) : null,
      floorPrice: Math.round(unit.price * 0.92),
      discountLimit: 300,
    })),
    proposals: available.slice(0, 2).map(({ id, price }, index) => ({
      unit: id,
      kind: index === 0 ? ('state' as const) : ('price' as const),
      state: index === 0 ? 'sold' : null,
      price: index === 0 ? null : Math.round(price * 0.98),
      by: 'lin',
      note: index === 0 ? '客户今日签约' : '周末特惠',
      at: today.toISOString(),
    })),
    purchases,
    handOverDays: [handOverDay(purchases, day)],
  };
}

function purchaseOf(
  member: Member,
  home: Member['homes'][number],
  unit: Unit,
  index: number,
  today: string,
): Purchase {
  const history = histories[index % histories.length] ?? [];
  const reached = stages.map((stage, at) => {
    const ago = history[at];
    return { stage, on: ago === undefined ? null : addDays(today, -ago) };
  });
  const at = history.length - 1;
  const isTitled = at === stages.length - 1;
  const total = Math.round(unit.price / 100) * 100;
  const dues = [
    {
      what: { zh: '二期款', en: 'Second instalment' },
      amount: Math.round(total * 0.1),
      by: addDays(today, 18),
    },
    {
      what: { zh: '维修基金与契税', en: 'Repair fund and deed tax' },
      amount: 3_680_000,
      by: addDays(today, 95),
    },
  ];
  const open = isTitled ? 0 : dues.reduce((sum, { amount }) => sum + amount, 0);
  return {
    id: `p-${unit.id}`,
    member: member.id,
    unit: home.unit,
    project: home.project,
    label: home.label,
    stage: stages[at] ?? 'subscription',
    reached,
    payment: index % 2 === 0 ? mortgage : instalments,
    total,
    paid: total - open,
    plan: isTitled ? [] : dues,
    nextDocument: documents[at] ?? null,
    handedOverOn: isTitled ? addDays(today, -1_050) : null,
    warrantyUntil: home.warrantyUntil,
  };
}

/** Today, for the owners of the first project whose homes are not handed over yet. */
function handOverDay(purchases: readonly Purchase[], day: string): Sales['handOverDays'][number] {
  const [first] = purchases;
  const project = first?.project ?? '';
  return {
    project,
    day,
    from: `${day}T00:30:00.000Z`,
    to: `${day}T10:00:00.000Z`,
    place: { zh: '四季花城会所一楼交付大厅', en: 'Hand-over hall, ground floor of the clubhouse' },
    units: purchases
      .filter((each) => each.project === project && each.handedOverOn === null)
      .map(({ unit, member, label }) => ({ unit, member, label })),
  };
}
