// An order that takes a while and keeps nothing on disk: done by one call, whose end is found when the book looks.
import type { OrderKind } from '../../sync/contract/orders.ts';
import type { Order, OrderEnd, OrderWork } from '../../sync/order-book.ts';

export interface Deed<K extends OrderKind> {
  /** is it done once more after a crash? Otherwise it is told as interrupted */
  readonly isRepeatable: boolean;
  readonly canBegin?: (order: Order<K>) => boolean;
  /** @throws what nobody foresaw: it is told as `deed-failed` */
  readonly run: (order: Order<K>) => Promise<OrderEnd>;
}

/** @param onEnd one is at its end: have the book look */
export function deedWork<K extends OrderKind>(deed: Deed<K>, onEnd: () => void): OrderWork<K> {
  const ends = new Map<string, OrderEnd>();
  const { isRepeatable, canBegin, run } = deed;
  return {
    isRepeatable,
    ...(canBegin ? { canBegin } : {}),
    begin: () => 'running',
    carryOn(order) {
      const settle = (end: OrderEnd): void => {
        ends.set(order.id, end);
        onEnd();
      };
      run(order).then(settle, () => settle({ state: 'failed', code: 'deed-failed' }));
    },
    look({ id }) {
      const end = ends.get(id);
      ends.delete(id);
      return end;
    },
  };
}
