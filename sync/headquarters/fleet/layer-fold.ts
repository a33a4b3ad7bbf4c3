// How layers become a twin: the most special layer that sets a path wins, and every value knows who set it.
import { isTwinPathOf, type TwinLayer, type TwinValues, twinLayers } from '../../contract/twin.ts';
import { ringOf } from './rings.ts';

/** What one layer sets now. `subject`: of which model, project …; empty for `default` */
export interface Layer {
  readonly layer: TwinLayer;
  readonly subject: string;
  readonly rev: number;
  readonly values: TwinValues;
  readonly by: string;
  readonly at: string;
}

/** A value of a twin, and where it comes from. */
export interface SetValue {
  readonly value: unknown;
  readonly layer: TwinLayer;
  readonly subject: string;
  readonly by: string;
  readonly at: string;
}

/** What of a device decides which layers are its own. */
export interface Placed {
  readonly id: string;
  readonly model: string;
  readonly project: string | null;
  readonly site: string;
  readonly ring: string;
}

/** @returns null = the device has none of that layer */
export function subjectOf(device: Placed, layer: TwinLayer): string | null {
  switch (layer) {
    case 'default':
      return '';
    case 'ring':
      return ringOf(device.id, device.ring);
    case 'device':
      return device.id;
    case 'model':
    case 'project':
    case 'site':
      return device[layer];
  }
}

/** All layers of a fleet, as they are now. */
export class Layers {
  readonly #byName: ReadonlyMap<string, Layer>;

  constructor(layers: readonly Layer[]) {
    this.#byName = new Map(layers.map((each) => [nameOf(each.layer, each.subject), each]));
  }

  /** The same, but for one. */
  with(changed: Layer): Layers {
    return new Layers([...this.#byName.values(), changed]);
  }

  /** @returns by path, in no order */
  fold(device: Placed): Map<string, SetValue> {
    const folded = new Map<string, SetValue>();
    for (const layer of twinLayers) {
      const subject = subjectOf(device, layer);
      const found = subject === null ? undefined : this.#byName.get(nameOf(layer, subject));
      if (!found) continue;
      const { values, by, at } = found;
      for (const [path, value] of Object.entries(values)) {
        folded.set(path, { value, layer, subject: found.subject, by, at });
      }
    }
    return folded;
  }
}

/** @param schema of the terminal's program: what it cannot know is not sent */
export function valuesFor(schema: number, folded: ReadonlyMap<string, SetValue>): TwinValues {
  return Object.fromEntries(
    [...folded]
      .filter(([path]) => isTwinPathOf(schema, path))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, { value }]) => [path, value]),
  );
}

/** Layers are few words without a bar. */
function nameOf(layer: TwinLayer, subject: string): string {
  return `${layer}|${subject}`;
}
