// Tells the keeper of this terminal how it is, where there is one.
import { maxFactBytes } from '../sync/contract/facts.ts';
import type { Config } from './config.ts';
import { noteRollback } from './diagnosis/terminal-checks.ts';
import type { FaultCode } from './fault-text.ts';
import type { Health } from './health.ts';
import { conditionsOf, type KeeperChannel, type KeeperPort, openKeeperPort } from './keeper-port.ts';
import type { Kiosk } from './kiosk.ts';
import type { Devices } from './open-devices.ts';
import { isAtRest } from './open-orders.ts';
import type { ScreenServer } from './screen-server.ts';
import { recordReport } from './store/keeper-reports.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import { storeFaultOf } from './store-fault.ts';

/** @returns undefined when nobody keeps this terminal */
export function openKeeper(parts: {
  readonly channel: KeeperChannel | undefined;
  readonly config: Pick<Config, 'broker' | 'dataDir'>;
  readonly store: TerminalStore;
  readonly health: Health;
  readonly kiosk: Kiosk;
  readonly server: ScreenServer;
  readonly devices: Devices;
  readonly fault: (code: FaultCode, cause?: unknown) => void;
  readonly onRecorded: () => void;
}): KeeperPort | undefined {
  const { channel, config, store, health, kiosk, server, devices, fault, onRecorded } = parts;
  if (!channel) return undefined;
  const isPrinting = (): boolean => devices.printer?.state.kind === 'ready' && store.printJobs.waiting() > 0;
  return openKeeperPort({
    channel,
    isEnrolled: config.broker.tls !== undefined,
    health: () => ({
      isPainted: server.isPainted,
      isBusy: !isAtRest(kiosk.show) || isPrinting(),
      waitingFacts: waitingFacts(store),
      isLinked: health.link === 'online',
      devices: conditionsOf(health.devices),
    }),
    record(report) {
      const { rev, state, code } = report.report;
      // for whoever asks how it is, long after the fact has gone
      if (state === 'rolled-back') noteRollback(config.dataDir, { at: new Date().toISOString(), rev, code });
      if (recordReport(store, report)) onRecorded();
    },
    onLeave: (why) => kiosk.leave(why),
    onUpdate: () => kiosk.refresh(),
    waitingFacts: () => waitingFacts(store) ?? 0,
    onFault: (cause) => fault(storeFaultOf(cause), cause),
  });
}

/** @returns null when they cannot be read */
function waitingFacts({ outbox }: TerminalStore): number | null {
  try {
    outbox.read(outbox.appliedSeq, 1, maxFactBytes);
    return outbox.waiting();
  } catch {
    return null;
  }
}
