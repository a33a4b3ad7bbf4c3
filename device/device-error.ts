// Coded faults of hardware. A code is stable and goes to logs and headquarters; sentences for people stand elsewhere.

export const deviceErrorCodes = [
  'reader-unplugged',
  'reader-unreachable',
  'reader-refused',
  'reader-in-use',
  'reader-no-rights',
  'reader-ambiguous',
  'reader-wrong-device',
  'reader-no-answer',
  'reader-noise',
  'reader-bad-checksum',
  'printer-unplugged',
  'printer-unreachable',
  'printer-refused',
  'printer-in-use',
  'printer-no-rights',
  'printer-ambiguous',
  'printer-wrong-device',
  'printer-busy',
  'printer-no-answer',
  'printer-not-a-printer',
  'printer-paper-out',
  'printer-paper-low',
  'printer-cover-open',
  'printer-offline',
  'printer-hot',
  'printer-cutter',
  'printer-fault',
  'printer-cut-off',
  'panel-unplugged',
  'panel-unreachable',
  'panel-refused',
  'panel-in-use',
  'panel-no-rights',
  'panel-ambiguous',
  'panel-no-answer',
  'panel-wrong-firmware',
  'panel-setting-wrong',
  'desktop-unavailable',
  'desktop-died',
  'desktop-timeout',
  'device-driver-missing',
  'device-address-bad',
] as const;
export type DeviceErrorCode = (typeof deviceErrorCodes)[number];

export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly code: DeviceErrorCode;
  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
