// Believable tabs of the maintenance screen: well, and with everything amiss.
import type { Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, type Say } from './show-frame.ts';

type Maintenance = ScreenOf<'maintenance'>;
type Upkeep = Pick<Maintenance, 'checks' | 'network' | 'enrolment' | 'look' | 'system'>;

const broker = 'mq.jinshang.example:8883';
const door = 'hq.jinshang.example:8884';

export function upkeepIn(say: Say): Upkeep {
  return {
    checks: {
      isRunning: false,
      at: at('14:31'),
      rows: [
        row('reader', 'fine', say('读卡器', 'Card reader')),
        row('printer', 'fine', say('打印机', 'Printer')),
        row('network-address', 'fine', say('本机的网络地址', 'Address of this machine')),
        row('network-name', 'fine', `${say('总部的地址', 'Address of headquarters')} · hq.jinshang.example`),
        row('network-broker', 'fine', `${say('消息服务器', 'Message server')} · ${broker}`),
        row('certificate', 'fine', say('入网证书，还有 61 天', 'Certificate, 61 days left')),
        row('clock', 'fine', say('本机时间', 'Clock of this machine')),
        row('heat', 'unsure', say('温度：本机测不到', 'Temperature: this machine does not tell')),
      ],
    },
    network: {
      isLooking: false,
      ways: [{ name: 'eth0', way: 'wired', isUp: true, address: '192.168.10.27' }],
      steps: [
        { step: 'address', state: 'fine', target: null },
        { step: 'name', state: 'fine', target: 'hq.jinshang.example' },
        { step: 'door', state: 'fine', target: door },
        { step: 'broker', state: 'fine', target: broker },
        { step: 'line', state: 'fine', target: null },
      ],
      wifi: { isLooking: false, found: [], joining: null },
    },
    enrolment: {
      certificate: { until: at('09:00', '2027-01-21'), daysLeft: 61, state: 'fine' },
      canBeginAnew: true,
    },
    look: { volume: 2, loudest: 3, brightness: { now: 80, least: 20, most: 100 } },
    system: {
      stick: { kind: 'possible' },
      canRestartProgram: true,
      canRestartMachine: true,
      update: null,
    },
  };
}

export function upkeepShows(fine: Maintenance, say: Say): Record<string, Screen> {
  return {
    'maintenance-checks': { ...fine, tab: 'checks' },
    'maintenance-checks-amiss': { ...fine, tab: 'checks', checks: amiss(say) },
    'maintenance-checks-running': {
      ...fine,
      tab: 'checks',
      checks: { isRunning: true, at: null, rows: [] },
    },
    'maintenance-network': { ...fine, tab: 'network' },
    'maintenance-wifi': { ...fine, tab: 'network', network: wifi(say) },
    'maintenance-enrolment': { ...fine, tab: 'enrolment' },
    'maintenance-enrolment-over': {
      ...fine,
      tab: 'enrolment',
      enrolment: {
        certificate: { until: at('09:00', '2026-11-01'), daysLeft: -20, state: 'bad' },
        canBeginAnew: true,
      },
    },
    'maintenance-look': { ...fine, tab: 'look' },
    'maintenance-look-bare': { ...fine, tab: 'look', look: { volume: 1, loudest: 2, brightness: null } },
    'maintenance-system': { ...fine, tab: 'system' },
    'maintenance-system-update': {
      ...fine,
      tab: 'system',
      system: {
        stick: { kind: 'written', file: 'yingbin-H01-20261121T063200.json' },
        canRestartProgram: true,
        canRestartMachine: false,
        update: { kind: 'waiting', why: 'window-closed', canGoOnNow: true },
      },
    },
    'maintenance-system-fetching': {
      ...fine,
      tab: 'system',
      system: {
        stick: { kind: 'possible' },
        canRestartProgram: true,
        canRestartMachine: true,
        update: { kind: 'fetching', percent: 42 },
      },
    },
    'maintenance-stick-missing': {
      ...fine,
      tab: 'system',
      system: {
        stick: { kind: 'failed', why: 'no-stick' },
        canRestartProgram: true,
        canRestartMachine: true,
        update: null,
      },
    },
  };
}

type Row = NonNullable<Maintenance['checks']>['rows'][number];

function row(code: string, state: Row['state'], what: string, doThis: string | null = null): Row {
  return { code, state, what, doThis };
}

function amiss(say: Say): Upkeep['checks'] {
  const fine = upkeepIn(say).checks?.rows ?? [];
  return {
    isRunning: false,
    at: at('14:31'),
    rows: [
      row(
        'printer-paper-out',
        'bad',
        say('打印机', 'Printer'),
        say('请换一卷打印纸。', 'Put in a new paper roll.'),
      ),
      row(
        'network-broker',
        'bad',
        `${say('消息服务器', 'Message server')} · ${broker}`,
        say(
          '请让网络管理员放行这个地址和端口。',
          'Have the network’s administrator let this address and port through.',
        ),
      ),
      row(
        'disk',
        'care',
        say('磁盘剩余 312 MB', '312 MB left on the disk'),
        say('磁盘快满了：请联系总部技术人员。', 'The disk is nearly full: call headquarters’ IT.'),
      ),
      ...fine.filter(({ code }) => code !== 'printer' && code !== 'network-broker'),
    ],
  };
}

function wifi(say: Say): Upkeep['network'] {
  return {
    isLooking: false,
    ways: [],
    steps: [
      { step: 'address', state: 'bad', target: null },
      { step: 'name', state: 'bad', target: 'hq.jinshang.example' },
      { step: 'door', state: 'bad', target: door },
      { step: 'broker', state: 'bad', target: broker },
      { step: 'line', state: 'bad', target: null },
    ],
    wifi: {
      isLooking: false,
      found: [
        { ssid: say('锦上花城-售楼处', 'Jinshang-Gallery'), bars: 4, lock: 'key' },
        { ssid: 'CMCC-2.4G', bars: 3, lock: 'key' },
        { ssid: say('访客', 'Guests'), bars: 2, lock: 'none' },
        { ssid: 'Office-802.1X', bars: 1, lock: 'other' },
      ],
      joining: { ssid: say('锦上花城-售楼处', 'Jinshang-Gallery'), state: 'wrong-key' },
    },
  };
}
