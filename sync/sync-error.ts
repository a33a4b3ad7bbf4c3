// Coded faults of sync. Expected outcomes are values, not errors.

/** Every code that sync can raise; the sentences for people stand in `kiosk/fault-text.ts`. */
export const syncErrorCodes = [
  'sync-frame-too-large',
  'sync-frame-unreadable',
  'sync-frame-shape',
  'sync-frame-unsigned',
  'sync-frame-forged',
  'sync-store-unsafe',
  'sync-store-corrupt',
  'sync-store-newer',
  'sync-store-unwritable',
  'sync-store-foreign',
  'sync-store-busy',
  'sync-link-lost',
  'sync-link-unreachable',
  'sync-link-refused',
  'sync-link-taken-over',
  'sync-broker-nobody-listens',
  'sync-broker-forbids',
  'sync-broker-over-quota',
  'sync-broker-packet-limit',
  'sync-ack-foreign',
  'sync-store-full',
  'sync-store-failed',
  'sync-dataset-mismatch',
  'sync-dataset-row',
  'sync-bundle-unreadable',
  'sync-bundle-forged',
  'sync-bundle-foreign',
  'sync-bundle-damaged',
  'sync-bundle-too-large',
  'sync-order-foreign',
  'sync-order-replayed',
  'sync-order-surplus',
  'sync-twin-stale',
  'sync-question-surplus',
] as const;
export type SyncErrorCode = (typeof syncErrorCodes)[number];

export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly code: SyncErrorCode;
  constructor(code: SyncErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
