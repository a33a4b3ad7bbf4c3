// Opens the store of this terminal as its config says.
import { basename, join } from 'node:path';
import type { TerminalId } from '../sync/contract/ids.ts';
import { makeSealer, type Sealer } from '../sync/contract/seal.ts';
import type { TerminalClock } from '../sync/terminal-clock.ts';
import type { Config } from './config.ts';
import { faultText } from './fault-text.ts';
import type { KioskLog } from './log.ts';
import { StartError } from './start-error.ts';
import { TerminalStore } from './store/terminal-store.ts';

/** @throws StartError seal-key-unusable; SyncError when the file cannot be opened safely */
export function openTerminalStore(config: Config, clock: TerminalClock, log: KioskLog): TerminalStore {
  const { storeBytes, ringDays: days, ringBytes: bytes, ownRowsDays } = config.limits;
  return TerminalStore.open(join(config.dataDir, 'terminal.db'), {
    terminal: config.terminal as TerminalId,
    clock,
    sealer: openSealer(config),
    ring: { days, bytes },
    storeBytes,
    ownRowsDays,
    onSetAside: (file) =>
      log.fault('sync-store-corrupt', `${faultText('sync-store-corrupt')} It is ${basename(file)} now.`),
  });
}

/** A few points of the curve would give everybody the same secret. */
function openSealer({ headquarters: { sealKey } }: Config): Sealer {
  try {
    return makeSealer(Buffer.from(sealKey, 'base64'));
  } catch (cause) {
    throw new StartError('seal-key-unusable', 'headquarters.sealKey', { cause });
  }
}
