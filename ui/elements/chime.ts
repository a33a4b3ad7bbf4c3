// Short tones that tell apart: done, please look, could not, still there?
import type { Manner } from '../../kiosk/manner.ts';

export type Chime = 'done' | 'look' | 'fail' | 'attention' | 'tick';

/** [frequency in Hz, start in s, length in s] */
const melodies: Record<Chime, readonly (readonly [number, number, number])[]> = {
  done: [
    [659, 0, 0.14],
    [988, 0.13, 0.3],
  ],
  look: [
    [494, 0, 0.16],
    [440, 0.2, 0.3],
  ],
  fail: [
    [330, 0, 0.18],
    [262, 0.22, 0.18],
    [196, 0.44, 0.36],
  ],
  tick: [[587, 0, 0.09]],
  attention: [
    [784, 0, 0.12],
    [784, 0.25, 0.12],
    [784, 0.5, 0.24],
  ],
};
/** gain of each volume; none is too loud for a sales hall */
const gains: Record<Manner['volume'], number> = { 0: 0, 1: 0.05, 2: 0.12, 3: 0.3 };

let context: AudioContext | undefined;

/** Silent where the box has no sound or the browser does not allow it yet. */
export function playChime(chime: Chime, volume: Manner['volume']): void {
  if (volume === 0) return;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  if (context.state === 'suspended') context.resume().catch(() => undefined);
  for (const [frequency, start, length] of melodies[chime]) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(gains[volume], currentTime + start);
    gain.gain.exponentialRampToValueAtTime(0.001, currentTime + start + length);
    tone.connect(gain).connect(destination);
    tone.start(currentTime + start);
    tone.stop(currentTime + start + length);
  }
}
