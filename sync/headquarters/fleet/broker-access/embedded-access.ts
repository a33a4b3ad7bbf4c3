// Who may speak on the broker inside headquarters: every certificate is looked up by its number, so a word is enough.
import type { TerminalId } from '../../../contract/ids.ts';
import type { BrokerAccess, EndReason, RevocationListInForce } from './broker-access.ts';

/** A connection, as far as it can be ended. */
export interface Session {
  /** @returns when nothing of it is let through any more */
  end(): Promise<void>;
}

export class EmbeddedAccess implements BrokerAccess {
  readonly isForgetful = true;
  readonly #serials = new Map<TerminalId, Set<string>>();
  readonly #sessions = new Map<TerminalId, Set<Session>>();
  #listed: ReadonlySet<string> = new Set();

  /** @param serial of the certificate that it shows, hex in lower case */
  mayEnter(terminal: TerminalId, serial: string): boolean {
    return !this.#listed.has(serial) && this.#serials.get(terminal)?.has(serial) === true;
  }

  /** @returns what to call when it ended by itself */
  noteSession(terminal: TerminalId, session: Session): () => void {
    const sessions = this.#sessions.get(terminal) ?? new Set();
    this.#sessions.set(terminal, sessions.add(session));
    return () => {
      sessions.delete(session);
      if (sessions.size === 0 && this.#sessions.get(terminal) === sessions) this.#sessions.delete(terminal);
    };
  }

  async grant(terminal: TerminalId, { serial }: { readonly serial: string }): Promise<void> {
    this.#serials.set(terminal, (this.#serials.get(terminal) ?? new Set()).add(serial));
  }

  async revoke(terminal: TerminalId, serials: readonly string[], why: EndReason): Promise<void> {
    if (why === 'superseded') {
      for (const serial of serials) this.#serials.get(terminal)?.delete(serial);
      return;
    }
    this.#serials.delete(terminal);
    await this.kick(terminal);
  }

  async kick(terminal: TerminalId): Promise<void> {
    await Promise.all([...(this.#sessions.get(terminal) ?? [])].map((session) => session.end()));
  }

  async list(): Promise<readonly TerminalId[]> {
    return [...this.#serials.keys()];
  }

  async takeList({ serials }: RevocationListInForce): Promise<void> {
    this.#listed = serials;
  }

  async close(): Promise<void> {}
}
