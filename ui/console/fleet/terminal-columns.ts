// What the table of terminals shows of each.
import { html, type TemplateResult } from 'lit';
import { deviceWord } from '../fact-sentence.ts';
import { showAgo } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { type Language, texts } from '../text.ts';
import { fleetWords } from './fleet-words.ts';
import { setUpState } from './set-up-state.ts';
import { type Cause, certificateDays, type FleetRow, paperOf, rowTones } from './terminal-row.ts';
import { type TerminalsWords, terminalsWords } from './terminals-words.ts';

export function terminalColumns(language: Language, hasRecords: boolean): readonly Column<FleetRow>[] {
  const words = terminalsWords[language];
  const first: readonly Column<FleetRow>[] = [
    {
      id: 'terminal',
      label: fleetWords[language].terminal,
      value: ({ terminal }) => terminal,
      show: ({ terminal }) => html`<span class="nowrap">${terminal}</span>`,
    },
    {
      id: 'state',
      label: fleetWords[language].state,
      isFacet: true,
      value: ({ state }) => words.states[state],
      show: ({ state }) => html`<span class="tag ${rowTones[state]}">${words.states[state]}</span>`,
    },
    {
      id: 'problem',
      label: words.problem,
      value: ({ causes }) => causes.map((cause) => words.causes[cause]).join(' · ') || null,
      show: ({ causes }) => causesOf(causes, words),
    },
  ];
  const records: readonly Column<FleetRow>[] = [
    { id: 'site', label: words.site, isFacet: true, value: ({ device }) => device?.site ?? null },
    {
      id: 'ring',
      label: words.ring,
      isFacet: true,
      value: ({ device }) => (device ? (words.rings[device.ring] ?? words.byName) : null),
    },
  ];
  const [line, wishes] = [lineColumns(language), wishColumns(language)];
  return hasRecords ? [...first, ...records, ...line, ...wishes] : [...first, ...line];
}

/** How it is heard of. */
function lineColumns(language: Language): readonly Column<FleetRow>[] {
  const [words, text] = [terminalsWords[language], texts[language]];
  return [
    {
      id: 'seen',
      label: text.lastSeen,
      value: ({ seen }) => seen?.lastSeen ?? null,
      show: ({ seen }) => (seen ? showAgo(seen.lastSeen, text) : '–'),
    },
    { id: 'waiting', label: text.waiting, isNumber: true, value: ({ seen }) => seen?.waiting ?? null },
    {
      id: 'oldest',
      label: words.oldest,
      // the longest first where the most comes first
      value: ({ seen }) => seen?.oldestWaitingAt ?? null,
      show: ({ seen }) => (seen?.oldestWaitingAt ? showAgo(seen.oldestWaitingAt, text) : '–'),
    },
    {
      id: 'printer',
      label: words.printer,
      isFacet: true,
      value: (row) => deviceWord(paperOf(row), language) || null,
      show: (row) => html`<span class="small">${deviceWord(paperOf(row), language) || '–'}</span>`,
    },
    { id: 'version', label: text.version, isFacet: true, value: ({ seen }) => seen?.version || null },
  ];
}

/** What headquarters holds of it. */
function wishColumns(language: Language): readonly Column<FleetRow>[] {
  const words = terminalsWords[language];
  return [
    {
      id: 'certificate',
      label: words.certificate,
      isNumber: true,
      value: ({ device }) => device?.certDays ?? null,
      show: ({ device }) => daysOf(device?.certDays ?? null),
    },
    {
      id: 'set-up',
      label: words.setUp,
      isFacet: true,
      value: ({ twin, state }) =>
        twin && rowTones[state] !== 'off' ? (words.setUps[setUpState(twin, Date.now())] ?? null) : null,
    },
  ];
}

/** One does not break in the middle. */
function causesOf(causes: readonly Cause[], words: TerminalsWords): TemplateResult {
  if (causes.length === 0) return html`<span class="small">–</span>`;
  return html`<span class="small">${causes.map(
    (cause, n) => html`${n === 0 ? '' : ' · '}<span class="nowrap">${words.causes[cause]}</span>`,
  )}</span>`;
}

function daysOf(days: number | null): TemplateResult | string {
  if (days === null) return '–';
  return days <= certificateDays ? html`<strong>▲ ${days}</strong>` : `${days}`;
}
