// CONTRACT kiosk↔console: what may be wrong with a device, in everybody's words: the cause for IT, what staff do, and what the visitor is told.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { DeviceRole } from '../sync/contract/facts.ts';
import type { Words } from '../sync/contract/ids.ts';

export interface DeviceFault {
  /** what is wrong and what to do about it, for IT */
  readonly cause: string;
  /** what staff do, without a word that needs explaining */
  readonly staff: Words;
  /** what does not work, and what still does */
  readonly visitor: Words;
  /** does the terminal serve again by itself once the cause is gone? Else it must be set up and started anew */
  readonly clearsItself: boolean;
}

const noCards: Words = {
  zh: '现在不能刷卡。看房照常；签到、积分和报修请到服务台。',
  en: 'Cards cannot be read now. You can still look at homes; for the rest please ask at the desk.',
};
const swipeAgain: Words = {
  zh: '刚才没有读到卡，请再刷一次。',
  en: 'The card was not read: please try once more.',
};
const noSlips: Words = {
  zh: '现在不能打印小票。其他服务照常，您的记录不受影响。',
  en: 'Slips cannot be printed now. Everything else works, and nothing of yours is lost.',
};
const helpOnScreen: Words = {
  zh: '旁边的帮助按钮暂不可用，请点屏幕下方的“呼叫帮助”。',
  en: 'The help button beside the screen is off: please use “Call for help” below.',
};
const partOut: Words = {
  zh: '有一项服务暂不可用，其余照常。',
  en: 'One service is not available now; everything else works.',
};
const allWorks: Words = { zh: '所有服务照常。', en: 'Everything works.' };

const faults: Readonly<Record<DeviceErrorCode, DeviceFault>> = {
  'reader-unplugged': {
    cause: 'The card reader is not plugged in: plug its cable in; it goes on by itself.',
    staff: { zh: '请把读卡器的线插好。', en: 'Plug the card reader’s cable in.' },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-unreachable': {
    cause: 'The card reader does not answer: check its cable and power; it is tried again by itself.',
    staff: { zh: '请检查读卡器的线和电源。', en: 'Check the card reader’s cable and power.' },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-refused': {
    cause: 'The card reader refused the connection: check its address and that no other program holds it.',
    staff: { zh: '请打电话给技术人员：读卡器没有接通。', en: 'Call IT: the card reader does not connect.' },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-in-use': {
    cause: 'Another program holds the card reader: run "yingbin doctor" to see which, and stop it.',
    staff: { zh: '请打电话给技术人员：读卡器被占用。', en: 'Call IT: something else uses the card reader.' },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-no-rights': {
    cause: 'This user may not open the card reader: run "yingbin doctor" for the udev rule to add.',
    staff: {
      zh: '请打电话给技术人员：读卡器还没有设置好。',
      en: 'Call IT: the card reader is not set up yet.',
    },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-ambiguous': {
    cause: 'Two card readers of the same kind without serial numbers are plugged in: take one away.',
    staff: {
      zh: '插了两个一样的读卡器，请拔掉一个。',
      en: 'Two equal card readers are plugged in: take one away.',
    },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-wrong-device': {
    cause:
      'Another model is plugged in where the card reader was: run "yingbin doctor" and correct the config.',
    staff: {
      zh: '插上的不是原来的读卡器，请换回原来的。',
      en: 'This is not the card reader that was here: put the old one back.',
    },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-no-answer': {
    cause: 'The card reader is connected but does not answer: unplug it and plug it in again.',
    staff: { zh: '请拔下读卡器，再插回去。', en: 'Unplug the card reader and plug it in again.' },
    visitor: noCards,
    clearsItself: true,
  },
  'reader-noise': {
    cause:
      'The card reader sends bytes that are no card frames: check baud rate, cable and that it is an RDM6300 type.',
    staff: { zh: '请检查读卡器的线是否松动。', en: 'Check whether the card reader’s cable is loose.' },
    visitor: swipeAgain,
    clearsItself: true,
  },
  'reader-bad-checksum': {
    cause: 'Card frames arrive damaged: check the cable; nothing wrong was accepted.',
    staff: { zh: '请检查读卡器的线是否松动。', en: 'Check whether the card reader’s cable is loose.' },
    visitor: swipeAgain,
    clearsItself: true,
  },
  'printer-unplugged': {
    cause: 'The printer is not plugged in: plug its cable in; waiting slips print by themselves.',
    staff: { zh: '请把打印机的线插好。', en: 'Plug the printer’s cable in.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-unreachable': {
    cause:
      'The printer does not answer: check its power, cable and address; waiting slips print by themselves.',
    staff: { zh: '请检查打印机的线和电源。', en: 'Check the printer’s cable and power.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-refused': {
    cause: 'The printer refused the connection: another program may hold it; close that one.',
    staff: { zh: '请打电话给技术人员：打印机没有接通。', en: 'Call IT: the printer does not connect.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-in-use': {
    cause: 'Another program holds the printer: run "yingbin doctor" to see which, and stop it.',
    staff: { zh: '请打电话给技术人员：打印机被占用。', en: 'Call IT: something else uses the printer.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-no-rights': {
    cause: 'This user may not open the printer: run "yingbin doctor" for the udev rule to add.',
    staff: { zh: '请打电话给技术人员：打印机还没有设置好。', en: 'Call IT: the printer is not set up yet.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-ambiguous': {
    cause: 'Two printers of the same kind without serial numbers are plugged in: take one away.',
    staff: {
      zh: '插了两台一样的打印机，请拔掉一台。',
      en: 'Two equal printers are plugged in: take one away.',
    },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-wrong-device': {
    cause:
      'What is plugged in where the printer was is another device: run "yingbin doctor" and correct the config.',
    staff: {
      zh: '插上的不是原来的打印机，请换回原来的。',
      en: 'This is not the printer that was here: put the old one back.',
    },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-busy': {
    cause: 'The printer is busy with another computer: it is tried again by itself.',
    staff: {
      zh: '打印机正在为别人打印，请稍等。',
      en: 'The printer is busy with another computer: wait a little.',
    },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-no-answer': {
    cause: 'The printer is connected but does not say how it is: switch it off and on.',
    staff: { zh: '请关掉打印机，再打开。', en: 'Switch the printer off and on.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-not-a-printer': {
    cause: 'What answers at the printer address is no ESC/POS printer: check printer.at in the config.',
    staff: { zh: '请打电话给技术人员：接上的不是打印机。', en: 'Call IT: what is connected is no printer.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-paper-out': {
    cause: 'The printer has no paper: put in a roll; waiting slips print by themselves.',
    staff: { zh: '请换一卷打印纸。', en: 'Put in a new roll of paper.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-paper-low': {
    cause: 'The paper is nearly used up: have a new roll at hand.',
    staff: {
      zh: '打印纸快用完了，请备好新纸卷。',
      en: 'The paper is nearly used up: have a new roll at hand.',
    },
    visitor: allWorks,
    clearsItself: true,
  },
  'printer-cover-open': {
    cause: "The printer's cover is open: close it; waiting slips print by themselves.",
    staff: { zh: '请把打印机的盖子关好。', en: 'Close the printer’s cover.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-offline': {
    cause: 'The printer is off line: press its feed or online button.',
    staff: { zh: '请按一下打印机上的走纸键。', en: 'Press the feed button on the printer.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-hot': {
    cause: 'The print head is too hot: it goes on by itself when it has cooled down.',
    staff: { zh: '打印头太热，请等它凉下来。', en: 'The print head is too hot: let it cool down.' },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-cutter': {
    cause: "The printer's cutter is jammed: switch off, free the blade, switch on.",
    staff: {
      zh: '切刀卡住了：请关机，取出碎纸，再开机。',
      en: 'The cutter is stuck: switch off, take the paper out, switch on.',
    },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-fault': {
    cause: 'The printer reports a fault that needs service.',
    staff: {
      zh: '请关掉打印机再打开；还不行就报修。',
      en: 'Switch the printer off and on; if that does not help, have it repaired.',
    },
    visitor: noSlips,
    clearsItself: true,
  },
  'printer-cut-off': {
    cause:
      'The connection broke in the middle of a slip: it prints by itself if the printer counted nothing since, else it is marked unconfirmed.',
    staff: {
      zh: '请看一眼打印机的线；出纸口若有小票，请交给客人。',
      en: 'Check the printer’s cable; if a slip is out, hand it over.',
    },
    visitor: noSlips,
    clearsItself: true,
  },
  'panel-unplugged': {
    cause: 'The control panel is not plugged in: plug its cable in; the terminal works without it.',
    staff: { zh: '请把按钮面板的线插好。', en: 'Plug the button panel’s cable in.' },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-unreachable': {
    cause: 'The control panel does not answer: check its USB cable; the terminal works without it.',
    staff: { zh: '请检查按钮面板的线。', en: 'Check the button panel’s cable.' },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-refused': {
    cause: 'The control panel refused the connection: check its address.',
    staff: {
      zh: '请打电话给技术人员：按钮面板没有接通。',
      en: 'Call IT: the button panel does not connect.',
    },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-in-use': {
    cause: 'Another program holds the control panel: stop that one; the terminal works without it.',
    staff: {
      zh: '请打电话给技术人员：按钮面板被占用。',
      en: 'Call IT: something else uses the button panel.',
    },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-no-rights': {
    cause: 'This user may not open the control panel: run "yingbin doctor" for the udev rule to add.',
    staff: {
      zh: '请打电话给技术人员：按钮面板还没有设置好。',
      en: 'Call IT: the button panel is not set up yet.',
    },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-ambiguous': {
    cause: 'Two control panels of the same kind are plugged in: take one away.',
    staff: {
      zh: '插了两个一样的按钮面板，请拔掉一个。',
      en: 'Two equal button panels are plugged in: take one away.',
    },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-no-answer': {
    cause: 'The control panel is connected but does not answer: unplug it and plug it in again.',
    staff: { zh: '请拔下按钮面板，再插回去。', en: 'Unplug the button panel and plug it in again.' },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-wrong-firmware': {
    cause: 'The control panel does not speak Firmata: flash StandardFirmata onto the board.',
    staff: {
      zh: '请打电话给技术人员：按钮面板还没有装好程序。',
      en: 'Call IT: the button panel has no program yet.',
    },
    visitor: helpOnScreen,
    clearsItself: true,
  },
  'panel-setting-wrong': {
    cause:
      'The control panel has no such pin, or the pin cannot do that: correct panel.pins in the config; the rest of it works.',
    staff: {
      zh: '请打电话给技术人员：按钮面板的设置不对。',
      en: 'Call IT: the button panel’s setting is wrong.',
    },
    visitor: helpOnScreen,
    clearsItself: false,
  },
  'desktop-unavailable': {
    cause: 'This machine has no desktop that can be photographed or woken: nothing else depends on it.',
    staff: { zh: '不用做什么。', en: 'Nothing to do.' },
    visitor: allWorks,
    clearsItself: false,
  },
  'desktop-died': {
    cause: 'The desktop helper ended by itself: it is started again when it is needed.',
    staff: { zh: '不用做什么，它会自己恢复。', en: 'Nothing to do: it comes back by itself.' },
    visitor: allWorks,
    clearsItself: true,
  },
  'desktop-timeout': {
    cause: 'The desktop helper did not answer and was stopped: it is started again when it is needed.',
    staff: { zh: '不用做什么，它会自己恢复。', en: 'Nothing to do: it comes back by itself.' },
    visitor: allWorks,
    clearsItself: true,
  },
  'device-driver-missing': {
    cause:
      'A driver library cannot be loaded on this machine: run "npm ci" again for this processor and Node version.',
    staff: {
      zh: '请打电话给技术人员：本机缺少部件。',
      en: 'Call IT: a part of this terminal’s installation is missing.',
    },
    visitor: partOut,
    clearsItself: false,
  },
  'device-address-bad': {
    cause: 'A device address in the config cannot be used: write tcp://host:port or serial:/dev/…?baud=9600.',
    staff: { zh: '请打电话给技术人员：设备的设置不对。', en: 'Call IT: a device’s setting is wrong.' },
    visitor: partOut,
    clearsItself: false,
  },
};

/** @returns undefined for a code that is no device's */
export function deviceFault(code: string): DeviceFault | undefined {
  return Object.hasOwn(faults, code) ? faults[code as DeviceErrorCode] : undefined;
}

/** A code that any device may have says nothing of what the visitor misses: the device does. */
export function visitorWords(code: DeviceErrorCode, device: DeviceRole): Words {
  return code.startsWith('device-') ? missedOf[device] : faults[code].visitor;
}

const missedOf: Readonly<Record<DeviceRole, Words>> = {
  reader: noCards,
  'second-reader': noCards,
  printer: noSlips,
  'fallback-printer': noSlips,
  panel: helpOnScreen,
  desktop: allWorks,
};
