// Brings what an order asked for to headquarters' door, with the terminal's own certificate. Only the fleet's root is believed.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import * as v from 'valibot';
import { countSchema, type OrderId } from '../../sync/contract/ids.ts';
import type { Config } from '../config.ts';

export type UploadKind = 'application/json' | 'image/png' | 'text/plain';

/** `taken`: so many bytes of it are at headquarters; `refused`: they will never be taken; `away`: try again. */
export type UploadOutcome =
  | { readonly kind: 'taken'; readonly bytes: number }
  | { readonly kind: 'refused' | 'away' };

/** @param from for a text that grows: where this piece begins, in bytes */
export type Upload = (
  order: OrderId,
  type: UploadKind,
  bytes: Uint8Array,
  from?: number,
) => Promise<UploadOutcome>;

const patienceMs = 60_000;
const longestAnswer = 4_096;
const takenSchema = v.object({ taken: countSchema });

/** @returns undefined where the config names no door */
export function doorUploads({ headquarters: { door }, broker: { tls } }: Config): Upload | undefined {
  if (door === undefined || !tls) return undefined;
  return (order, type, bytes, from) =>
    new Promise((resolve) => {
      const away = (): void => resolve({ kind: 'away' });
      try {
        const asking = request(
          `${door}/uploads/${order}${from === undefined ? '' : `?from=${from}`}`,
          {
            method: 'POST',
            // read anew each time: renewal replaces them
            ca: readFileSync(tls.rootFile),
            cert: readFileSync(tls.certificateFile),
            key: readFileSync(tls.keyFile),
            agent: false,
            minVersion: 'TLSv1.2',
            headers: { 'Content-Type': type, 'Content-Length': bytes.length },
            signal: AbortSignal.timeout(patienceMs),
          },
          (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (chunk: string) => {
              text += chunk;
              if (text.length > longestAnswer) response.destroy();
            });
            response.once('error', away);
            response.once('end', () => resolve(outcomeOf(response.statusCode ?? 0, text)));
          },
        );
        asking.once('error', away);
        asking.end(bytes);
      } catch {
        // the identity is being replaced, or cannot be read: told elsewhere
        away();
      }
    });
}

function outcomeOf(status: number, text: string): UploadOutcome {
  if (status !== 200) return { kind: status >= 500 || status === 429 ? 'away' : 'refused' };
  try {
    const answer = v.safeParse(takenSchema, JSON.parse(text));
    return answer.success ? { kind: 'taken', bytes: answer.output.taken } : { kind: 'away' };
  } catch {
    return { kind: 'away' };
  }
}
