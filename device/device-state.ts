// What can be said of a device that comes and goes.
import type { DeviceErrorCode } from './device-error.ts';

/** It does not serve; it comes back by itself when the cause goes. */
export type OutOfOrder =
  /** not plugged in, or nobody at its address: waited for */
  | { readonly kind: 'absent'; readonly code: DeviceErrorCode }
  /** it served until now and stopped; the first new try is due */
  | { readonly kind: 'lost'; readonly code: DeviceErrorCode }
  /** it is there and does not open; tried again, ever more slowly */
  | { readonly kind: 'back-off'; readonly code: DeviceErrorCode };

export type DeviceState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready' }
  /** it serves, and something about it wants care soon */
  | { readonly kind: 'degraded'; readonly code: DeviceErrorCode }
  | OutOfOrder;

export function isOutOfOrder(state: { readonly kind: string }): state is OutOfOrder {
  return state.kind === 'absent' || state.kind === 'lost' || state.kind === 'back-off';
}
