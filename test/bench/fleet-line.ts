// A terminal of a bench's fleet: the product's line and window of facts over mutual TLS; what waits it keeps in memory, as a thousand disks are not at hand.
import { randomBytes } from 'node:crypto';
import type { WireFact } from '../../sync/contract/facts.ts';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { Epoch, TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { openSignedFrame, verifyingKey } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { FactCourier, type FactSource } from '../../sync/fact-courier.ts';
import type { Link } from '../../sync/link.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import type { Settlement } from '../../sync/outbox.ts';
import type { FleetIdentity } from '../simulators/fleet-terminal.ts';
import { fact } from '../sync/headquarters/some-facts.ts';
import { sealed, someKeys } from '../sync/some-keys.ts';

export interface FleetLineAddress {
  readonly url: string;
  readonly tenant: TenantId;
  /** PEM */
  readonly root: string;
  /** of a fleet that comes back at once: see sync/brokers.md */
  readonly reconnectMinMs: number;
}

const usual = { keepAliveMs: 60_000, connectTimeoutMs: 10_000, reconnectMaxMs: 300_000 };
const limits = { ackTimeoutMs: 10_000, factsPerBatch: 500, batchesInFlight: 4 };

export class BenchTerminal {
  /** when it was connected last; null = it is not */
  upAtMs: number | null = null;
  readonly #outbox: MemoryOutbox;
  readonly #facts: FactCourier;
  readonly #link: Link;
  readonly #ticker: NodeJS.Timeout;

  constructor(
    identity: Pick<FleetIdentity, 'terminal' | 'certificate' | 'privateKey' | 'serial'>,
    { url, tenant, root, reconnectMinMs }: FleetLineAddress,
  ) {
    const { terminal, certificate, privateKey, serial } = identity;
    this.#outbox = new MemoryOutbox(terminal);
    const ack = topics.ack(tenant, terminal);
    const key = verifyingKey(someKeys.sign.publicKey);
    const say = (topic: string, message: object): number => {
      const frame = encodeFrame(message);
      void this.#link.publish(topic, frame);
      return frame.length;
    };
    const ignore = (): void => {};
    const line = { send: say, refuse: ignore, storeFault: ignore, monoMs: () => performance.now() };
    this.#facts = new FactCourier({ tenant, outbox: this.#outbox, limits }, line, ignore);
    const presence = { v: 1, online: true, version: '1', at: null, waiting: 0 };
    this.#link = openMqttLink(
      {
        ...usual,
        ...{ url, reconnectMinMs, clientId: terminal, subscriptions: [ack] },
        tls: { ca: root, cert: certificate, key: privateKey },
        will: {
          topic: topics.presence(tenant, terminal),
          payload: encodeFrame({ ...presence, online: false }),
          delayMs: 5_000,
        },
      },
      {
        onUp: () => {
          this.upAtMs = performance.now();
          const birth = {
            ...presence,
            boot: `boot-${terminal}`,
            serial: `board-${terminal}`,
            certificate: serial,
          };
          say(topics.presence(tenant, terminal), birth);
          this.#facts.up();
        },
        onDown: () => {
          this.upAtMs = null;
          this.#facts.down();
        },
        onMessage: (topic, payload) => this.#facts.receive(topic, openSignedFrame(topic, payload, key)),
      },
    );
    this.#ticker = setInterval(() => this.#facts.tick(), 1_000);
  }

  /** Something happened at it. */
  append(): void {
    this.#outbox.append();
    this.#facts.appended();
  }

  get isSettled(): boolean {
    return this.#outbox.appliedSeq === this.#outbox.lastSeq;
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    await this.#link.close();
  }
}

class MemoryOutbox implements FactSource {
  readonly terminal: TerminalId;
  readonly epoch = randomBytes(16).toString('hex') as Epoch;
  readonly forgottenSeq = 0;
  appliedSeq = 0;
  readonly #facts: WireFact[] = [];

  constructor(terminal: TerminalId) {
    this.terminal = terminal;
  }

  get lastSeq(): number {
    return this.#facts.length;
  }

  append(): void {
    this.#facts.push(sealed(fact(this.lastSeq + 1), this.terminal) as WireFact);
  }

  read(afterSeq: number, maxFacts: number): readonly WireFact[] {
    return this.#facts.slice(afterSeq, afterSeq + maxFacts);
  }

  settle({ epoch, applied }: { readonly epoch: string; readonly applied: number }): Settlement {
    if (epoch !== this.epoch || applied > this.lastSeq) return 'foreign';
    this.appliedSeq = Math.max(this.appliedSeq, applied);
    return 'settled';
  }
}
