// The two sounds of the bench: a reader's beep and a thermal printer's purr; both can be muted.

export class BenchSounds {
  isMuted: boolean;
  #audio: AudioContext | undefined;

  constructor(isMuted: boolean) {
    this.isMuted = isMuted;
  }

  beep(): void {
    this.#tone({ type: 'square', hertz: 2_350, startS: 0, lengthS: 0.09, loudness: 0.05 });
  }

  /** @param seconds how long paper moves */
  purr(seconds: number): void {
    for (let at = 0; at < seconds; at += 0.055) {
      this.#tone({ type: 'sawtooth', hertz: 95, startS: at, lengthS: 0.035, loudness: 0.028 });
    }
  }

  #tone(tone: {
    type: OscillatorType;
    hertz: number;
    startS: number;
    lengthS: number;
    loudness: number;
  }): void {
    if (this.isMuted) return;
    this.#audio ??= new AudioContext();
    // before the first gesture a browser keeps sound back; it must not come out late
    if (this.#audio.state !== 'running') {
      void this.#audio.resume();
      if (!navigator.userActivation.hasBeenActive) return;
    }
    const start = this.#audio.currentTime + tone.startS;
    const oscillator = this.#audio.createOscillator();
    const gain = this.#audio.createGain();
    oscillator.type = tone.type;
    oscillator.frequency.value = tone.hertz;
    gain.gain.setValueAtTime(tone.loudness, start);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + tone.lengthS);
    oscillator.connect(gain).connect(this.#audio.destination);
    oscillator.start(start);
    oscillator.stop(start + tone.lengthS);
  }
}
