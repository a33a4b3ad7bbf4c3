// Opens the courier of this terminal and tells kiosk, health and store what it hears.
import type { TenantId, TerminalId } from '../sync/contract/ids.ts';
import { verifyingKey } from '../sync/contract/signed-frame.ts';
import { type Courier, openCourier } from '../sync/courier.ts';
import type { OpenPart } from '../sync/courier-part.ts';
import type { HqClock } from '../sync/hq-clock.ts';
import type { TerminalClock } from '../sync/terminal-clock.ts';
import type { Config } from './config.ts';
import type { FaultCode } from './fault-text.ts';
import type { Health } from './health.ts';
import type { Kiosk } from './kiosk.ts';
import type { KioskLog } from './log.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import { storeFaultOf } from './store-fault.ts';

export function openTerminalCourier(parts: {
  readonly config: Config;
  readonly version: string;
  readonly store: TerminalStore;
  readonly clock: TerminalClock;
  readonly kiosk: Kiosk;
  readonly health: Health;
  readonly fault: (code: FaultCode, cause?: unknown) => void;
  readonly log: KioskLog;
  readonly password: string | undefined;
  readonly hqClock: HqClock;
  readonly parts: readonly OpenPart[];
}): Courier {
  const { config, version, store, clock, kiosk, health, fault, log, password, hqClock } = parts;
  const { url, username, keepAliveMs, connectTimeoutMs } = config.broker;
  const { reconnectMinMs, reconnectMaxMs, takenOverPauseMs, ackTimeoutMs, factsPerBatch, batchesInFlight } =
    config.limits;
  return openCourier(
    {
      tenant: config.tenant as TenantId,
      terminal: config.terminal as TerminalId,
      outbox: store.outbox,
      replica: store.replica,
      headquartersKey: verifyingKey(Buffer.from(config.headquarters.signKey, 'base64')),
      link: {
        url,
        keepAliveMs,
        connectTimeoutMs,
        reconnectMinMs,
        reconnectMaxMs,
        takenOverPauseMs,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      },
      limits: { ackTimeoutMs, factsPerBatch, batchesInFlight },
      version,
      clock,
      parts: parts.parts,
    },
    {
      onLink: (state) => {
        health.link = state;
        for (const code of linkFaults) if (state === 'online') log.cleared(code);
        kiosk.setLink(state);
      },
      onStoreFault: (cause) => fault(storeFaultOf(cause), cause),
      onLinkDown: (code) => fault(code),
      onLinkAdvice: (code) => fault(code),
      onAck: (ack) => {
        store.noteAck(ack);
        kiosk.refresh();
      },
      onDataset: (dataset) => {
        if (dataset === 'members') store.noteMembersVersion();
        kiosk.refresh();
      },
      onTime: (at) => hqClock.note(at),
      onRefused: (code) => fault(code),
    },
  );
}

const linkFaults = [
  'sync-link-lost',
  'sync-link-unreachable',
  'sync-link-refused',
  'sync-link-taken-over',
  'sync-broker-nobody-listens',
] as const;
