// What was done with purchases, for the audit page, in both languages.

export const purchaseWhatsZh = {
  'purchases-imported': '导入购房资料',
  'purchase-moved': '推进购房进度',
  'purchase-moved-back': '退回购房进度',
  'purchase-paid': '登记购房付款',
} as const satisfies Readonly<Record<string, string>>;

export const purchaseWhatsEn: Readonly<Record<keyof typeof purchaseWhatsZh, string>> = {
  'purchases-imported': 'imported purchases',
  'purchase-moved': 'moved a purchase on',
  'purchase-moved-back': 'moved a purchase back',
  'purchase-paid': 'noted a payment',
};
