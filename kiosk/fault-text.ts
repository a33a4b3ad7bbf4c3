// Every fault code of the terminal with the sentence for IT: what is wrong and what to do about it.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { SyncErrorCode } from '../sync/sync-error.ts';

type KioskFaultCode =
  | 'screen-port-in-use'
  | 'screen-port-refused'
  | 'screen-answer-failed'
  | 'screen-message-bad'
  | 'screen-too-many'
  | 'store-write-failed'
  | 'pin-check-failed'
  | 'settings-unreadable'
  | 'key-unreadable'
  | 'password-unreadable'
  | 'ui-missing'
  | 'data-dir-unwritable';
export type FaultCode = DeviceErrorCode | SyncErrorCode | KioskFaultCode;

const sentences: Readonly<Record<FaultCode, string>> = {
  'reader-unplugged': 'The card reader is not plugged in: plug its cable in; it goes on by itself.',
  'reader-in-use': 'Another program holds the card reader: run "yingbin doctor" to see which, and stop it.',
  'reader-no-rights':
    'This user may not open the card reader: run "yingbin doctor" for the udev rule to add.',
  'reader-ambiguous':
    'Two card readers of the same kind without serial numbers are plugged in: take one away.',
  'reader-wrong-device':
    'Another model is plugged in where the card reader was: run "yingbin doctor" and correct the config.',
  'reader-no-answer': 'The card reader is connected but does not answer: unplug it and plug it in again.',
  'reader-setting-wrong':
    'The reader setting does not fit this reader: run "yingbin doctor" and correct reader in the config.',
  'printer-unplugged': 'The printer is not plugged in: plug its cable in; waiting slips print by themselves.',
  'printer-in-use': 'Another program holds the printer: run "yingbin doctor" to see which, and stop it.',
  'printer-no-rights': 'This user may not open the printer: run "yingbin doctor" for the udev rule to add.',
  'printer-ambiguous': 'Two printers of the same kind without serial numbers are plugged in: take one away.',
  'printer-wrong-device':
    'What is plugged in where the printer was is another device: run "yingbin doctor" and correct the config.',
  'printer-paper-low': 'The paper is nearly used up: have a new roll at hand.',
  'printer-hot': 'The print head is too hot: it goes on by itself when it has cooled down.',
  'panel-unplugged': 'The control panel is not plugged in: plug its cable in; the terminal works without it.',
  'panel-refused': 'The control panel refused the connection: check its address.',
  'panel-in-use': 'Another program holds the control panel: stop that one; the terminal works without it.',
  'panel-no-rights':
    'This user may not open the control panel: run "yingbin doctor" for the udev rule to add.',
  'panel-ambiguous': 'Two control panels of the same kind are plugged in: take one away.',
  'panel-setting-wrong':
    'The control panel has no such pin, or the pin cannot do that: correct panel.pins in the config; the rest of it works.',
  'panel-no-answer': 'The control panel is connected but does not answer: unplug it and plug it in again.',
  'desktop-unavailable':
    'This machine has no desktop that can be photographed or woken: nothing else depends on it.',
  'desktop-died': 'The desktop helper ended by itself: it is started again when it is needed.',
  'desktop-timeout':
    'The desktop helper did not answer and was stopped: it is started again when it is needed.',
  'device-driver-missing':
    'A driver library cannot be loaded on this machine: run "npm ci" again for this processor and Node version.',
  'reader-unreachable':
    'The card reader does not answer: check its cable and power; it is tried again by itself.',
  'reader-refused':
    'The card reader refused the connection: check its address and that no other program holds it.',
  'reader-noise':
    'The card reader sends bytes that are no card frames: check baud rate, cable and that it is an RDM6300 type.',
  'reader-bad-checksum': 'Card frames arrive damaged: check the cable; nothing wrong was accepted.',
  'printer-unreachable':
    'The printer does not answer: check its power, cable and address; waiting slips print by themselves.',
  'printer-refused': 'The printer refused the connection: another program may hold it; close that one.',
  'printer-busy': 'The printer is busy with another computer: it is tried again by itself.',
  'printer-no-answer': 'The printer is connected but does not say how it is: switch it off and on.',
  'printer-not-a-printer':
    'What answers at the printer address is no ESC/POS printer: check printer.at in the config.',
  'printer-paper-out': 'The printer has no paper: put in a roll; waiting slips print by themselves.',
  'printer-cover-open': "The printer's cover is open: close it; waiting slips print by themselves.",
  'printer-offline': 'The printer is off line: press its feed or online button.',
  'printer-cutter': "The printer's cutter is jammed: switch off, free the blade, switch on.",
  'printer-fault': 'The printer reports a fault that needs service.',
  'printer-cut-off':
    'The connection broke in the middle of a slip: it prints by itself if the printer counted nothing since, else it is marked unconfirmed.',
  'panel-unreachable':
    'The control panel does not answer: check its USB cable; the terminal works without it.',
  'panel-wrong-firmware': 'The control panel does not speak Firmata: flash StandardFirmata onto the board.',
  'device-address-bad':
    'A device address in the config cannot be used: write tcp://host:port or serial:/dev/…?baud=9600.',
  'sync-frame-too-large': 'A message over 64 KiB was refused: check who else publishes on this broker.',
  'sync-frame-unreadable':
    'A message that is neither JSON nor packed JSON was refused: check who else publishes on this broker.',
  'sync-frame-shape':
    'A message of a wrong shape was refused: check that headquarters and terminal run matching versions.',
  'sync-store-unsafe':
    'The database cannot promise durability on this file system: move dataDir to a local disk.',
  'sync-store-corrupt':
    'The database is damaged: keep the file, start with an empty dataDir, and send the file to support.',
  'sync-store-newer': 'The database was written by a newer version: install that version again.',
  'sync-store-unwritable':
    'The database cannot be opened: check that dataDir exists, has space and belongs to this user.',
  'sync-store-busy': 'The database is in use by another program: stop that one or choose another dataDir.',
  'sync-store-foreign': 'The database belongs to another terminal: give this one its own dataDir.',
  'sync-link-lost': 'The connection to the broker ended: the terminal goes on and sends everything later.',
  'sync-link-unreachable':
    'The broker does not answer: the terminal goes on and sends everything later; check network and broker.url.',
  'sync-link-refused':
    'The broker refused this terminal: check broker.username, the password file and the rights at the broker.',
  'sync-ack-foreign':
    'An acknowledgement that is not for this terminal was ignored: check that no other terminal has the same name.',
  'sync-dataset-row':
    'A dataset holds a row that this version cannot read and was refused: update the terminal or mend the data.',
  'sync-dataset-mismatch':
    'A dataset arrived damaged and was refused: the old one stays in use and it is asked for again.',
  'screen-port-in-use':
    'The screen port is taken by another program: choose another screen.port or stop that program.',
  'screen-port-refused': 'The screen port cannot be listened on: choose a screen.port from 1024 up.',
  'screen-answer-failed':
    'The screen server could not answer a request: reload the page; if it stays, restart the terminal.',
  'screen-message-bad': 'The screen sent a message of a wrong shape, which was ignored: reload the page.',
  'screen-too-many': 'Too many screens or too many touches at once: the surplus was refused.',
  'store-write-failed':
    'A fact could not be written, so nothing was confirmed: check disk space and the disk itself.',
  'pin-check-failed': 'A PIN could not be compared, so nobody was let in: check that memory is free.',
  'settings-unreadable':
    'settings.json cannot be used: mend or delete it; the defaults are in force until then.',
  'key-unreadable':
    'The fleet key file cannot be used: it must hold 64 hex digits, belong to this user and have mode 0600.',
  'password-unreadable': 'The broker password file cannot be read: check broker.passwordFile and its rights.',
  'ui-missing': 'The built screen is missing: run "npm run build".',
  'data-dir-unwritable': 'dataDir cannot be written: give this user the right to, or choose another folder.',
};

export function faultText(code: FaultCode): string {
  return sentences[code];
}
