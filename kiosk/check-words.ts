// What the checks are called, what they found, and what to do where something is amiss; Chinese, then English.
import type { Check, CheckName } from '../sync/contract/diagnosis.ts';

type Both = readonly [zh: string, en: string];

export const checkNameWords: Readonly<Record<CheckName, Both>> = {
  'under-voltage': ['供电', 'Power supply'],
  temperature: ['温度', 'Temperature'],
  memory: ['内存', 'Memory'],
  'disk-space': ['磁盘空间', 'Room on the disk'],
  'write-latency': ['磁盘速度', 'Speed of the disk'],
  'data-partition': ['数据分区', 'Data partition'],
  clock: ['本机时间', 'Clock of this machine'],
  'name-service': ['总部的地址', 'Address of headquarters'],
  headquarters: ['总部的入口', 'Headquarters’ door'],
  broker: ['与总部的连接', 'The line to headquarters'],
  certificate: ['入网证书', 'Certificate'],
  release: ['程序版本', 'Version of the program'],
  services: ['程序稳定', 'The program keeps running'],
  display: ['屏幕', 'Display'],
  'screen-paint': ['画面刷新', 'The page draws'],
  reader: ['读卡器', 'Card reader'],
  'second-reader': ['第二读卡器', 'Second card reader'],
  printer: ['打印机', 'Printer'],
  'fallback-printer': ['备用打印机', 'Fallback printer'],
  panel: ['按钮面板', 'Button panel'],
  'attached-devices': ['插上的设备', 'What is plugged in'],
  'waiting-facts': ['待上报记录', 'Records not sent yet'],
  'oldest-fact': ['最早的待上报记录', 'The oldest of them'],
  'waiting-slips': ['待打印小票', 'Slips that wait'],
};

/** The figure that a person would ask for. */
export const figureWords: Partial<Record<CheckName, (values: Check['values']) => Both | undefined>> = {
  temperature: ({ celsius }) => figure(celsius, (n) => [`${Math.round(n)} °C`, `${Math.round(n)} °C`]),
  memory: ({ freeBytes }) => figure(freeBytes, megabytes),
  'disk-space': ({ freeBytes }) => figure(freeBytes, megabytes),
  certificate: ({ days }) => figure(days, (n) => [`还有 ${n} 天`, `${n} days left`]),
  'waiting-facts': ({ facts }) => figure(facts, (n) => [`${n} 条`, `${n}`]),
  'oldest-fact': ({ ageMs }) =>
    figure(ageMs, (ms) => [`${Math.round(ms / 60_000)} 分钟前`, `${Math.round(ms / 60_000)} min ago`]),
  'waiting-slips': ({ slips }) => figure(slips, (n) => [`${n} 张`, `${n}`]),
};

const call: Both = ['请联系总部技术人员。', 'Call headquarters’ IT.'];
const letThrough: Both = [
  '请让网络管理员放行总部的地址和端口。',
  'Have the network’s administrator let headquarters’ address and port through.',
];
const send: Both = ['请接通网络，记录会自己上报。', 'Connect the network: they are sent by themselves.'];
const fullDisk: Both = [
  '磁盘快满了：请联系总部技术人员。',
  'The disk is nearly full: call headquarters’ IT.',
];
const anew: Both = [
  '证书平时自动续期：请接通网络；过期太久就在“入网”页重新入网。',
  'It renews itself: connect the network. When it has been over for long, enrol anew on page Enrolment.',
];

export const checkCodeWords: Readonly<Record<string, Both>> = {
  'under-voltage': [
    '供电不足：请换用原配的电源。',
    'Too little power: use the power supply that came with it.',
  ],
  'too-hot': ['太热：请检查机箱的通风口和风扇。', 'Too hot: look at the housing’s air vents and fan.'],
  'memory-low': ['内存不足：请在“系统”页重启程序。', 'Little memory: restart the program on page System.'],
  'disk-full': fullDisk,
  'disk-slow': ['存储卡变慢：请联系总部更换。', 'The card has become slow: have headquarters replace it.'],
  'read-only': ['存储卡写不进去：请联系总部更换。', 'The card cannot be written to: have it replaced.'],
  'clock-behind': ['请接通网络，时间会自动校准。', 'Connect the network: the clock sets itself.'],
  'clock-off': ['请技术人员检查对时服务。', 'IT: look at the time service.'],

  'name-unknown': ['请让网络管理员检查 DNS。', 'Have the network’s administrator look at DNS.'],
  'headquarters-away': letThrough,
  'headquarters-fault': ['总部服务有故障：请联系总部技术人员。', 'Headquarters has a fault: call its IT.'],
  'headquarters-foreign': [
    '应答的不是总部：网络中可能有代理，请让网络管理员检查。',
    'Somebody else answers: have the network’s administrator look for a proxy.',
  ],
  'root-unreadable': call,
  offline: [
    '请看“网络”页，从第一个有问题的地方开始处理。',
    'See page Network, and begin with the first that is amiss.',
  ],
  'certificate-ends': anew,
  'certificate-over': anew,
  'certificate-unreadable': anew,
  'rolled-back': [
    '新版本没有成功，已退回原版本：请告诉总部技术人员。',
    'An update failed and was taken back: tell headquarters’ IT.',
  ],
  flapping: [
    '程序反复重启：请联系总部技术人员。',
    'The program starts again and again: call headquarters’ IT.',
  ],
  'no-display': ['请检查屏幕的电源和连线。', 'Look at the display’s power and cable.'],
  'screen-slow': ['画面慢：请在“系统”页重启程序。', 'The page is slow: restart the program on page System.'],
  'screen-not-drawn': [
    '画面没有响应：请在“系统”页重启整机。',
    'The page does not answer: restart the machine on page System.',
  ],
  'many-facts': send,
  'old-facts': send,
  'many-slips': ['请检查打印机和纸。', 'Look at the printer and its paper.'],
  'check-hangs': ['这一项没有查完：请重新检查。', 'This one did not end: check again.'],
};

export const otherCode: Both = [
  '请联系总部技术人员，并告诉他们代码。',
  'Call headquarters’ IT and tell the code.',
];

function figure(value: Check['values'][string] | undefined, say: (value: number) => Both): Both | undefined {
  return typeof value === 'number' ? say(value) : undefined;
}

function megabytes(bytes: number): Both {
  const mb = Math.floor(bytes / 1_048_576);
  return [`剩余 ${mb} MB`, `${mb} MB left`];
}
