// Says aloud what is shown and what to do next, where the browser has a voice for the language; else nothing.
import type { ScreenKind, Show } from '../../kiosk/screen.ts';
import { speechOf } from '../text/speech.ts';
import { spokenWords } from '../text/spoken-words.ts';

/** masked names, sums and numbers */
const mayBePersonal = /[*\d]/;
/** whose heading is made of what is known of somebody */
const personalHeadings: ReadonlySet<ScreenKind> = new Set([
  'checked-in',
  'welcome',
  'join',
  'staff',
  'request',
  'hand-over',
  'card-problem',
]);

export function hasVoice(): boolean {
  return 'speechSynthesis' in globalThis && speechSynthesis.getVoices().length > 0;
}

/**
 * Nothing of a person is ever said: who stands behind them hears it too.
 * @param heading of the screen as it is drawn
 * @returns whether it is said
 */
export function speak({ language, status, screen, idle, manner }: Show, heading: string): boolean {
  const { words } = speechOf(language, status.timeZone);
  const mayBeSaid = !personalHeadings.has(screen.kind) && !mayBePersonal.test(heading);
  const prompt = spokenWords[language][screen.kind];
  const text = idle ? `${words.idle.title} ${words.idle.stay}` : `${mayBeSaid ? heading : ''} ${prompt}`;
  return say(text.trim(), words.tag, manner.volume / 3);
}

/**
 * @param tag BCP 47, `zh-CN`
 * @param volume 0–1
 */
function say(text: string, tag: string, volume: number): boolean {
  if (volume === 0 || !hasVoice()) return false;
  const voices = speechSynthesis.getVoices();
  const voice =
    voices.find(({ lang }) => lang === tag) ??
    voices.find(({ lang }) => lang.slice(0, 2) === tag.slice(0, 2));
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
