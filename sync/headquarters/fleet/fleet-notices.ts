// What IT is told of the fleet, word for word.
import type { Words } from '../../contract/ids.ts';
import type { NewNotice } from '../notices/notices.ts';

interface Drift {
  readonly device: string;
  readonly site: string;
  readonly since: string;
}

export function driftNotice({
  device,
  site,
  since,
  code,
}: Drift & { readonly code: string | null }): NewNotice {
  const [zh, en] = code === null ? ['', ''] : [`（${code}）`, ` (${code})`];
  return toIt(`drift/${device}/${since}`, device, {
    subject: { zh: `${device} 的设置与总部不一致`, en: `${device} is not set up as it shall be` },
    text: {
      zh: `${site} 的 ${device} 在线，但一分钟以来未按总部的设置运行${zh}。请在车队页面对比两边的值。`,
      en: `${device} at ${site} is online, but for a minute it has not served with what headquarters set${en}. Compare both sides on its page.`,
    },
  });
}

export function driftEndedNotice({ device, site, since }: Drift): NewNotice {
  return toIt(`drift-ended/${device}/${since}`, device, {
    subject: { zh: `${device} 的设置已恢复一致`, en: `${device} is set up as it shall be again` },
    text: {
      zh: `${site} 的 ${device} 已按总部的设置运行。`,
      en: `${device} at ${site} serves with what headquarters set.`,
    },
  });
}

export interface Halted {
  readonly rollout: string;
  readonly version: string;
  readonly ring: string;
  readonly code: string;
  readonly failed: number;
  readonly reached: number;
  readonly at: string;
}

export function haltedNotice({ rollout, version, ring, code, failed, reached, at }: Halted): NewNotice {
  return toIt(`rollout-halted/${rollout}/${at}`, rollout, {
    subject: { zh: `版本 ${version} 的发布已自动停止`, en: `The rollout of ${version} stopped by itself` },
    text: {
      zh: `环 ${ring}：${failed} 台失败，共发到 ${reached} 台（${code}）。失败的终端已回到之前的版本；请看原因，再继续或撤回。`,
      en: `Ring ${ring}: ${failed} failed of ${reached} that it reached (${code}). Those that failed are back on what they had; look why, then resume or roll back.`,
    },
  });
}

interface Tampered {
  /** of the fact that tells it */
  readonly id: string;
  readonly device: string;
  /** empty = nobody wrote down where it stands */
  readonly site: string;
  readonly at: string;
  readonly isOpen: boolean;
}

export function tamperNotice({ id, device, site, at, isOpen }: Tampered): NewNotice {
  const [zh, en] = site === '' ? ['', ''] : [`${site} 的`, ` at ${site}`];
  return toIt(`panel-tampered/${id}`, device, {
    subject: isOpen
      ? { zh: `${device} 的机箱被打开`, en: `The case of ${device} was opened` }
      : { zh: `${device} 的机箱已关好`, en: `The case of ${device} is shut again` },
    text: {
      zh: `${zh}${device} 在 ${at} 报告。若不是维护人员，请现场查看；确认被盗时吊销它的证书。`,
      en: `${device}${en} told so at ${at}. Unless it was maintenance, have somebody look; if it is stolen, revoke it.`,
    },
  });
}

function toIt(
  key: string,
  about: string,
  words: { readonly subject: Words; readonly text: Words },
): NewNotice {
  return { key, to: { kind: 'role', role: 'it' }, about, ...words };
}
