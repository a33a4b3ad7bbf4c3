// Says a sentence aloud where the browser has a voice for the language; else nothing.

/** what may be of a person is never said aloud: masked names, sums, numbers */
const mayBePersonal = /[*\d]/;

export function hasVoice(): boolean {
  return 'speechSynthesis' in globalThis && speechSynthesis.getVoices().length > 0;
}

/**
 * @param tag BCP 47, `zh-CN`
 * @param volume 0–1
 * @returns whether it is said
 */
export function speak(text: string, tag: string, volume: number): boolean {
  if (volume === 0 || text === '' || mayBePersonal.test(text) || !hasVoice()) return false;
  const voice = speechSynthesis.getVoices().find(({ lang }) => lang.slice(0, 2) === tag.slice(0, 2));
  if (!voice) return false;
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = tag;
  said.volume = volume;
  // what was said before is of a screen that is gone
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
  return true;
}
