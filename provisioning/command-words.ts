// The words of the `yingbin` command, in both languages.
import type { DeviceState } from '../device/device-state.ts';
import type { PrinterState } from '../device/receipt-printer.ts';

export type CommandLanguage = 'zh' | 'en';

export interface CommandWords {
  readonly pluggedIn: string;
  readonly nothingPluggedIn: string;
  readonly inConfig: string;
  readonly noConfig: string;
  readonly findings: string;
  readonly allWell: string;
  readonly nothingToCheck: string;
  readonly needCare: (count: number) => string;
  readonly notInTable: string;
  readonly noDriver: string;
  readonly noRights: string;
  readonly usedBy: string;
  readonly answers: string;
  readonly browser: string;
  readonly notTried: string;
  readonly notConfigured: (key: string) => string;
  readonly heldHere: (code: string) => string;
  readonly printing: string;
  readonly printed: string;
  readonly notPrinted: (code: string) => string;
  readonly unconfirmed: (code: string) => string;
  readonly holdCard: (seconds: number) => string;
  readonly noCard: string;
  readonly nothingToLearn: string;
  readonly seeReport: string;
  readonly read: (card: { technology: string; bits: number | null; tail: string }) => string;
  readonly unusable: (why: string) => string;
  readonly cannotListen: (at: string, reason: string) => string;
  readonly learnt: (at: string, endsWith: string | null) => string;
  readonly sayPrinted: string;
  readonly light: (name: string) => string;
  readonly sound: (name: string) => string;
  readonly pressHelp: (seconds: number) => string;
  readonly helpPressed: string;
  readonly helpNotPressed: string;
  readonly presence: (isThere: boolean) => string;
  readonly housing: (isOpen: boolean) => string;
  readonly state: (kind: StateKind, code: string | null) => string;
}

type StateKind = DeviceState['kind'] | PrinterState['kind'];

const stateNames: Readonly<Record<CommandLanguage, Readonly<Record<StateKind, string>>>> = {
  zh: {
    opening: '正在打开',
    ready: '就绪',
    degraded: '部分可用',
    stopped: '暂停',
    absent: '未找到',
    lost: '已断开',
    'back-off': '打不开，正在重试',
  },
  en: {
    opening: 'opening',
    ready: 'ready',
    degraded: 'works in part',
    stopped: 'stopped',
    absent: 'not there',
    lost: 'gone',
    'back-off': 'does not open, tried again',
  },
};

export const commandWords: Readonly<Record<CommandLanguage, CommandWords>> = {
  zh: {
    pluggedIn: '已接入的设备',
    nothingPluggedIn: '没有可识别的设备。网络打印机不在此列出，只写在配置中。',
    inConfig: '配置中的设备',
    noConfig: '未给出配置文件：加上 --config 文件，可对照配置检查。',
    findings: '检查结果',
    allWell: '一切正常。',
    nothingToCheck: '没有可检查的内容：请接上设备，或用 --config 给出配置文件。',
    needCare: (count) => `有 ${count} 项需要处理。`,
    notInTable: '设备表中没有',
    noDriver: '无驱动',
    noRights: '无权打开',
    usedBy: '用作',
    answers: '有应答',
    browser: '在浏览器中输入',
    notTried: '未测试',
    notConfigured: (key) => `配置中没有${key}。`,
    heldHere: (code) =>
      `${code}：设备正被占用，很可能是正在运行的终端。请在终端的维护界面测试，或先停止终端。`,
    printing: '正在打印测试页 …',
    printed: '已打印：打印机确认了这一页。请核对汉字、二维码和列数。',
    notPrinted: (code) => `没有打印：${code}。`,
    unconfirmed: (code) => `已发送，打印机没有确认：${code}。请看纸上是否有这一页。`,
    holdCard: (seconds) => `请在 ${seconds} 秒内刷一张卡 …`,
    noCard: '没有读到卡。',
    nothingToLearn:
      '没有接入可以学习的读卡器（键盘型或 HID）。串口读卡器无法学习：请在配置中写 rdm6300、pn532 或 wiegand 和它的地址。',
    seeReport: '原因和处理办法：用同样的 --config 再运行一次 yingbin doctor，不加测试选项。',
    read: ({ technology, bits, tail }) =>
      `读到 ${technology}，${bits === null ? '磁条' : `${bits} 位`}，••••${tail}`,
    unusable: (why) => `读到不能用的卡：${why}`,
    cannotListen: (at, reason) => `无法监听 ${at}：${reason}`,
    learnt: (at, endsWith) =>
      `读卡器是 ${at}${endsWith === null ? '' : `，结束键 ${endsWith}`}。请在配置中写入：`,
    sayPrinted: '有多种格式都符合：请加上 --printed 卡面上的号码，再刷一次，即可确定。',
    light: (name) => `灯：${name}`,
    sound: (name) => `声音：${name}`,
    pressHelp: (seconds) => `请在 ${seconds} 秒内按求助按钮 …`,
    helpPressed: '求助按钮正常。',
    helpNotPressed: '没有收到求助按钮。',
    presence: (isThere) => (isThere ? '有人在前' : '无人在前'),
    housing: (isOpen) => (isOpen ? '机壳已打开' : '机壳已关好'),
    state: (kind, code) => `状态：${stateNames.zh[kind]}${code === null ? '' : `（${code}）`}`,
  },
  en: {
    pluggedIn: 'Plugged in',
    nothingPluggedIn:
      'No device that could be recognised. Network printers are not listed: the config alone names them.',
    inConfig: 'In the config',
    noConfig: 'No config given: add --config FILE to compare with it.',
    findings: 'Findings',
    allWell: 'All is well.',
    nothingToCheck: 'Nothing to check: plug a device in, or name a config with --config FILE.',
    needCare: (count) => (count === 1 ? '1 finding needs care.' : `${count} findings need care.`),
    notInTable: 'not in the table',
    noDriver: 'no driver',
    noRights: 'no rights',
    usedBy: 'used as',
    answers: 'answers',
    browser: 'types into the browser',
    notTried: 'not tried',
    notConfigured: (key) => `The config has no ${key}.`,
    heldHere: (code) =>
      `${code}: the device is held, most likely by the running terminal. Test on its maintenance screen, or stop the terminal first.`,
    printing: 'Printing a test page …',
    printed:
      'Printed: the printer confirmed it. Compare the Chinese characters, the QR code and the columns.',
    notPrinted: (code) => `Not printed: ${code}.`,
    unconfirmed: (code) => `Sent, and not confirmed by the printer: ${code}. Look whether it is on paper.`,
    holdCard: (seconds) => `Present a card within ${seconds} s …`,
    noCard: 'No card was read.',
    nothingToLearn:
      'No reader that could be learnt (keyboard-type or HID) is plugged in. One on a serial line cannot be: write rdm6300, pn532 or wiegand and its address into the config.',
    seeReport: 'For the cause and what to do, run yingbin doctor with the same --config and without a test.',
    read: ({ technology, bits, tail }) =>
      `Read ${technology}, ${bits === null ? 'magnetic stripe' : `${bits} bits`}, ••••${tail}`,
    unusable: (why) => `A card that cannot be used: ${why}`,
    cannotListen: (at, reason) => `Cannot listen to ${at}: ${reason}`,
    learnt: (at, endsWith) =>
      `The reader is ${at}${endsWith === null ? '' : `, it ends with ${endsWith}`}. Write into the config:`,
    sayPrinted:
      'Several formats fit: say the number that stands on the card with --printed, and swipe again.',
    light: (name) => `Light: ${name}`,
    sound: (name) => `Sound: ${name}`,
    pressHelp: (seconds) => `Press the help button within ${seconds} s …`,
    helpPressed: 'The help button works.',
    helpNotPressed: 'The help button was not heard.',
    presence: (isThere) => (isThere ? 'Somebody is in front' : 'Nobody is in front'),
    housing: (isOpen) => (isOpen ? 'The housing is open' : 'The housing is closed'),
    state: (kind, code) => `State: ${stateNames.en[kind]}${code === null ? '' : ` (${code})`}`,
  },
};

/** @param env as the shell gives it */
export function languageOf(env: Readonly<Record<string, string | undefined>>): CommandLanguage {
  const said = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return said.startsWith('zh') ? 'zh' : 'en';
}
