// What headquarters' refusals mean to whoever uses `yingbin`, in both languages: one sentence each, with what to do.
import type { CommandLanguage } from './command-words.ts';
import type { ClientCode, FleetError } from './fleet-client.ts';

type Words = Readonly<Record<CommandLanguage, string>>;

/** Ours, for headquarters never gave an answer. */
const clientWords: Readonly<Record<ClientCode, Words>> = {
  'access-missing': {
    zh: '没有说总部在哪里、用什么身份：请加 --headquarters URL 和 --token-file FILE，或设 YINGBIN_HEADQUARTERS 与 YINGBIN_TOKEN_FILE，或写 ~/.config/yingbin/fleet.json',
    en: 'It is not said where headquarters is or who asks: add --headquarters URL and --token-file FILE, or set YINGBIN_HEADQUARTERS and YINGBIN_TOKEN_FILE, or write ~/.config/yingbin/fleet.json',
  },
  'access-file-wrong': {
    zh: '文件读不了或内容不对：请检查路径和内容',
    en: 'The file cannot be read or holds something else: check its path and content',
  },
  'access-file-open': {
    zh: '别人也能读这个文件：请改为 0600 权限（chmod 600）',
    en: 'Others can read this file: give it mode 0600 (chmod 600)',
  },
  'headquarters-plain': {
    zh: '不加密的地址只能是本机：请用 https://，或用 ssh -L 转到本机再用 http://127.0.0.1',
    en: 'Without TLS it may only be this machine: use https://, or a tunnel (ssh -L) and http://127.0.0.1',
  },
  'headquarters-unreachable': {
    zh: '连不上总部：请检查地址、网络，以及总部是否在运行',
    en: 'Headquarters cannot be reached: check the address, the network, and whether it runs',
  },
  'headquarters-fault': {
    zh: '总部出了故障：请看它的日志，稍后再试',
    en: 'Headquarters has a fault: look at its log, try again later',
  },
  'answer-unknown': {
    zh: '总部的回答看不懂：请让本命令与总部使用同一版本',
    en: 'The answer of headquarters is not understood: use this command of the version that headquarters has',
  },
};

/** Headquarters says these in English itself. */
const refusals: Readonly<Record<string, string>> = {
  unauthorized: '身份不对：请检查令牌文件，或账号与密码',
  'not-your-role': '这个账号无权这样做：请找管理账号的人',
  'sign-in-wrong': '账号与密码不符：请重新输入',
  'account-locked': '密码错误次数太多，账号暂时锁定：请过一会儿再试',
  'code-needed': '这个账号有第二重验证：请加 --otp 和验证器上的六位数字',
  'code-wrong': '六位数字不对，或已用过：请等下一组',
  'second-factor-due': '请先在控制台为账号加上验证器',
  'password-change-due': '请先在控制台换成自己的密码',
  'too-many-wrong-tokens': '错误的令牌太多：请等一分钟再试',
  'too-many-requests': '请求太快：请稍后再试',
  'wrong-host': '请用总部打印出来的地址',
  'body-wrong': '内容不符合要求：请按后面的说明修改',
  'body-not-json': '内容不是 JSON',
  'wrong-number': '请用整数',
  'no-door': '这个总部没有给终端的入口：请在它的配置里加 fleet',
  'unknown-terminal': '没有这个终端：请先导入，或核对名字',
  'unknown-device': '没有这个终端：请先导入，或核对名字',
  'wrong-state': '当前状态下不能这样做：请先查看',
  'unknown-successor': '没有另一台叫这个名字的终端：请先导入',
  'wrong-successor': '接替者已被隔离或退役：请换一台',
  'unknown-code': '没有终端用这个代码等待：请再看一遍它的屏幕',
  'board-wrong': '这台终端指定了别的主板：请放行正确的那台，或重新导入',
  'code-taken': '编号已被别的终端用过：请换一个',
  'serial-taken': '主板序列号已属于别的终端：请换一个',
  retired: '这个名字已退役，不能再用：请换一个',
  fixed: '注册后不能再改：请换一个名字',
  'unknown-upload': '这个指令没有送来文件，或已超过 30 天',
  'unknown-layer': '没有这个层、对象或版本：请先查看 config history',
  'layer-moved': '你读取之后别人改过这一层：请重新读取再写',
  'values-wrong': '有的值不符合要求：请按后面的说明修改',
  'no-secrets': '这个总部不保管机密值',
  'name-taken': '这个名字已有值，永不改变：新值请用新名字',
  'unknown-secret': '没有这个名字的机密值',
  'secret-in-use': '还有设置在用它：请先改那些设置',
  'no-releases': '这个总部没有发布密钥：请写进配置的 fleet.releaseKeys',
  'manifest-wrong': '清单不是本机队的发布密钥所签：请核对文件来源',
  'release-expired': '这个版本已过期：请用下一个序号重新生成',
  'release-taken': '序号或版本号已被别的版本占用：请加一',
  'bundle-large': '版本文件超过 2 GiB',
  'bundle-wrong': '文件与清单不符：请重新复制后再传',
  'release-unannounced': '请先传签名的清单',
  'unknown-release': '没有这个序号的版本：请先 release add',
  'release-in-use': '有终端正在用它、将要用它或可能退回它：不能删除',
  'rollout-open': '另一个推出还没结束：请等它结束，或停止、退回它',
  'unknown-rollout': '没有这个推出',
  'not-approved': '需要另一个人同意后才能推出',
  'same-person': '提出的人不能自己同意：请找另一个人',
  'ring-not-good': '这一环还有终端在试，或失败太多：请等待，或停止',
  'too-many-orders': '这台终端已有 100 个未完成的指令：请先看哪些卡住了',
  'unknown-batch': '没有这个编号的指令',
};

/** A whole line, without its end. */
export function fleetSentence({ kind, code, detail }: FleetError, language: CommandLanguage): string {
  const own = (clientWords as Readonly<Record<string, Words>>)[code];
  if (own) return `${own[language]} (${code}: ${detail})`;
  if (kind === 'refused' && language === 'zh' && refusals[code] !== undefined)
    return `${refusals[code]} (${code}: ${detail})`;
  return `${detail} (${code})`;
}
