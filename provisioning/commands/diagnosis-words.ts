// The words of a diagnosis, in both languages; what was found is said as the console says it.
import type { CheckName, CheckState } from '../../sync/contract/diagnosis.ts';
import { foundWords } from '../../sync/headquarters/api/diagnosis-code-words.ts';
import type { CommandLanguage } from '../command-words.ts';
import type { Said } from './command-ground.ts';

export const checkWords: Readonly<Record<CheckName, Said>> = {
  'under-voltage': ['供电', 'power supply'],
  temperature: ['温度', 'temperature'],
  memory: ['内存', 'memory'],
  'disk-space': ['磁盘空间', 'disk space'],
  'write-latency': ['写盘速度', 'write latency'],
  'data-partition': ['数据分区', 'data partition'],
  clock: ['时间', 'clock'],
  'name-service': ['域名解析', 'name service'],
  headquarters: ['总部入口', 'headquarters’ door'],
  broker: ['消息线路', 'line to the broker'],
  certificate: ['证书', 'certificate'],
  release: ['版本与回退', 'release, rollback'],
  services: ['程序启动次数', 'starts of the program'],
  display: ['显示器', 'display'],
  'screen-paint': ['画面', 'screen drawn'],
  reader: ['读卡器', 'reader'],
  'second-reader': ['第二读卡器', 'second reader'],
  printer: ['打印机', 'printer'],
  'fallback-printer': ['备用打印机', 'fallback printer'],
  panel: ['按钮面板', 'panel'],
  'attached-devices': ['插上的设备', 'attached devices'],
  'waiting-facts': ['待上报', 'facts waiting'],
  'oldest-fact': ['最早待上报', 'oldest fact waiting'],
  'waiting-slips': ['待打印', 'slips waiting'],
};

export const diagnosisStateWords: Readonly<Record<CheckState, Said>> = {
  ok: ['正常', 'ok'],
  care: ['需留意', 'needs care'],
  bad: ['有问题', 'bad'],
  none: ['没有', 'none'],
  unknown: ['不详', 'unknown'],
};

/** `电压不足 (under-voltage)`: the code is what is searched for. What a newer terminal says is shown as it says it. */
export function foundCode(code: string, language: CommandLanguage): string {
  const said = foundWords[language].codes[code]?.said;
  return said === undefined ? code : `${said} (${code})`;
}
