// What was done about authenticator apps and the audit itself, for the audit page, in both languages.

export const secondFactorWhatsZh = {
  'second-factor-added': '绑定验证器',
  'second-factor-removed': '解除自己的验证器',
  'second-factor-reset': '重置他人的验证器',
  'recovery-code-used': '用恢复码登录',
  'audit-exported': '导出审计记录',
} as const satisfies Readonly<Record<string, string>>;

export const secondFactorWhatsEn: Readonly<Record<keyof typeof secondFactorWhatsZh, string>> = {
  'second-factor-added': 'added an authenticator app',
  'second-factor-removed': 'removed their authenticator app',
  'second-factor-reset': 'reset somebody’s authenticator app',
  'recovery-code-used': 'signed in with a recovery code',
  'audit-exported': 'took the audit along',
};
