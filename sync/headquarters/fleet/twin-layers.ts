// Who sets what for which terminals: layers with revisions, checked before they are kept; nobody overwrites another unseen.
import {
  type TwinFault,
  type TwinLayer,
  type TwinValues,
  twinFaults,
  twinPaths,
} from '../../contract/twin.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Store, Tx } from '../store/store.ts';
import { secretNamesIn } from './fleet-secrets.ts';
import type { Layer } from './layer-fold.ts';
import { readHistory, readLayer, readLayers } from './layer-rows.ts';
import { rings } from './rings.ts';
import type { DevicePlan, Twins } from './twins.ts';

export interface LayerName {
  readonly layer: TwinLayer;
  /** of which model, project …; empty for `default` */
  readonly subject: string;
}
export interface LayerWrite extends LayerName {
  /** the whole of what the layer sets from now on: what is left out is left to the layers below */
  readonly values: TwinValues;
  /** the revision that the writer saw; 0 = there was none */
  readonly baseRev: number;
}

/** `moved`: another wrote since; `wrong`: not a byte was written. */
export type LayerRefusal =
  | { readonly kind: 'moved'; readonly rev: number; readonly baseRev: number }
  | { readonly kind: 'wrong'; readonly faults: readonly TwinFault[] }
  | { readonly kind: 'unknown' };
/** `devices`: whose twin changed by it */
export type LayerWritten = {
  readonly kind: 'written';
  readonly rev: number;
  readonly devices: readonly string[];
};
export type LayerPlan = { readonly kind: 'plan'; readonly devices: readonly DevicePlan[] };

export interface TwinLayersOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly twins: Twins;
  readonly now: () => Date;
}
type Who = { readonly account: string };

/** Six layers of it and a release fit one message of 64 KiB, even unpacked. */
const mostBytes = 10_000;
const subjectText = /^[^\p{Cc}|]{1,80}$/u;

export class TwinLayers {
  readonly #options: TwinLayersOptions;

  constructor(options: TwinLayersOptions) {
    this.#options = options;
  }

  /** Every layer that was ever set, as it is now. */
  list(): Promise<Layer[]> {
    return this.#options.store.transaction((tx) => readLayers(tx));
  }

  /** @returns with `rev` 0 when nobody ever set it */
  async read({ layer, subject }: LayerName): Promise<Layer> {
    const found = await this.#options.store.transaction((tx) => readLayer(tx, layer, subject));
    return found ?? { layer, subject, rev: 0, values: {}, by: '', at: '' };
  }

  /** @returns newest first */
  history({ layer, subject }: LayerName, limit: number): Promise<Layer[]> {
    return this.#options.store.transaction((tx) => readHistory(tx, layer, subject, limit));
  }

  /** What would change on which devices; nothing is written. */
  async plan(wish: LayerName & { readonly values: TwinValues }): Promise<LayerPlan | LayerRefusal> {
    return await this.#options.store.transaction(async (tx) => {
      const refusal = await this.#refusal(tx, wish);
      if (refusal) return refusal;
      const changed = { ...wish, rev: 0, by: '', at: '' };
      return { kind: 'plan', devices: await this.#options.twins.plan(tx, changed) };
    });
  }

  async write(actor: Who, wish: LayerWrite): Promise<LayerWritten | LayerRefusal> {
    return await this.#options.store.transaction((tx) => this.#write(tx, actor, wish));
  }

  /** Sets again what the layer set in an earlier revision, as a new one. @param to 0 = nothing */
  async rollback(
    actor: Who,
    { to, ...wish }: Omit<LayerWrite, 'values'> & { readonly to: number },
  ): Promise<LayerWritten | LayerRefusal> {
    return await this.#options.store.transaction(async (tx) => {
      const earlier = to === 0 ? undefined : await readLayer(tx, wish.layer, wish.subject, to);
      if (to !== 0 && !earlier) return { kind: 'unknown' };
      return await this.#write(tx, actor, { ...wish, values: earlier?.values ?? {} }, to);
    });
  }

  async #write(
    tx: Tx,
    actor: Who,
    { layer, subject, values, baseRev }: LayerWrite,
    to?: number,
  ): Promise<LayerWritten | LayerRefusal> {
    const { audit, twins, now } = this.#options;
    await twins.lock(tx);
    const before = await readLayer(tx, layer, subject);
    const rev = before?.rev ?? 0;
    if (rev !== baseRev) return { kind: 'moved', rev, baseRev };
    const refusal = await this.#refusal(tx, { layer, subject, values });
    if (refusal) return refusal;
    const at = now().toISOString();
    await tx
      .insertInto('twin_layer')
      .values({ layer, subject, rev: rev + 1, body: JSON.stringify(values), by: actor.account, at })
      .execute();
    const devices = await twins.refresh(tx, 'all');
    await audit.note(
      tx,
      actor,
      to === undefined ? 'layer-written' : 'layer-rolled-back',
      aboutOf(layer, subject),
      {
        rev: rev + 1,
        devices: devices.length,
        paths: changedPaths(before?.values ?? {}, values)
          .join(' ')
          .slice(0, 400),
        ...(to === undefined ? {} : { to }),
      },
    );
    return { kind: 'written', rev: rev + 1, devices };
  }

  async #refusal(
    tx: Tx,
    { layer, subject, values }: LayerName & { readonly values: TwinValues },
  ): Promise<LayerRefusal | undefined> {
    const faults = [...twinFaults(values), ...ownFaults(values), ...(await missingSecrets(tx, values))];
    if (faults.length > 0) return { kind: 'wrong', faults };
    return (await isSubject(tx, layer, subject)) ? undefined : { kind: 'unknown' };
  }
}

/** `site/jinshang`, as it stands in the audit. */
function aboutOf(layer: TwinLayer, subject: string): string {
  return subject === '' ? layer : `${layer}/${subject}`;
}

function ownFaults(values: TwinValues): TwinFault[] {
  if ('release' in values) return [{ path: 'release', sentence: 'is set by a rollout alone' }];
  return Buffer.byteLength(JSON.stringify(values)) > mostBytes
    ? [{ path: '', sentence: `must be at most ${mostBytes} bytes in all` }]
    : [];
}

async function missingSecrets(tx: Tx, values: TwinValues): Promise<TwinFault[]> {
  const named = secretNamesIn(values);
  if (named.size === 0) return [];
  const rows = await tx.selectFrom('fleet_secret').select('name').execute();
  const known = new Set(rows.map(({ name }) => name));
  return [...named].flatMap(([path, name]) =>
    known.has(name) ? [] : [{ path, sentence: `names the secret ${name}, which headquarters does not have` }],
  );
}

async function isSubject(tx: Tx, layer: TwinLayer, subject: string): Promise<boolean> {
  switch (layer) {
    case 'default':
      return subject === '';
    case 'ring':
      return rings.some((ring) => ring === subject);
    case 'device':
      return (
        (await tx.selectFrom('device').select('id').where('id', '=', subject).executeTakeFirst()) !==
        undefined
      );
    // a site may be prepared before its first terminal is
    case 'model':
    case 'project':
    case 'site':
      return subjectText.test(subject);
  }
}

/** Paths alone: values are read in the history by whoever may. */
function changedPaths(before: TwinValues, after: TwinValues): string[] {
  return twinPaths.filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]));
}
