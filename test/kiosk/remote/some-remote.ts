// What orders from afar need of a terminal, for tests: nothing is there unless a test says so.
import { LogRing } from '../../../kiosk/log-ring.ts';
import { MachineOrders } from '../../../kiosk/machine-orders.ts';
import type { RemoteTools } from '../../../kiosk/remote/remote-works.ts';
import { Summons } from '../../../kiosk/summons.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';

export function someRemote(change: Partial<RemoteTools> = {}): RemoteTools {
  return {
    terminal: 'hall-1',
    code: 'H01',
    site: '锦上花园',
    hasReader: () => true,
    isIdle: () => true,
    summons: new Summons(() => undefined),
    buzz: () => undefined,
    takePicture: async () => ({ kind: 'failed', code: 'no-camera' }),
    diagnose: async () => ({
      v: 1,
      terminal: 'hall-1' as TerminalId,
      version: '1',
      at: '2026-03-01T00:00:00.000Z',
      tookMs: 1,
      checks: [],
      log: [],
    }),
    machineOrders: new MachineOrders(undefined),
    upload: undefined,
    log: LogRing.none(),
    keeper: () => undefined,
    certificate: () => undefined,
    waitingFacts: () => 0,
    onEnd: () => undefined,
    wait: async () => undefined,
    ...change,
  };
}
