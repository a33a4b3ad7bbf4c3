// What is plugged into this machine and what is amiss with it, as the maintenance screen tells it.

import { nameOf } from '../device/diagnosis/diagnose.ts';
import { deviceKeyName, findingText } from '../device/diagnosis/finding-text.ts';
import { inspectDevices, type Inspection as Looked } from '../device/diagnosis/inspect-devices.ts';
import type { Config } from './config.ts';
import type { Language, ScreenOf } from './screen.ts';

export type InspectionReport = NonNullable<ScreenOf<'maintenance'>['inspection']>;

/** Looks when it is told to: reading the machine's tables takes a moment that no visitor should wait for. */
export class Inspection {
  readonly #config: Config;
  #last: Looked | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Opens nothing: the terminal holds its devices itself. */
  async look(): Promise<void> {
    this.#last = await inspectDevices(this.#config, { triesNetwork: false });
  }

  /** @returns null before the first look has ended */
  report(language: Language): InspectionReport | null {
    if (!this.#last) return null;
    const { devices, findings } = this.#last;
    return {
      attached: devices
        .filter(({ known, usedBy }) => known !== null || usedBy.length > 0)
        .map(({ attached, usedBy }) =>
          [
            nameOf(attached),
            attached.vendor && `${attached.vendor}:${attached.product}`,
            ...attached.nodes.map(({ path }) => path),
            ...usedBy.map((key) => deviceKeyName(key, language)),
          ]
            .filter(Boolean)
            .join(' · '),
        ),
      findings: findings
        .filter(({ needsCare }) => needsCare)
        .map((finding) => ({ ...findingText(finding, language), fix: finding.fix.slice() })),
    };
  }
}
