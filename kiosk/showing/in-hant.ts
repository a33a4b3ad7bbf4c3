// What is shown or printed, in traditional script. The contract tells what words are: a string without any rule of its
// own. Ids, instants and what a person wrote or is called have one, and stay as they are.
import type { Slip, SlipLine } from '../../device/receipt-printer.ts';
import type { Recording } from '../decision.ts';
import { hantConverter } from '../hant-converter.ts';
import { type Show, showSchema } from '../screen.ts';
import { slipWords } from '../slips/slip-words.ts';
import { hantTable } from './hant-table.ts';

/** A sentence of headquarters or of a slip, in traditional script. */
export const inHant = hantConverter(hantTable);

/** @param show in `zh` */
export function showInHant(show: Show): Show {
  // the walk changes words alone, so what fitted the schema fits it still
  return { ...(converted(show, showSchema) as Show), language: 'zh-Hant' };
}

/** The slips of what is recorded; the facts are headquarters' and stay in its script. */
export function recordingInHant(recording: Recording): Recording {
  return {
    ...recording,
    effects: recording.effects.map((effect) =>
      effect.kind === 'queue-slip' ? { ...effect, lines: slipInHant(effect.lines) } : effect,
    ),
  };
}

export function slipInHant(slip: Slip): Slip {
  return slip.map(lineInHant);
}

const personal: ReadonlySet<string> = new Set([slipWords.zh.member, slipWords.zh.ownWords]);

function lineInHant(line: SlipLine): SlipLine {
  switch (line.kind) {
    case 'title':
    case 'text':
      return { ...line, text: inHant(line.text) };
    case 'pair': {
      const value = personal.has(line.label) ? line.value : inHant(line.value);
      return { ...line, label: inHant(line.label), value };
    }
    case 'qr':
      return { ...line, content: inHant(line.content) };
    case 'rule':
    case 'space':
    case 'picture':
      return line;
  }
}

/** As much of a valibot schema as it takes to walk along a value. */
interface Shape {
  readonly type: string;
  readonly pipe?: unknown;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly wrapped?: Shape;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

function converted(value: unknown, shape: Shape): unknown {
  if (typeof value === 'string') return shape.type === 'string' && !shape.pipe ? inHant(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (shape.wrapped) return converted(value, shape.wrapped);
  if (Array.isArray(value)) {
    const { item } = shape;
    return item ? value.map((each) => converted(each, item)) : value;
  }
  const { entries } = shape.options ? variantOf(value, shape.options as readonly Shape[]) : shape;
  if (!entries) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const entry = entries[key];
      return [key, entry ? converted(each, entry) : each];
    }),
  );
}

function variantOf(value: object, options: readonly Shape[]): Shape {
  const kind: unknown = Reflect.get(value, 'kind');
  const found = options.find(({ entries }) => entries?.['kind']?.literal === kind);
  return found ?? { type: 'unknown' };
}
