// Does the broker let this certificate in? One connection under the terminal's own name, and it is over.
import type { LinkDownCode } from '../sync/link.ts';
import { openMqttLink } from '../sync/mqtt-link.ts';
import type { Pair } from './identity.ts';

export type LineProof = 'proven' | 'refused' | 'unreachable';

/**
 * @param urls of the broker's nodes: one that lets it in is enough
 * @param root PEM
 * @param onProven at once, before the connection ends: the name's other connection is back in a moment
 */
export async function proveLine(
  urls: readonly string[],
  { pair, root, patienceMs }: { readonly pair: Pair; readonly root: string; readonly patienceMs: number },
  onProven: () => void = () => undefined,
): Promise<LineProof> {
  let failures = 0;
  let refused = false;
  let settle: (proof: LineProof) => void = () => undefined;
  const proof = new Promise<LineProof>((resolve) => {
    settle = resolve;
  });
  const onDown = (code: LinkDownCode): void => {
    failures += 1;
    refused ||= code === 'sync-link-refused';
    if (failures >= urls.length) settle(refused ? 'refused' : 'unreachable');
  };
  const onUp = (): void => {
    onProven();
    settle('proven');
  };
  const link = openMqttLink(
    {
      url: urls,
      clientId: pair.terminal,
      tls: { ca: root, cert: pair.pem, key: pair.pem },
      keepAliveMs: 30_000,
      connectTimeoutMs: patienceMs,
      reconnectMinMs: 1,
      reconnectMaxMs: 100,
      subscriptions: [],
    },
    { onUp, onDown, onMessage: () => undefined },
  );
  const patience = setTimeout(() => settle('unreachable'), patienceMs * urls.length);
  try {
    return await proof;
  } finally {
    clearTimeout(patience);
    await link.close();
  }
}
