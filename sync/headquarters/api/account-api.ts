// CONTRACT between headquarters' API and the console: who is signed in, accounts, and what was done by whom.
import * as v from 'valibot';

/** 客服 业务端口 经理 高管 客户会 销售 信息技术 */
export const roles = ['service-desk', 'port', 'manager', 'executive', 'club', 'sales', 'it'] as const;
export type Role = (typeof roles)[number];

export const accountAnswers = {
  /** GET /api/me: whose session or token it is */
  me: v.object({
    account: v.string(),
    name: v.string(),
    roles: v.array(v.picklist(roles)),
    ports: v.array(v.string()),
  }),
} as const;
export type AccountAnswers = {
  [K in keyof typeof accountAnswers]: v.InferOutput<(typeof accountAnswers)[K]>;
};
export type Me = AccountAnswers['me'];
