// How a row lies on the terminal's disk: values without field names, and words that many rows share once.

/** What rows of one file have in common; grows with the rows, and is kept in the file. */
export interface RowDictionary {
  /** the fields of each shape of object, in order; number 1 is the first */
  readonly shapes: readonly (readonly string[])[];
  /** objects of nothing but texts, frozen; number −1 is the first */
  readonly words: readonly object[];
}

/** Beyond these, objects are written out. */
const maxShapes = 1_000;
const maxWords = 4_000;

/**
 * Writes an object as `[shape, ...values]`, one that is in the dictionary as `[-word]`, an array as `[0, ...items]`,
 * and what fits nowhere as it is. What is read back has the same fields in the same order: its JSON is the same.
 */
export class RowCodec implements RowDictionary {
  readonly shapes: (readonly string[])[] = [];
  readonly words: object[] = [];
  readonly #shapeOf = new Map<string, number>();
  readonly #wordOf = new Map<string, number>();

  constructor(known?: RowDictionary) {
    for (const fields of known?.shapes ?? []) this.#addShape(fields);
    for (const word of known?.words ?? []) this.#wordNumber(word);
  }

  encode(row: object): string {
    return this.#object(row);
  }

  /** @returns undefined when the text is none that `encode` wrote */
  decode(text: string): unknown {
    try {
      return this.#decode(JSON.parse(text));
    } catch {
      // somebody else wrote in the file: the row counts as missing until the audit finds it
      return undefined;
    }
  }

  #value(value: unknown): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) {
      let text = '[0';
      for (const item of value) text += `,${this.#value(item)}`;
      return `${text}]`;
    }
    const word = this.#wordNumber(value);
    return word === undefined ? this.#object(value) : `[-${word}]`;
  }

  #object(value: object): string {
    let fields = '';
    let text = '';
    for (const [field, one] of Object.entries(value)) {
      fields += named(field);
      text += `,${this.#value(one)}`;
    }
    const shape = this.#shapeOf.get(fields) ?? this.#newShape(Object.keys(value));
    return shape === undefined ? JSON.stringify(value) : `[${shape}${text}]`;
  }

  #decode(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    const number = Number(value[0]);
    if (number < 0) return this.words[-number - 1];
    if (number === 0) return value.slice(1).map((item) => this.#decode(item));
    const row: Record<string, unknown> = {};
    this.shapes[number - 1]?.forEach((field, n) => {
      row[field] = this.#decode(value[n + 1]);
    });
    return row;
  }

  #newShape(fields: readonly string[]): number | undefined {
    // a field of that name would not be a field of what is read back
    const hasRoom = this.shapes.length < maxShapes && !fields.includes('__proto__');
    return hasRoom ? this.#addShape(fields) : undefined;
  }

  #addShape(fields: readonly string[]): number {
    const number = this.shapes.push(fields);
    this.#shapeOf.set(fields.map(named).join(''), number);
    return number;
  }

  #wordNumber(value: object): number | undefined {
    let name = '';
    for (const [field, text] of Object.entries(value)) {
      if (typeof text !== 'string') return undefined;
      name += named(field) + named(text);
    }
    const known = this.#wordOf.get(name);
    if (known !== undefined || this.words.length >= maxWords || name.length > 200) return known;
    return this.#addWord(name, value);
  }

  #addWord(name: string, value: object): number {
    const number = this.words.push(Object.freeze({ ...value }));
    this.#wordOf.set(name, number);
    return number;
  }
}

/** One text among others that no other texts run together to. */
function named(text: string): string {
  return `${text.length}:${text}`;
}
