// Every reader and a printer as real device nodes of an emulated kernel: swiped, printed on, hindered, replugged, diagnosed.
import { fileURLToPath } from 'node:url';
import { guestObstacle, runInGuest } from '../simulators/guest/guest.ts';
import { type GuestCase, guestGroups, guestModules } from '../simulators/guest/guest-case.ts';
import { simulatedReaderKinds } from '../simulators/readers/hid-reader.ts';

export interface GuestProof {
  readonly ok: boolean;
  readonly cases: readonly GuestCase[];
  /** why the guest said less than it should have */
  readonly why?: string;
}

/** two twins, and what the groups hold */
const casesBesides = 11;

/** @param replugs of each device */
export async function proveInGuest(replugs: number, onProgress = (_: string) => {}): Promise<GuestProof> {
  const obstacle = guestObstacle();
  if (obstacle !== undefined) return { ok: false, cases: [], why: obstacle };
  const cases: GuestCase[] = [];
  const result = await runInGuest({
    command: [
      process.execPath,
      'dist/test/simulators/guest/devices-in-guest.js',
      ...['--readers', simulatedReaderKinds.join(), '--groups', guestGroups.join()],
      ...['--replugs', String(replugs)],
    ],
    // of the sources when this runs from dist
    folder: fileURLToPath(new URL('../../..', import.meta.url)),
    modules: guestModules,
    isWired: true,
    limitMs: 240_000 + replugs * 60_000,
    onLine: (line) => {
      if (!line.startsWith('{')) return;
      cases.push(JSON.parse(line) as GuestCase);
      onProgress(line);
    },
  });
  const isWhole = result.exitCode === 0 && cases.length === simulatedReaderKinds.length + casesBesides;
  return {
    ok: isWhole && cases.every(({ isOk }) => isOk),
    cases,
    ...(isWhole ? {} : { why: result.console.join('\n') }),
  };
}
