// The MQTT link on every broker: those that we ship with, in both versions of MQTT, and a cluster.
import { afterAll, beforeAll, describe } from 'vitest';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { describeLink } from '../contracts/link.ts';
import { startAedesBroker } from '../simulators/aedes-broker.ts';
import { startMosquitto } from '../simulators/mosquitto.ts';
import { type NatsCluster, startNatsCluster } from '../simulators/nats-cluster.ts';

describeLink('F20 aedes', openMqttLink, {
  startBroker: (login) => startAedesBroker(login ? { login } : {}),
  speaks: 4,
});
describeLink('F20 mosquitto', openMqttLink, {
  startBroker: (login) => startMosquitto(login ? { login } : {}),
  speaks: 5,
});

describe('F20', () => {
  let cluster: NatsCluster;
  beforeAll(async () => {
    cluster = await startNatsCluster();
  });
  afterAll(() => cluster.close());
  const all = <T>(act: (node: NatsCluster['nodes'][number]) => T): Promise<Awaited<T>[]> =>
    Promise.all(cluster.nodes.map(act));

  describeLink('NATS, three nodes', openMqttLink, {
    startBroker: async (login) => {
      const own = login ? await startNatsCluster({ nodes: 1, login }) : undefined;
      const node = (own ?? cluster).nodes[0];
      if (!node) throw new Error('no node');
      return {
        port: node.port,
        kill: async () => {
          await all((one) => one.kill());
          await all((one) => one.wipe());
        },
        start: async () => void (await all((one) => one.start())),
        close: async () => own?.close(),
      };
    },
    speaks: 4,
    restartMs: 20_000,
    keepAliveMs: 20_000,
    shortKeepAliveMs: 4_000,
  });
});
