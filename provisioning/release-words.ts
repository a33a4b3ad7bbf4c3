// What each refusal of a release means and what to do, in both languages.
import type { CommandLanguage } from './command-words.ts';
import type { ReleaseCode } from './release-verify.ts';

export const releaseWords: Readonly<Record<CommandLanguage, Readonly<Record<ReleaseCode, string>>>> = {
  zh: {
    'release-forged': '签名不是本机队的发布密钥所签：请核对文件来源，以及配置中的 headquarters.releaseKeys。',
    'release-manifest-wrong': '清单的格式不对：请用本产品的 release build 重新生成。',
    'release-not-ordered': '这不是总部指定的版本：请在总部查看推出计划。',
    'release-architecture': '这个版本不是给这种处理器的：请选用另一个架构的文件。',
    'release-old': '不比正在使用的版本新，或已被禁止退回：请生成序号更大的版本。',
    'release-expired': '这个版本已过期：请重新生成，或核对终端的时钟。',
    'release-schema-old': '这个版本不认识现在的设置：请使用更新的版本。',
    'release-damaged': '文件不完整或被改动过：请重新复制。',
    'release-archive-wrong': '包的内容与清单不符，未安装：请重新生成，并查明来源。',
    'release-too-large': '超过 1 GB：请检查是否是正确的文件。',
    'release-no-room': '磁盘空间不足：请清理后再试，会自动重试。',
    'release-unreachable': '暂时取不到：请检查网络和 headquarters.door，会自动重试。',
    'release-not-kept': '本终端是手工安装的，不保留版本：请用安装脚本安装，或用 --releases 指定目录。',
  },
  en: {
    'release-forged':
      'It is not signed by a release key of this fleet: check where the file came from, and headquarters.releaseKeys of the config.',
    'release-manifest-wrong': 'Its manifest is of another shape: build it again with release build.',
    'release-not-ordered': 'It is not the release that headquarters ordered: look at the rollout there.',
    'release-architecture': 'It is for another processor: take the file of the other architecture.',
    'release-old': 'It is not newer than what serves, or was shut out since: build one with a higher number.',
    'release-expired': 'It has expired: build it again, or check the clock of this terminal.',
    'release-schema-old': 'It does not know the settings of now: take a newer one.',
    'release-damaged': 'The file is not whole, or was changed: copy it again.',
    'release-archive-wrong':
      'What is in it is not what its manifest says, so it was not installed: build it again and find out where it came from.',
    'release-too-large': 'It is over 1 GB: check that it is the right file.',
    'release-no-room': 'The disk has no room for it: free some; it is tried again by itself.',
    'release-unreachable':
      'It cannot be had now: check the network and headquarters.door; it is tried again by itself.',
    'release-not-kept':
      'This terminal was installed by hand and keeps no releases: install it with the script, or name a folder with --releases.',
  },
};
