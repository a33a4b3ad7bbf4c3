// What one terminal can be told to do from its page: in groups, with what is filled in for each.
import { html, type TemplateResult } from 'lit';
import { maxLogMinutes, maxSshMinutes, type OrderContent } from '../../../sync/headquarters/api.ts';
import { fieldOf } from '../field-of.ts';
import type { Language } from '../text.ts';
import { terminalOrderWords } from './terminal-order-words.ts';

type Kind = OrderContent['kind'];

export const remoteGroups = [
  { id: 'look', kinds: ['run-diagnosis', 'take-screenshot', 'send-log'] },
  { id: 'try', kinds: ['identify', 'print-test-page', 'test-reader'] },
  { id: 'restart', kinds: ['restart-terminal', 'reboot'] },
  { id: 'maintain', kinds: ['open-ssh', 'rotate-certificate', 're-send-facts'] },
] as const satisfies readonly { readonly id: string; readonly kinds: readonly Kind[] }[];
export type RemoteKind = (typeof remoteGroups)[number]['kinds'][number];

const minuteMs = 60_000;
/** What somebody at the desk waits for makes no sense tomorrow. */
const soonMs = 10 * minuteMs;
const hourMs = 60 * minuteMs;
const patience: Readonly<Partial<Record<RemoteKind, number>>> = {
  'take-screenshot': soonMs,
  'send-log': soonMs,
  identify: soonMs,
  'test-reader': soonMs,
  'open-ssh': soonMs,
};
export function expiresInMs(kind: RemoteKind): number {
  return patience[kind] ?? hourMs;
}

/** What it brings is shown beneath as soon as it is there. */
export const bringing: ReadonlySet<string> = new Set<Kind>(['run-diagnosis', 'take-screenshot', 'send-log']);
/** Somebody may be in the middle of something. */
export const disturbing: ReadonlySet<string> = new Set<Kind>(['restart-terminal', 'reboot']);
const waitsForPeople: ReadonlySet<string> = new Set<Kind>(['identify', 'take-screenshot', 'reboot']);

/** @returns what is filled in before it is ordered, if anything */
export function fieldsOf(kind: RemoteKind, language: Language): TemplateResult | undefined {
  const words = terminalOrderWords[language];
  const minutes = (most: number, some: readonly number[]): TemplateResult =>
    html`<label>${words.howLong}<select name="minutes">${some
      .filter((each) => each <= most)
      .map((each) => html`<option value=${each}>${words.minutes(each)}</option>`)}</select></label>`;
  switch (kind) {
    case 'send-log':
      return minutes(maxLogMinutes, [5, 2, 10]);
    case 'open-ssh':
      return html`${minutes(maxSshMinutes, [30, 15, 60])}
        <label>${words.key}<textarea name="key" rows="3" required spellcheck="false" placeholder="ssh-ed25519 AAAA… name"></textarea></label>
        <p class="small soft">${words.keyHint}</p>`;
    case 'test-reader':
      return html`<label>${words.whichReader}<select name="reader">
        <option value="reader">${words.readers.reader}</option>
        <option value="second-reader">${words.readers['second-reader']}</option>
      </select></label>`;
    default:
      return waitsForPeople.has(kind)
        ? html`<label class="check"><input type="checkbox" name="duringSession" />${words.duringSession}</label>`
        : undefined;
  }
}

/** The order's body, as its contract has it. */
export function bodyOf(kind: RemoteKind, data: FormData): object {
  switch (kind) {
    case 'send-log':
      return { minutes: Number(fieldOf(data, 'minutes')) };
    case 'open-ssh':
      return { minutes: Number(fieldOf(data, 'minutes')), key: fieldOf(data, 'key').replaceAll(/\s+/g, ' ') };
    case 'test-reader':
      return { reader: fieldOf(data, 'reader') };
    default:
      return data.get('duringSession') === null ? {} : { duringSession: true };
  }
}

/** Shown with a terminal that is not there. */
export function awayNote(isOnline: boolean, kind: RemoteKind, language: Language): string | undefined {
  return isOnline ? undefined : terminalOrderWords[language].away(expiresInMs(kind) / minuteMs);
}
