// The layers as they are kept: each revision a row, the newest counts.
import { sql } from 'kysely';
import type { TwinLayer, TwinValues } from '../../contract/twin.ts';
import type { Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Layer } from './layer-fold.ts';

/** Every layer that was ever set, as it is now. */
export async function readLayers(tx: Tx): Promise<Layer[]> {
  const rows = await tx
    .selectFrom('twin_layer as l')
    .selectAll()
    .where(
      'l.rev',
      '=',
      sql<number>`(select max(x.rev) from twin_layer x where x.layer = l.layer and x.subject = l.subject)`,
    )
    .orderBy('layer')
    .orderBy('subject')
    .execute();
  return rows.map(layerOf);
}

/** @param rev the newest unless given; @returns undefined = it was never set (so) */
export async function readLayer(
  tx: Tx,
  layer: TwinLayer,
  subject: string,
  rev?: number,
): Promise<Layer | undefined> {
  let query = tx
    .selectFrom('twin_layer')
    .selectAll()
    .where('layer', '=', layer)
    .where('subject', '=', subject)
    .orderBy('rev', 'desc')
    .limit(1);
  if (rev !== undefined) query = query.where('rev', '=', rev);
  const row = await query.executeTakeFirst();
  return row && layerOf(row);
}

/** @returns newest first */
export async function readHistory(
  tx: Tx,
  layer: TwinLayer,
  subject: string,
  limit: number,
): Promise<Layer[]> {
  const rows = await tx
    .selectFrom('twin_layer')
    .selectAll()
    .where('layer', '=', layer)
    .where('subject', '=', subject)
    .orderBy('rev', 'desc')
    .limit(limit)
    .execute();
  return rows.map(layerOf);
}

function layerOf({ layer, body, ...row }: Tables['twin_layer']): Layer {
  return { ...row, layer: layer as TwinLayer, values: JSON.parse(body) as TwinValues };
}
