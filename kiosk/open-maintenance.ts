// Opens what stands behind the maintenance PIN: the PIN itself, what is known of this machine, and what can be done to it.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Desktop } from '../device/desktop.ts';
import type { Diagnosis } from '../sync/contract/diagnosis.ts';
import { fitsSealedPin } from '../sync/maintenance-pin.ts';
import type { TerminalClock } from '../sync/terminal-clock.ts';
import type { Config } from './config.ts';
import { faultText } from './fault-text.ts';
import type { Health } from './health.ts';
import { Inspection } from './inspection.ts';
import type { KeeperPort } from './keeper-port.ts';
import type { KioskOptions } from './kiosk-options.ts';
import type { UpkeepKnowledge } from './knowledge.ts';
import type { KioskLog } from './log.ts';
import { MachineOrders, runFolder } from './machine-orders.ts';
import { maintenanceWorks } from './maintenance-works.ts';
import { readMaintenancePin } from './secret-file.ts';
import type { Settings } from './settings.ts';
import { SiteLook } from './site-look.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import { storeFaultOf } from './store-fault.ts';
import { SupportPictures } from './support-pictures.ts';
import { upkeepKnowledge } from './upkeep-knowledge.ts';

export interface OpenMaintenance {
  readonly upkeep: UpkeepKnowledge;
  readonly look: SiteLook;
  readonly parts: Pick<KioskOptions, 'isMaintenancePin' | 'takePicture' | 'onMaintenance' | 'deeds'>;
}

export function openMaintenance(options: {
  readonly config: Config;
  readonly version: string;
  readonly settings: Settings;
  readonly store: TerminalStore;
  readonly health: Health;
  readonly log: KioskLog;
  /** the machine's own clock, and headquarters' time, null until it was heard */
  readonly clocks: { readonly machine: TerminalClock; readonly told: () => Date | null };
  readonly desktop: () => Desktop | null;
  readonly keeper: () => KeeperPort | undefined;
  readonly diagnose: () => Promise<Diagnosis>;
  readonly onRestart: () => void;
  /** something that is shown is otherwise */
  readonly onChange: () => void;
}): OpenMaintenance {
  const { config, version, settings, store, health, log, clocks, onRestart, onChange } = options;
  const onFault = (cause: unknown): void => {
    const code = storeFaultOf(cause);
    log.fault(code, faultText(code), cause);
  };
  const pin = openPin(config, log);
  const inspection = new Inspection(config);
  const now = (): Date => clocks.told() ?? clocks.machine.now();
  const pictures = new SupportPictures(options.desktop, join(config.dataDir, 'support'), now);
  const orders = new MachineOrders(runFolder(process.env));
  const look = new SiteLook(config.dataDir, settings, orders);
  const deeds = maintenanceWorks({
    config,
    look,
    inspection,
    orders,
    keeper: {
      can: (what) => options.keeper()?.can(what) ?? false,
      ask: (what) => options.keeper()?.ask(what),
      update: () => options.keeper()?.update ?? null,
    },
    isOnline: () => health.link === 'online',
    diagnose: options.diagnose,
    now,
    onRestart,
    onChange,
    onFault,
    wait: (ms) => delay(ms),
  });
  const upkeep: UpkeepKnowledge = upkeepKnowledge({
    version,
    hasPin: pin !== undefined,
    ...{ store, health, pictures, inspection, clocks, deeds },
  });
  try {
    look.apply();
  } catch (cause) {
    onFault(cause);
  }
  return {
    upkeep,
    look,
    parts: {
      isMaintenancePin: async (tried) => pin !== undefined && (await fitsSealedPin(pin, tried)),
      takePicture: (isCovered, isStillShown) => pictures.take(isCovered, isStillShown),
      onMaintenance: () => deeds.look('checks'),
      deeds,
    },
  };
}

/** A PIN file that cannot be used keeps the maintenance screen shut; everything else serves. */
function openPin({ maintenance: { pinFile } }: Config, log: KioskLog): string | undefined {
  if (pinFile === undefined) return undefined;
  try {
    return readMaintenancePin(pinFile);
  } catch (cause) {
    log.fault('pin-file-unreadable', faultText('pin-file-unreadable'), cause);
    return undefined;
  }
}
