// Believable screens of maintenance, and of cards that are no key.
import { deviceFault } from '../../kiosk/fault-table.ts';
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, sayIn } from './show-frame.ts';

export function maintenanceScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const staff = (code: string): string => deviceFault(code)?.staff[language] ?? '';
  const fine: ScreenOf<'maintenance'> = {
    kind: 'maintenance',
    version: '1.4.0',
    waitingFacts: 0,
    devices: [
      { device: 'reader', state: 'ready', code: null, staff: null },
      { device: 'second-reader', state: 'none', code: null, staff: null },
      { device: 'printer', state: 'ready', code: null, staff: null },
      { device: 'fallback-printer', state: 'none', code: null, staff: null },
      { device: 'panel', state: 'ready', code: null, staff: null },
      { device: 'desktop', state: 'unavailable', code: null, staff: null },
    ],
    attached: null,
    slips: [],
    card: null,
  };
  const out = (device: 'reader' | 'printer', code: string) => ({
    device,
    state: code,
    code,
    staff: staff(code),
  });
  const busy: ScreenOf<'maintenance'> = {
    ...fine,
    waitingFacts: 128,
    devices: [
      out('reader', 'reader-no-answer'),
      ...fine.devices.slice(1, 2),
      out('printer', 'printer-paper-out'),
      ...fine.devices.slice(3),
    ],
    attached: [
      say('读卡器 ffff:0035 · /dev/hidraw2', 'Card reader ffff:0035 · /dev/hidraw2'),
      say('打印机 0416:5011 · /dev/usb/lp0', 'Printer 0416:5011 · /dev/usb/lp0'),
    ],
    slips: [
      { id: 'job-1', slip: 'check-in', copy: 0, state: 'unsure', at: at('14:21') },
      { id: 'job-2', slip: 'request', copy: 1, state: 'queued', at: at('14:30') },
      { id: 'job-3', slip: 'unit', copy: 0, state: 'sending', at: at('14:31') },
    ],
    card: { kind: 'read', technology: 'em4100', bits: 40, tail: '6C3A', count: 2 },
  };
  const cardProblem = (reason: ScreenOf<'card-problem'>['reason']): Screen => ({
    kind: 'card-problem',
    purpose: null,
    reason,
  });
  return {
    'maintenance-pin': { kind: 'maintenance-pin', problem: null },
    'maintenance-pin-wrong': { kind: 'maintenance-pin', problem: { kind: 'wrong', triesLeft: 2 } },
    'maintenance-pin-locked': { kind: 'maintenance-pin', problem: { kind: 'locked', until: at('14:50') } },
    maintenance: fine,
    'maintenance-busy': busy,
    'card-unreadable': cardProblem('card-unreadable'),
    'card-payment': cardProblem('card-payment'),
    'card-random-id': cardProblem('card-random-id'),
    'card-encrypted': cardProblem('card-encrypted'),
    'card-too-narrow': cardProblem('card-too-narrow'),
  };
}
