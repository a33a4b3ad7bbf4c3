// `yingbin doctor`: says what is plugged in and what is amiss, and tries the devices that the config names.
import type { ConfiguredDevices, DeviceKey } from '../device/diagnosis/configured-devices.ts';
import { deviceKeyName } from '../device/diagnosis/finding-text.ts';
import {
  type Inspection,
  type InspectionOptions,
  inspectDevices,
} from '../device/diagnosis/inspect-devices.ts';
import type { Config } from '../kiosk/config.ts';
import { type CommandLanguage, commandWords } from './command-words.ts';
import { doctorReport } from './doctor-report.ts';
import { awaitTestSwipe, printTestPage, type TrialOptions, testPanel } from './test-devices.ts';

export const trials = ['test-page', 'test-swipe', 'test-panel'] as const;
export type Trial = (typeof trials)[number];

export interface DoctorOptions {
  /** null = look only at what is plugged in */
  readonly config: Config | null;
  /** in this order; none = report only */
  readonly trials: readonly Trial[];
  readonly asJson: boolean;
  readonly language: CommandLanguage;
  readonly patienceMs: number;
  readonly inspection?: InspectionOptions;
  /** between lights and sounds, 1 s when not said */
  readonly paceMs?: number;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}

const noDevices: ConfiguredDevices = {
  reader: null,
  secondReader: null,
  printer: null,
  fallbackPrinter: null,
  panel: null,
};

/** @returns the exit code: 0 all is well, 1 something needs care or a trial failed */
export async function runDoctor(options: DoctorOptions): Promise<0 | 1> {
  const { config, asJson, language, write } = options;
  const isTrial = options.trials.length > 0;
  const inspection = await inspectDevices(config ?? noDevices, {
    ...options.inspection,
    // a printer that was just hung up on may not answer at once
    ...(isTrial ? { triesNetwork: false } : {}),
  });
  if (isTrial && config) {
    let hasFailed = false;
    for (const trial of options.trials) {
      if (!(await tryDevice(trial, config, inspection, options))) hasFailed = true;
    }
    return hasFailed ? 1 : 0;
  }
  write(asJson ? `${asText(inspection)}\n` : doctorReport(inspection, config, language));
  return inspection.findings.some(({ needsCare }) => needsCare) ? 1 : 0;
}

async function tryDevice(
  trial: Trial,
  config: Config,
  inspection: Inspection,
  { language, write, patienceMs, paceMs = 1_000, signal }: DoctorOptions,
): Promise<boolean> {
  const words = commandWords[language];
  const say = (line: string) => write(`${line}\n`);
  const { key, run } = trialOf[trial];
  if (!config[key]) {
    say(words.notConfigured(deviceKeyName(key, language)));
    return false;
  }
  // who holds it would have to let go first: two programs at one printer spoil each other's slips
  if (inspection.findings.some((finding) => finding.key === key && finding.code === 'in-use')) {
    say(words.heldHere(`${key}-in-use`));
    return false;
  }
  const isWell = await run({ config, words, say, patienceMs, paceMs, signal });
  if (!isWell) say(words.seeReport);
  return isWell;
}

const trialOf: Readonly<
  Record<Trial, { readonly key: DeviceKey; readonly run: (options: TrialOptions) => Promise<boolean> }>
> = {
  'test-page': { key: 'printer', run: printTestPage },
  'test-swipe': { key: 'reader', run: awaitTestSwipe },
  'test-panel': { key: 'panel', run: testPanel },
};

/** What udev noted is for us alone, and a Map would vanish in JSON. */
function asText(inspection: Inspection): string {
  return JSON.stringify(inspection, (_, value: unknown) => (value instanceof Map ? undefined : value), 2);
}
