// Who looked for whom, and what was done with what is known of them, for the audit page, in both languages.

export const personWhatsZh = {
  'person-viewed': '查看客户',
  'person-exported': '导出客户的全部资料',
  'person-erased': '删除客户的个人信息',
  'persons-searched': '查找客户',
} as const satisfies Readonly<Record<string, string>>;

export const personWhatsEn: Readonly<Record<keyof typeof personWhatsZh, string>> = {
  'person-viewed': 'looked at a person',
  'person-exported': 'exported all data of a person',
  'person-erased': 'erased the personal data of a person',
  'persons-searched': 'searched persons',
};
