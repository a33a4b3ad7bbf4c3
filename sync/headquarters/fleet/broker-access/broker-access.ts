// PORT: who may speak on the broker. Headquarters decides; this makes one kind of broker obey.
import type { TerminalId } from '../../../contract/ids.ts';
import type { Leaf } from '../certificate-authority.ts';

/** Why a terminal or one of its certificates is no longer taken. */
export const endReasons = ['revoked', 'superseded', 'retired', 'quarantined'] as const;
export type EndReason = (typeof endReasons)[number];

/** A list of certificates that nobody takes, as it was just made. */
export interface RevocationListInForce {
  /** PEM, with a probe's certificate on it that is on no earlier list */
  readonly pem: string;
  /** serial numbers in hex, lower case */
  readonly serials: ReadonlySet<string>;
  /** one that is on the list and one that is not, each with its key: the broker must tell them apart */
  readonly probes: { readonly refused: ProbeIdentity; readonly taken: ProbeIdentity };
}

/** PEM of both. */
export interface ProbeIdentity {
  readonly certificate: string;
  readonly privateKey: string;
}

export type BrokerAccessCode =
  /** nothing answers there, or not in time */
  | 'broker-access-unreachable'
  /** it does not take our name or our word */
  | 'broker-access-refused'
  /** the list could not be written or handed over */
  | 'revocation-list-unwritable'
  /** it still takes a certificate that is on the list */
  | 'revocation-list-ignored'
  /** with the list it takes nobody any more: some versions do after a reload, and want to be started again */
  | 'revocation-list-locks-out';

/** The message is one sentence that says what to do. */
export class BrokerAccessError extends Error {
  override readonly name = 'BrokerAccessError';
  readonly code: BrokerAccessCode;
  constructor(code: BrokerAccessCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Each may be called again with the same words, and then changes nothing. @throws BrokerAccessError */
export interface BrokerAccess {
  /** What it was told ends with this process: it is told before anybody comes. */
  readonly isForgetful?: boolean;
  /** It may connect with this certificate, write its own tree and read its own and everybody's. */
  grant(terminal: TerminalId, leaf: Pick<Leaf, 'serial'>): Promise<void>;
  /**
   * These certificates open nothing any more. Unless they were superseded by another of the same terminal, the terminal
   * is out: its session is ended, and it has no rights whatever it shows.
   * @param serials hex, lower case
   */
  revoke(terminal: TerminalId, serials: readonly string[], why: EndReason): Promise<void>;
  /** Ends its session; it may come again. */
  kick(terminal: TerminalId): Promise<void>;
  /** @returns whom it was granted, in any order */
  list(): Promise<readonly TerminalId[]>;
  /** @returns when a certificate that only this list names was refused, and one that it does not name was not */
  takeList(list: RevocationListInForce): Promise<void>;
  close(): Promise<void>;
}
