// The rules of the service as they are shipped: the profiles of 沿海 and 蓝光, reasons to pause, calls.
import { type Calendar, openAlways } from '../../contract/calendar.ts';
import type { ServiceRules } from '../api/service-rules-api.ts';

const nineToSix = [{ from: '09:00', to: '18:00' }];
const weekdays: Calendar = {
  timeZone: 'Asia/Shanghai',
  week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
  holidays: [],
  workdays: [],
};

/** Nothing is assigned: until headquarters chooses, the clocks of the library hold, which are those of `coastal`. */
export const shippedRules: ServiceRules = {
  profiles: [
    {
      code: 'coastal',
      name: { zh: '沿海：10 分钟回复，1 小时到场', en: 'Coastal: reply in 10 min, on site in 1 h' },
      replyMin: 10,
      onSiteMin: 60,
      messageDays: null,
      calendar: openAlways,
    },
    {
      code: 'bluelight',
      name: { zh: '蓝光：1 小时答复，留言 1 个工作日', en: 'Bluelight: answer in 1 h, messages in 1 day' },
      replyMin: 60,
      onSiteMin: null,
      messageDays: 1,
      calendar: weekdays,
    },
  ],
  assignments: [],
  pauseReasons: [
    { code: 'owner-away', name: { zh: '业主不在', en: 'the owner is away' } },
    { code: 'owner-asked', name: { zh: '应业主要求', en: 'the owner asked for it' } },
    { code: 'weather', name: { zh: '天气原因', en: 'weather' } },
    { code: 'material', name: { zh: '等待材料', en: 'waiting for material' } },
    { code: 'third-party', name: { zh: '等待第三方', en: 'waiting for a third party' } },
  ],
  calls: { firstAfterMin: 24 * 60, nextAfterMin: 2 * 60, attempts: 5 },
};
