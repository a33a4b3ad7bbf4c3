// Which pages the console has: what they are called, who sees them, and where they come from. One line each.
import type { Role } from '../../sync/headquarters/api/account-api.ts';
import type { Language } from './text.ts';

type Words = Readonly<Record<Language, string>>;

export interface ConsolePage {
  /** stands in the address: `#/requests` */
  readonly tab: string;
  readonly words: Words;
  /** who sees it; the API refuses the others as well */
  readonly roles: readonly Role[];
  /** a `PageElement` that `load` defines */
  readonly element: string;
  readonly load: () => Promise<unknown>;
}
export interface PageGroup {
  readonly words: Words;
  readonly pages: readonly ConsolePage[];
}

const everybody = ['service-desk', 'port', 'manager', 'executive', 'club', 'sales', 'it'] as const;

/** In the order of the side bar; somebody's first page is the first that they see. */
export const pageGroups: readonly PageGroup[] = [
  {
    words: { zh: '我的', en: 'Mine' },
    pages: [
      {
        tab: 'inbox',
        words: { zh: '收件箱', en: 'Inbox' },
        roles: everybody,
        element: 'inbox-page',
        load: () => import('./pages/inbox-page.ts'),
      },
      {
        tab: 'account',
        words: { zh: '我的账号', en: 'My account' },
        roles: everybody,
        element: 'own-account-page',
        load: () => import('./pages/own-account-page.ts'),
      },
    ],
  },
  {
    words: { zh: '客服', en: 'Service' },
    pages: [
      {
        tab: 'requests',
        words: { zh: '诉求', en: 'Requests' },
        roles: ['service-desk', 'port', 'manager'],
        element: 'requests-page',
        load: () => import('./pages/requests-page.ts'),
      },
      {
        tab: 'tasks',
        words: { zh: '任务板', en: 'Tasks' },
        roles: ['service-desk', 'port', 'manager'],
        element: 'tasks-page',
        load: () => import('./pages/tasks-page.ts'),
      },
      {
        tab: 'call-backs',
        words: { zh: '回访', en: 'Call-backs' },
        roles: ['service-desk', 'manager'],
        element: 'call-backs-page',
        load: () => import('./pages/call-backs-page.ts'),
      },
      {
        tab: 'ladder',
        words: { zh: '投诉升级', en: 'Complaint ladder' },
        roles: ['manager', 'executive', 'service-desk'],
        element: 'ladder-page',
        load: () => import('./pages/ladder-page.ts'),
      },
      {
        tab: 'service-rules',
        words: { zh: '时限与规则', en: 'Clocks and rules' },
        roles: ['manager', 'service-desk', 'executive'],
        element: 'service-rules-page',
        load: () => import('./pages/service-rules-page.ts'),
      },
      {
        tab: 'persons',
        words: { zh: '客户查找', en: 'Find a person' },
        roles: ['service-desk', 'club', 'sales', 'manager'],
        element: 'persons-page',
        load: () => import('./pages/persons-page.ts'),
      },
      {
        tab: 'library',
        words: { zh: '问题分类库', en: 'Library' },
        roles: ['service-desk', 'manager'],
        element: 'library-page',
        load: () => import('./pages/library-page.ts'),
      },
    ],
  },
  {
    words: { zh: '客户会', en: 'Club' },
    pages: [
      {
        tab: 'members',
        words: { zh: '会员', en: 'Members' },
        roles: ['club', 'service-desk', 'sales', 'manager'],
        element: 'members-page',
        load: () => import('./pages/members-page.ts'),
      },
      {
        tab: 'points',
        words: { zh: '积分', en: 'Points' },
        roles: ['club', 'manager', 'executive', 'service-desk'],
        element: 'points-page',
        load: () => import('./pages/points-page.ts'),
      },
      {
        tab: 'events',
        words: { zh: '活动与名单', en: 'Events and lists' },
        roles: ['club', 'manager', 'executive'],
        element: 'events-page',
        load: () => import('./pages/events-page.ts'),
      },
      {
        tab: 'lists',
        words: { zh: '会员名单', en: 'Lists of members' },
        roles: ['club'],
        element: 'lists-page',
        load: () => import('./pages/lists-page.ts'),
      },
    ],
  },
  {
    words: { zh: '销售', en: 'Sales' },
    pages: [
      {
        tab: 'board',
        words: { zh: '销控表', en: 'Sales board' },
        roles: ['sales', 'manager'],
        element: 'board-page',
        load: () => import('./pages/board-page.ts'),
      },
      {
        tab: 'board-approval',
        words: { zh: '销控审核', en: 'Board approval' },
        roles: ['sales', 'manager', 'executive'],
        element: 'board-approval-page',
        load: () => import('./pages/board-approval-page.ts'),
      },
      {
        tab: 'adverse-facts',
        words: { zh: '不利因素', en: 'Adverse facts' },
        roles: ['sales', 'manager'],
        element: 'adverse-facts-page',
        load: () => import('./pages/adverse-facts-page.ts'),
      },
      {
        tab: 'interest',
        words: { zh: '看房意向', en: 'Interest' },
        roles: ['sales', 'manager', 'executive'],
        element: 'interest-page',
        load: () => import('./pages/interest-page.ts'),
      },
      {
        tab: 'purchases',
        words: { zh: '购房与关怀', en: 'Purchases and care' },
        roles: ['sales', 'manager', 'service-desk'],
        element: 'purchases-page',
        load: () => import('./pages/purchases-page.ts'),
      },
      {
        tab: 'hand-over',
        words: { zh: '集中交付', en: 'Hand-over days' },
        roles: ['service-desk', 'manager', 'sales'],
        element: 'hand-over-page',
        load: () => import('./pages/hand-over-page.ts'),
      },
    ],
  },
  {
    words: { zh: '报告', en: 'Reports' },
    pages: [
      {
        tab: 'digest',
        words: { zh: '每日摘要', en: 'Daily digest' },
        roles: ['executive', 'manager'],
        element: 'digest-page',
        load: () => import('./pages/digest-page.ts'),
      },
      {
        tab: 'month-report',
        words: { zh: '监控月报', en: 'Monthly report' },
        roles: ['executive', 'manager', 'service-desk'],
        element: 'month-report-page',
        load: () => import('./pages/month-report-page.ts'),
      },
      {
        tab: 'kpi',
        words: { zh: '绩效', en: 'KPI' },
        roles: ['manager', 'executive'],
        element: 'kpi-page',
        load: () => import('./pages/kpi-page.ts'),
      },
      {
        tab: 'surveys',
        words: { zh: '满意度与问卷', en: 'Satisfaction' },
        roles: ['executive', 'manager', 'service-desk', 'club'],
        element: 'surveys-page',
        load: () => import('./pages/surveys-page.ts'),
      },
      {
        tab: 'public-answers',
        words: { zh: '公开问答', en: 'Public answers' },
        roles: ['service-desk', 'manager', 'executive'],
        element: 'public-answers-page',
        load: () => import('./pages/public-answers-page.ts'),
      },
    ],
  },
  {
    words: { zh: '终端与系统', en: 'Terminals and system' },
    pages: [
      {
        tab: 'terminals',
        words: { zh: '终端', en: 'Terminals' },
        roles: ['it', 'manager'],
        element: 'terminals-page',
        load: () => import('./pages/terminals-page.ts'),
      },
      {
        tab: 'enrolment',
        words: { zh: '接入与台账', en: 'Enrolment' },
        roles: ['it', 'manager'],
        element: 'enrolment-page',
        load: () => import('./pages/enrolment-page.ts'),
      },
      {
        tab: 'set-ups',
        words: { zh: '终端设置', en: 'Set-ups' },
        roles: ['it', 'manager'],
        element: 'set-ups-page',
        load: () => import('./pages/set-ups-page.ts'),
      },
      {
        tab: 'releases',
        words: { zh: '版本与发布', en: 'Releases' },
        roles: ['it', 'manager'],
        element: 'releases-page',
        load: () => import('./pages/releases-page.ts'),
      },
      {
        tab: 'facts',
        words: { zh: '实时事件', en: 'Live facts' },
        roles: ['it', 'manager', 'service-desk'],
        element: 'facts-page',
        load: () => import('./pages/facts-page.ts'),
      },
      {
        tab: 'orders',
        words: { zh: '指令', en: 'Orders' },
        roles: ['it'],
        element: 'orders-page',
        load: () => import('./pages/orders-page.ts'),
      },
      {
        tab: 'accounts',
        words: { zh: '账号', en: 'Accounts' },
        roles: ['it', 'manager'],
        element: 'accounts-page',
        load: () => import('./pages/accounts-page.ts'),
      },
      {
        tab: 'audit',
        words: { zh: '审计', en: 'Audit' },
        roles: ['it', 'manager'],
        element: 'audit-page',
        load: () => import('./pages/audit-page.ts'),
      },
    ],
  },
];
