// The gallery's slips: what the paper says that a screen tells of.
import type { Screen } from '../../kiosk/screen.ts';
import type { ShownPaper } from '../../kiosk/shown-paper.ts';
import type { Say } from './show-frame.ts';

/** @returns null where the screen tells of no slip */
export function paperFor(screen: Screen, say: Say): ShownPaper | null {
  if (!('slip' in screen) || screen.slip === 'none') return null;
  return [
    { kind: 'title', text: say('锦上花城 · 城市展厅', 'Jinshang Garden Gallery') },
    { kind: 'text', text: headOf(screen, say), isBold: true, isCentred: true },
    { kind: 'rule' },
    { kind: 'pair', label: say('会员', 'Member'), value: say('张**', 'Zh**'), isBold: false },
    { kind: 'pair', label: say('时间', 'Time'), value: '2026-11-21 14:32', isBold: false },
    ...aboutOf(screen, say),
    { kind: 'rule' },
    {
      kind: 'text',
      text: say('服务热线 400-820-0301', 'Help line 400-820-0301'),
      isBold: false,
      isCentred: true,
    },
  ];
}

function headOf(screen: Screen, say: Say): string {
  if (screen.kind === 'checked-in') return say('活动签到成功', 'Checked in');
  return screen.kind === 'request-filed'
    ? say('诉求已受理', 'Request received')
    : say('房源信息', 'Home details');
}

function aboutOf(screen: Screen, say: Say): ShownPaper {
  if (screen.kind === 'checked-in')
    return [
      { kind: 'pair', label: say('活动', 'Event'), value: screen.event, isBold: false },
      { kind: 'pair', label: say('本次积分', 'Points earned'), value: `+${screen.points}`, isBold: false },
      { kind: 'pair', label: say('积分余额', 'Points balance'), value: `${screen.balance}`, isBold: true },
    ];
  if (screen.kind !== 'request-filed') return [];
  return [
    { kind: 'pair', label: say('诉求编号', 'Number'), value: screen.number, isBold: true },
    { kind: 'pair', label: say('问题', 'Problem'), value: screen.label, isBold: false },
    { kind: 'qr', content: screen.number },
  ];
}
