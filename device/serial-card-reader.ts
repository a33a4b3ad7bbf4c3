// PORT CardReader for RFID modules that send RDM6300 frames over a serial line or a network adapter.
import type { CardReader, CardReaderEvents, ReaderNoise } from './card-reader.ts';
import type { DeviceState } from './device-state.ts';
import { keepOpen } from './keep-open.ts';
import { CardPresence } from './readers/card-presence.ts';
import { Rdm6300Framing } from './readers/rdm6300.ts';
import { parseDeviceAddress } from './transport/device-address.ts';
import { openBytePort } from './transport/open-byte-port.ts';

export interface SerialCardReaderOptions {
  /** `tcp://host:port` or `serial:/dev/…?baud=9600` */
  readonly at: string;
  /** a card must be away this long before it counts again */
  readonly cardAbsenceMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
}

const noiseEveryMs = 1_000;

/**
 * Starts opening at once; events come later, never from inside this call.
 * @throws DeviceError device-address-bad
 */
export function openSerialCardReader(options: SerialCardReaderOptions, events: CardReaderEvents): CardReader {
  const address = parseDeviceAddress(options.at);
  const presence = new CardPresence(options.cardAbsenceMs);
  const noise = countNoise(events.onNoise);
  let framing = new Rdm6300Framing();
  let state: DeviceState = { kind: 'opening' };
  const enter = (next: DeviceState) => {
    state = next;
    events.onState(next);
  };
  const port = keepOpen(
    {
      open: (portEvents, signal) => openBytePort(address, portEvents, signal),
      retryMinMs: options.retryMinMs,
      retryMaxMs: options.retryMaxMs,
      family: 'reader',
    },
    {
      onOpen: () => {
        framing = new Rdm6300Framing();
        enter({ kind: 'ready' });
      },
      onBytes: (chunk) => {
        const reading = framing.push(chunk);
        noise.add('reader-noise', reading.noiseBytes);
        noise.add('reader-bad-checksum', reading.badChecksumBytes);
        for (const number of reading.numbers) {
          if (presence.see(number, performance.now()))
            events.onRead({ technology: 'em4100', number, bits: 40 });
        }
      },
      onOut: enter,
    },
  );
  return {
    get state() {
      return state;
    },
    close: async () => {
      noise.stop();
      await port.stop();
    },
  };
}

/** Sums noise up, so that a broken cable does not flood the log. */
function countNoise(onNoise: (noise: ReaderNoise) => void) {
  const bytes = new Map<ReaderNoise['code'], number>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    for (const [code, count] of bytes) onNoise({ code, bytes: count });
    bytes.clear();
  };
  return {
    add: (code: ReaderNoise['code'], count: number) => {
      if (count === 0) return;
      bytes.set(code, (bytes.get(code) ?? 0) + count);
      timer ??= setTimeout(tell, noiseEveryMs);
    },
    stop: () => clearTimeout(timer),
  };
}
