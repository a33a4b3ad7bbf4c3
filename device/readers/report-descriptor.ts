// Reads out of a HID report descriptor how the device's input reports are laid out (HID 1.11, 5.6 and 6.2.2). Pure and bounded.

export interface HidUsage {
  readonly page: number;
  readonly id: number;
}

/** One main item: `count` values of `bitSize` bits in a row. */
export interface ReportField {
  /** 0 when reports carry no number */
  readonly reportId: number;
  /** from the first bit behind the report's number */
  readonly bitOffset: number;
  readonly bitSize: number;
  readonly count: number;
  /** each value is the index of a usage, as the keys of a keyboard are; else each value has a usage of its own */
  readonly isArray: boolean;
  readonly logicalMinimum: number;
  /** in the order of the values; the last one counts for all that remain */
  readonly usages: readonly UsageRange[];
  /** the application collection that it lies in: what the device says it is */
  readonly application: HidUsage;
}

export interface UsageRange {
  readonly page: number;
  readonly from: number;
  readonly to: number;
}

export interface ReportLayout {
  readonly isNumbered: boolean;
  /** constants, which only fill, are left out */
  readonly inputs: readonly ReportField[];
  /** length of each input report by its number, the number's own byte left out */
  readonly inputBytes: ReadonlyMap<number, number>;
}

/** Where the values of one usage lie. */
export interface ReportPlace {
  readonly reportId: number;
  readonly bitOffset: number;
  readonly bitSize: number;
  readonly count: number;
}

/** What the kernel takes; readers need less. */
const maxDescriptorBytes = 4_096;
const maxReportBits = 8 * 4_096;
const maxBitSize = 256;
const maxFields = 256;
const maxDepth = 16;
const maxSavedGlobals = 4;

/** @returns null when it is malformed, or larger than any honest one */
export function parseReportDescriptor(bytes: Uint8Array): ReportLayout | null {
  if (bytes.length > maxDescriptorBytes) return null;
  const reader = new DescriptorReader();
  let at = 0;
  while (at < bytes.length) {
    const prefix = bytes[at] ?? 0;
    if (prefix === longItem) {
      at += 3 + (bytes[at + 1] ?? 0);
      continue;
    }
    const size = itemSizes[prefix & 0x03] ?? 0;
    const data = bytes.subarray(at + 1, at + 1 + size);
    if (data.length < size || !reader.take(prefix & 0xfc, data)) return null;
    at += 1 + size;
  }
  return at === bytes.length ? reader.finish() : null;
}

/** @returns where an input with this usage lies; null when there is none */
export function findInput(layout: ReportLayout, page: number, id: number): ReportPlace | null {
  for (const { isArray, usages, reportId, bitOffset, bitSize, count } of layout.inputs) {
    if (isArray) continue;
    let index = 0;
    for (const [n, range] of usages.entries()) {
      const isLast = n === usages.length - 1;
      if (range.page === page && id >= range.from && id <= range.to) {
        const first = index + id - range.from;
        if (first >= count) break;
        const alone = isLast && id === range.to ? count - first : 1;
        return { reportId, bitOffset: bitOffset + first * bitSize, bitSize, count: alone };
      }
      index += range.to - range.from + 1;
    }
  }
  return null;
}

/** @returns unsigned, least significant bit first; bits outside the report are 0 */
export function readBits(report: Uint8Array, bitOffset: number, bitSize: number): number {
  let value = 0;
  for (let n = Math.min(bitSize, 32) - 1; n >= 0; n -= 1) {
    const bit = bitOffset + n;
    value = value * 2 + (((report[bit >> 3] ?? 0) >> (bit & 7)) & 1);
  }
  return value;
}

const longItem = 0xfe;
const itemSizes = [0, 1, 2, 4];

/** prefix bytes without their two bits of size */
const items = {
  input: 0x80,
  output: 0x90,
  feature: 0xb0,
  collection: 0xa0,
  endCollection: 0xc0,
  usagePage: 0x04,
  logicalMinimum: 0x14,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  push: 0xa4,
  pop: 0xb4,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
} as const;
const applicationCollection = 0x01;

interface Globals {
  readonly usagePage: number;
  readonly logicalMinimum: number;
  readonly reportSize: number;
  readonly reportId: number;
  readonly reportCount: number;
}

/** The state that the items of a descriptor build up. */
class DescriptorReader {
  #globals: Globals = { usagePage: 0, logicalMinimum: 0, reportSize: 0, reportId: 0, reportCount: 0 };
  readonly #saved: Globals[] = [];
  #usages: UsageRange[] = [];
  #usageMinimum: { readonly page: number | null; readonly id: number } | null = null;
  #depth = 0;
  #application: { readonly usage: HidUsage; readonly depth: number } | null = null;
  #isNumbered = false;
  readonly #inputs: ReportField[] = [];
  readonly #inputBits = new Map<number, number>();

  /** @returns false when the descriptor cannot be true */
  take(item: number, data: Uint8Array): boolean {
    switch (item & 0x0c) {
      case 0x00:
        return this.#takeMain(item, data);
      case 0x04:
        return this.#takeGlobal(item, data);
      case 0x08:
        this.#takeLocal(item, data);
        return true;
      default:
        return true;
    }
  }

  finish(): ReportLayout | null {
    if (this.#depth > 0) return null;
    const inputBytes = new Map([...this.#inputBits].map(([id, bits]) => [id, Math.ceil(bits / 8)]));
    return {
      isNumbered: this.#isNumbered,
      inputs: this.#inputs,
      inputBytes,
    };
  }

  #takeMain(item: number, data: Uint8Array): boolean {
    let isRight = true;
    if (item === items.input) isRight = this.#addInput(unsigned(data));
    else if (item === items.collection) isRight = this.#openCollection(unsigned(data));
    else if (item === items.endCollection) isRight = this.#closeCollection();
    this.#usages = [];
    this.#usageMinimum = null;
    return isRight;
  }

  #openCollection(kind: number): boolean {
    this.#depth += 1;
    if (kind === applicationCollection && !this.#application) {
      const { page, from } = this.#resolved()[0] ?? { page: this.#globals.usagePage, from: 0 };
      this.#application = { usage: { page, id: from }, depth: this.#depth };
    }
    return this.#depth <= maxDepth;
  }

  #closeCollection(): boolean {
    if (this.#application?.depth === this.#depth) this.#application = null;
    this.#depth -= 1;
    return this.#depth >= 0;
  }

  #addInput(flags: number): boolean {
    const { reportId, reportSize, reportCount, logicalMinimum } = this.#globals;
    const bitOffset = this.#inputBits.get(reportId) ?? 0;
    if (reportSize > maxBitSize || reportCount > maxReportBits) return false;
    const end = bitOffset + reportSize * reportCount;
    if (end > maxReportBits) return false;
    this.#inputBits.set(reportId, end);
    const isConstant = (flags & 0x01) !== 0;
    if (isConstant || reportCount === 0) return true;
    this.#inputs.push({
      reportId,
      bitOffset,
      bitSize: reportSize,
      count: reportCount,
      isArray: (flags & 0x02) === 0,
      logicalMinimum,
      usages: this.#resolved(),
      application: this.#application?.usage ?? { page: 0, id: 0 },
    });
    return this.#inputs.length <= maxFields;
  }

  /** A short usage belongs to the page that holds when its main item comes. */
  #resolved(): readonly UsageRange[] {
    return this.#usages.map((range) =>
      range.page === noPage ? { ...range, page: this.#globals.usagePage } : range,
    );
  }

  #takeGlobal(item: number, data: Uint8Array): boolean {
    const value = unsigned(data);
    switch (item) {
      case items.usagePage:
        this.#globals = { ...this.#globals, usagePage: value };
        return true;
      case items.logicalMinimum:
        this.#globals = { ...this.#globals, logicalMinimum: signed(data) };
        return true;
      case items.reportSize:
        this.#globals = { ...this.#globals, reportSize: value };
        return true;
      case items.reportCount:
        this.#globals = { ...this.#globals, reportCount: value };
        return true;
      case items.reportId:
        this.#isNumbered = true;
        this.#globals = { ...this.#globals, reportId: value };
        return value > 0 && value < 256;
      case items.push:
        this.#saved.push(this.#globals);
        return this.#saved.length <= maxSavedGlobals;
      case items.pop: {
        const saved = this.#saved.pop();
        if (saved) this.#globals = saved;
        return saved !== undefined;
      }
      default:
        return true;
    }
  }

  #takeLocal(item: number, data: Uint8Array): void {
    const isWhole = data.length === 4;
    const value = unsigned(data);
    const page = isWhole ? Math.floor(value / 0x1_0000) : noPage;
    const id = value & 0xffff;
    if (item === items.usage) this.#usages.push({ page, from: id, to: id });
    else if (item === items.usageMinimum) this.#usageMinimum = { page, id };
    else if (item === items.usageMaximum && this.#usageMinimum) {
      if (id >= this.#usageMinimum.id) this.#usages.push({ page, from: this.#usageMinimum.id, to: id });
      this.#usageMinimum = null;
    }
  }
}

const noPage = -1;

function unsigned(data: Uint8Array): number {
  return data.reduceRight((value, byte) => value * 256 + byte, 0);
}

function signed(data: Uint8Array): number {
  const value = unsigned(data);
  const range = 256 ** data.length;
  return value >= range / 2 ? value - range : value;
}
