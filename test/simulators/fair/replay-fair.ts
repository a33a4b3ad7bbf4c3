// Sends a fair into a headquarters as its nine halls would: in frames, sealed, each hall its own stream.
import { createHash } from 'node:crypto';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import type { Parts } from '../../../sync/headquarters/parts.ts';
import { sealed } from '../../sync/some-keys.ts';
import type { Fair } from './fair-load.ts';

const factsPerFrame = 200;

export interface Replayed {
  readonly facts: number;
  readonly applied: number;
}

/** Again with the same fair nothing more is applied: every fact keeps its id and number. */
export async function replayFair({ intake }: Pick<Parts, 'intake'>, fair: Fair): Promise<Replayed> {
  let facts = 0;
  let applied = 0;
  for (const [hall, told] of fair.halls) {
    const epoch = createHash('sha256').update(hall).digest('hex').slice(0, 32);
    for (let start = 0; start < told.length; start += factsPerFrame) {
      const frame = told.slice(start, start + factsPerFrame).map((content, index) => ({
        ...content,
        seq: start + index + 1,
        boot: 'boot-1',
        monoMs: start + index,
        clock: 'synced',
        schema: 1,
      }));
      const prev = start === 0 ? null : told[start - 1]?.id;
      const words = frame.map((one) => sealed(one, hall));
      const batch = { v: 1, terminal: hall, epoch, forgotten: 0, prev, facts: words };
      const result = await intake.receive(hall as TerminalId, encodeFrame(batch));
      facts += frame.length;
      applied += result.applied;
    }
  }
  return { facts, applied };
}
