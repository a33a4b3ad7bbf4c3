// Reads keyboard reports down to the keys of a US keyboard, whatever layout the terminal has (HID Usage Tables, page 7).
import { type ReportField, type ReportLayout, readBits } from './report-descriptor.ts';

/** ASCII of the key; Enter, keypad Enter and Tab are CR, CR and HT. `usage` tells such keys apart. */
export type OnKey = (ascii: number, usage: number) => void;

const enterUsage = 0x28;
export const tabUsage = 0x2b;
export const keypadEnterUsage = 0x58;

/** Does this device say that it is a keyboard or a keypad, and are there keys in its reports? */
export function hasKeys(layout: ReportLayout): boolean {
  return layout.inputs.some(isKeyField);
}

/** Keeps which keys are down. A reader that is set for another country's keyboard types that country's keys: set it to US. */
export class HidKeys {
  readonly #fields: readonly ReportField[];
  readonly #isNumbered: boolean;
  #down: ReadonlySet<number> = new Set();
  #isCapsLocked = false;
  #altCode = 0;

  constructor(layout: ReportLayout) {
    this.#fields = layout.inputs.filter(isKeyField);
    this.#isNumbered = layout.isNumbered;
  }

  push(report: Uint8Array, onKey: OnKey): void {
    const reportId = this.#isNumbered ? (report[0] ?? 0) : 0;
    const body = this.#isNumbered ? report.subarray(1) : report;
    const fields = this.#fields.filter((field) => field.reportId === reportId);
    if (fields.length === 0) return;
    const down = new Set(fields.flatMap((field) => [...usagesIn(body, field)]));
    // more keys down than the keyboard can tell apart: it says nothing about any of them
    if ([...down].some((usage) => usage >= 0x01 && usage <= 0x03)) return;
    const before = this.#down;
    this.#down = down;
    for (const usage of down) {
      if (usage !== 0 && !before.has(usage)) this.#press(usage, down, onKey);
    }
    if (isHeld(before, alt) && !isHeld(down, alt)) this.#endAltCode(onKey);
  }

  /** A new burst: whatever lock the one before left on is its own business. */
  reset(): void {
    this.#isCapsLocked = false;
    this.#altCode = 0;
  }

  #press(usage: number, down: ReadonlySet<number>, onKey: OnKey): void {
    if (usage === capsLockUsage) this.#isCapsLocked = !this.#isCapsLocked;
    const key = keys.get(usage);
    if (!key) return;
    if (isHeld(down, alt)) {
      // some readers type every character as Alt and its number, so that no layout can turn it
      if (usage >= keypadOne && usage <= keypadZero)
        this.#altCode = (this.#altCode * 10 + key.plain - zero) % 1_000;
      return;
    }
    if (isHeld(down, gui)) return;
    if (isHeld(down, control)) onKey(key.shifted & 0x1f, usage);
    else {
      const isLetter = usage <= lastLetter;
      const isShifted = isHeld(down, shift) !== (isLetter && this.#isCapsLocked);
      onKey(isShifted ? key.shifted : key.plain, usage);
    }
  }

  #endAltCode(onKey: OnKey): void {
    if (this.#altCode > 0 && this.#altCode < 128) onKey(this.#altCode, 0);
    this.#altCode = 0;
  }
}

const desktopPage = 0x01;
const keyboardApplications: readonly number[] = [0x06, 0x07];
const keyPage = 0x07;

const lastLetter = 0x1d;
const capsLockUsage = 0x39;
const keypadOne = 0x59;
const keypadZero = 0x62;
const zero = 0x30;
const control = [0xe0, 0xe4];
const shift = [0xe1, 0xe5];
const alt = [0xe2, 0xe6];
const gui = [0xe3, 0xe7];

/** From a usage on: the characters of the keys in a row, plain and with Shift. */
const rows: readonly (readonly [usage: number, plain: string, shifted: string])[] = [
  [0x04, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [0x1e, '1234567890', '!@#$%^&*()'],
  [enterUsage, '\r', '\r'],
  [tabUsage, "\t \u002d=[]\\#;'`,./", '\t _+{}|~:"~<>?'],
  [0x54, '/*-+\r1234567890.\\', '/*-+\r1234567890.|'],
  [0x67, '=', '='],
  [0x85, ',', ','],
];
const keys = new Map(
  rows.flatMap(([usage, plain, shifted]) =>
    Array.from(
      plain,
      (_, n) => [usage + n, { plain: plain.charCodeAt(n), shifted: shifted.charCodeAt(n) }] as const,
    ),
  ),
);

function isKeyField({ application, usages }: ReportField): boolean {
  return (
    application.page === desktopPage &&
    keyboardApplications.includes(application.id) &&
    usages.some(({ page }) => page === keyPage)
  );
}

function isHeld(down: ReadonlySet<number>, either: readonly number[]): boolean {
  return either.some((usage) => down.has(usage));
}

/** An array says which keys are down, in their order; else each key has a bit of its own. */
function* usagesIn(body: Uint8Array, field: ReportField): Generator<number> {
  for (let n = 0; n < field.count; n += 1) {
    const value = readBits(body, field.bitOffset + n * field.bitSize, field.bitSize);
    if (field.isArray) yield usageAt(field, value - field.logicalMinimum);
    else if (value !== 0) yield usageAt(field, n);
  }
}

function usageAt({ usages }: ReportField, index: number): number {
  let left = index;
  for (const { page, from, to } of usages) {
    if (left <= to - from) return page === keyPage && left >= 0 ? from + left : 0;
    left -= to - from + 1;
  }
  return 0;
}
