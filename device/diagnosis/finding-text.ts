// What each finding about a plugged-in device means and what to do, in both languages: for the doctor and the maintenance screen.
import type { DeviceKey } from './configured-devices.ts';
import type { Finding, FindingCode } from './diagnose.ts';

export type FindingLanguage = 'zh' | 'en';

export interface FindingSentences {
  readonly what: string;
  /** what to do; the lines of `finding.fix` belong under it */
  readonly doThis: string;
}

type Pair = readonly [what: string, doThis: string];

/** `{key}` device in the config · `{device}` its name · `{at}` address or node · `{fix}` the fix's lines in a row */
const sentences: Readonly<Record<FindingCode, Readonly<Record<FindingLanguage, Pair>>>> = {
  'not-plugged': {
    zh: ['{key}未接入：{at} 处没有设备。', '请插好电缆；如已换了设备，请改写配置中的地址。'],
    en: [
      'The {key} is not plugged in: nothing is at {at}.',
      'Plug it in, or correct its address in the config if it was replaced.',
    ],
  },
  ambiguous: {
    zh: ['有多台设备符合 {at}，无法区分。', '请拔掉其中一台，或在地址中写上序列号。'],
    en: ['More than one device fits {at}.', 'Take one away, or add the serial number to the address.'],
  },
  'no-rights': {
    zh: [
      '当前用户无权打开 {device}（{at}）。',
      '请将下列规则加入 /etc/udev/rules.d/70-yingbin.rules，执行 sudo udevadm control --reload && sudo udevadm trigger，并让终端的用户属于该组：',
    ],
    en: [
      'This user may not open {device} ({at}).',
      "Add this to /etc/udev/rules.d/70-yingbin.rules, run sudo udevadm control --reload && sudo udevadm trigger, and make the terminal's user a member of that group:",
    ],
  },
  'no-driver': {
    zh: ['系统没有为 {device} 加载驱动，因此没有设备节点。', '请加载驱动后重新插拔：'],
    en: [
      'The kernel has no driver bound to {device}, so there is no node to open.',
      'Load the driver, then unplug it and plug it in again:',
    ],
  },
  'in-use': {
    zh: [
      '{key}（{at}）正被其他程序使用：{fix}。',
      '如果是正在运行的终端，请在维护界面测试；否则请关闭该程序。',
    ],
    en: [
      'The {key} ({at}) is held by another program: {fix}.',
      'If that is the terminal at work, test on its maintenance screen; if not, stop that program.',
    ],
  },
  'address-unsteady': {
    zh: ['地址 {at} 在重新插拔后会变。', '请在配置中改用不变的地址：'],
    en: ['The address {at} may change with the next plug.', 'Use the one that stays in the config:'],
  },
  'address-bad': {
    zh: [
      '配置中{key}的地址 {at} 无法识别。',
      '请写成 tcp://主机:端口、serial:/dev/…、hid:vvvv:pppp 或 usb:vvvv:pppp。',
    ],
    en: [
      'The address {at} of the {key} cannot be understood.',
      'Write tcp://host:port, serial:/dev/…, hid:vvvv:pppp or usb:vvvv:pppp.',
    ],
  },
  'wrong-device': {
    zh: ['{at} 处接的是 {device}，不是{key}。', '请接回原来的设备，或改写配置。'],
    en: [
      'What is plugged in at {at} is {device}, which is no {key}.',
      'Plug the right device in there, or correct the config.',
    ],
  },
  'setting-differs': {
    zh: ['{key}的设置与 {device} 不符。', '请在配置中改为：'],
    en: ['The setting of the {key} is for another model than {device}.', 'Change it in the config to:'],
  },
  'types-into-screen': {
    zh: ['桌面把 {device} 当作键盘：卡号会打到屏幕上。', '请加入下列规则，然后重新插拔：'],
    en: [
      'The desktop takes {device} for a keyboard: cards are typed into the screen.',
      'Add this rule, then unplug it and plug it in again:',
    ],
  },
  'claims-storage': {
    zh: ['{device} 还自称是 U 盘；终端只使用读卡功能。', '如不需要，请换一台没有存储功能的读卡器。'],
    en: [
      '{device} also claims to be a disk; the terminal uses the reader only.',
      'Prefer a reader without storage where strangers can reach it.',
    ],
  },
  'network-unreachable': {
    zh: ['{key}（{at}）在网络上没有应答。', '请检查电源、网线和地址。'],
    en: ['Nobody answers at {at}, where the {key} should be.', 'Check its power, its cable and the address.'],
  },
  'network-refused': {
    zh: ['{key}（{at}）拒绝连接。', '打印机同时只接受一台主机：请关闭占用它的程序，或检查端口号。'],
    en: [
      '{at} refused the connection of the {key}.',
      'A printer takes one computer at a time: stop the other one, or check the port.',
    ],
  },
  'usb-refused': {
    zh: [
      '{device} 已插入 USB（{at}），被本机拒绝：{fix}。',
      '如果不是您的人插的，请拔掉并查看现场；如果需要它，请把编号写入 /var/lib/yingbin/usb-allow.list。',
    ],
    en: [
      '{device} was plugged into USB ({at}) and refused: {fix}.',
      'If none of your people plugged it in, take it out and look at the site; if it is needed, add its number to /var/lib/yingbin/usb-allow.list.',
    ],
  },
  'not-configured': {
    zh: ['{device} 已接入，但配置中没有使用。', '如需使用，请在配置中写入：'],
    en: ['{device} is plugged in and not in the config.', 'To use it, write into the config:'],
  },
  unknown: {
    zh: ['{device} 已接入，设备表中没有它。', '如果是读卡器或打印机，可以试用这个地址：'],
    en: [
      '{device} is plugged in and not in the table of known devices.',
      'If it is a reader or a printer, try this address:',
    ],
  },
  'unsupported-smart-card': {
    zh: ['{device} 是智能卡读写器，需要 PC/SC 服务，本产品不使用。', '请换用免驱（键盘型）或串口读卡器。'],
    en: [
      '{device} needs a smart-card service (PC/SC), which this product does not use.',
      'Use a keyboard-type or serial reader instead.',
    ],
  },
  'unsupported-printer': {
    zh: ['{device} 不支持 ESC/POS 指令。', '请换用 ESC/POS 打印机，或把它切换到 ESC/POS 模式。'],
    en: ['{device} does not speak ESC/POS.', 'Use an ESC/POS printer, or switch it to ESC/POS emulation.'],
  },
};

const keyNames: Readonly<Record<DeviceKey, Readonly<Record<FindingLanguage, string>>>> = {
  reader: { zh: '读卡器', en: 'card reader' },
  secondReader: { zh: '第二读卡器', en: 'second card reader' },
  printer: { zh: '打印机', en: 'printer' },
  fallbackPrinter: { zh: '备用打印机', en: 'fallback printer' },
  panel: { zh: '控制面板', en: 'control panel' },
};

export function findingText(finding: Finding, language: FindingLanguage): FindingSentences {
  const [what, doThis] = sentences[finding.code][language];
  const fill = (text: string): string =>
    text.replaceAll(/\{(key|device|at|fix)\}/g, (_, name) => {
      if (name === 'key') return finding.key === null ? '' : keyNames[finding.key][language];
      if (name === 'fix') return finding.fix.length > 0 ? finding.fix.join(', ') : '?';
      return (name === 'device' ? finding.device : finding.at) ?? '?';
    });
  return { what: fill(what), doThis: fill(doThis) };
}

export function deviceKeyName(key: DeviceKey, language: FindingLanguage): string {
  return keyNames[key][language];
}
