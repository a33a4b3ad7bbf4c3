// The words of one terminal's page, in Chinese and English.
import type { Language } from '../text.ts';

const zh = {
  parts: '这台终端的各部分',
  sections: { overview: '概况', identity: '身份', 'set-up': '设置', orders: '远程操作' },
  devices: '设备',
  audit: '谁对它做过什么',
};
const en: typeof zh = {
  parts: 'Parts of this terminal',
  sections: { overview: 'Overview', identity: 'Identity', 'set-up': 'Set-up', orders: 'Remote' },
  devices: 'Devices',
  audit: 'Who did what to it',
};

export const terminalViewWords: Readonly<Record<Language, typeof zh>> = { zh, en };
