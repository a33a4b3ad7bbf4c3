// Listens to all that a broker carries, as somebody who wants to know too much would.
import { brotliDecompressSync } from 'node:zlib';
import { connectAsync } from 'mqtt';

export interface Eavesdropper {
  /** unpacked, oldest first */
  readonly overheard: readonly { readonly topic: string; readonly text: string }[];
  close(): Promise<void>;
}

export async function eavesdrop(brokerUrl: string): Promise<Eavesdropper> {
  const overheard: { topic: string; text: string }[] = [];
  const client = await connectAsync(brokerUrl, { clientId: 'eavesdropper' });
  client.on('message', (topic, payload) => {
    const text = (payload[0] === 1 ? brotliDecompressSync(payload.subarray(1)) : payload).toString();
    overheard.push({ topic, text });
  });
  await client.subscribeAsync(['#', '$SYS/#'], { qos: 1 });
  return { overheard, close: () => client.endAsync(true) };
}
