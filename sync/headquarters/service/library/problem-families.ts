// The shipped problems and their common phrases by family, read from lines that a person can edit.
import { problemsOfFittings } from './problems-of-fittings.ts';
import { problemsOfRooms } from './problems-of-rooms.ts';
import { problemsOfSharedParts } from './problems-of-shared-parts.ts';

export interface ProblemSeed {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly port: string;
  /** burst pipe, gas, person in a lift: the telephone comes first */
  readonly isEmergency: boolean;
  /** null = as the element */
  readonly warrantyMonths: number | null;
  readonly phrases: readonly { readonly zh: string; readonly en: string }[];
}

const families = { ...problemsOfRooms, ...problemsOfFittings, ...problemsOfSharedParts };
export type ProblemFamily = keyof typeof families;

/** A line is `id|zh|en|port|phrases`, phrases `zh=en` between `;`; `!id` is an emergency, `id@60` has its own months of warranty. */
export function problemsOf(family: ProblemFamily): ProblemSeed[] {
  return families[family]
    .trim()
    .split('\n')
    .map((line) => {
      const [head = '', zh = '', en = '', port = '', phrases = ''] = line.trim().split('|');
      const [id = '', months] = head.replace('!', '').split('@');
      return {
        id,
        zh,
        en,
        port,
        isEmergency: head.startsWith('!'),
        warrantyMonths: months === undefined ? null : Number(months),
        phrases: phrases.split(';').map((phrase) => {
          const [chinese = '', english = ''] = phrase.split('=');
          return { zh: chinese, en: english };
        }),
      };
    });
}
