// Brings headquarters' orders from the line to the order book (rules OR1, OR3).
import { decodeFrame } from './contract/frame.ts';
import type { TenantId, TerminalId } from './contract/ids.ts';
import { orderSchema } from './contract/orders.ts';
import { topics } from './contract/topics.ts';
import type { CourierPart } from './courier-part.ts';
import type { OrderBook } from './order-book.ts';
import { SyncError } from './sync-error.ts';

export function orderPart(
  book: OrderBook,
  { tenant, terminal }: { readonly tenant: TenantId; readonly terminal: TerminalId },
): CourierPart {
  return {
    topics: [topics.order(tenant, terminal)],
    receive: (_topic, frame) => {
      const order = decodeFrame(orderSchema, frame);
      if (order.terminal !== terminal) {
        throw new SyncError('sync-order-foreign', 'an order names another terminal');
      }
      book.take(order);
      book.work();
    },
    tick: () => book.work(),
  };
}
