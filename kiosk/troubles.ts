// What is out of order around the terminal, as people are told: the visitor only what concerns them, staff what to do.
import { deviceFault } from './fault-table.ts';
import type { DeviceCondition } from './knowledge.ts';
import type { Language, Trouble } from './screen.ts';

/** What does the same work, so that nobody but staff need know that the other is out. */
const standIns: Readonly<Partial<Record<DeviceCondition['device'], DeviceCondition['device']>>> = {
  reader: 'second-reader',
  'second-reader': 'reader',
  printer: 'fallback-printer',
  'fallback-printer': 'printer',
};

/**
 * Who cannot use a card is told that alone: "everything else works" of a printer would not be true then.
 * A desktop that is not there is no trouble: nothing that a visitor or staff do needs it.
 */
export function troublesOf(devices: readonly DeviceCondition[], language: Language): Trouble[] {
  const serves = (device: DeviceCondition['device'] | undefined): boolean =>
    devices.some((each) => each.device === device && each.state !== 'none' && !each.isOut);
  const readers = devices.filter(({ device }) => device === 'reader' || device === 'second-reader');
  const cardsAreOut = readers.some(({ isOut }) => isOut) && !readers.some(({ device }) => serves(device));
  return devices.flatMap(({ device, code, isOut }) => {
    const fault = code === null || device === 'desktop' ? undefined : deviceFault(code);
    if (!code || !fault) return [];
    const isPrinter = device === 'printer' || device === 'fallback-printer';
    const concernsVisitor =
      isOut && device !== 'panel' && !serves(standIns[device]) && !(isPrinter && cardsAreOut);
    return [
      {
        device,
        code,
        isOut,
        visitor: concernsVisitor ? fault.visitor[language] : null,
        staff: fault.staff[language],
      },
    ];
  });
}
