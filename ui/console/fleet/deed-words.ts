// What is said before something is done to a terminal, in Chinese and English.
import type { Language } from '../text.ts';

interface DeedSaid {
  readonly label: string;
  readonly title: (terminal: string) => string;
  readonly happens: readonly string[];
  readonly done: (terminal: string) => string;
}

const zh = {
  forEver: '此操作不能撤销。',
  type: (word: string) => `请输入 ${word} 以确认`,
  claim: {
    label: '签发凭证',
    title: (terminal: string) => `给 ${terminal} 签发接入凭证`,
    happens: [
      '凭证只显示这一次，72 小时内有效，用一次即作废。',
      '之前给它签发、还没用掉的凭证立即失效。',
      '谁拿到凭证，谁就能以它的身份接入：请像对待钥匙一样保管。',
    ],
    done: (terminal: string) => `已为 ${terminal} 签发凭证`,
  } as DeedSaid,
  quarantine: {
    label: '隔离',
    title: (terminal: string) => `隔离 ${terminal}`,
    happens: [
      '几秒内断开它的连接，总部不再收它的消息，也不给它任何数据。',
      '它上面的记录留着；现场还能看房，但不能签到和办理。',
      '可以随时解除，解除后它会补传。',
    ],
    done: (terminal: string) => `${terminal} 已隔离`,
  } as DeedSaid,
  release: {
    label: '解除隔离',
    title: (terminal: string) => `解除 ${terminal} 的隔离`,
    happens: [
      '它重新可以连接，并补传隔离期间的记录。',
      '请先弄清隔离的原因：如果是两台设备同名，先停掉一台。',
    ],
    done: (terminal: string) => `${terminal} 已解除隔离`,
  } as DeedSaid,
  replace: {
    label: '更换设备',
    title: (terminal: string) => `用另一台设备替换 ${terminal}`,
    happens: [
      '接替的终端得到它的案场、项目和发布环；密钥和单机设置不会转移。',
      '旧终端立即退役，它的名称永远不再使用。',
      '旧终端还没上传的记录不会自动过来：能开机的话，请先等它传完。',
    ],
    done: (terminal: string) => `${terminal} 已被替换`,
  } as DeedSaid,
  revoke: {
    label: '吊销',
    title: (terminal: string) => `吊销 ${terminal}`,
    happens: [
      '终端被盗或丢失时用：几秒内断开，它的证书全部作废，再也连不上。',
      '它发来的任何消息从此都不收。',
      '这个名称不能再接入：要换新设备，请导入新名称，再用「更换设备」或「退役」。',
    ],
    done: (terminal: string) => `${terminal} 已吊销`,
  } as DeedSaid,
  wipe: {
    label: '清空并退役',
    title: (terminal: string) => `清空 ${terminal}，让它退役`,
    happens: [
      '它先把待上传的记录传完，再清除密钥、数据、凭证和网络设置，屏幕回到出厂的等待接入。',
      '清空完成后，总部立即作废它的证书；这个名称永远不再使用。',
      '设备还能联网时用这个。半小时内没有连上就不执行；丢了或坏了，请用「退役」。',
    ],
    done: (terminal: string) => `已让 ${terminal} 清空，完成后自动退役`,
  } as DeedSaid,
  retire: {
    label: '退役',
    title: (terminal: string) => `让 ${terminal} 退役`,
    happens: [
      '只在总部：证书作废，从在用的终端里去掉，历史记录保留。设备上的数据不会清除。',
      '这个名称永远不再使用。',
      '请先确认它的待上传记录为 0。还能联网的，请改用「清空并退役」。',
    ],
    done: (terminal: string) => `${terminal} 已退役`,
  } as DeedSaid,
  successor: '接替的终端',
};

const en: typeof zh = {
  forEver: 'This cannot be undone.',
  type: (word) => `Type ${word} to confirm`,
  claim: {
    label: 'Issue a claim',
    title: (terminal) => `Issue a claim for ${terminal}`,
    happens: [
      'It is shown this once, is good for 72 hours and for one use.',
      'A claim that it was given before and did not use is void at once.',
      'Whoever has the claim comes in under this name: keep it as you keep keys.',
    ],
    done: (terminal) => `Claim issued for ${terminal}`,
  },
  quarantine: {
    label: 'Quarantine',
    title: (terminal) => `Quarantine ${terminal}`,
    happens: [
      'Its line is cut within seconds: headquarters neither hears it nor tells it anything.',
      'What it recorded is kept there. Homes can still be looked at; nobody can check in or file anything.',
      'You can release it at any time; then it sends what it has.',
    ],
    done: (terminal) => `${terminal} was put aside`,
  },
  release: {
    label: 'Release',
    title: (terminal) => `Release ${terminal} from quarantine`,
    happens: [
      'It may connect again, and sends what it recorded meanwhile.',
      'Find out first why it was put aside: of two devices with one name stop one.',
    ],
    done: (terminal) => `${terminal} was released`,
  },
  replace: {
    label: 'Replace',
    title: (terminal) => `Replace ${terminal} by another device`,
    happens: [
      'The successor gets its site, project and ring; keys and the set-up of its own never move.',
      'The old one is retired at once, and its name is never used again.',
      'What the old one did not send yet does not move by itself: if it still runs, wait until it has sent all.',
    ],
    done: (terminal) => `${terminal} was replaced`,
  },
  revoke: {
    label: 'Revoke',
    title: (terminal) => `Revoke ${terminal}`,
    happens: [
      'For one that was stolen or lost: its line is cut within seconds, its certificates are void, it cannot come back.',
      'Nothing that it says is taken any more.',
      'The name cannot come in again: for a new device import a new name, then replace or retire this one.',
    ],
    done: (terminal) => `${terminal} was revoked`,
  },
  wipe: {
    label: 'Wipe and retire',
    title: (terminal) => `Wipe ${terminal} and retire it`,
    happens: [
      'It sends what waits, then forgets keys, data, claim and networks, and stands as it came from the works.',
      'When that is done headquarters voids its certificates; its name is never used again.',
      'For one that can be reached: what is not begun within half an hour is not done. One that is lost or broken is retired.',
    ],
    done: (terminal) => `${terminal} was told to wipe itself; it is retired when that is done`,
  },
  retire: {
    label: 'Retire',
    title: (terminal) => `Retire ${terminal}`,
    happens: [
      'At headquarters alone: its certificates are void and it leaves the fleet; what it told is kept. Nothing on it is wiped.',
      'Its name is never used again.',
      'Make sure first that it has nothing left to upload. One that can be reached is better wiped.',
    ],
    done: (terminal) => `${terminal} was retired`,
  },
  successor: 'Successor',
};

export const deedWords: Readonly<Record<Language, typeof zh>> = { zh, en };
