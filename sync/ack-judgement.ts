// Decides what an ack means to an outbox: pure (rules OB5, OB10, CO8).
import type { Ack } from './contract/facts.ts';
import type { FactId } from './contract/ids.ts';
import type { OutboxMarks } from './fact-window.ts';

export type AckJudgement =
  /** of another epoch, or nonsense: nothing changes */
  | 'foreign'
  /** marks may rise */
  | 'settle'
  /** our numbers are not ours alone: a clone, or an older card, used them for other facts */
  | 'renew';

/** @param idAt the id of a fact that is held */
export function judgeAck(
  marks: OutboxMarks,
  ack: Ack,
  idAt: (seq: number) => FactId | undefined,
): AckJudgement {
  if (ack.epoch !== marks.epoch || ack.safe > ack.applied) return 'foreign';
  if (ack.renew || ack.applied > marks.lastSeq) return 'renew';
  // what is gone was judged before it went
  if (ack.last === null || ack.applied <= marks.forgotten) return 'settle';
  return idAt(ack.applied) === ack.last ? 'settle' : 'renew';
}
