// Every fault code of the terminal with the sentence for IT: what is wrong and what to do about it. Devices' stand in fault-table.ts.
import type { DeviceErrorCode } from '../device/device-error.ts';
import type { SyncErrorCode } from '../sync/sync-error.ts';
import { deviceFault } from './fault-table.ts';

type KioskFaultCode =
  | 'screen-port-in-use'
  | 'screen-port-refused'
  | 'screen-answer-failed'
  | 'screen-message-bad'
  | 'screen-too-many'
  | 'store-write-failed'
  | 'board-unreadable'
  | 'pin-check-failed'
  | 'settings-unreadable'
  | 'key-unreadable'
  | 'password-unreadable'
  | 'identity-unreadable'
  | 'seal-key-unusable'
  | 'pin-file-unreadable'
  | 'housing-opened'
  | 'ui-missing'
  | 'data-dir-unwritable';
export type FaultCode = DeviceErrorCode | SyncErrorCode | KioskFaultCode;

const sentences: Readonly<Record<SyncErrorCode | KioskFaultCode, string>> = {
  'sync-frame-too-large': 'A message over 64 KiB was refused: check who else publishes on this broker.',
  'sync-frame-unreadable':
    'A message that is neither JSON nor packed JSON was refused: check who else publishes on this broker.',
  'sync-frame-shape':
    'A message of a wrong shape was refused: check that headquarters and terminal run matching versions.',
  'sync-frame-unsigned':
    'A message that headquarters should have signed was not: check who else publishes on this broker.',
  'sync-frame-forged':
    'A message carried a wrong signature: check the headquarters.signKey of this config, and who else publishes on this broker.',
  'sync-store-unsafe':
    'The database cannot promise durability on this file system: move dataDir to a local disk.',
  'sync-store-corrupt':
    'The database was damaged and set aside; the terminal serves on with an empty one. Keep the file, send it to support, and look at the disk.',
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
  'sync-link-taken-over':
    'Another device connects to the broker under the name of this terminal, so this one pauses for some minutes: look for a copied config or storage card and give each its own name.',
  'sync-store-full':
    'The disk is full: check-in goes on from the reserve; free space in dataDir or connect the network.',
  'sync-broker-nobody-listens':
    'The broker has nobody who listens to this terminal: check that headquarters runs and uses the same broker and tenant.',
  'sync-broker-forbids':
    'The broker does not let this terminal write where it must: run "yingbin broker-check" and mend its access rules.',
  'sync-broker-over-quota':
    'The broker has no room left for messages: raise its quota or look at who fills it; nothing is lost.',
  'sync-broker-packet-limit':
    'The broker takes only messages smaller than 64 KiB: raise its largest packet to 66 KiB or more.',
  'sync-store-failed':
    'The disk failed while it was written to or read: nothing was confirmed and the terminal starts again; if it comes back, replace the disk.',
  'sync-ack-foreign':
    'An acknowledgement that is not for this terminal was ignored: check that no other terminal has the same name.',
  'sync-dataset-row':
    'A dataset holds a row that this version cannot read and was refused: update the terminal or mend the data.',
  'sync-bundle-unreadable':
    'A site bundle cannot be read, or is none: copy the file again, or have headquarters build it anew.',
  'sync-bundle-forged':
    'A site bundle carries another signature than this fleet’s headquarters: check headquarters.signKey and tenant of this config, and where the file came from.',
  'sync-bundle-foreign':
    'A site bundle is for another site: have headquarters build one for site.project of this config.',
  'sync-bundle-damaged':
    'A site bundle is torn or was changed on the way: copy the file again; nothing of it was taken.',
  'sync-bundle-too-large': 'A site bundle is over limits.bundleBytes: check that it is the right file.',
  'sync-dataset-mismatch':
    'A dataset arrived damaged and was refused: the old one stays in use and it is asked for again.',
  'sync-order-foreign':
    'An order for another terminal was ignored: check that no other terminal has the same name.',
  'sync-order-replayed':
    'An order that had come before came again, or behind a later one, and was ignored: check who else publishes on this broker.',
  'sync-order-surplus':
    'More than 100 orders wait here, so one more was put off: see at headquarters which of them hang.',
  'sync-twin-stale':
    'An older set-up than one that came before was ignored: check who else publishes on this broker.',
  'sync-question-surplus':
    'More than 5 questions a second: the offline answer was shown instead; see who swipes so fast.',
  'screen-port-in-use':
    'The screen port is taken by another program: choose another screen.port or stop that program.',
  'screen-port-refused': 'The screen port cannot be listened on: choose a screen.port from 1024 up.',
  'screen-answer-failed':
    'The screen server could not answer a request: reload the page; if it stays, restart the terminal.',
  'screen-message-bad': 'The screen sent a message of a wrong shape, which was ignored: reload the page.',
  'screen-too-many': 'Too many screens or too many touches at once: the surplus was refused.',
  'store-write-failed':
    'A fact could not be written, so nothing was confirmed: check disk space and the disk itself.',
  'board-unreadable':
    'The board could not be read to search in it: check the disk; it is tried again with the next search.',
  'pin-check-failed': 'A PIN could not be compared, so nobody was let in: check that memory is free.',
  'settings-unreadable':
    'settings.json cannot be used: mend or delete it; the defaults are in force until then.',
  'key-unreadable':
    'The fleet key file cannot be used: it must hold 64 hex digits, belong to this user and have mode 0600.',
  'seal-key-unusable':
    'No fact can be sealed to this key: copy headquarters.sealKey from the log line of headquarters that says it is ready.',
  'password-unreadable': 'The broker password file cannot be read: check broker.passwordFile and its rights.',
  'identity-unreadable':
    'The certificate or key of this terminal cannot be read: check the files of broker.tls and their rights, or enrol it anew.',
  'pin-file-unreadable':
    'The maintenance PIN file cannot be used, so the maintenance screen stays shut: it must hold 4–8 digits, belong to this user and have mode 0600.',
  'housing-opened': 'The housing of the terminal was opened: see who is at it.',
  'ui-missing': 'The built screen is missing: run "npm run build".',
  'data-dir-unwritable': 'dataDir cannot be written: give this user the right to, or choose another folder.',
};

export function faultText(code: FaultCode): string {
  return deviceFault(code)?.cause ?? sentences[code as SyncErrorCode | KioskFaultCode];
}
