// What the sheets of the devices say: shelves, and one sentence for each fault on what to watch.
import type { LabPanelState, ProofHabit, ReaderAccident, ShelfPrinter } from '../lab/lab-view.ts';

export interface FaultText {
  readonly label: string;
  /** what there is to see */
  readonly watch: string;
}

export interface DeviceText {
  readonly openSheet: string;
  readonly faultCount: (count: number) => string;
  readonly shelf: string;
  readonly faults: string;
  readonly shelfHint: string;
  readonly widthHint: string;
  readonly fitting: string;
  readonly families: Readonly<Record<'chip' | 'typed' | 'stripe', string>>;
  readonly unplugged: string;
  readonly reader: Readonly<Record<'unplug' | 'silent' | ReaderAccident, FaultText>>;
  readonly printer: Readonly<
    Record<
      | 'unplug'
      | 'paper-out'
      | 'paper-low'
      | 'next-slip-paper-out'
      | 'next-slip-power-cut'
      | 'cover'
      | 'cutter'
      | 'hot'
      | 'offline'
      | 'deaf'
      | 'proof',
      FaultText
    >
  >;
  readonly proofs: Readonly<Record<ProofHabit, string>>;
  /** what a printer is like; only what is missing is said of the rest */
  readonly printerIs: (printer: ShelfPrinter) => string;
  /** of a printer that never says how it is */
  readonly mutePrinter: string;
  readonly panel: Readonly<Record<'unplug' | 'firmware', FaultText>>;
  readonly firmware: Readonly<Record<LabPanelState['fault'], string>>;
  readonly ring: string;
  readonly buzzing: string;
  readonly quiet: string;
}

/** 32 columns are a 58 mm roll. */
const millimetres = (columns: number) => (columns === 32 ? 58 : 80);

export const zhDevices: DeviceText = {
  openSheet: '换一台 · 出故障',
  faultCount: (count) => `${count} 处故障`,
  shelf: '换一台',
  faults: '出故障',
  shelfHint: '选一台：实验台改好终端的设置并重启它，IT 就是这么做的。卡还是那些卡。',
  widthHint:
    '演示全队按卡号的低 24 位认卡：韦根 26 和 6H8D 只报这么多，换哪台都认得。还有一种键入浏览器的（wedge），要真读卡器，这里摆不了。',
  fitting: '正在换设备，终端重启中……',
  families: { chip: '感应模块', typed: '免驱，像键盘一样键入：同一张 EM 卡是', stripe: '磁条' },
  unplugged: '线拔掉了',
  reader: {
    unplug: { label: '拔线', watch: '屏幕马上说读卡器不在；插回去一两秒就好，不用重启。' },
    silent: {
      label: '沉默',
      watch: '线还插着，什么也不说。会问话的 PN532 会被发现；只报卡的那些，没人能发现。',
    },
    noise: { label: '杂音', watch: '来一串乱字节：屏幕不动，日志里记一笔。' },
    damaged: { label: '坏帧', watch: '校验不对的一张卡：绝不当真。磁条会请人再刷一次。' },
    unreadable: { label: '刷得太快', watch: '读卡器没读出来：屏幕请人再刷一次。' },
    'bank-card': { label: '刷银行卡', watch: '公开的测试卡号：屏幕拒绝，卡号不留、不传、不打印。' },
    telephone: { label: '放手机', watch: '手机每次报的号都不同：屏幕请人用会员卡。' },
    encrypted: { label: '刷一张卡', watch: '读卡器把卡号加密了：屏幕说明，不当会员。' },
  },
  printer: {
    unplug: { label: '拔线', watch: '屏幕说打印机不在，小票排队；插回去自己打完。' },
    'paper-out': { label: '现在缺纸', watch: '屏幕说缺纸，小票排队；装回纸自己打完。' },
    'paper-low': { label: '纸将尽', watch: '访客看不到，员工和总部知道该备纸了。' },
    'next-slip-paper-out': {
      label: '下一张打到一半没纸',
      watch: '刷卡，纸在中间用完；装回纸，恰好一张完整的小票。',
    },
    'next-slip-power-cut': {
      label: '下一张打到一半断电',
      watch: '半张小票，屏幕说“可能已打印”；绝不自动重打，由员工决定。',
    },
    cover: { label: '上盖打开', watch: '屏幕请人合上盖子，小票排队。' },
    cutter: { label: '切刀卡住', watch: '屏幕说打印机待检修；松开后接着打。' },
    hot: { label: '打印头过热', watch: '等它凉下来，小票自己接着打。' },
    offline: { label: '脱机', watch: '有人按了走纸键：屏幕请员工再按一次。' },
    deaf: { label: '装聋', watch: '收下数据却不理：屏幕说打印机待检修，绝不当作打好了。' },
    proof: {
      label: '打印完成的回执',
      watch: '纸已出来，屏幕却一直“正在打印”，半分钟后说“可能已打印”。改回正常，迟到的回执一来就结清。',
    },
  },
  proofs: { sound: '正常', late: '迟到', lost: '丢失' },
  printerIs: ({ columns, hanzi, hasNativeQr, hasCutter, completionProof }) =>
    [
      `${millimetres(columns)} 毫米 ${columns} 列`,
      hanzi === 'none' ? '无汉字' : hanzi.toUpperCase(),
      ...(hasNativeQr ? [] : ['无二维码']),
      ...(hasCutter ? [] : ['手撕']),
      ...(completionProof === 'none' ? ['无回执'] : []),
    ].join('，'),
  mutePrinter: '这台从不说自己怎样：缺纸、开盖终端都看不见，打完也只敢说“可能已打印”。',
  panel: {
    unplug: { label: '拔线', watch: '灯灭，终端照常用；插回去一秒内灯又亮。' },
    firmware: { label: '板上的程序', watch: '不对的时候灯灭、按钮没用，屏幕给员工说出原因；终端照常用。' },
  },
  firmware: { none: '正确', silence: '不出声', garbage: '说乱码', 'wrong-firmware': '烧错了' },
  ring: '灯环',
  buzzing: '蜂鸣',
  quiet: '安静',
};

export const enDevices: DeviceText = {
  openSheet: 'Change or break it',
  faultCount: (count) => (count === 1 ? '1 fault' : `${count} faults`),
  shelf: 'Fit another',
  faults: 'Break it',
  shelfHint:
    "Choose one: the bench writes the terminal's settings and restarts it, as IT would. The cards stay.",
  widthHint:
    "The demo's fleet goes by a card's low 24 bits: Wiegand 26 and 6H8D tell no more, so any reader knows it. One more kind types into the browser (wedge): that takes a real one.",
  fitting: 'Fitting it; the terminal starts again …',
  families: {
    chip: 'Chip modules',
    typed: 'Driverless, types like a keyboard: one EM card is',
    stripe: 'Magnetic stripe',
  },
  unplugged: 'unplugged',
  reader: {
    unplug: {
      label: 'Unplug',
      watch: 'The screen says at once that it is gone. Put it back: it goes in a second or two, no restart.',
    },
    silent: {
      label: 'Silence',
      watch:
        'Plugged in and mute. A PN532 is asked, so it is found out; a reader that only reports cards is not.',
    },
    noise: { label: 'Noise', watch: 'A burst of nonsense: the screen stays calm, the log counts it.' },
    damaged: {
      label: 'Damaged frame',
      watch: 'A card whose check digits do not fit: never believed. A stripe asks for another swipe.',
    },
    unreadable: { label: 'Swiped too fast', watch: 'The screen asks to swipe again.' },
    'bank-card': {
      label: 'A bank card',
      watch: 'A published test number: refused, and neither kept, sent nor printed.',
    },
    telephone: {
      label: 'A telephone',
      watch: "It says another number every time: the screen asks for the club's card.",
    },
    encrypted: {
      label: 'Swipe a card',
      watch: 'This head encrypts: the screen says so, nobody is checked in.',
    },
  },
  printer: {
    unplug: {
      label: 'Unplug',
      watch: 'The screen says that it is gone, slips wait; put it back and they print.',
    },
    'paper-out': {
      label: 'Paper out now',
      watch: 'The screen says so, slips wait; a new roll prints them by itself.',
    },
    'paper-low': { label: 'Paper low', watch: 'Visitors see nothing; staff and headquarters know.' },
    'next-slip-paper-out': {
      label: 'Roll ends in the next slip',
      watch: 'Swipe: the paper ends half-way. Refill: exactly one whole slip.',
    },
    'next-slip-power-cut': {
      label: 'Power fails in the next slip',
      watch: 'Half a slip, and "may be printed"; never again by itself: staff decide.',
    },
    cover: { label: 'Cover open', watch: 'The screen asks to close it; slips wait.' },
    cutter: { label: 'Cutter jammed', watch: 'The screen says so; once it is free, printing goes on.' },
    hot: { label: 'Head too hot', watch: 'It cools down, and the slip goes on by itself.' },
    offline: { label: 'Off line', watch: 'Somebody pressed feed: staff are asked to press it again.' },
    deaf: {
      label: 'Deaf',
      watch: 'Takes the bytes and does nothing: the screen says it does not answer, never "printed".',
    },
    proof: {
      label: 'Proof that paper is out',
      watch:
        'The paper is out, the screen still says "printing", after half a minute "may be printed". Sound again: late proofs come and settle it.',
    },
  },
  proofs: { sound: 'sound', late: 'late', lost: 'lost' },
  printerIs: ({ columns, hanzi, hasNativeQr, hasCutter, completionProof }) =>
    [
      `${millimetres(columns)} mm, ${columns} columns`,
      hanzi === 'none' ? 'no Chinese' : hanzi.toUpperCase(),
      ...(hasNativeQr ? [] : ['no QR']),
      ...(hasCutter ? [] : ['no cutter']),
      ...(completionProof === 'none' ? ['no proof'] : []),
    ].join(', '),
  mutePrinter:
    'This one never says how it is: the terminal cannot see paper or cover, and says "may be printed" at best.',
  panel: {
    unplug: {
      label: 'Unplug',
      watch: 'The ring goes dark, the terminal serves on; put it back and it glows within a second.',
    },
    firmware: {
      label: 'Program on the board',
      watch:
        'When it is wrong the ring is dark and buttons are dead; the screen tells staff why, the terminal serves on.',
    },
  },
  firmware: { none: 'right', silence: 'mute', garbage: 'garbage', 'wrong-firmware': 'wrong one' },
  ring: 'Ring of light',
  buzzing: 'buzzing',
  quiet: 'quiet',
};
