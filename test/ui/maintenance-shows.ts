// Believable screens of maintenance, and of cards that are no key.
import { deviceFault } from '../../kiosk/fault-table.ts';
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, type Say, sayIn } from './show-frame.ts';
import { upkeepIn, upkeepShows } from './upkeep-shows.ts';

export function maintenanceScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const staff = (code: string): string => deviceFault(code)?.staff[language] ?? '';
  const fine: ScreenOf<'maintenance'> = {
    kind: 'maintenance',
    tab: 'devices',
    version: '1.4.0',
    waitingFacts: 0,
    devices: [
      { device: 'reader', state: 'ready', code: null, staff: null, needsRestart: false },
      { device: 'second-reader', state: 'none', code: null, staff: null, needsRestart: false },
      { device: 'printer', state: 'ready', code: null, staff: null, needsRestart: false },
      { device: 'fallback-printer', state: 'none', code: null, staff: null, needsRestart: false },
      { device: 'panel', state: 'ready', code: null, staff: null, needsRestart: false },
      { device: 'desktop', state: 'unavailable', code: null, staff: null, needsRestart: false },
    ],
    inspection: null,
    slips: [],
    lastSlip: { id: 'job-9', slip: 'check-in', copy: 0, at: at('14:28') },
    ...upkeepIn(say),
    picture: null,
    card: null,
  };
  const busy = busyMaintenance(fine, say, staff);
  const cardProblem = (reason: ScreenOf<'card-problem'>['reason']): Screen => ({
    kind: 'card-problem',
    purpose: null,
    reason,
  });
  return {
    'maintenance-pin': { kind: 'maintenance-pin', isChecking: false, problem: null },
    'maintenance-pin-checking': { kind: 'maintenance-pin', isChecking: true, problem: null },
    'maintenance-pin-wrong': {
      kind: 'maintenance-pin',
      isChecking: false,
      problem: { kind: 'wrong', triesLeft: 4 },
    },
    'maintenance-pin-locked': {
      kind: 'maintenance-pin',
      isChecking: false,
      problem: { kind: 'locked', until: at('14:50') },
    },
    maintenance: fine,
    'maintenance-busy': busy,
    ...upkeepShows(fine, say),
    'card-unreadable': cardProblem('card-unreadable'),
    'card-payment': cardProblem('card-payment'),
    'card-random-id': cardProblem('card-random-id'),
  };
}

function busyMaintenance(
  fine: ScreenOf<'maintenance'>,
  say: Say,
  staff: (code: string) => string,
): ScreenOf<'maintenance'> {
  const out = (device: 'reader' | 'printer' | 'panel', code: string) => ({
    device,
    state: code,
    code,
    staff: staff(code),
    needsRestart: code === 'panel-setting-wrong',
  });
  return {
    ...fine,
    waitingFacts: 128,
    devices: [
      out('reader', 'reader-no-answer'),
      ...fine.devices.slice(1, 2),
      out('printer', 'printer-paper-out'),
      ...fine.devices.slice(3, 4),
      out('panel', 'panel-setting-wrong'),
      { device: 'desktop', state: 'ready', code: null, staff: null, needsRestart: false },
    ],
    inspection: {
      attached: [
        say(
          '免驱 ID 读卡器 · ffff:0035 · /dev/hidraw2 · 读卡器',
          'ID card reader · ffff:0035 · /dev/hidraw2 · reader',
        ),
        say(
          'POS58 打印机 · 0416:5011 · /dev/usb/lp0 · 打印机',
          'POS58 printer · 0416:5011 · /dev/usb/lp0 · printer',
        ),
      ],
      findings: [
        {
          what: say('读卡器会把卡号打到屏幕上。', 'The card reader types into the screen.'),
          doThis: say('加上这一行规则，再插一次：', 'Add this rule and plug it in again:'),
          fix: [
            'ACTION!="remove", KERNEL=="event[0-9]*", ENV{ID_VENDOR_ID}=="ffff", ENV{ID_MODEL_ID}=="0035", ENV{LIBINPUT_IGNORE_DEVICE}="1"',
          ],
        },
      ],
    },
    slips: [
      { id: 'job-1', slip: 'check-in', copy: 0, state: 'unsure', at: at('14:21') },
      { id: 'job-2', slip: 'request', copy: 1, state: 'queued', at: at('14:30') },
      { id: 'job-3', slip: 'unit', copy: 0, state: 'sending', at: at('14:31') },
    ],
    picture: {
      kind: 'saved',
      file: '/var/lib/yingbin/support/screen-20261121T063500000Z.png',
      isCovered: true,
    },
    card: { kind: 'read', technology: 'em4100', bits: 40, tail: '6C3A', count: 2 },
  };
}
