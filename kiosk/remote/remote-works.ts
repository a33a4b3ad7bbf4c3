// What headquarters has a terminal do from afar: show itself, look at itself, start again, let support in, leave for ever.
import { setTimeout as delay } from 'node:timers/promises';
import type { Diagnosis } from '../../sync/contract/diagnosis.ts';
import type { OrderId } from '../../sync/contract/ids.ts';
import { identifyMs, testReaderMs } from '../../sync/contract/orders.ts';
import type { OrderEnd, OrderWork, OrderWorks } from '../../sync/order-book.ts';
import type { LogRing } from '../log-ring.ts';
import type { MachineOrders } from '../machine-orders.ts';
import type { Summons } from '../summons.ts';
import { deedWork } from './deed-work.ts';
import type { Upload, UploadKind } from './door-uploads.ts';
import { sendLog } from './send-log.ts';

export type RemoteKind =
  | 'identify'
  | 'run-diagnosis'
  | 'take-screenshot'
  | 'test-reader'
  | 'reboot'
  | 'send-log'
  | 'open-ssh'
  | 'rotate-certificate'
  | 'retire';

/** Of the certificate in use: hex, and when it ends. */
export interface CertificateMark {
  readonly serial: string;
  readonly notAfter: string;
}
export type Picture =
  | { readonly kind: 'taken'; readonly png: Uint8Array; readonly isMasked: boolean }
  | { readonly kind: 'failed'; readonly code: string };

/** Who can do what only the keeper may; undefined when nobody keeps this terminal. */
export interface KeeperDeeds {
  renewCertificate(): void;
  /** @param onMarked it is on disk that this terminal is to be wiped: nothing takes that back */
  retire(onMarked: () => void): void;
}

export interface RemoteTools {
  readonly terminal: string;
  readonly code: string;
  readonly site: string;
  /** a reader is in the config */
  readonly hasReader: (reader: 'reader' | 'second-reader' | undefined) => boolean;
  /** nobody is served now */
  readonly isIdle: () => boolean;
  readonly summons: Summons;
  /** for whoever does not look at the screen */
  readonly buzz: () => void;
  readonly takePicture: () => Promise<Picture>;
  readonly diagnose: () => Promise<Diagnosis>;
  readonly machineOrders: MachineOrders;
  /** undefined = the config names no door */
  readonly upload: Upload | undefined;
  readonly log: LogRing;
  readonly keeper: () => KeeperDeeds | undefined;
  /** undefined = it has none */
  readonly certificate: () => CertificateMark | undefined;
  /** facts that headquarters has not confirmed */
  readonly waitingFacts: () => number;
  /** something ended: have the book look */
  readonly onEnd: () => void;
  readonly wait?: (ms: number) => Promise<unknown>;
}

const failed = (code: string): OrderEnd => ({ state: 'failed', code });
const buzzEveryMs = 5_000;
const uploadTries = 20;
const uploadPauseMs = 15_000;
const renewalLooks = 600;
const renewalLookMs = 1_000;

export function remoteWorks(tools: RemoteTools): Pick<OrderWorks, RemoteKind> {
  const { isIdle, onEnd } = tools;
  const mayDisturb = ({ body }: { readonly body: { readonly duringSession?: boolean | undefined } }) =>
    body.duringSession === true || isIdle();
  return {
    identify: deedWork({ isRepeatable: false, canBegin: mayDisturb, run: () => identify(tools) }, onEnd),
    'run-diagnosis': deedWork({ isRepeatable: true, run: ({ id }) => diagnose(tools, id) }, onEnd),
    'take-screenshot': deedWork(
      { isRepeatable: true, canBegin: mayDisturb, run: ({ id }) => takeScreenshot(tools, id) },
      onEnd,
    ),
    'test-reader': deedWork(
      { isRepeatable: false, canBegin: isIdle, run: ({ body }) => testReader(tools, body.reader) },
      onEnd,
    ),
    reboot: reboot(tools),
    'send-log': deedWork(
      {
        isRepeatable: false,
        run: async ({ id, body }) =>
          tools.upload
            ? await sendLog({ ...tools, upload: tools.upload }, id, body.minutes * 60_000)
            : failed('no-door'),
      },
      onEnd,
    ),
    'open-ssh': deedWork(
      { isRepeatable: false, run: ({ body }) => openSsh(tools, body.minutes, body.key) },
      onEnd,
    ),
    'rotate-certificate': deedWork({ isRepeatable: true, run: () => rotate(tools) }, onEnd),
    retire: retire(tools),
  };
}

async function identify({ summons, terminal, code, site, buzz }: RemoteTools): Promise<OrderEnd> {
  buzz();
  const timer = setInterval(buzz, buzzEveryMs);
  const end = await summons.call({ kind: 'identify', terminal, code, site }, identifyMs);
  clearInterval(timer);
  return { state: 'done', detail: { closedAtScreen: end.kind === 'closed' } };
}

async function diagnose(tools: RemoteTools, id: OrderId): Promise<OrderEnd> {
  const diagnosis = await tools.diagnose();
  const brought = await bring(tools, id, 'application/json', Buffer.from(JSON.stringify(diagnosis)));
  const counts: Record<string, number> = { ok: 0, care: 0, bad: 0, none: 0, unknown: 0 };
  const amiss: Record<string, string | null> = {};
  for (const { check, state, code } of diagnosis.checks) {
    counts[state] = (counts[state] ?? 0) + 1;
    if (state === 'bad' || state === 'care') amiss[check] = code;
  }
  const detail = { ...counts, tookMs: diagnosis.tookMs, isBrought: brought === 'taken', ...amiss };
  // what was found is told in short even where the door is out of reach
  return { state: 'done', detail };
}

async function takeScreenshot(tools: RemoteTools, id: OrderId): Promise<OrderEnd> {
  if (!tools.upload) return failed('no-door');
  const picture = await tools.takePicture();
  if (picture.kind === 'failed') return failed(picture.code);
  const { png, isMasked } = picture;
  const brought = await bring(tools, id, 'image/png', png);
  return brought === 'taken'
    ? { state: 'done', detail: { bytes: png.length, isMasked } }
    : failed(`door-${brought}`);
}

async function testReader(
  { summons, hasReader }: RemoteTools,
  reader: 'reader' | 'second-reader' | undefined,
): Promise<OrderEnd> {
  if (!hasReader(reader)) return failed('no-reader');
  const end = await summons.call({ kind: 'try-card' }, testReaderMs);
  switch (end.kind) {
    case 'over':
      return failed('no-card');
    case 'closed':
      return failed('closed-at-screen');
    case 'unusable':
      return { state: 'done', detail: { reader: end.reader, unusable: end.code } };
    case 'read': {
      const { technology, bits, tail } = end;
      return { state: 'done', detail: { reader: end.reader, technology, bits, tail: `••••${tail}` } };
    }
  }
}

function reboot({ machineOrders, isIdle, onEnd }: RemoteTools): OrderWork<'reboot'> {
  const unheard = new Set<string>();
  return {
    isRepeatable: true,
    canBegin: ({ body }) => body.duringSession === true || isIdle(),
    begin: () => (machineOrders.can('reboot') ? 'running' : failed('system-unheard')),
    carryOn({ id, isOfThisBoot }) {
      if (!isOfThisBoot) return;
      const settle = (outcome: 'taken' | 'unheard'): void => {
        if (outcome === 'taken') return;
        unheard.add(id);
        onEnd();
      };
      machineOrders.ask('reboot', '').then(settle, () => settle('unheard'));
    },
    look: ({ id, isOfThisBoot }) => {
      if (!isOfThisBoot) return { state: 'done' };
      return unheard.delete(id) ? failed('system-unheard') : undefined;
    },
  };
}

async function openSsh({ machineOrders }: RemoteTools, minutes: number, key: string): Promise<OrderEnd> {
  const outcome = await machineOrders.ask('open-ssh', `${minutes}\n${key}\n`);
  return outcome === 'taken' ? { state: 'done', detail: { minutes } } : failed('system-unheard');
}

async function rotate({ keeper, certificate, wait = delay }: RemoteTools): Promise<OrderEnd> {
  const deeds = keeper();
  const before = certificate();
  if (!before) return failed('no-certificate');
  if (!deeds) return failed('no-keeper');
  deeds.renewCertificate();
  for (let looks = 0; looks < renewalLooks; looks += 1) {
    await wait(renewalLookMs);
    const now = certificate();
    if (now && now.serial !== before.serial) return { state: 'done', detail: { ...now } };
  }
  return failed('not-renewed');
}

/** Everything that waits is told first; then it is on disk that nothing may be left, and only then is it told. */
function retire({ keeper, isIdle, waitingFacts, onEnd }: RemoteTools): OrderWork<'retire'> {
  let isMarked = false;
  return {
    isRepeatable: true,
    canBegin: ({ body }) => (body.duringSession === true || isIdle()) && waitingFacts() === 0,
    begin: () => (keeper() ? 'running' : failed('no-keeper')),
    carryOn: () =>
      keeper()?.retire(() => {
        isMarked = true;
        onEnd();
      }),
    look: () => (isMarked ? { state: 'done' } : undefined),
  };
}

/** Tried again while the door is away. */
async function bring(
  { upload, wait = delay }: RemoteTools,
  id: OrderId,
  type: UploadKind,
  bytes: Uint8Array,
): Promise<'taken' | 'refused' | 'away' | 'none'> {
  if (!upload) return 'none';
  for (let tries = 1; ; tries += 1) {
    const { kind } = await upload(id, type, bytes);
    if (kind !== 'away' || tries >= uploadTries) return kind;
    await wait(uploadPauseMs);
  }
}
