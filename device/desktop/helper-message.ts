// What the daemon and its desktop helper say to each other: one question, one answer, then the helper ends.
import { type DesktopArea, type DesktopCapability, desktopCapabilities } from '../desktop.ts';
import type { DesktopSession } from './desktop-session.ts';

export type HelperQuestion = { readonly session: DesktopSession } & (
  | { readonly kind: 'probe' }
  | { readonly kind: 'screenshot'; readonly masked: readonly DesktopArea[] }
  | { readonly kind: 'park-pointer' }
  | { readonly kind: 'wake' }
);

export type HelperAnswer =
  | { readonly kind: 'capabilities'; readonly capabilities: readonly DesktopCapability[] }
  | { readonly kind: 'picture'; readonly png: Uint8Array }
  | { readonly kind: 'done' }
  /** there, but this machine lacks what it takes */
  | { readonly kind: 'unavailable' };

/** @returns null for anything else: a helper that talks nonsense is as good as dead */
export function parseHelperAnswer(message: unknown): HelperAnswer | null {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return null;
  if (message.kind === 'done' || message.kind === 'unavailable') return { kind: message.kind };
  if (message.kind === 'picture' && 'png' in message && message.png instanceof Uint8Array) {
    return { kind: 'picture', png: message.png };
  }
  if (message.kind === 'capabilities' && 'capabilities' in message && Array.isArray(message.capabilities)) {
    const told: readonly unknown[] = message.capabilities;
    return { kind: 'capabilities', capabilities: desktopCapabilities.filter((each) => told.includes(each)) };
  }
  return null;
}
