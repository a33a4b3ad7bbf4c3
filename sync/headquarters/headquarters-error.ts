// Coded faults of headquarters; each message is one sentence that says what to do.

export const headquartersErrorCodes = [
  'hq-config-unreadable',
  'hq-config-not-json',
  'hq-config-wrong',
  'hq-command-unknown',
  'hq-secret-unreadable',
  'hq-port-in-use',
  'hq-port-refused',
  'hq-folder-unwritable',
  'hq-broker-unreachable',
  'hq-store-unreachable',
  'hq-store-unsafe',
  'hq-backup-failed',
  'hq-backup-unreadable',
  'hq-backup-tool-missing',
  'hq-restore-busy',
  'hq-account-wrong',
  'hq-bundle-failed',
  'hq-lease-lost',
  'hq-workers-wrong',
  'hq-import-unreadable',
  'hq-import-shape',
  'hq-import-duplicate',
  'hq-import-reference',
  'hq-import-card-clash',
  'hq-import-card-narrow',
] as const;
export type HeadquartersErrorCode = (typeof headquartersErrorCodes)[number];

export class HeadquartersError extends Error {
  override readonly name = 'HeadquartersError';
  readonly code: HeadquartersErrorCode;
  constructor(code: HeadquartersErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
