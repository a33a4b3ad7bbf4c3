// Coded faults of hardware. A code is stable and goes to logs and headquarters; sentences for people stand elsewhere.

export const deviceErrorCodes = [
  'reader-unreachable',
  'reader-refused',
  'reader-noise',
  'reader-bad-checksum',
  'printer-unreachable',
  'printer-refused',
  'printer-busy',
  'printer-no-answer',
  'printer-not-a-printer',
  'printer-paper-out',
  'printer-cover-open',
  'printer-offline',
  'printer-cutter',
  'printer-fault',
  'printer-cut-off',
  'panel-unreachable',
  'panel-wrong-firmware',
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
