// Wi-Fi as staff set it: looks for networks and joins one, through the machine's own service, which alone keeps keys.
import { pbkdf2 } from 'node:crypto';
import type { MachineOrders } from './machine-orders.ts';
import type { ScreenOf } from './screen.ts';
import { type FoundNetwork, wifiScan } from './wifi-scan.ts';

type WifiReport = NonNullable<NonNullable<ScreenOf<'maintenance'>['network']>['wifi']>;
type Joining = NonNullable<WifiReport['joining']>;

const lookEveryMs = 500;
/** the service itself gives up after 45 s */
const patienceMs = 60_000;

export interface WifiOptions {
  readonly orders: MachineOrders;
  /** whose rules the radio keeps */
  readonly country: string;
  readonly onChange: () => void;
  /** resolves after so many milliseconds */
  readonly wait: (ms: number) => Promise<void>;
}

export class Wifi {
  readonly #options: WifiOptions;
  #isLooking = false;
  #found: readonly FoundNetwork[] = [];
  #joining: Joining | null = null;

  constructor(options: WifiOptions) {
    this.#options = options;
  }

  /** @returns null where nobody may set it, or there is nothing to set */
  get report(): WifiReport | null {
    if (!this.isPossible) return null;
    const found = this.#found.map(({ ssid, bars, lock }) => ({
      ...{ ssid, bars },
      lock: lock === 'sae' ? ('key' as const) : lock,
    }));
    return { isLooking: this.#isLooking, found, joining: this.#joining };
  }

  get isPossible(): boolean {
    return this.#options.orders.can('wifi');
  }

  async look(): Promise<void> {
    if (this.#isLooking || !this.isPossible) return;
    this.#isLooking = true;
    this.#options.onChange();
    await this.#ask('scan\n');
    this.#found = wifiScan(this.#options.orders.answer('wifi', 'networks'));
    this.#isLooking = false;
    this.#options.onChange();
  }

  /** @param key as it was typed; what leaves this process cannot be turned back into it, but where WPA3 wants it as it is */
  async join(ssid: string, key: string | null): Promise<void> {
    if (this.#joining?.state === 'now' || !this.isPossible) return;
    this.#note({ ssid, state: 'now' });
    const name = Buffer.from(ssid, 'utf8');
    const state = await this.#ask(
      `join\n${name.toString('hex')}\n${await this.#lockOf(ssid, key)}\n${this.#options.country}\n`,
    );
    this.#note({ ssid, state: joinEnd(state) });
  }

  /** As the service takes it: `open`, the network's key in hex, or `sae:` and the words in hex. */
  async #lockOf(ssid: string, key: string | null): Promise<string> {
    if (key === null) return 'open';
    const isSae = this.#found.some((each) => each.ssid === ssid && each.lock === 'sae');
    if (isSae) return `sae:${Buffer.from(key, 'utf8').toString('hex')}`;
    return (await networkKey(Buffer.from(ssid, 'utf8'), key)).toString('hex');
  }

  #note(joining: Joining): void {
    this.#joining = joining;
    this.#options.onChange();
  }

  /** @returns what the service said in the end; '' = nothing */
  async #ask(order: string): Promise<string> {
    const { orders, wait } = this.#options;
    const before = orders.answer('wifi', 'state');
    try {
      orders.give('wifi', order);
    } catch {
      return '';
    }
    for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
      await wait(lookEveryMs);
      // `NUMBER WORD`: the number rises with each order that was answered
      const answer = orders.answer('wifi', 'state');
      if (answer !== before) return answer.trim().split(' ')[1] ?? '';
    }
    return '';
  }
}

function joinEnd(word: string): Joining['state'] {
  switch (word) {
    case 'joined':
    case 'wrong-key':
    case 'not-there':
      return word;
    default:
      return 'failed';
  }
}

/** As WPA makes it of a passphrase (IEEE 802.11-2020, J.4.1). */
async function networkKey(ssid: Uint8Array, key: string): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    pbkdf2(key, ssid, 4096, 32, 'sha1', (error, made) => (error ? reject(error) : resolve(made)));
  });
}
