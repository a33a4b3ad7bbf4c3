// What is out of order around the terminal, as people are told: the visitor only what concerns them, staff what to do.
import { deviceFault, visitorWords } from './fault-table.ts';
import type { DeviceCondition } from './knowledge.ts';
import type { Language, Trouble } from './screen.ts';
import { readerStatus, serves, standIns } from './showing/show-devices.ts';

/**
 * Who cannot use a card is told that alone: "everything else works" of a printer would not be true then.
 * A desktop that is not there is no trouble: nothing that a visitor or staff do needs it.
 */
export function troublesOf(devices: readonly DeviceCondition[], language: Language): Trouble[] {
  const cardsAreOut =
    readerStatus(devices) === 'absent' &&
    devices.some(({ device, isOut }) => isOut && (device === 'reader' || device === 'second-reader'));
  return devices.flatMap(({ device, code, isOut }) => {
    const fault = code === null || device === 'desktop' ? undefined : deviceFault(code);
    if (!code || !fault) return [];
    const isPrinter = device === 'printer' || device === 'fallback-printer';
    const concernsVisitor =
      isOut && device !== 'panel' && !serves(devices, standIns[device]) && !(isPrinter && cardsAreOut);
    return [
      {
        device,
        code,
        isOut,
        visitor: concernsVisitor ? visitorWords(code, device)[language] : null,
        staff: fault.staff[language],
      },
    ];
  });
}
