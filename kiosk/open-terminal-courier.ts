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
import { lineIdentity } from './line-identity.ts';
import type { KioskLog } from './log.ts';
import { OrderRefusals } from './order-refusals.ts';
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
  const { config, version, store, clock, kiosk, fault, password } = parts;
  const { url, username, tls, keepAliveMs, connectTimeoutMs } = config.broker;
  const { reconnectMinMs, reconnectMaxMs, takenOverPauseMs, ackTimeoutMs, factsPerBatch, batchesInFlight } =
    config.limits;
  const identity = tls && lineIdentity(tls, (cause) => fault('identity-unreadable', cause));
  const onStoreFault = (cause: unknown): void => fault(storeFaultOf(cause), cause);
  const refusals = new OrderRefusals(parts, (fact) =>
    store.recordSoon(fact, () => courier.kick(), onStoreFault),
  );
  const courier = openCourier(
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
        ...(identity ? { tls: identity.tls } : {}),
      },
      ...(identity ? { clientId: config.terminal, birth: identity.birth } : {}),
      limits: { ackTimeoutMs, factsPerBatch, batchesInFlight },
      version,
      clock,
      parts: parts.parts,
    },
    {
      onLink: (state) => noteLink(state, parts),
      onStoreFault,
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
      onTime: (at) => noteTime(at, parts, () => courier.kick(), onStoreFault),
      onRefused: (code, topic) => {
        fault(code);
        refusals.note(code, topic);
      },
    },
  );
  return courier;
}

function noteLink(
  state: Health['link'],
  { health, log, kiosk }: { readonly health: Health; readonly log: KioskLog; readonly kiosk: Kiosk },
): void {
  health.link = state;
  for (const code of linkFaults) if (state === 'online') log.cleared(code);
  kiosk.setLink(state);
}

/** Headquarters mends the times of this boot by the first fact whose own is right: so there is one at once (CK3). */
function noteTime(
  at: string,
  {
    clock,
    hqClock,
    store,
  }: { readonly clock: TerminalClock; readonly hqClock: HqClock; readonly store: TerminalStore },
  onRecorded: () => void,
  onFault: (cause: unknown) => void,
): void {
  const before = clock.now();
  const isFirst = hqClock.now() === null;
  hqClock.note(at);
  const aheadMs = before.getTime() - clock.now().getTime();
  if (!isFirst || Math.abs(aheadMs) < noticedMs) return;
  store.recordSoon({ kind: 'clock-learnt', body: { aheadMs } }, onRecorded, onFault);
}

/** Less than this is delay on the line, not a wrong clock. */
const noticedMs = 1_000;

const linkFaults = [
  'sync-link-lost',
  'sync-link-unreachable',
  'sync-link-refused',
  'sync-link-taken-over',
  'sync-broker-nobody-listens',
] as const;
