// Is this terminal's wall clock right? Only what is known for sure is said; a clock that cannot be compared is believed.
import type { Language, Trouble } from './screen.ts';

/** `behind`: it is earlier than what headquarters told before, so it is wrong; `off`: headquarters says another time now */
export type ClockDoubt = 'behind' | 'off';

export interface ClockSigns {
  /** this machine's wall clock */
  readonly wall: Date;
  /** was it set from the network in this boot? */
  readonly isSynced: boolean;
  /** headquarters' time when it was heard last; null = never */
  readonly asOf: string | null;
  /** headquarters' time now; null = not heard live in this boot */
  readonly told: Date | null;
}

/** Less than this is drift that nobody who reads a time of day notices. */
const noticedMs = 5 * 60_000;

export function clockDoubt({ wall, isSynced, asOf, told }: ClockSigns): ClockDoubt | null {
  if (told) return Math.abs(wall.getTime() - told.getTime()) > noticedMs ? 'off' : null;
  if (isSynced || asOf === null) return null;
  return wall.getTime() < Date.parse(asOf) - noticedMs ? 'behind' : null;
}

export function clockTroubleOf(doubt: ClockDoubt | null, language: Language): Trouble[] {
  if (doubt === null) return [];
  const { visitor, staff } = words[doubt];
  return [
    {
      device: 'clock',
      code: `clock-${doubt}`,
      isOut: false,
      visitor: visitor?.[language] ?? null,
      staff: staff[language],
    },
  ];
}

const words: {
  readonly [doubt in ClockDoubt]: {
    readonly visitor: Readonly<Record<Language, string>> | null;
    readonly staff: Readonly<Record<Language, string>>;
  };
} = {
  behind: {
    visitor: {
      zh: '本机的时间不准，屏幕上的日期和时限请以工作人员为准。',
      en: 'This terminal’s clock is wrong: please ask the staff about dates and times.',
    },
    staff: {
      zh: '本机时间不准：请接通网络，时间会自动校准。',
      en: 'The clock is wrong: connect the network and it sets itself.',
    },
  },
  // times are shown by headquarters' clock then: the visitor need not know
  off: {
    visitor: null,
    staff: {
      zh: '本机时钟与总部相差超过 5 分钟：请技术人员检查对时服务。',
      en: 'Clock over 5 minutes off: IT, check its time service.',
    },
  },
};
