// What each check of a diagnosis is called and what to do when it is not well, in Chinese and English.
import type { CheckName, CheckState } from '../../../sync/headquarters/api.ts';
import type { Language } from '../text.ts';

interface CheckSaid {
  readonly name: string;
  /** what to do about it */
  readonly remedy: string;
}

const zhChecks: Readonly<Record<CheckName, CheckSaid>> = {
  'under-voltage': {
    name: '供电电压',
    remedy: '换用原装 5 V 电源和短粗的线，不要从插线板的 USB 口取电。',
  },
  temperature: { name: '温度', remedy: '清理风口和灰尘，避开阳光和暖气；风扇不转就换风扇。' },
  memory: { name: '内存', remedy: '重新启动整机；几天后又满，请把这份报告发给供应商。' },
  'disk-space': { name: '存储空间', remedy: '先等待上传的记录传完，再重启整机清理；仍然不足就换更大的卡。' },
  'write-latency': { name: '写入速度', remedy: '存储卡快坏了：备好新卡，在它坏之前按「更换设备」换下。' },
  'data-partition': { name: '数据分区', remedy: '重启整机，让它自己修复；仍不行就换存储卡重新登记。' },
  clock: { name: '时钟', remedy: '查网络能否访问时间服务器；没有时钟电池的主板断电后要先联网对时。' },
  'name-service': { name: '域名解析', remedy: '查路由器的 DNS，或在维护屏的「网络」里重新设置。' },
  headquarters: { name: '连总部', remedy: '查网线或 Wi-Fi，再查防火墙是否放行总部的地址和端口。' },
  broker: { name: '消息服务', remedy: '先看其他终端是否也连不上；只有这台，就立即更换它的证书。' },
  certificate: { name: '证书', remedy: '点「立即更换证书」；已过期 30 天以上，就要重新签发凭证再登记。' },
  release: { name: '程序版本', remedy: '它退回了旧版：到「版本与发布」看原因，修好后再发。' },
  services: {
    name: '后台服务',
    remedy: '看实时日志里最后的错误；重启程序后仍反复退出，请撤回最近一次发布。',
  },
  display: { name: '显示屏', remedy: '查屏幕的电源和视频线；分辨率不对时重启整机。' },
  'screen-paint': { name: '画面刷新', remedy: '重启终端程序；仍是白屏就重启整机。' },
  reader: { name: '读卡器', remedy: '重新插紧 USB 线，换一个口，再点「试读一张卡」。' },
  'second-reader': { name: '第二读卡器', remedy: '重新插紧 USB 线，换一个口，再点「试读一张卡」。' },
  printer: { name: '打印机', remedy: '请现场装纸、合盖、开电源，再点「打印测试页」。' },
  'fallback-printer': { name: '备用打印机', remedy: '请现场装纸、合盖、开电源，再点「打印测试页」。' },
  panel: { name: '控制面板', remedy: '查面板的 USB 线；灯和按钮都不动就断电再插。' },
  'attached-devices': { name: '接入的设备', remedy: '请现场拔掉不认识的设备，查清是谁插的。' },
  'waiting-facts': {
    name: '待上传的记录',
    remedy: '在线却不减少：看「搁置的消息」和网络；离线的等连上后自动补传。',
  },
  'oldest-fact': { name: '最早的未上传记录', remedy: '查网络；超过一天仍不传，请把这份报告发给供应商。' },
  'waiting-slips': { name: '待打印的小票', remedy: '请现场装纸、合盖；打不出来的会自己作废。' },
};
const enChecks: Readonly<Record<CheckName, CheckSaid>> = {
  'under-voltage': {
    name: 'Supply voltage',
    remedy: 'Use the maker’s 5 V supply and a short thick cable, not the USB port of a socket strip.',
  },
  temperature: {
    name: 'Temperature',
    remedy: 'Clean its vents, keep it from sun and heating; replace a fan that stands.',
  },
  memory: {
    name: 'Memory',
    remedy: 'Restart the machine. Full again in some days: send this report to the maker.',
  },
  'disk-space': {
    name: 'Disk space',
    remedy: 'Wait until it has uploaded all, then restart the machine; still short: take a larger card.',
  },
  'write-latency': {
    name: 'Write speed',
    remedy: 'The card is wearing out: have a new one at hand and replace it before it fails.',
  },
  'data-partition': {
    name: 'Data partition',
    remedy: 'Restart the machine, it mends itself; else take a new card and enrol it.',
  },
  clock: {
    name: 'Clock',
    remedy:
      'See whether it reaches its time servers; a board without a battery needs them after a power cut.',
  },
  'name-service': {
    name: 'Name service',
    remedy: 'See the router’s DNS, or set the network anew on the maintenance screen.',
  },
  headquarters: {
    name: 'Headquarters',
    remedy: 'See cable or Wi-Fi, then whether the firewall lets headquarters’ address and ports through.',
  },
  broker: {
    name: 'Broker',
    remedy: 'See whether other terminals are cut off too; if it is this one alone, change its certificate.',
  },
  certificate: {
    name: 'Certificate',
    remedy: 'Change the certificate now; over for more than 30 days: issue a claim and enrol it again.',
  },
  release: {
    name: 'Release',
    remedy: 'It went back to the one before: see why under Releases, mend it, and send it again.',
  },
  services: {
    name: 'Services',
    remedy:
      'See the last errors of its log; if they keep failing after a restart, roll back the last release.',
  },
  display: {
    name: 'Display',
    remedy: 'See the screen’s power and video cable; of a wrong size restart the machine.',
  },
  'screen-paint': {
    name: 'Screen paints',
    remedy: 'Restart its program; if it stays white, restart the machine.',
  },
  reader: { name: 'Reader', remedy: 'Plug its cable in again, try another port, then try a card.' },
  'second-reader': {
    name: 'Second reader',
    remedy: 'Plug its cable in again, try another port, then try a card.',
  },
  printer: {
    name: 'Printer',
    remedy: 'Have paper put in, the cover shut and power on, then print a test page.',
  },
  'fallback-printer': {
    name: 'Second printer',
    remedy: 'Have paper put in, the cover shut and power on, then print a test page.',
  },
  panel: {
    name: 'Control panel',
    remedy: 'See its USB cable; if neither lamp nor button works, unplug it and plug it in again.',
  },
  'attached-devices': {
    name: 'Attached devices',
    remedy: 'Have what nobody knows unplugged, and find out who put it there.',
  },
  'waiting-facts': {
    name: 'Facts to upload',
    remedy:
      'Online and not fewer: see what was set aside, and the network; one that is away sends them later.',
  },
  'oldest-fact': {
    name: 'Oldest fact to upload',
    remedy: 'See the network; still there after a day: send this report to the maker.',
  },
  'waiting-slips': {
    name: 'Slips to print',
    remedy: 'Have paper put in and the cover shut; what cannot be printed is given up by itself.',
  },
};

const zh = {
  checks: zhChecks,
  states: { ok: '正常', care: '要留意', bad: '有问题', none: '没有', unknown: '看不出' } satisfies Record<
    CheckState,
    string
  >,
  well: (n: number) => `${n} 项都正常`,
  wrong: (bad: number, care: number) =>
    [bad > 0 ? `${bad} 项有问题` : '', care > 0 ? `${care} 项要留意` : ''].filter(Boolean).join('，'),
  took: (seconds: string, checks: number) => `${checks} 项检查，用时 ${seconds} 秒`,
  check: '检查',
  state: '结果',
  found: '看到',
  remedy: '怎么办',
  rest: (n: number) => `其余 ${n} 项正常或没有`,
  unreadable: '报告看不懂：终端的版本可能更新。请下载后发给供应商。',
  log: (n: number) => `最近 ${n} 行日志`,
};
const en: typeof zh = {
  checks: enChecks,
  states: { ok: 'well', care: 'take care', bad: 'wrong', none: 'has none', unknown: 'not told' },
  well: (n) => `All ${n} are well`,
  wrong: (bad, care) =>
    [bad > 0 ? `${bad} wrong` : '', care > 0 ? `${care} to take care of` : ''].filter(Boolean).join(', '),
  took: (seconds, checks) => `${checks} checks in ${seconds} s`,
  check: 'Check',
  state: 'Result',
  found: 'Found',
  remedy: 'What to do',
  rest: (n) => `The other ${n} are well, or it has none`,
  unreadable:
    'The report cannot be read here: the terminal may be newer. Download it and send it to the maker.',
  log: (n) => `Its last ${n} lines of log`,
};

export const diagnosisWords: Readonly<Record<Language, typeof zh>> = { zh, en };
