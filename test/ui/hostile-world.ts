// A world of every journey as nobody would wish it: names with emoji, from right to left, endless; homes without layout or building.
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { type BoardRow, boardKeyOf } from '../../sync/contract/board.ts';
import type { EventsRow } from '../../sync/contract/events.ts';
import { eventsKeyOf } from '../../sync/contract/rows.ts';
import { site } from '../kiosk/small-world.ts';
import { giveMore, openFlowWorld } from './flow-world.ts';

export const strangeNames = [
  '👩‍👩‍👧‍👦🏡',
  '\u202eمشروع الحديقة\u202c',
  'ש'.repeat(60),
  '四'.repeat(120),
  `${'Superlative'.repeat(12)}`,
  'Z̸̡̛͓a̷͎̅l̶̙̈́g̵̰̈́o̴̭̐',
  '<b>&amp;</b>"\'',
] as const;

export async function openHostileWorld(): Promise<TerminalStore> {
  const store = await openFlowWorld();
  giveMore(
    store,
    'board',
    boardRows().map((row) => [boardKeyOf(row), row]),
  );
  giveMore(
    store,
    'events',
    eventRows().map((row) => [eventsKeyOf(row), row]),
  );
  return store;
}

const both = (text: string) => ({ zh: text, en: text });

/** Each name is a project's; the last has a building that is missing, homes without a layout, and a state nobody knows. */
function boardRows(): BoardRow[] {
  const rows = strangeNames.flatMap((name, n) => [
    {
      kind: 'project',
      id: `strange${n}`,
      name: both(name),
      district: both(name),
      address: both(name),
      phone: '',
      highlights: n % 2 === 0 ? [] : [both(name)],
      adverse: n % 2 === 0 ? [both(name)].map((text) => ({ title: text, detail: text, distanceM: 0 })) : [],
    },
    ...(n === 0
      ? []
      : [
          {
            kind: 'building',
            id: `sb${n}`,
            project: `strange${n}`,
            name: both(name),
            floors: 3,
            columns: 3,
            licence: '',
          },
        ]),
    ...[1, 2, 3].map((column) => ({
      kind: 'unit',
      id: `su${n}-${column}`,
      project: `strange${n}`,
      building: `sb${n}`,
      floor: column === 3 ? -1 : column,
      column,
      number: column === 2 ? name : `${n}0${column}`,
      layout: 'nobody-drew-it',
      state: column === 1 ? 'available' : 'unheard',
      facing: both(name),
      area: column === 3 ? 0 : 8_905,
      pricePerM2: 0,
      price: column === 3 ? 0 : Number.MAX_SAFE_INTEGER,
    })),
  ]);
  const nowhere = {
    kind: 'building',
    id: 'sb-nowhere',
    project: site,
    name: both(''),
    floors: 1,
    columns: 1,
  };
  return [...rows, { ...nowhere, licence: '' }] as BoardRow[];
}

function eventRows(): EventsRow[] {
  return strangeNames.flatMap((name, n) => [
    { kind: 'event', id: `se${n}`, name: both(name), place: both(name), project: site },
    {
      kind: 'session',
      id: `ss${n}`,
      event: n === 1 ? 'never-was' : `se${n}`,
      name: both(name),
      opensAt: '2026-11-21T01:00:00.000Z',
      endsAt: '2026-11-21T12:00:00.000Z',
      points: n,
    },
  ]) as EventsRow[];
}
