// A terminal's real half of the datasets at the publisher's door: no broker between them, but all that a broker may do.
import type { DatasetName } from '../../../sync/contract/datasets.ts';
import type { TenantId, TerminalId } from '../../../sync/contract/ids.ts';
import { topics } from '../../../sync/contract/topics.ts';
import { DatasetCourier } from '../../../sync/dataset-courier.ts';
import { Publication } from '../../../sync/headquarters/publication.ts';
import { Publisher } from '../../../sync/headquarters/publisher.ts';
import type { Store } from '../../../sync/headquarters/store/store.ts';
import { Replica } from '../../../sync/replica.ts';

const tenant = 'test' as TenantId;
const terminal = 'hall-1' as TerminalId;

export interface Met {
  readonly replica: Replica;
  readonly courier: DatasetCourier;
  readonly publisher: Publisher;
  /** codes of what the terminal refused */
  readonly refused: string[];
  /** bytes that headquarters sent, by the last level of the topic */
  readonly bytes: Record<'manifest' | 'dataset' | 'chunk', number>;
  readonly applied: DatasetName[];
  /** may change or drop (undefined) a frame on its way down */
  onWay: (channel: 'manifest' | 'dataset' | 'chunk', frame: Buffer) => Buffer | undefined;
  /** lets seconds pass for the terminal */
  tick(seconds?: number): void;
  close(): Promise<void>;
}

export function meet(store: Store, folder: string, now: () => Date): Met {
  const replica = Replica.open(folder);
  const down = {
    manifest: topics.manifest(tenant),
    dataset: topics.dataset(tenant, terminal),
    chunk: topics.chunk(tenant, terminal),
  };
  const receive = (channel: keyof typeof down, frame: Buffer): Promise<boolean> => {
    const arrived = met.onWay(channel, frame);
    if (arrived) {
      met.bytes[channel] += arrived.length;
      courier.receive(down[channel], arrived, false);
    }
    return Promise.resolve(true);
  };
  const publisher = new Publisher({
    store,
    publication: new Publication(store, now, () => {}),
    now,
    delayMs: 50,
    everyMs: 10_000,
    bytesPerSecond: 1e9,
    onFault: (error) => {
      throw error;
    },
    output: {
      sendManifest: (frame) => receive('manifest', frame),
      sendChange: (_to, frame) => receive('dataset', frame),
      sendChunk: (_to, chunk) => receive('chunk', chunk),
    },
  });
  const answers: Promise<void>[] = [];
  let monoMs = 0;
  const courier = new DatasetCourier(
    { tenant, terminal, replica, patienceMs: 1_000 },
    {
      send: (_topic, message) => {
        answers.push(publisher.receiveAsk(terminal, message as never));
        return 0;
      },
      refuse: (code) => met.refused.push(code),
      storeFault: (cause) => met.refused.push((cause as { code?: string }).code ?? String(cause)),
      monoMs: () => monoMs,
    },
    (dataset) => met.applied.push(dataset),
  );
  const met: Met = {
    replica,
    courier,
    publisher,
    refused: [],
    bytes: { manifest: 0, dataset: 0, chunk: 0 },
    applied: [],
    onWay: (_channel, frame) => frame,
    tick(seconds = 1) {
      monoMs += seconds * 1_000;
      courier.tick();
    },
    async close() {
      publisher.stop();
      await Promise.all(answers);
      replica.close();
    },
  };
  return met;
}
