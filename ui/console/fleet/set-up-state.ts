// Whether a terminal serves with what it shall, in one word.
import type { TwinItem } from '../../../sync/headquarters/api/twin-api.ts';

export type SetUpState =
  | 'none'
  | 'ok'
  | 'waiting'
  | 'applying'
  | 'sending'
  | 'rejected'
  | 'rolled-back'
  | 'drift';
export const setUpTones: Readonly<Record<SetUpState, string>> = {
  none: '',
  ok: 'good',
  waiting: 'off',
  applying: 'off',
  sending: 'off',
  rejected: 'bad',
  'rolled-back': 'bad',
  drift: 'warn',
};

/** What was just sent is not there at once; headquarters tells IT after the same time. */
const driftAfterMs = 60_000;

export function hasDrifted({ driftSince }: TwinItem, nowMs: number): boolean {
  return driftSince !== null && nowMs - Date.parse(driftSince) >= driftAfterMs;
}

export function setUpState(twin: TwinItem | null | undefined, nowMs: number): SetUpState {
  if (!twin) return 'none';
  const { reported, rev, hash } = twin;
  // what became of an earlier one says nothing of this one
  if (reported && reported.rev === rev && (reported.state === 'rejected' || reported.state === 'rolled-back'))
    return reported.state;
  if (hasDrifted(twin, nowMs)) return 'drift';
  if (!reported || reported.rev < rev) return 'sending';
  if (reported.state === 'waiting' || reported.state === 'applying') return reported.state;
  return reported.hash === hash ? 'ok' : 'sending';
}
