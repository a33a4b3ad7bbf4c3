// What is out of order around the terminal, as people are told: the visitor only what concerns them, staff what to do.
import { deviceFault, visitorWords } from './fault-table.ts';
import type { DeviceCondition, StorePressure } from './knowledge.ts';
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

/** Little room for facts: staff are told early, visitors when something is refused. */
export function storeTroubleOf(pressure: StorePressure, language: Language): Trouble[] {
  if (pressure === 'none') return [];
  const { visitor, staff } = roomWords[pressure];
  return [
    {
      device: 'store',
      code: 'sync-store-full',
      isOut: pressure === 'full',
      visitor: visitor?.[language] ?? null,
      staff: staff[language],
    },
  ];
}

const roomWords: {
  readonly [pressure in Exclude<StorePressure, 'none'>]: {
    readonly visitor: Readonly<Record<Language, string>> | null;
    readonly staff: Readonly<Record<Language, string>>;
  };
} = {
  compacting: {
    visitor: null,
    staff: {
      zh: '等待上传的记录快要存满：请检查网络。',
      en: 'Waiting records fill the store: check the network.',
    },
  },
  sparing: {
    visitor: {
      zh: '签到、积分和报修照常，其他打印暂停。',
      en: 'Check-in, points and reports go on; other printing pauses.',
    },
    staff: {
      zh: '等待上传的记录几乎存满：请接通网络，或清理磁盘。',
      en: 'Hardly any room for records: connect the network, or free space on the disk.',
    },
  },
  full: {
    visitor: {
      zh: '本机暂时不能记录，请找工作人员办理。',
      en: 'This terminal cannot record now. Please ask the staff.',
    },
    staff: {
      zh: '已没有空间记录：请接通网络，或清理磁盘。已确认的记录不会丢失。',
      en: 'No room for records: connect the network, or free space on the disk. Nothing that was confirmed is lost.',
    },
  },
};
