// PORT: a line to an untrusted, forgetful broker. It keeps nothing for later and promises nothing about delivery.
import type { SyncErrorCode } from './sync-error.ts';

/**
 * Why there is no connection: none could be made, the broker refused us, it ended, it sent something too large, or
 * another client uses our name.
 */
export type LinkDownCode = Extract<
  SyncErrorCode,
  | 'sync-link-unreachable'
  | 'sync-link-refused'
  | 'sync-link-lost'
  | 'sync-link-taken-over'
  | 'sync-frame-too-large'
>;

/** What an MQTT 5 broker said about a message: a hint for people, nothing to rely on. */
export type LinkAdviceCode = Extract<
  SyncErrorCode,
  'sync-broker-nobody-listens' | 'sync-broker-forbids' | 'sync-broker-over-quota' | 'sync-broker-packet-limit'
>;

export interface LinkEvents {
  /** connected and subscribed; always before the first message of a connection */
  readonly onUp: () => void;
  /** once for each connection that ended and each attempt that failed; tried again by itself until closed */
  readonly onDown: (code: LinkDownCode) => void;
  /** @param isRetained the broker had kept it: says nothing about who is there now */
  readonly onMessage: (topic: string, payload: Uint8Array, isRetained: boolean) => void;
  /** each code at most once in a connection */
  readonly onAdvice?: (code: LinkAdviceCode) => void;
}

export interface PublishOptions {
  readonly isRetained?: boolean;
  /** the broker may forget it after this long; only MQTT 5 brokers do, so the receiver must check for itself */
  readonly expiryMs?: number;
}

/** Opens itself, reopens itself, and reports through the events it was made with. */
export interface Link {
  readonly isUp: boolean;
  /**
   * Hands a message to the broker; never rejects, keeps nothing beyond the connection. While the broker has as many
   * unanswered messages as it said it can hold, the next ones wait their turn.
   * @returns true when the broker took it, which proves nothing about anyone behind it; false when the link is or went down
   */
  publish(topic: string, payload: Uint8Array, options?: PublishOptions): Promise<boolean>;
  /**
   * From now on these topic filters and no others, in this connection and every later one. What is on its way under a
   * filter that is left out may still come.
   * @returns true when the broker granted them; false when the link is or went down: they hold with the next connection
   */
  listen(filters: readonly string[]): Promise<boolean>;
  /** Ends the connection without the last will; may be called again. No event comes after it. */
  close(): Promise<void>;
}

export interface LastWill {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** how long an MQTT 5 broker holds it back; at once on 3.1.1 */
  readonly delayMs?: number;
}

/** PEM */
export interface LinkTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where the broker is and how patient to be. */
export interface LinkAddress {
  /** `mqtt://host:port` or `mqtts://host:port`; of a cluster the nodes, tried in random order */
  readonly url: string | readonly string[];
  readonly username?: string;
  readonly password?: string;
  /** for `mqtts`; a function is asked for each connection, and what it throws ends that attempt */
  readonly tls?: LinkTls | (() => LinkTls);
  /** a silent connection is given up after one and a half of this; whole seconds count */
  readonly keepAliveMs: number;
  readonly connectTimeoutMs: number;
  /** waits between attempts are random in 0 … a ceiling that doubles from min to max */
  readonly reconnectMinMs: number;
  readonly reconnectMaxMs: number;
  /** how long to leave the broker to another client that uses our name: half of this to all of it; 5 min unless given */
  readonly takenOverPauseMs?: number;
}

export interface LinkOptions extends LinkAddress {
  readonly clientId: string;
  /** topic filters, subscribed anew on every connection at QoS 1; `Link.listen` changes them */
  readonly subscriptions: readonly string[];
  /**
   * A topic that this filter hears and that we may write: there the link speaks to itself every `keepAliveMs`, and leaves a
   * broker that stopped giving it back for another. undefined = that filter is not listened after.
   */
  readonly echoTopicOf?: (filter: string) => string | undefined;
  /** published retained by the broker when we vanish */
  readonly will?: LastWill;
  /** 5 unless given; a broker that does not know it gets 3.1.1 (4) by itself */
  readonly highestMqtt?: 4 | 5;
  /** 0 … 1; for tests */
  readonly random?: () => number;
}

export type OpenLink = (options: LinkOptions, events: LinkEvents) => Link;
