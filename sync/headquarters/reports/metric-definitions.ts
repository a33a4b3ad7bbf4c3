// The eleven figures of the month's report as data: what is counted of what, which way is better, and from where on a region must act.
import type { Words } from '../../contract/ids.ts';

export const metricCodes = [
  'timeliness',
  'closing',
  'first-satisfaction',
  'hand-over-satisfaction',
  'complaint-rate',
  'escalation-rate',
  'first-service-satisfaction',
  'reply-timeliness',
  'contact-timeliness',
  'engineering-quality',
  'planning-design',
] as const;
export type MetricCode = (typeof metricCodes)[number];

export interface MetricDefinition {
  readonly code: MetricCode;
  readonly name: Words;
  /** share = part ÷ whole */
  readonly part: Words;
  readonly whole: Words;
  readonly better: 'higher' | 'lower';
  /** in 1/10,000; a region that is worse gets a rectification task; null = none */
  readonly threshold: number | null;
}

/** Of 5 points, this and more is satisfied. */
export const satisfiedFrom = 4;

const w = (zh: string, en: string): Words => ({ zh, en });

export const metricDefinitions: readonly MetricDefinition[] = [
  {
    code: 'timeliness',
    name: w('及时率', 'Timeliness'),
    part: w('其中按时办结的任务', 'those closed by their deadline'),
    whole: w('本月到期的任务', 'tasks whose deadline fell in the month'),
    better: 'higher',
    threshold: 9_000,
  },
  {
    code: 'closing',
    name: w('关闭率', 'Closing rate'),
    part: w('其中月末前已关闭的诉求', 'those closed before its end'),
    whole: w('本月受理的有效诉求', 'valid requests filed in the month'),
    better: 'higher',
    threshold: 8_500,
  },
  {
    code: 'first-satisfaction',
    name: w('一次满意度', 'Satisfied at the first call-back'),
    part: w('其中答“已解决”的', 'those that said “solved”'),
    whole: w(
      '本月首次回访接通的诉求',
      'requests whose first call-back that reached somebody was in the month',
    ),
    better: 'higher',
    threshold: 8_500,
  },
  {
    code: 'hand-over-satisfaction',
    name: w('入伙满意度', 'Satisfied with the hand-over'),
    part: w('其中 4 分及以上的', 'those of 4 points or more'),
    whole: w('本月集中交付的评分', 'ratings of hand-overs in the month'),
    better: 'higher',
    threshold: 9_000,
  },
  {
    code: 'complaint-rate',
    name: w('投诉率', 'Complaint rate'),
    part: w('其中的投诉', 'those that are complaints'),
    whole: w('本月受理的有效诉求', 'valid requests filed in the month'),
    better: 'lower',
    threshold: 2_000,
  },
  {
    code: 'escalation-rate',
    name: w('升级率', 'Escalation rate'),
    part: w('其中月末前升过级的', 'those that climbed before its end'),
    whole: w('本月受理的有效诉求', 'valid requests filed in the month'),
    better: 'lower',
    threshold: 1_000,
  },
  {
    code: 'first-service-satisfaction',
    name: w('一次服务满意度', 'Solved by the first service'),
    part: w('其中结果为“已解决”且从未重开的', 'those solved and never reopened'),
    whole: w('本月关闭的有效诉求', 'valid requests closed in the month'),
    better: 'higher',
    threshold: 8_000,
  },
  {
    code: 'reply-timeliness',
    name: w('回复及时率', 'Replies in time'),
    part: w('其中在时限内首次回复的', 'those whose first reply came by then'),
    whole: w('回复时限在本月的有效诉求', 'valid requests whose reply was due in the month'),
    better: 'higher',
    threshold: 9_500,
  },
  {
    code: 'contact-timeliness',
    name: w('联系客户及时率', 'Customers met in time'),
    part: w('其中在时限内上门见到客户的', 'those where somebody was on site by then'),
    whole: w('上门时限在本月的有效诉求', 'valid requests whose visit was due in the month'),
    better: 'higher',
    threshold: 9_000,
  },
  {
    code: 'engineering-quality',
    name: w('工程质量', 'Quality of the building'),
    part: w('其中 4 分及以上的', 'those of 4 points or more'),
    whole: w('本月对工程质量及其细项的评分', 'ratings of engineering and its details in the month'),
    better: 'higher',
    threshold: 8_000,
  },
  {
    code: 'planning-design',
    name: w('规划设计', 'Planning and design'),
    part: w('其中 4 分及以上的', 'those of 4 points or more'),
    whole: w('本月对规划设计及其细项的评分', 'ratings of design and its details in the month'),
    better: 'higher',
    threshold: 8_000,
  },
];

/** Causes of problems, as the month's structure shows them. */
export const causes = ['material', 'engineering', 'design', 'property', 'service', 'unknown'] as const;
export type Cause = (typeof causes)[number];

export const causeNames: Readonly<Record<Cause, Words>> = {
  material: w('材料问题', 'Material'),
  engineering: w('工程质量', 'Quality of the building'),
  design: w('规划设计', 'Planning and design'),
  property: w('物业', 'Property'),
  service: w('客服与销售', 'Service and sales'),
  unknown: w('未归类', 'Not classified'),
};

/** What a task is counted as while nobody has said its cause; other ports are `unknown`. */
export const causeOfPort: Readonly<Record<string, Cause>> = {
  engineering: 'engineering',
  design: 'design',
  property: 'property',
  sales: 'service',
  'customer-service': 'service',
  service: 'service',
};
