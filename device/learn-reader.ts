// Learns from one swipe which of the devices plugged in is the reader, and how it has to be set up.
import type { ReaderSettings } from './open-card-reader.ts';
import type { BurstFraming } from './readers/burst-framing.ts';
import { guessTypedFormats } from './readers/guess-typed-format.ts';
import { type HidReaderKind, makeHidFraming } from './readers/hid-framings.ts';
import { HidKeys, hasKeys, keypadEnterUsage, tabUsage } from './readers/hid-keys.ts';
import { isEndOfTyping, KeyBuffer, keyPauseMs } from './readers/key-buffer.ts';
import { isStartSentinel } from './readers/magnetic-track.ts';
import { parseReportDescriptor, type ReportLayout } from './readers/report-descriptor.ts';
import { PortClosedError, type PortClosedReason } from './transport/byte-port.ts';
import { parseHidAddress } from './transport/device-address.ts';
import { listHidDevices } from './transport/hid-devices.ts';
import { type HidSurroundings, thisMachine } from './transport/hid-port.ts';
import { openHid } from './transport/open-hid.ts';

export interface LearnOptions {
  /** where to listen, such as `learnableAddresses()` */
  readonly addresses: readonly string[];
  /** the number printed on the card that will be swiped: tells formats apart that the digits alone do not */
  readonly printed?: string;
  /** ends the waiting */
  readonly signal: AbortSignal;
  readonly surroundings?: HidSurroundings;
  /** All that can be listened to is open: the person may swipe. */
  readonly onListening?: (open: readonly string[], shut: readonly ShutDevice[]) => void;
}
export interface ShutDevice {
  readonly at: string;
  readonly reason: PortClosedReason;
}

export interface LearntReader {
  readonly at: string;
  /** what fits, the likeliest first; each is ready to be written into the config */
  readonly proposals: readonly ReaderSettings[];
  /** the key behind the card; `none`: the reader must be set up to type one; null where reports say where a card ends */
  readonly endsWith: 'enter' | 'keypad-enter' | 'tab' | 'none' | null;
}

/** Addresses of this machine's HID devices that type or could be a reader; two alike without serial numbers are one address. */
export async function learnableAddresses(surroundings = thisMachine): Promise<readonly string[]> {
  const devices = await listHidDevices(surroundings.sysfs);
  const addresses = devices
    .filter(({ descriptor }) => isLearnable(descriptor))
    .map(({ vendor, product, serial }) => {
      const isSpeakable = serial !== null && /^[^\s:]{1,64}$/.test(serial);
      return `hid:${vendor}:${product}${isSpeakable ? `:${serial}` : ''}`;
    });
  return [...new Set(addresses)];
}

/**
 * @returns null when the signal ended the waiting, or nothing could be opened
 * @throws DeviceError device-address-bad
 */
export async function learnReader(options: LearnOptions): Promise<LearntReader | null> {
  const addresses = options.addresses.map((at) => ({ at, address: parseHidAddress(at) }));
  const done = new AbortController();
  const signal = AbortSignal.any([options.signal, done.signal]);
  let finish: (learnt: LearntReader | null) => void = () => undefined;
  const learnt = new Promise<LearntReader | null>((resolve) => {
    finish = resolve;
  });
  signal.addEventListener('abort', () => finish(null));
  const ears: Ear[] = [];
  const opened = await Promise.all(
    addresses.map(async ({ at, address }) => {
      const ear = new Ear(at, options.printed, finish);
      ears.push(ear);
      try {
        const events = { onBytes: (report: Buffer) => ear.hear(report), onClose: () => undefined };
        const port = await openHid(address, isLearnable, events, signal, options.surroundings);
        ear.listenTo(port.descriptor);
        return { kind: 'open', at, port } as const;
      } catch (error) {
        const reason = error instanceof PortClosedError ? error.reason : 'unreachable';
        return { kind: 'shut', at, reason } as const;
      }
    }),
  );
  const open = opened.filter((one) => one.kind === 'open');
  options.onListening?.(
    open.map(({ at }) => at),
    opened.filter((one) => one.kind === 'shut').map(({ at, reason }) => ({ at, reason })),
  );
  if (open.length === 0 || options.signal.aborted) finish(null);
  const result = await learnt;
  done.abort();
  for (const ear of ears) ear.stop();
  await Promise.all(open.map(({ port }) => port.close()));
  return result;
}

const stripeKinds = ['magtek', 'id-tech', 'hid-pos'] as const;
const idTechVendor = 'hid:0acd:';
/** A hand that presses Enter to begin is no card. */
const leastKeys = 6;
const mostKeys = 280;

function isLearnable(descriptor: Uint8Array): boolean {
  const layout = parseReportDescriptor(descriptor);
  return layout !== null && (hasKeys(layout) || stripeFramings(layout).length > 0);
}

function stripeFramings(layout: ReportLayout) {
  return stripeKinds.flatMap((kind) => {
    const settings = { kind, paymentCards: 'refuse' } satisfies HidReaderKind;
    const framing = makeHidFraming(settings, layout);
    return framing ? [{ settings, framing }] : [];
  });
}

/** Listens to one device until it says something that is a card. */
class Ear {
  readonly #at: string;
  readonly #printed: string | undefined;
  readonly #finish: (learnt: LearntReader) => void;
  #framings: readonly { settings: HidReaderKind; framing: BurstFraming }[] = [];
  #keys: HidKeys | undefined;
  readonly #typed = new KeyBuffer(mostKeys);
  #pause: NodeJS.Timeout | undefined;

  constructor(at: string, printed: string | undefined, finish: (learnt: LearntReader) => void) {
    this.#at = at;
    this.#printed = printed;
    this.#finish = finish;
  }

  listenTo(descriptor: Uint8Array): void {
    const layout = parseReportDescriptor(descriptor);
    if (!layout) return;
    this.#framings = stripeFramings(layout);
    if (hasKeys(layout)) this.#keys = new HidKeys(layout);
  }

  hear(report: Buffer): void {
    this.#hearReport(report);
    this.#keys?.push(report, (ascii, usage) => this.#hearKey(ascii, usage));
    report.fill(0);
  }

  stop(): void {
    clearTimeout(this.#pause);
    this.#typed.wipe();
    for (const { framing } of this.#framings) framing.pause();
  }

  /** Encrypted and refused cards also tell which layout it is. */
  #hearReport(report: Buffer): void {
    const fit = this.#framings.filter(({ framing }) => {
      const { cards, unusable } = framing.push(report);
      for (const { number } of cards) number.wipe();
      return cards.length > 0 || unusable.some((why) => why !== 'card-unreadable');
    });
    // both makers have readers with MagTek's layout
    const own = fit.filter(
      ({ settings }) => settings.kind !== 'magtek' || !this.#at.startsWith(idTechVendor),
    );
    const proposals = own.map(({ settings }) => ({ ...settings, at: this.#at }));
    if (proposals.length > 0) this.#finish({ at: this.#at, proposals, endsWith: null });
  }

  #hearKey(ascii: number, usage: number): void {
    clearTimeout(this.#pause);
    if (isEndOfTyping(ascii)) this.#endBurst(endOf(usage));
    else {
      this.#typed.add(ascii);
      this.#pause = setTimeout(() => this.#endBurst('none'), keyPauseMs);
    }
  }

  #endBurst(endsWith: 'enter' | 'keypad-enter' | 'tab' | 'none'): void {
    const typed = this.#typed.bytes;
    const proposals = typed.length >= leastKeys ? this.#proposalsFor(typed) : [];
    this.#typed.wipe();
    this.#keys?.reset();
    if (proposals.length > 0) this.#finish({ at: this.#at, proposals, endsWith });
  }

  #proposalsFor(typed: Uint8Array): readonly ReaderSettings[] {
    const at = this.#at;
    if (typed.some(isStartSentinel)) return [{ kind: 'keyboard-stripe', at, paymentCards: 'refuse' }];
    return guessTypedFormats(typed, this.#printed).map((format) => ({ kind: 'keyboard', at, ...format }));
  }
}

/** Control and a letter stand for Enter too. */
function endOf(usage: number): 'enter' | 'keypad-enter' | 'tab' {
  if (usage === keypadEnterUsage) return 'keypad-enter';
  return usage === tabUsage ? 'tab' : 'enter';
}
