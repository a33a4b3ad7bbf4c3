// How far this machine gets towards headquarters: an address, a name, the door, the broker. Looks when it is told to.
import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Config } from './config.ts';
import type { ScreenOf } from './screen.ts';

type Network = NonNullable<ScreenOf<'maintenance'>['network']>;
export type NetworkReport = Omit<Network, 'wifi'>;
type Step = Network['steps'][number];

const patienceMs = 5_000;

export class NetworkLook {
  readonly #targets: readonly { readonly step: 'door' | 'broker'; readonly url: URL }[];
  readonly #isOnline: () => boolean;
  readonly #onChange: () => void;
  #isLooking = false;
  #ways: Network['ways'] = [];
  #steps: Network['steps'] = [];

  /** @param isOnline does the line to headquarters stand? */
  constructor(
    { headquarters, broker }: Pick<Config, 'headquarters' | 'broker'>,
    isOnline: () => boolean,
    onChange: () => void,
  ) {
    const { door } = headquarters;
    const brokers = [broker.url].flat();
    this.#targets = [
      ...(door === undefined ? [] : [{ step: 'door' as const, url: new URL(door) }]),
      ...brokers.map((url) => ({ step: 'broker' as const, url: new URL(url) })),
    ];
    this.#isOnline = isOnline;
    this.#onChange = onChange;
  }

  get report(): NetworkReport {
    return { isLooking: this.#isLooking, ways: this.#ways, steps: this.#steps };
  }

  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#onChange();
    this.#ways = waysNow();
    this.#steps = await this.#walk();
    this.#isLooking = false;
    this.#onChange();
  }

  async #walk(): Promise<Step[]> {
    const hasAddress = this.#ways.some(({ isUp, address }) => isUp && address !== null);
    const hosts = [...new Set(this.#targets.map(({ url }) => url.hostname.replace(/^\[|\]$/g, '')))];
    const [names, reached] = await Promise.all([
      Promise.all(
        hosts.map(async (target): Promise<Step> => ({ step: 'name', state: await named(target), target })),
      ),
      Promise.all(
        this.#targets.map(
          async ({ step, url }): Promise<Step> => ({ step, state: await answers(url), target: url.host }),
        ),
      ),
    ]);
    return [
      { step: 'address', state: hasAddress ? 'fine' : 'bad', target: null },
      ...names,
      ...reached,
      { step: 'line', state: this.#isOnline() ? 'fine' : 'bad', target: null },
    ];
  }
}

function waysNow(): Network['ways'] {
  return Object.entries(networkInterfaces()).flatMap(([name, all = []]) => {
    const outside = all.filter(({ internal }) => !internal);
    if (outside.length === 0) return [];
    // what a person can use comes first
    const address = outside.find(({ family }) => family === 'IPv4') ?? outside[0];
    const way = existsSync(`/sys/class/net/${name}/wireless`) ? 'wireless' : 'wired';
    return [{ name, way, isUp: true, address: address?.address ?? null }];
  });
}

async function named(host: string): Promise<Step['state']> {
  const late = new Promise<'bad'>((resolve) => void setTimeout(resolve, patienceMs, 'bad').unref());
  const found = lookup(host).then(
    () => 'fine' as const,
    () => 'bad' as const,
  );
  return await Promise.race([found, late]);
}

/** Something listens there; who it is, TLS finds out. */
function answers({ hostname, port, protocol }: URL): Promise<Step['state']> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) || usualPort(protocol), timeout: patienceMs });
    const end = (state: Step['state']): void => {
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => end('fine'));
    socket.once('timeout', () => end('bad'));
    socket.once('error', () => end('bad'));
  });
}

function usualPort(protocol: string): number {
  if (protocol === 'https:' || protocol === 'wss:') return 443;
  return protocol === 'mqtts:' ? 8883 : 1883;
}
