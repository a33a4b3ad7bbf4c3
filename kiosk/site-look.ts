// How loud and how bright this terminal is, as staff set it here: kept over restarts, within what its set-up allows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from '../sync/durable-file.ts';
import type { MachineOrders } from './machine-orders.ts';
import { type Manner, plainManner, volumes } from './manner.ts';
import type { ScreenOf } from './screen.ts';
import type { Settings } from './settings.ts';

const kept = v.object({
  volume: v.optional(v.picklist(volumes)),
  brightness: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
});
type Kept = v.InferOutput<typeof kept>;

export class SiteLook {
  readonly #file: string;
  readonly #settings: Pick<Settings, 'manner' | 'loudest' | 'brightness'>;
  readonly #orders: MachineOrders;
  readonly #hasBacklight: boolean;
  #kept: Kept;

  /** @param backlights where the kernel names them */
  constructor(
    dataDir: string,
    settings: SiteLook['settings'],
    orders: MachineOrders,
    backlights = '/sys/class/backlight',
  ) {
    this.#file = join(dataDir, 'look.json');
    this.#settings = settings;
    this.#orders = orders;
    this.#hasBacklight = existsSync(backlights) && readdirSync(backlights).length > 0;
    this.#kept = readKept(this.#file);
  }

  get settings(): Pick<Settings, 'manner' | 'loudest' | 'brightness'> {
    return this.#settings;
  }

  get report(): NonNullable<ScreenOf<'maintenance'>['look']> {
    const { least, most } = this.#settings.brightness;
    const brightness = this.canSetBrightness ? { now: this.#brightness, least, most } : null;
    return { volume: this.volume, loudest: this.#settings.loudest, brightness };
  }

  get canSetBrightness(): boolean {
    return this.#orders.can('brightness') && (this.#hasBacklight || existsSync('/usr/bin/ddcutil'));
  }

  /** how a session sounds until somebody chooses */
  get volume(): Manner['volume'] {
    const wanted = this.#kept.volume ?? this.#settings.manner.volume ?? plainManner.volume;
    return this.quietEnough(wanted);
  }

  quietEnough(wanted: Manner['volume']): Manner['volume'] {
    return wanted > this.#settings.loudest ? this.#settings.loudest : wanted;
  }

  /** @throws the file system's error */
  setVolume(volume: Manner['volume']): void {
    this.#keep({ ...this.#kept, volume: this.quietEnough(volume) });
  }

  /** @throws the file system's error */
  setBrightness(percent: number): void {
    const { least, most } = this.#settings.brightness;
    this.#keep({ ...this.#kept, brightness: Math.min(most, Math.max(least, percent)) });
    this.apply();
  }

  /** The machine forgets it when it is switched off. @throws the file system's error */
  apply(): void {
    if (this.canSetBrightness) this.#orders.give('brightness', `${this.#brightness}\n`);
  }

  get #brightness(): number {
    const { least, most } = this.#settings.brightness;
    return Math.min(most, Math.max(least, this.#kept.brightness ?? most));
  }

  #keep(next: Kept): void {
    replaceFile(this.#file, `${JSON.stringify(next)}\n`);
    this.#kept = next;
  }
}

/** A file that cannot be used is as none: it holds nothing that somebody could not set again. */
function readKept(file: string): Kept {
  try {
    const read = v.safeParse(kept, JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.output : {};
  } catch {
    return {};
  }
}
