// Many short texts in one string: a hundred thousand strings of their own would weigh ten times as much.

const textsPerStep = 2_048;

export class TextColumn {
  readonly #text: string;
  readonly #starts: Uint32Array;

  private constructor(text: string, starts: Uint32Array) {
    this.#text = text;
    this.#starts = starts;
  }

  static *build(texts: readonly string[]): Generator<undefined, TextColumn> {
    const starts = new Uint32Array(texts.length + 1);
    const parts: string[] = [];
    let at = 0;
    for (let n = 0; n < texts.length; n += textsPerStep) {
      const some = texts.slice(n, n + textsPerStep);
      some.forEach((text, index) => {
        at += text.length;
        starts[n + index + 1] = at;
      });
      parts.push(some.join(''));
      yield;
    }
    return new TextColumn(parts.join(''), starts);
  }

  get(at: number): string {
    return this.#text.slice(this.#starts[at], this.#starts[at + 1]);
  }

  get bytes(): number {
    return textBytes(this.#text) + this.#starts.byteLength;
  }
}

/** What a string takes in memory: one byte a character as long as all are Latin. */
export function textBytes(text: string): number {
  return /[\u0100-\uffff]/.test(text) ? text.length * 2 : text.length;
}
