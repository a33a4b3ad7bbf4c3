// CONTRACT kiosk↔ui: what the slip of a screen says, as it is on disk: masked, and never what a person wrote. Part of screen.ts.
import * as v from 'valibot';
import { asWritten } from './screen-parts.ts';

/** Already in the tongue that it is printed in. */
export const shownPaper = v.array(
  v.variant('kind', [
    v.object({ kind: v.literal('title'), text: asWritten }),
    v.object({ kind: v.literal('text'), text: asWritten, isBold: v.boolean(), isCentred: v.boolean() }),
    v.object({ kind: v.literal('pair'), label: asWritten, value: asWritten, isBold: v.boolean() }),
    v.object({ kind: v.literal('rule') }),
    v.object({ kind: v.literal('qr'), content: asWritten }),
  ]),
);
export type ShownPaper = v.InferOutput<typeof shownPaper>;
