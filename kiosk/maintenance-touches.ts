// CONTRACT kiosk↔ui: what staff and IT have done behind the PIN that is over only later, part of touch.ts.
import * as v from 'valibot';
import { volumes } from './manner.ts';

export const deskTouches = [
  /** of the screen, for support */
  v.strictObject({ kind: v.literal('take-picture') }),
  v.strictObject({ kind: v.literal('look-again'), what: v.picklist(['checks', 'network', 'wifi']) }),
  /** what is heard over the air, at most 32 bytes; a key of WPA, null where none is asked for */
  v.strictObject({
    kind: v.literal('choose-wifi'),
    ssid: v.pipe(v.string(), v.minLength(1), v.maxBytes(32)),
    key: v.nullable(v.pipe(v.string(), v.regex(/^[\x20-\x7e]{8,63}$/))),
  }),
  v.strictObject({ kind: v.literal('set-volume'), volume: v.picklist(volumes) }),
  v.strictObject({
    kind: v.literal('set-brightness'),
    percent: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  }),
  v.strictObject({ kind: v.literal('export-diagnosis') }),
  v.strictObject({ kind: v.literal('restart'), what: v.picklist(['program', 'machine']) }),
  v.strictObject({ kind: v.literal('enrol-anew') }),
  v.strictObject({ kind: v.literal('update-now') }),
] as const;
export type DeskTouch = v.InferOutput<(typeof deskTouches)[number]>;

const deskKinds: ReadonlySet<string> = new Set(deskTouches.map(({ entries }) => entries.kind.literal));

export function isDeskTouch(touch: { readonly kind: string }): touch is DeskTouch {
  return deskKinds.has(touch.kind);
}
