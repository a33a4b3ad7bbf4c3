// The sales of a fair as a table of purchases, the way that a sales system hands them over.
import type { Fair } from './fair-load.ts';

/** one home of the fair, in fen */
export const fairPrice = 267_000_000;
/** what is paid when a home is subscribed */
export const fairDeposit = 5_000_000;

const columns = 'id,member,unit,stage,subscription,payment,total,paid,plan';

/** As `POST /api/purchases/import` takes it. */
export function fairPurchases({ sales }: Pick<Fair, 'sales'>): string {
  const lines = sales.map(({ member, unit, at }) => {
    const day = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
    const plan = `2026-01-31 ${(fairPrice - fairDeposit) / 100} 房款 / The rest`;
    const cells = [`p-${unit}`, member, unit, 'subscription', day, '一次性 / At once'];
    return [...cells, fairPrice / 100, fairDeposit / 100, plan].join(',');
  });
  return [columns, ...lines, ''].join('\n');
}
