// What is carried to a terminal before it has an identity, and what it says of its board. For a browser too: nothing of Node.
import * as v from 'valibot';
import { terminalIdSchema } from './ids.ts';
import { architectures } from './release-order.ts';

/** A file beside the image (and the text of a label's QR): all that a blank terminal needs. No password, no key. */
export const claimFileSchema = v.strictObject({
  v: v.literal(1),
  terminal: terminalIdSchema,
  claim: v.pipe(v.string(), v.maxLength(60)),
  /** `https://host:port` of headquarters' door for terminals */
  headquarters: v.pipe(v.string(), v.regex(/^https:\/\/[^\s/:]+:\d{1,5}$/, 'must be https://host:port')),
  /** SHA-256 of the root certificate (DER), in hex: nobody else's is believed */
  root: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type ClaimFile = v.InferOutput<typeof claimFileSchema>;

/** Nothing that a database cannot keep, or a screen cannot show. */
const boardWord = v.pipe(v.string(), v.maxLength(80), v.regex(/^\P{Cc}*$/u));
/** What the board is: not a secret, and not to be believed without a signature; it betrays a copy. */
export const boardSchema = v.strictObject({
  model: boardWord,
  serial: boardWord,
  architecture: v.picklist(architectures),
});
export type Board = v.InferOutput<typeof boardSchema>;
