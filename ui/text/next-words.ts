// What comes next after each journey: who does what by when, and where to look.
import { inTongues } from './in-tongues.ts';

const zh = {
  title: '接下来',
  reply: (port: string, by: string) => `${by} 前，${port}联系您`,
  passed: (port: string) => `已转给${port}`,
  onSite: (by: string) => `${by} 前，师傅上门查看`,
  onSiteMore: '修好后由您确认，才算办完',
  track: '随时查进度',
  trackHere: '在任何一台终端刷卡，点“我的诉求”',
  trackPhone: (phone: string, number: string) => `拨打 ${phone}，报编号 ${number}`,
  joinCheckIn: '下次来，刷卡就签到、得积分',
  joinPoints: '积分、级别和礼遇，刷卡就能看',
  joinDesk: '到服务台报手机号领卡',
  joinOld: '旧卡已停用，积分都在新卡上',
};

const en: typeof zh = {
  title: 'What happens next',
  reply: (port, by) => `By ${by}: ${port} calls you`,
  passed: (port) => `Passed on to ${port}`,
  onSite: (by) => `By ${by}: we come and look`,
  onSiteMore: 'It is closed only when you say so',
  track: 'See how far it is, any time',
  trackHere: 'Swipe at any terminal and choose “My requests”',
  trackPhone: (phone, number) => `Call ${phone} and give ${number}`,
  joinCheckIn: 'Next time a swipe checks you in and earns points',
  joinPoints: 'A swipe shows points, level and what it gives',
  joinDesk: 'Get your card at the desk with your phone number',
  joinOld: 'The old card is stopped; your points are on the new one',
};

export const nextWords = inTongues<typeof zh>(zh, en);
