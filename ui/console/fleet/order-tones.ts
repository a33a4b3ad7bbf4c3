// How the state of an order looks: a tag's sign and colour.
import type { OrderState } from '../../../sync/headquarters/api.ts';

export const orderTones: Readonly<Record<OrderState, string>> = {
  queued: 'off',
  received: 'off',
  running: 'off',
  done: 'good',
  failed: 'bad',
  expired: 'warn',
  cancelled: '',
};
