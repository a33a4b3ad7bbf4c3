// Releases as twins name them: a number, and the signed manifest of each architecture.
import type { Architecture, ReleaseOrder } from '../../contract/release.ts';
import type { Tx } from '../store/store.ts';

/** @returns by `seq` */
export async function readOrders(tx: Tx): Promise<Map<number, ReleaseOrder>> {
  const rows = await tx
    .selectFrom('release')
    .select(['seq', 'version', 'architecture', 'manifest_hash'])
    .orderBy('seq')
    .execute();
  const orders = new Map<number, ReleaseOrder>();
  for (const { seq, version, architecture, manifest_hash } of rows) {
    const manifests = { ...orders.get(seq)?.manifests, [architecture as Architecture]: manifest_hash };
    orders.set(seq, { seq, version, manifests });
  }
  return orders;
}
