// An Uno or Nano with StandardFirmata 2.5, byte for byte: pins, modes, levels, reports. Knows nothing of who is connected.

const startSysex = 0xf0;
const endSysex = 0xf7;
const notAnalog = 0x7f;
const modes = { input: 0, output: 1, analog: 2, pwm: 3, servo: 4, i2c: 6, pullUp: 0x0b } as const;
const pwmPins: ReadonlySet<number> = new Set([3, 5, 6, 9, 10, 11]);
const firstAnalogPin = 14;
const maxMessageBytes = 64;

interface Pin {
  mode: number;
  /** what was last written to it, 0 … 255 for one that dims */
  written: number;
  /** what is wired to it drives it; undefined = an open contact, so the pull-up decides */
  driven: boolean | undefined;
}

export class FirmataBoardState {
  readonly #pins: Pin[];
  readonly #answer: (bytes: readonly number[]) => void;
  /** ports of 8 pins whose changes somebody wants to hear */
  readonly #reported = new Set<number>();
  #received: number[] = [];

  /**
   * @param model `nano` has two more pins, which are analog only
   * @param answer what the board says
   */
  constructor(model: 'uno' | 'nano', answer: (bytes: readonly number[]) => void) {
    this.#answer = answer;
    this.#pins = Array.from({ length: model === 'uno' ? 20 : 22 }, () => ({
      mode: modes.output,
      written: 0,
      driven: undefined,
    }));
  }

  /** Power comes, or the reset button: pins fall back, and the board says who it is. */
  boot(): void {
    this.#reset();
    this.#received = [];
    this.#sayVersion();
    this.#sayFirmware();
  }

  /** Bytes of a message that another connection left half. */
  forgetHalfMessage(): void {
    this.#received = [];
  }

  take(byte: number): void {
    // Any command cuts off what came before it, except the end of a sysex.
    if (byte >= 0x80 && byte !== endSysex) this.#received = [];
    else if (this.#received.length === 0 || this.#received.length >= maxMessageBytes) return;
    this.#received.push(byte);
    const [first = 0] = this.#received;
    if (first === startSysex) {
      if (byte !== endSysex) return;
      this.#obeySysex(this.#received.slice(1, -1));
      this.#received = [];
    } else if (this.#received.length === lengthOf(first)) {
      const [, second = 0, third = 0] = this.#received;
      this.#received = [];
      this.#obey(first, second, third);
    }
  }

  /** @param isHigh undefined = an open contact */
  drive(pin: number, isHigh: boolean | undefined): void {
    const wired = this.#pins[pin];
    if (!wired) throw new Error(`this board has no pin ${pin}`);
    const before = this.#levelOf(pin);
    wired.driven = isHigh;
    if (this.#levelOf(pin) !== before && this.#reported.has(pin >> 3)) this.#tellPort(pin >> 3);
  }

  /** what the pin gives out: 0 … 255, only 0 or 255 for one that switches */
  outputOf(pin: number): number {
    const { mode, written } = this.#pins[pin] ?? { mode: modes.input, written: 0 };
    if (mode === modes.pwm) return written;
    return mode === modes.output && written > 0 ? 255 : 0;
  }

  /** is the pull-up of this input on? */
  hasPullUp(pin: number): boolean {
    return this.#pins[pin]?.mode === modes.pullUp;
  }

  #obey(first: number, second: number, third: number): void {
    if (first === 0xf9) this.#sayVersion();
    if (first === 0xff) this.#reset();
    if (first === 0xf4) this.#setMode(second, third);
    if (first === 0xf5) this.#writeDigital(second, third);
    const port = first & 0x0f;
    if ((first & 0xf0) === 0x90) this.#writePort(port, second | (third << 7));
    if ((first & 0xf0) === 0xe0) this.#writePwm(port, second | (third << 7));
    if ((first & 0xf0) !== 0xd0) return;
    if (second === 0) this.#reported.delete(port);
    else {
      this.#reported.add(port);
      this.#tellPort(port);
    }
  }

  #obeySysex([command, ...data]: readonly number[]): void {
    if (command === 0x79) this.#sayFirmware();
    if (command === 0x6f) this.#writePwm(data[0] ?? 0, (data[1] ?? 0) | ((data[2] ?? 0) << 7));
    if (command === 0x6b) {
      const each = this.#pins.flatMap((_, pin) => [...capabilitiesOf(pin).flat(), 0x7f]);
      this.#answer([startSysex, 0x6c, ...each, endSysex]);
    }
    if (command === 0x69) {
      const each = this.#pins.map((_, pin) => (pin < firstAnalogPin ? notAnalog : pin - firstAnalogPin));
      this.#answer([startSysex, 0x6a, ...each, endSysex]);
    }
  }

  #reset(): void {
    this.#reported.clear();
    for (const [n, pin] of this.#pins.entries()) {
      pin.mode = n < firstAnalogPin ? modes.output : modes.analog;
      pin.written = 0;
    }
  }

  #setMode(number: number, mode: number): void {
    const pin = this.#pins[number];
    if (!pin || !capabilitiesOf(number).some(([can]) => can === mode)) return;
    // Not every firmware puts an output back to zero when it is given the mode that it has.
    if (pin.mode === mode) return;
    pin.mode = mode;
    pin.written = 0;
  }

  #writeDigital(number: number, value: number): void {
    const pin = this.#pins[number];
    if (pin?.mode === modes.output) pin.written = value > 0 ? 255 : 0;
    // StandardFirmata keeps this old way of asking for a pull-up.
    else if (pin?.mode === modes.input && value > 0) pin.mode = modes.pullUp;
  }

  #writePort(port: number, bits: number): void {
    for (let n = 0; n < 8; n += 1) this.#writeDigital(8 * port + n, (bits >> n) & 1);
  }

  #writePwm(number: number, value: number): void {
    const pin = this.#pins[number];
    if (pin?.mode === modes.pwm) pin.written = value;
  }

  #levelOf(number: number): boolean {
    const { mode, driven } = this.#pins[number] ?? { mode: modes.output, driven: false };
    if (mode !== modes.input && mode !== modes.pullUp) return false;
    return driven ?? mode === modes.pullUp;
  }

  #tellPort(port: number): void {
    let bits = 0;
    for (let n = 0; n < 8; n += 1) if (this.#levelOf(8 * port + n)) bits |= 1 << n;
    this.#answer([0x90 | port, bits & 0x7f, bits >> 7]);
  }

  #sayVersion(): void {
    this.#answer([0xf9, 2, 5]);
  }

  #sayFirmware(): void {
    const name = [...Buffer.from('StandardFirmata.ino')].flatMap((byte) => [byte & 0x7f, byte >> 7]);
    this.#answer([startSysex, 0x79, 2, 5, ...name, endSysex]);
  }
}

/** mode and bits, as the board tells them */
function capabilitiesOf(pin: number): [mode: number, bits: number][] {
  // 0 and 1 are the serial line itself
  if (pin < 2) return [];
  if (pin >= 20) return [[modes.analog, 10]];
  return [
    [modes.input, 1],
    [modes.pullUp, 1],
    [modes.output, 1],
    ...(pin >= firstAnalogPin ? [[modes.analog, 10] as [number, number]] : []),
    ...(pwmPins.has(pin) ? [[modes.pwm, 8] as [number, number]] : []),
    ...(pin < firstAnalogPin ? [[modes.servo, 14] as [number, number]] : []),
    ...(pin === 18 || pin === 19 ? [[modes.i2c, 1] as [number, number]] : []),
  ];
}

function lengthOf(first: number): number {
  if (first === 0xf9 || first === 0xff) return 1;
  return first >= 0xc0 && first < 0xe0 ? 2 : 3;
}
