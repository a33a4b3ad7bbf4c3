// One purchase of one member's home, and the hand-over day that they are invited to, for tests.
import type { DeveloperFile } from '../../../../sync/headquarters/developer-file.ts';
import type { World } from '../world.ts';

export const w = (zh: string) => ({ zh, en: zh });
const stages = ['subscription', 'signing', 'mortgage', 'registration', 'title'] as const;
export const sales: NonNullable<DeveloperFile['sales']> = {
  internal: [{ unit: 'milan-302', buyer: '赵某', floorPrice: 260_000_000, discountLimit: 300 }],
  proposals: [],
  purchases: [
    {
      id: 'p1',
      member: 'm1',
      unit: 'milan-301',
      project: 'siji',
      label: w('四季花城米兰苑301'),
      stage: 'subscription',
      reached: stages.map((stage) => ({ stage, on: stage === 'subscription' ? '2025-11-01' : null })),
      payment: w('分期'),
      total: 267_000_000,
      paid: 167_000_000,
      plan: [
        { what: w('二期'), amount: 60_000_000, by: '2025-12-01' },
        { what: w('三期'), amount: 40_000_000, by: '2026-03-01' },
      ],
      nextDocument: null,
      handedOverOn: null,
      warrantyUntil: null,
    },
  ],
  handOverDays: [
    {
      project: 'siji',
      day: '2025-11-21',
      from: '2025-11-21T00:30:00.000Z',
      to: '2025-11-21T10:00:00.000Z',
      place: w('会所'),
      units: [{ unit: 'milan-301', member: 'm1', label: w('四季花城米兰苑301') }],
    },
  ],
};

/** @returns the row of dataset `owners` as terminals have it; null = none */
export async function told(world: World, key: string): Promise<Record<string, unknown> | null> {
  const row = await world.store.db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'owners')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.body ? (JSON.parse(row.body) as Record<string, unknown>) : null;
}

/** What stands in the audit, oldest first. */
export async function audited(world: World): Promise<string[]> {
  const lines = await world.audit.list({ limit: 100 });
  return lines.map(({ actor, what }) => `${actor} ${what}`).reverse();
}
