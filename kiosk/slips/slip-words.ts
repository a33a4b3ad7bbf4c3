// The words that stand on slips, and the head and foot that they share.
import type { SlipLine } from '../../device/receipt-printer.ts';
import type { Words } from '../../sync/contract/ids.ts';
import { requestTopic } from '../../sync/contract/request-topics.ts';
import type { RequestKind, RequestRow } from '../../sync/contract/requests.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Language } from '../screen.ts';

const zh = {
  checkedIn: '活动签到成功',
  birthday: '祝您生日快乐!',
  member: '会员',
  level: '级别',
  event: '活动',
  session: '场次',
  place: '地点',
  time: '时间',
  treatment: '专属礼遇',
  pointsEarned: '本次积分',
  balance: '积分余额',
  unitTitle: '房源信息',
  project: '项目',
  unit: '房源',
  layout: '户型',
  area: '建筑面积',
  facing: '朝向',
  pricePerM2: '单价',
  price: '总价',
  state: '销控状态',
  adverse: '不利因素公示(1公里内)',
  noAdverse: '无',
  approvedAt: '审核发布',
  scan: '扫码保存到手机',
  disclaimer: '以最终签约合同为准',
  requestTitle: '诉求已受理',
  number: '诉求编号',
  problem: '问题',
  ownWords: '描述',
  port: '责任部门',
  replyBy: '最迟回复',
  onSiteBy: '最迟上门',
  callBack: '回电',
  addPhotos: '扫码可用手机添加照片',
  keep: '请保留小票,凭编号查询进度',
  help: '服务热线',
  copy: (n: number): string => `补打 ${n}`,
};

const en: typeof zh = {
  checkedIn: 'Checked in',
  birthday: 'Happy birthday!',
  member: 'Member',
  level: 'Level',
  event: 'Event',
  session: 'Session',
  place: 'Place',
  time: 'Time',
  treatment: 'For you',
  pointsEarned: 'Points earned',
  balance: 'Points balance',
  unitTitle: 'Home details',
  project: 'Project',
  unit: 'Home',
  layout: 'Layout',
  area: 'Floor area',
  facing: 'Facing',
  pricePerM2: 'Price per m2',
  price: 'Price',
  state: 'Sales state',
  adverse: 'Adverse facts within 1 km',
  noAdverse: 'None',
  approvedAt: 'Approved',
  scan: 'Scan to keep on your phone',
  disclaimer: 'The signed contract prevails',
  requestTitle: 'Request received',
  number: 'Number',
  problem: 'Problem',
  ownWords: 'In your words',
  port: 'Department',
  replyBy: 'Reply by',
  onSiteBy: 'On site by',
  callBack: 'Call back',
  addPhotos: 'Scan to add photos by phone',
  keep: 'Keep this slip: the number shows the progress',
  help: 'Help line',
  copy: (n: number): string => `COPY ${n}`,
};

export const slipWords: Readonly<Record<Language, typeof zh>> = { zh, en };

const requestNames: Readonly<Record<RequestKind, Words>> = {
  repair: { zh: '报修', en: 'Repair' },
  selfCheckRepair: { zh: '自查维修', en: 'Repair (own inspection)' },
  complaint: { zh: '投诉', en: 'Complaint' },
  enquiry: { zh: '咨询', en: 'Question' },
  praise: { zh: '表扬', en: 'Praise' },
  handover: { zh: '集中交付', en: 'Hand-over' },
};

/** What a request is called that was said in words alone. */
/** 投诉 · 物业服务 */
export function requestName(
  { request = 'repair', topic }: Pick<RequestRow, 'request' | 'topic'>,
  language: Language,
): string {
  const about = topic && requestTopic(topic)?.name[language];
  return about ? `${requestNames[request][language]} · ${about}` : requestNames[request][language];
}

/** Nothing on the first print; on every later one a mark that cannot be missed. */
export function copyMark(copy: number, language: Language): readonly SlipLine[] {
  return copy === 0
    ? []
    : [{ kind: 'text', text: `【${slipWords[language].copy(copy)}】`, align: 'centre', bold: true }];
}

export function slipFoot({ site, session: { language } }: RuleContext): readonly SlipLine[] {
  const words = slipWords[language];
  const footer = site.slipFooter[language];
  return [
    ...(footer === '' ? [] : [{ kind: 'text', text: footer, align: 'centre' } as const]),
    { kind: 'text', text: `${words.help} ${site.helpPhone}`, align: 'centre' },
  ];
}
