// PORT CardReader for readers that speak in HID reports: magnetic stripe readers, and readers that type like a keyboard.
import type { CardReader, CardReaderEvents } from './card-reader.ts';
import { CardReporter } from './card-reporter.ts';
import type { DeviceState } from './device-state.ts';
import { keepOpen } from './keep-open.ts';
import type { BurstFraming } from './readers/burst-framing.ts';
import type { CardReading } from './readers/card-framing.ts';
import { type HidReaderKind, makeHidFraming } from './readers/hid-framings.ts';
import { parseReportDescriptor } from './readers/report-descriptor.ts';
import { parseHidAddress } from './transport/device-address.ts';
import type { HidSurroundings } from './transport/hid-port.ts';
import { openHid } from './transport/open-hid.ts';

export interface HidCardReaderOptions {
  /** `hid:vvvv:pppp`, `hid:vvvv:pppp:serial` or `hid+tcp://host:port` */
  readonly at: string;
  readonly reader: HidReaderKind;
  /** a card must be away this long before it counts again */
  readonly cardAbsenceMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** where `hid:` devices are looked for; this machine when not said */
  readonly surroundings?: HidSurroundings;
}

/**
 * Starts opening at once; events come later, never from inside this call. A device that is there and cannot be such a
 * reader, by its report descriptor, is `reader-wrong-device`.
 * @throws DeviceError device-address-bad
 */
export function openHidCardReader(options: HidCardReaderOptions, events: CardReaderEvents): CardReader {
  const address = parseHidAddress(options.at);
  const reporter = new CardReporter(events, options.cardAbsenceMs);
  const framingFor = (descriptor: Uint8Array) => {
    const layout = parseReportDescriptor(descriptor);
    return layout && makeHidFraming(options.reader, layout);
  };
  let burst: BurstReader | undefined;
  let state: DeviceState = { kind: 'opening' };
  const enter = (next: DeviceState) => {
    state = next;
    events.onState(next);
  };
  const port = keepOpen(
    {
      open: (portEvents, signal) =>
        openHid(
          address,
          (descriptor) => framingFor(descriptor) !== null,
          portEvents,
          signal,
          options.surroundings,
        ),
      retryMinMs: options.retryMinMs,
      retryMaxMs: options.retryMaxMs,
      family: 'reader',
    },
    {
      onOpen: ({ descriptor }) => {
        const framing = framingFor(descriptor);
        if (framing) burst = new BurstReader(framing, (reading) => reporter.report(reading));
        reporter.listen(true);
        enter({ kind: 'ready' });
      },
      onBytes: (report) => burst?.push(report),
      onOut: (out) => {
        reporter.listen(false);
        burst?.stop();
        burst = undefined;
        enter(out);
      },
    },
  );
  return {
    get state() {
      return state;
    },
    close: async () => {
      burst?.stop();
      burst = undefined;
      reporter.stop();
      await port.stop();
    },
  };
}

/** Gives a framing its clock: a burst that does not go on in time is over. */
class BurstReader {
  readonly #framing: BurstFraming;
  readonly #tell: (reading: CardReading) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(framing: BurstFraming, tell: (reading: CardReading) => void) {
    this.#framing = framing;
    this.#tell = tell;
  }

  /** @param report may hold a track: overwritten before this returns */
  push(report: Buffer): void {
    const before = this.#framing.burstLength;
    const reading = this.#framing.push(report);
    report.fill(0);
    if (this.#framing.burstLength !== before) this.#watch();
    this.#tell(reading);
  }

  /** What is unfinished is overwritten and not told. */
  stop(): void {
    clearTimeout(this.#timer);
    for (const { number } of this.#framing.pause().cards) number.wipe();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const length = this.#framing.burstLength;
    if (length === 0) return;
    this.#timer = setTimeout(() => {
      // After a stall of our own the timer comes first and the reports that waited with it come next.
      setImmediate(() => {
        if (this.#framing.burstLength === length) this.#tell(this.#framing.pause());
      });
    }, this.#framing.pauseMs);
  }
}
