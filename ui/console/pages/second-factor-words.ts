// The words of authenticator apps and recovery codes in the console, in Chinese and English.
import type { Language } from '../text.ts';

const zh = {
  factor: '验证器',
  on: '已启用',
  off: '未启用',
  // at the sign-in
  code: '验证码',
  codeHint: '请打开手机上的验证器，输入它现在显示的 6 位数字。手机不在身边时，输入一枚恢复码。',
  otherAccount: '换个账号登录',
  // one's own
  offHint: '启用后，登录时除了密码还要输入手机上验证器显示的 6 位数字：密码被人知道也进不来。',
  onHint: '登录时除了密码还要输入验证器上的 6 位数字。换手机前，请先在这里解除，再在新手机上启用。',
  must: '您的角色必须用验证器登录：请先在下面启用，之后才能使用其他页面。',
  begin: '启用验证器',
  steps: [
    '在手机上打开验证器，例如微信小程序「腾讯身份验证器」、Google Authenticator 或 Microsoft Authenticator。',
    '选「添加账号」，扫描这个二维码。',
    '把手机上显示的 6 位数字填在下面。',
  ],
  qr: '验证器二维码',
  key: '不能扫码时，手工输入这个密钥（类型：基于时间）',
  copy: '复制',
  copied: '已复制',
  copyFailed: '浏览器不让复制：请手工选中再复制。',
  confirm: '确认启用',
  cancel: '取消',
  added: '验证器已启用',
  recoveryTitle: '恢复码：只显示这一次',
  recoveryHint: '手机丢了或坏了，就用它们代替 6 位数字登录。每枚只能用一次，请打印或抄下来，放在安全的地方。',
  recoveryOf: (account: string) => `迎宾总部 · 账号 ${account}`,
  print: '打印',
  copyAll: '全部复制',
  kept: '我已保存好',
  remove: '解除验证器',
  removeHint: '解除后登录只凭密码。请输入验证器现在显示的 6 位数字，或一枚恢复码。',
  removed: '验证器已解除',
  // somebody else's
  reset: '重置验证器',
  resetHint: (account: string) =>
    `只在 ${account} 丢了手机、恢复码也没有时用：请先当面或电话确认是本人。对方立即退出，下次只凭密码登录，再重新启用。`,
  resetDone: '验证器已重置，对方需要重新启用',
  problems: {
    'code-wrong': '验证码不对，或已经用过。请等手机上换一组数字再输入；总是不对，请检查手机时间是否准确。',
    'second-factor-there': '已经启用了验证器：请刷新页面。',
    'no-second-factor': '这个账号没有启用验证器。',
    'second-factor-due': '请先启用验证器。',
    'account-locked': '错了太多次，账号已锁定。请等 15 分钟，或找账号管理员解锁。',
  } as Record<string, string>,
};
export type SecondFactorTexts = typeof zh;

const en: SecondFactorTexts = {
  factor: 'Authenticator app',
  on: 'on',
  off: 'not set up',
  code: 'Code',
  codeHint:
    'Open the authenticator app on your telephone and type the six digits it shows now. Without your telephone type a recovery code.',
  otherAccount: 'Sign in with another account',
  offHint:
    'Once set up, signing in asks for the six digits on your telephone as well: whoever learns your password stays outside.',
  onHint:
    'Signing in asks for the six digits of your app as well. Before you change telephones, remove it here and set it up again on the new one.',
  must: 'Your role signs in with an authenticator app: set it up below; until then nothing else is open.',
  begin: 'Set up an authenticator app',
  steps: [
    'Open an authenticator app on your telephone, such as Google Authenticator, Microsoft Authenticator or FreeOTP.',
    'Choose “add an account” and scan this code.',
    'Type the six digits it shows.',
  ],
  qr: 'QR code for the authenticator app',
  key: 'Where you cannot scan, type this key (kind: time based)',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser does not let us copy: select it and copy it by hand.',
  confirm: 'Confirm',
  cancel: 'Cancel',
  added: 'The authenticator app is set up',
  recoveryTitle: 'Recovery codes: shown this once',
  recoveryHint:
    'Should your telephone be lost or broken, they stand in for the six digits. Each is good once: print them or write them down, and keep them safe.',
  recoveryOf: (account) => `Yingbin headquarters · account ${account}`,
  print: 'Print',
  copyAll: 'Copy all',
  kept: 'I have kept them',
  remove: 'Remove the app',
  removeHint:
    'Afterwards the password alone signs you in. Type the six digits that the app shows now, or a recovery code.',
  removed: 'The authenticator app was removed',
  reset: 'Reset the authenticator app',
  resetHint: (account) =>
    `Only when ${account} has lost the telephone and the recovery codes: make sure first that it is they who ask. They are signed out at once, come in with their password alone, and set it up anew.`,
  resetDone: 'Reset: they set it up anew',
  problems: {
    'code-wrong':
      'The code is not right, or was used already. Wait for the next one; if it is never right, look whether the telephone’s clock is.',
    'second-factor-there': 'An authenticator app is set up already: reload the page.',
    'no-second-factor': 'This account has no authenticator app.',
    'second-factor-due': 'Set up an authenticator app first.',
    'account-locked': 'Too many wrong tries: wait 15 minutes, or ask whoever manages accounts.',
  },
};

export const secondFactorTexts: Readonly<Record<Language, SecondFactorTexts>> = { zh, en };
