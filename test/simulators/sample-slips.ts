// Slips as the terminal prints them, for tests, benches and pictures.
import type { Slip } from '../../device/receipt-printer.ts';

/** The reference check-in slip: title, 7 rows, 3 items, QR code. */
export const checkInSlip: Slip = [
  { kind: 'title', text: '签到成功' },
  { kind: 'text', text: '锦绣花园售楼处', align: 'centre' },
  { kind: 'rule' },
  { kind: 'pair', label: '会员', value: '张**' },
  { kind: 'pair', label: '级别', value: '金卡' },
  { kind: 'pair', label: '活动', value: '春季业主答谢会' },
  { kind: 'pair', label: '场次', value: '上午场 09:30' },
  { kind: 'pair', label: '时间', value: '2026-05-20 09:41' },
  { kind: 'pair', label: '本次积分', value: '+20' },
  { kind: 'pair', label: '积分余额', value: '1,240', bold: true },
  { kind: 'rule' },
  { kind: 'pair', label: '礼品券', value: '1 张' },
  { kind: 'pair', label: '茶点券', value: '2 张' },
  { kind: 'pair', label: '抽奖号', value: 'A-0173' },
  { kind: 'rule' },
  { kind: 'qr', content: 'https://club.example.cn/c/8f3k2m9q?e=spring' },
  { kind: 'text', text: '请在活动结束前到服务台领取礼品', align: 'centre' },
];
