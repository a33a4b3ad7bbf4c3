// Looks at the terminal from power to paper, all at once, and says what it found. Nothing of a person is in it.
import { inspectDevices } from '../../device/diagnosis/inspect-devices.ts';
import {
  type Check,
  type CheckName,
  checkNames,
  type Diagnosis,
  maxDiagnosisBytes,
} from '../../sync/contract/diagnosis.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import type { ClockDoubt } from '../clock-doubt.ts';
import type { Config } from '../config.ts';
import type { Health } from '../health.ts';
import type { LogRing } from '../log-ring.ts';
import { broker, certificate, clock, headquarters, nameService } from './line-checks.ts';
import {
  dataPartition,
  diskSpace,
  display,
  memory,
  temperature,
  underVoltage,
  writeLatency,
} from './machine-checks.ts';
import {
  attachedDevices,
  deviceChecks,
  release,
  screenPaint,
  services,
  waitingChecks,
} from './terminal-checks.ts';

export interface DiagnosisParts {
  readonly config: Config;
  readonly version: string;
  readonly health: Pick<Health, 'devices' | 'link'>;
  readonly clock: { readonly doubt: () => ClockDoubt | null; readonly isSynced: () => boolean };
  readonly now: () => Date;
  /** asks the page to draw. @returns how long it took; undefined = it did not */
  readonly paintMs: () => Promise<number | undefined>;
  readonly waiting: () => Parameters<typeof waitingChecks>[0];
  readonly log: LogRing;
  /** of the machine's file system; `/` unless given */
  readonly root?: string;
}

/** What hangs is told as such when the others are long done. */
const patienceMs = 15_000;
const logLines = 300;
const longestLine = 2_000;

export async function runDiagnosis(parts: DiagnosisParts): Promise<Diagnosis> {
  const { config, version, now, log } = parts;
  const beganMs = performance.now();
  const found = (await Promise.all(looks(parts).map(settled))).flat();
  const order = new Map(checkNames.map((name, at) => [name, at]));
  const checks = found.sort((a, b) => (order.get(a.check) ?? 0) - (order.get(b.check) ?? 0));
  const lines = log.newest(logLines).map((line) => line.slice(0, longestLine));
  const diagnosis: Diagnosis = {
    v: 1,
    terminal: config.terminal as TerminalId,
    version,
    at: now().toISOString(),
    tookMs: Math.round(performance.now() - beganMs),
    checks,
    log: lines,
  };
  const isSmall = Buffer.byteLength(JSON.stringify(diagnosis)) <= maxDiagnosisBytes;
  return isSmall ? diagnosis : { ...diagnosis, log: lines.slice(-50) };
}

type Look = readonly [names: readonly CheckName[], look: () => Promise<Check | Check[]>];

function looks(parts: DiagnosisParts): Look[] {
  const { config, version, health, now, paintMs, waiting, root = '/' } = parts;
  const places = { dataDir: config.dataDir, root };
  const one = (name: CheckName, look: () => Check | Promise<Check>): Look => [[name], async () => look()];
  return [
    one('under-voltage', () => underVoltage(places)),
    one('temperature', () => temperature(places)),
    one('memory', () => memory(places)),
    one('disk-space', () => diskSpace(places)),
    one('write-latency', () => writeLatency(places)),
    one('data-partition', () => dataPartition(places)),
    one('clock', () => clock(parts.clock.doubt(), parts.clock.isSynced())),
    one('name-service', () => nameService(config)),
    one('headquarters', () => headquarters(config)),
    one('broker', () => broker(health.link)),
    one('certificate', () => certificate(config, now())),
    one('release', () => release(config.dataDir, version, now())),
    one('services', () => services(config.dataDir, now())),
    one('display', () => display(places)),
    one('screen-paint', async () => screenPaint(await paintMs())),
    [
      ['reader', 'second-reader', 'printer', 'fallback-printer', 'panel'],
      async () => deviceChecks(health.devices),
    ],
    one('attached-devices', async () => {
      // the terminal holds its devices itself
      const { findings } = await inspectDevices(config, { triesNetwork: false });
      return attachedDevices(findings.filter(({ needsCare }) => needsCare).map(({ code }) => code));
    }),
    [['waiting-facts', 'oldest-fact', 'waiting-slips'], async () => waitingChecks(waiting())],
  ];
}

async function settled([names, look]: Look): Promise<Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const failed = (code: string): Check[] => names.map((check) => ({ check, state: 'bad', code, values: {} }));
  const late = new Promise<Check[]>((resolve) => {
    timer = setTimeout(() => resolve(failed('check-hangs')), patienceMs);
  });
  try {
    return await Promise.race([look().then((found) => [found].flat()), late]);
  } catch {
    return failed('check-failed');
  } finally {
    clearTimeout(timer);
  }
}
