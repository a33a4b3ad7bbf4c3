// What is said about taking away and erasing all that is known of a person, in Chinese and English.
import type { ErasureReason, OpenThing } from '../../../sync/headquarters/api/person-api.ts';
import type { Language } from '../text.ts';

const zh = {
  heading: '个人信息权利',
  export: '导出全部资料',
  exported: '已导出，请只交给本人。',
  erase: '删除个人信息…',
  title: (id: string) => `删除客户 ${id} 的个人信息`,
  happens: [
    '删除：姓名、电话、密码、生日、房产、会员卡、联系意愿、收藏、照片，以及其诉求、评价、问卷里自己写的话。',
    '保留但不再指向任何人：编号、时间、积分与金额、签到和购房记录、审计记录。',
    '所有终端随后不再认识此人；会员卡立即无效。',
    '此前的备份里仍有这些资料，直到备份过期；用旧备份恢复后要再删除一次。',
    '同一电话以后可以重新入会，成为新会员。',
  ],
  reason: '原因',
  reasons: {
    'own-wish': '本人要求',
    'consent-withdrawn': '本人撤回同意',
    'no-longer-needed': '已不再需要',
    'collected-wrongly': '收集有误',
    'kept-too-long': '超过保存期限',
  } as Record<ErasureReason, string>,
  label: '永久删除',
  done: '个人信息已删除。',
  erasedAt: (at: string) => `个人信息已于 ${at} 删除。`,
  openTitle: '还不能删除，请先办结：',
  kinds: {
    request: '诉求',
    purchase: '购房手续',
    'hand-over': '交付预约',
    photo: '照片（本机删不掉，请启用照片服务）',
  } as Record<OpenThing['kind'], string>,
  problems: {
    'person-needed': '刚刚有事项还没办结，请关闭后重新查看。',
    'other-id': '输入的编号不对。',
  } as Record<string, string>,
};
export type PersonErasureTexts = typeof zh;

const en: PersonErasureTexts = {
  heading: 'Rights to own data',
  export: 'Export all data',
  exported: 'Exported. Hand it to nobody but the person.',
  erase: 'Erase personal data…',
  title: (id) => `Erase the personal data of ${id}`,
  happens: [
    'Goes: name, telephone, PIN, birthday, homes, cards, wishes about contact, shortlist, pictures, and their own words in requests, ratings and surveys.',
    'Stays, and names nobody any more: ids, times, points and amounts, check-ins, purchases, the audit.',
    'No terminal knows the person from then on, and the cards are void.',
    'Backups of before hold the data until they expire; after one is restored, erase once more.',
    'The same telephone may join again later, as a new member.',
  ],
  reason: 'Reason',
  reasons: {
    'own-wish': 'The person asks for it',
    'consent-withdrawn': 'Consent was withdrawn',
    'no-longer-needed': 'No longer needed',
    'collected-wrongly': 'Collected wrongly',
    'kept-too-long': 'Kept long enough',
  },
  label: 'Erase for good',
  done: 'The personal data is erased.',
  erasedAt: (at) => `The personal data was erased on ${at}.`,
  openTitle: 'Not yet: please close first',
  kinds: {
    request: 'Request',
    purchase: 'Purchase',
    'hand-over': 'Hand-over',
    photo: 'Picture (cannot be deleted here: turn the picture service on)',
  },
  problems: {
    'person-needed': 'Something has just come that needs the person: close this and look again.',
    'other-id': 'The id that was typed is another one.',
  },
};

export const personErasureTexts: Readonly<Record<Language, PersonErasureTexts>> = { zh, en };
