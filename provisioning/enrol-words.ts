// What a blank terminal says: the nine steps, and for each thing that can go wrong one sentence and the remedy.
import type { EnrolRefusal, EnrolStep } from '../sync/contract/enrolment.ts';

export interface Both {
  readonly zh: string;
  readonly en: string;
}

/** What stands in the way, beside what headquarters refuses. */
export type EnrolCode =
  | EnrolRefusal
  | 'network-none'
  | 'name-unknown'
  | 'clock-behind'
  | 'headquarters-unreachable'
  | 'headquarters-foreign'
  | 'headquarters-expired'
  | 'headquarters-name'
  | 'headquarters-busy'
  | 'tls-failed'
  | 'answer-wrong'
  | 'certificate-wrong'
  | 'broker-unreachable'
  | 'broker-refused'
  | 'start-paper-missing'
  | 'start-paper-wrong'
  | 'identity-torn'
  | 'identity-left'
  | 'identity-foreign'
  | 'identity-unwritable'
  | 'approval-awaited';

export const stepWords: Readonly<Record<EnrolStep, Both>> = {
  network: { zh: '接通网络', en: 'Network' },
  name: { zh: '找到总部', en: 'Headquarters’ address' },
  clock: { zh: '核对时间', en: 'Clock' },
  tls: { zh: '确认是本公司总部', en: 'Our headquarters?' },
  claim: { zh: '登记本机', en: 'Let in' },
  sign: { zh: '领取证书', en: 'Certificate' },
  broker: { zh: '接通消息线路', en: 'Message line' },
  twin: { zh: '领取设置', en: 'Set-up' },
  devices: { zh: '检查设备', en: 'Devices' },
};

interface Trouble {
  readonly what: Both;
  readonly remedy: Both;
}
const trouble = (zh: string, remedyZh: string, en: string, remedyEn: string): Trouble => ({
  what: { zh, en },
  remedy: { zh: remedyZh, en: remedyEn },
});

export const troubleWords: Readonly<Record<EnrolCode, Trouble>> = {
  'network-none': trouble(
    '没有网络。',
    '请插好网线，或检查无线网络。',
    'There is no network.',
    'Plug in the network cable, or check the Wi-Fi.',
  ),
  'name-unknown': trouble(
    '找不到总部的地址。',
    '请检查 DNS 设置，或登记文件里的总部地址。',
    'Headquarters’ address cannot be found.',
    'Check DNS, or the address in the claim file.',
  ),
  'clock-behind': trouble(
    '本机时间不对，正在等待对时。',
    '请放行对时服务（NTP，UDP 123 端口）。',
    'The clock is wrong; waiting for the time.',
    'Let the time service through (NTP, UDP port 123).',
  ),
  'headquarters-unreachable': trouble(
    '总部没有应答。',
    '请检查防火墙是否放行总部的地址和端口。',
    'Headquarters does not answer.',
    'Check that the firewall lets its address and port through.',
  ),
  'headquarters-foreign': trouble(
    '应答的不是本公司总部。',
    '线路上可能有人冒充：请换一个网络，并告知技术人员。',
    'Who answers is not our headquarters.',
    'Somebody may stand in between: use another network and tell IT.',
  ),
  'headquarters-expired': trouble(
    '总部的证书已过期，或本机时间太快。',
    '请技术人员核对本机时间和总部证书。',
    'Headquarters’ certificate has ended, or this clock is ahead.',
    'IT: check this clock and headquarters’ certificate.',
  ),
  'headquarters-name': trouble(
    '总部的证书上没有这个地址。',
    '请技术人员在总部设置里补上这个地址。',
    'Headquarters’ certificate does not name this address.',
    'IT: add this address to headquarters’ names.',
  ),
  'headquarters-busy': trouble(
    '总部正忙。',
    '不必处理：本机会自动再试。',
    'Headquarters is busy.',
    'Nothing to do: it tries again by itself.',
  ),
  'tls-failed': trouble(
    '安全连接没有建立。',
    '请检查线路上是否有代理或过滤设备。',
    'No secure line could be made.',
    'Check for a proxy or filter in between.',
  ),
  'answer-wrong': trouble(
    '总部的应答无法识别。',
    '请技术人员核对登记文件里的端口和总部版本。',
    'Headquarters’ answer cannot be read.',
    'IT: check the port in the claim file and headquarters’ version.',
  ),
  'certificate-wrong': trouble(
    '领到的证书与本机不符。',
    '请技术人员重新制作登记文件。',
    'The certificate is not for this terminal.',
    'IT: make another claim.',
  ),
  'broker-unreachable': trouble(
    '消息服务器没有应答。',
    '请检查防火墙是否放行消息服务器的端口。',
    'The message broker does not answer.',
    'Check that the firewall lets the broker’s port through.',
  ),
  'broker-refused': trouble(
    '消息服务器没有让本机进入。',
    '请技术人员检查消息服务器的权限。',
    'The message broker refused this terminal.',
    'IT: check the broker’s rights.',
  ),
  'start-paper-missing': trouble(
    '没有登记文件。',
    '请把 yingbin-claim.json 放到存储卡的启动分区。',
    'There is no claim file.',
    'Put yingbin-claim.json on the card’s boot partition.',
  ),
  'start-paper-wrong': trouble(
    '登记文件有误。',
    '请技术人员重新制作登记文件。',
    'The claim file is wrong.',
    'IT: make the claim file again.',
  ),
  'identity-left': trouble(
    '有人在维护界面上选择了重新入网。',
    '请技术人员重新制作登记文件，或批准屏幕上的代码。',
    'Somebody chose on the maintenance screen to enrol anew.',
    'IT: make another claim, or approve the code on this screen.',
  ),
  'identity-torn': trouble(
    '本机的身份文件已损坏。',
    '请技术人员重新制作登记文件，或批准屏幕上的代码。',
    'This terminal’s identity is damaged.',
    'IT: make another claim, or approve the code on this screen.',
  ),
  'identity-foreign': trouble(
    '存储卡上的身份属于另一块主板。',
    '请技术人员重新制作登记文件，或批准屏幕上的代码。',
    'The identity on this card is another board’s.',
    'IT: make another claim, or approve the code on this screen.',
  ),
  'identity-unwritable': trouble(
    '本机无法保存身份文件。',
    '请检查存储卡是否已满或损坏。',
    'The identity cannot be kept.',
    'Check whether the card is full or worn out.',
  ),
  'approval-awaited': trouble(
    '等待总部批准。',
    '请把屏幕上的代码告诉技术人员。',
    'Waiting to be let in.',
    'Tell IT the code on this screen.',
  ),
  'claim-wrong': trouble(
    '登记码不对。',
    '请技术人员重新制作登记文件。',
    'The claim is wrong.',
    'IT: make another claim for this terminal.',
  ),
  'claim-used': trouble(
    '登记码已被用过。',
    '请技术人员查明是谁用的，再重新制作登记文件。',
    'The claim was used already.',
    'IT: find out by whom, then make another.',
  ),
  'claim-expired': trouble(
    '登记码已过期。',
    '请技术人员重新制作登记文件。',
    'The claim is too old.',
    'IT: make another claim.',
  ),
  'claim-locked': trouble(
    '错误次数太多，已锁定。',
    '请技术人员重新制作登记文件。',
    'Too many wrong claims: locked.',
    'IT: make another claim.',
  ),
  'board-wrong': trouble(
    '登记文件是给另一块主板的。',
    '请把存储卡换到对应的终端，或请技术人员更改序列号。',
    'The claim is for another board.',
    'Put the card into its own terminal, or IT changes the serial.',
  ),
  'request-wrong': trouble(
    '总部不接受本机的申请。',
    '请技术人员核对本机和总部的版本。',
    'Headquarters does not take this request.',
    'IT: compare the versions of both.',
  ),
  'not-let-in': trouble(
    '总部没有批准本机。',
    '请联系技术人员。',
    'Headquarters did not let this terminal in.',
    'Please call IT.',
  ),
  'terminal-unknown': trouble(
    '总部不认识本机。',
    '请技术人员重新制作登记文件。',
    'Headquarters does not know this terminal.',
    'IT: make another claim.',
  ),
  'terminal-revoked': trouble(
    '本机已被停用。',
    '请联系技术人员。',
    'This terminal was shut out.',
    'Please call IT.',
  ),
  'too-many-requests': trouble(
    '等待批准的终端太多。',
    '不必处理：本机会自动再试。',
    'Too many terminals are waiting.',
    'Nothing to do: it tries again by itself.',
  ),
};
