// The looks that are compared with approved pictures: one line each, of the gallery's shows.
import type { Page } from 'playwright-core';
import type { MannerChoice } from '../../kiosk/manner.ts';
import type { Tongue } from '../../kiosk/screen.ts';
import type { Gallery } from './gallery-server.ts';

export interface Look {
  /** in the gallery */
  readonly show: string;
  readonly tongue: Tongue;
  readonly size: keyof typeof lookSizes;
  readonly manner: MannerChoice;
  /** what a finger did before, or what befell the line */
  readonly before?: (page: Page, gallery: Gallery) => Promise<void>;
}

export const lookSizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
} as const;

const look = (show: string, changes: Partial<Look> = {}): Look => ({
  show,
  tongue: 'zh',
  size: 'portrait',
  manner: {},
  ...changes,
});

const plain = [
  'attract-loop',
  'home',
  'welcome-owner',
  'checked-in',
  'points',
  'projects',
  'buildings',
  'board',
  'unit',
  'adverse-facts',
  'compare',
  'shortlist',
  'report-place',
  'report-review',
  'request-filed',
  'my-homes',
  'request',
  'join-phone',
  'enter-pin',
  'activities',
  'message-topic',
  'out-of-service',
  'enrolling-pending',
  'enrolling-failed',
  'updating',
  'maintenance-checks-amiss',
  'maintenance-wifi',
  'maintenance-system-update',
  'closed',
  'night',
  'first-start',
  'help-called',
  'idle-warning',
] as const;

/** by the name of its picture */
export const looks: Readonly<Record<string, Look>> = {
  ...Object.fromEntries(plain.map((show) => [show, look(show)])),
  keyboard: look('search', {
    before: (page) => page.getByRole('button', { name: '打开键盘' }).click(),
  }),
  'maintenance-wifi-key': look('maintenance-wifi', {
    before: (page) => page.getByRole('button', { name: '连接 锦上花城-售楼处' }).click(),
  }),
  lost: look('home', {
    before: async (page, gallery) => {
      gallery.cut();
      await page.getByText('已确认的记录不会丢失').waitFor();
    },
  }),
  'home-large': look('home', { manner: { text: 'large' } }),
  'home-contrast': look('home', { manner: { contrast: 'high' } }),
  'home-low': look('home', { manner: { reach: 'low' } }),
  'home-en': look('home', { tongue: 'en' }),
  'unit-hant': look('unit', { tongue: 'zh-Hant' }),
  'board-landscape': look('board', { size: 'landscape' }),
  'attract-wide': look('attract-loop', { size: 'wide' }),
};
