// The brokers of the proof, each as one party whose plug can be pulled; of a cluster one node at a time.
import { fileURLToPath } from 'node:url';
import { freePort, startMosquitto } from '../simulators/mosquitto.ts';
import { type NatsCluster, type NatsNode, startNatsCluster } from '../simulators/nats-cluster.ts';
import { childProgram, type Party } from './child.ts';
import type { BrokerName } from './world.ts';

const built = import.meta.url.replace(/\/test\/faults\/([^/]+)\.ts$/, '/dist/test/faults/$1.js');

export interface KillableBroker extends Party {
  readonly url: string | readonly string[];
  close(): Promise<void>;
}

export interface KillableBrokerOptions {
  /** mosquitto keeps on disk what it has; aedes never does, NATS always */
  readonly isPersistent: boolean;
  /** a kill takes all nodes of a cluster, not one */
  readonly isWhole: boolean;
}

export async function startBroker(
  name: BrokerName,
  { isPersistent, isWhole }: KillableBrokerOptions,
): Promise<KillableBroker> {
  switch (name) {
    case 'mosquitto':
      return startMosquitto({ persistence: isPersistent });
    case 'nats': {
      const cluster = await startNatsCluster();
      return isWhole ? wholeCluster(cluster) : nodeByNode(cluster);
    }
    case 'aedes': {
      const port = await freePort();
      const child = childProgram({
        command: process.execPath,
        // the tests run the sources, the proof what was built from them
        args: [fileURLToPath(new URL('./aedes-program.js', built)), String(port)],
        isReady: (line) => line === 'ready',
      });
      await child.start();
      return { ...child, url: `mqtt://127.0.0.1:${port}`, close: () => child.kill() };
    }
  }
}

/** Each plug is another node's: two of three are always there. */
function nodeByNode({ nodes, urls, close }: NatsCluster): KillableBroker {
  let turn = 0;
  const next = (): NatsNode => {
    const node = nodes[turn % nodes.length];
    if (!node) throw new Error('a cluster without nodes');
    return node;
  };
  return {
    url: urls,
    kill: () => next().kill(),
    start: async () => {
      await next().start();
      turn += 1;
    },
    freeze: () => next().freeze(),
    thaw: () => {
      next().thaw();
      turn += 1;
    },
    close,
  };
}

function wholeCluster({ nodes, urls, close }: NatsCluster): KillableBroker {
  return {
    url: urls,
    kill: async () => void (await Promise.all(nodes.map((node) => node.kill()))),
    start: async () => void (await Promise.all(nodes.map((node) => node.start()))),
    freeze: () => {
      for (const node of nodes) node.freeze();
    },
    thaw: () => {
      for (const node of nodes) node.thaw();
    },
    wipe: () => {
      for (const node of nodes) node.wipe();
    },
    close,
  };
}
