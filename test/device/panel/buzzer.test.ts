// The buzzer: each sound ends by itself, a new one cuts the old off, and a late one is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { panelSounds } from '../../../device/control-panel.ts';
import { Buzzer } from '../../../device/panel/buzzer.ts';

describe('Buzzer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const make = () => {
    const buzzer = new Buzzer();
    const written: boolean[] = [];
    buzzer.attach((isOn) => written.push(isOn));
    return { buzzer, written };
  };
  const beeps = (written: readonly boolean[]) => written.filter((isOn) => isOn).length;

  it.each(panelSounds)('%s begins at once and is over within two seconds, silent', (sound) => {
    const { buzzer, written } = make();
    buzzer.play(sound);
    expect(written).toEqual([true]);
    vi.advanceTimersByTime(2_000);
    expect(written.at(-1)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('the sounds differ', () => {
    const counts = panelSounds.map((sound) => {
      const { buzzer, written } = make();
      buzzer.play(sound);
      vi.advanceTimersByTime(2_000);
      return beeps(written);
    });
    expect(new Set(counts).size).toBe(panelSounds.length);
  });

  it('a new sound cuts the old one off', () => {
    const { buzzer, written } = make();
    buzzer.play('alarm');
    vi.advanceTimersByTime(500);
    const before = beeps(written);
    buzzer.play('success');
    vi.advanceTimersByTime(5_000);
    expect(beeps(written)).toBe(before + 1);
  });

  it('without a board nothing is kept for later; a board that goes takes the rest with it', () => {
    const buzzer = new Buzzer();
    buzzer.play('alarm');
    const written: boolean[] = [];
    buzzer.attach((isOn) => written.push(isOn));
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([]);
    buzzer.play('alarm');
    buzzer.detach();
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('silence ends a sound at once', () => {
    const { buzzer, written } = make();
    buzzer.play('alarm');
    buzzer.silence();
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([true, false]);
  });
});
