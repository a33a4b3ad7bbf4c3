// What a complaint, a question or praise is about when it is tapped and not classified: one list for terminals and headquarters.
import type { Words } from './ids.ts';

export interface RequestTopic {
  /** stands in facts; never reused for another meaning */
  readonly code: string;
  /** who is to answer; a port of the shipped library */
  readonly port: string;
  readonly name: Words;
}

const topic = (code: string, port: string, zh: string, en: string): RequestTopic => ({
  code,
  port,
  name: { zh, en },
});

export const requestTopics = {
  complaint: [
    topic('c-repair', 'engineering', '维修拖延或反复', 'Repairs late or again and again'),
    topic('c-quality', 'engineering', '房屋质量', 'Quality of the home'),
    topic('c-property', 'property', '物业服务', 'Property management'),
    topic('c-safety', 'property', '安全与秩序', 'Safety and order'),
    topic('c-promise', 'sales', '销售承诺不符', 'Promises at the sale'),
    topic('c-design', 'design', '规划与设计', 'Planning and design'),
    topic('c-attitude', 'service', '工作人员态度', 'How staff behave'),
    topic('c-other', 'service', '其他', 'Something else'),
  ],
  enquiry: [
    topic('q-purchase', 'sales', '买房与价格', 'Buying and prices'),
    topic('q-contract', 'sales', '签约与贷款', 'Contract and mortgage'),
    topic('q-title', 'sales', '产权与办证', 'Title and certificates'),
    topic('q-hand-over', 'service', '交付与验房', 'Hand-over and inspection'),
    topic('q-warranty', 'engineering', '保修与维修', 'Warranty and repairs'),
    topic('q-property', 'property', '物业费与服务', 'Fees and services of the property'),
    topic('q-club', 'service', '会员与积分', 'Membership and points'),
    topic('q-other', 'service', '其他问题', 'Any other question'),
  ],
  praise: [
    topic('p-repair', 'engineering', '维修师傅', 'The people who repaired'),
    topic('p-property', 'property', '物业人员', 'The property staff'),
    topic('p-service', 'service', '客服人员', 'Customer service'),
    topic('p-sales', 'sales', '销售顾问', 'The sales adviser'),
    topic('p-event', 'service', '活动与会所', 'Events and the club'),
    topic('p-home', 'design', '房屋与社区', 'The home and the community'),
  ],
} as const satisfies Record<string, readonly RequestTopic[]>;

/** @returns undefined for a code of another version */
export function requestTopic(code: string): RequestTopic | undefined {
  return Object.values(requestTopics)
    .flat()
    .find((each) => each.code === code);
}
