// Short tones that tell apart: done, please look, could not, still there?
export type Chime = 'done' | 'look' | 'attention';

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
  attention: [
    [784, 0, 0.12],
    [784, 0.25, 0.12],
    [784, 0.5, 0.24],
  ],
};
const volume = 0.12;

let context: AudioContext | undefined;

/** Silent where the box has no sound or the browser does not allow it yet. */
export function playChime(chime: Chime): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  if (context.state === 'suspended') context.resume().catch(() => undefined);
  for (const [frequency, start, length] of melodies[chime]) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(volume, currentTime + start);
    gain.gain.exponentialRampToValueAtTime(0.001, currentTime + start + length);
    tone.connect(gain).connect(destination);
    tone.start(currentTime + start);
    tone.stop(currentTime + start + length);
  }
}
