// Who stands at the door: by the certificate of the line, looked up among those that we gave; and how often one may knock.
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { TerminalId } from '../../contract/ids.ts';
import type { Store } from '../store/store.ts';

/** The terminal whose certificate the line has; TLS has proven that it holds the key. */
export interface Caller {
  readonly terminal: TerminalId;
  /** of the certificate, hex */
  readonly serial: string;
  /** neither run out nor revoked, and the terminal is one of the fleet */
  readonly isGood: boolean;
}

export class DoorCallers {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** @returns undefined without a certificate, and for one that is not to the letter one of ours */
  async of(socket: TLSSocket): Promise<Caller | undefined> {
    const shown = socket.getPeerX509Certificate();
    if (!shown) return undefined;
    const serial = shown.serialNumber.toLowerCase();
    const kept = await this.#store.db
      .selectFrom('certificate as c')
      .innerJoin('device as d', 'd.id', 'c.device')
      .select(['c.device', 'c.pem', 'c.not_after', 'c.revoked_at', 'd.state'])
      .where('c.serial', '=', serial)
      .executeTakeFirst();
    if (!kept || !new X509Certificate(kept.pem).raw.equals(shown.raw)) return undefined;
    const isGood =
      kept.revoked_at === null &&
      kept.state === 'enrolled' &&
      Date.parse(kept.not_after) > this.#now().getTime();
    return { terminal: kept.device as TerminalId, serial, isGood };
  }
}

/** So many in a minute from each, and `all` from everybody together, so that what is counted stays small. */
export class Pace {
  readonly #each: number;
  readonly #all: number;
  readonly #nowMs: () => number;
  readonly #counts = new Map<string, number>();
  #minute = 0;
  #sum = 0;

  constructor(each: number, all: number, nowMs: () => number) {
    this.#each = each;
    this.#all = all;
    this.#nowMs = nowMs;
  }

  allows(who: string): boolean {
    const minute = Math.floor(this.#nowMs() / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#sum = 0;
      this.#counts.clear();
    }
    if (this.#sum >= this.#all) return false;
    const count = (this.#counts.get(who) ?? 0) + 1;
    this.#counts.set(who, count);
    // whoever is too fast costs only themselves
    if (count > this.#each) return false;
    this.#sum += 1;
    return true;
  }
}
