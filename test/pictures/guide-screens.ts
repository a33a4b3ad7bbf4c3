// Which screens stand in the guides of ui/guides: shows of the gallery, in Chinese and mostly in English too.
import { type Look, looks } from '../ui/looks.ts';

/** of the poster, whose pictures need no words; the last one says everything in both */
const inChinese = ['checked-in', 'board', 'report-place', 'enrolling-pending', 'updating'] as const;
const inBoth = [
  'idle-warning',
  'paper-out',
  'reader-out',
  'offline',
  'help-called',
  'staff',
  'maintenance',
  'maintenance-checks-amiss',
  'first-start',
  'out-of-service',
] as const;

const look = (show: string, tongue: 'zh' | 'en'): Look => ({ show, tongue, size: 'portrait', manner: {} });

/** the key is asked for by the page itself */
const keyTyped: Pick<Look, 'before'> = {
  before: (page) => page.getByRole('button', { name: 'Join Jinshang-Gallery' }).click(),
};

/** by the name of its picture; English ones end in `-en` */
export const guideScreens: Readonly<Record<string, Look>> = {
  ...Object.fromEntries([...inChinese, ...inBoth].map((show) => [show, look(show, 'zh')])),
  ...Object.fromEntries(inBoth.map((show) => [`${show}-en`, look(show, 'en')])),
  'maintenance-wifi-key': { ...look('maintenance-wifi', 'en'), ...keyTyped },
  lost: { ...look('home', 'zh'), ...looks['lost'] },
};
