// Ranges of versions as npm writes them, and whether a version is in one. For weaknesses: a version before a release counts as in it.

interface Version {
  readonly numbers: readonly [number, number, number];
  /** `beta.2` in parts; none = the release itself */
  readonly before: readonly string[];
}
interface Bound {
  readonly op: '<' | '<=' | '>' | '>=';
  readonly version: Version;
}
/** Any of these, of each all. */
export type NpmRange = readonly (readonly Bound[])[];

/** @returns undefined when it is none */
export function parseNpmRange(text: string): NpmRange | undefined {
  const sets = text.split('||').map((each) => parseSet(each.trim()));
  return sets.every((each) => each !== undefined) ? sets : undefined;
}

/** @returns false for what is no version */
export function isInNpmRange(version: string, range: NpmRange): boolean {
  const asked = parseVersion(version);
  return asked !== undefined && range.some((set) => set.every((bound) => holds(asked, bound)));
}

/** From `introduced`, itself in it; `0` = from the first. Up to `fixed`, itself not in it, or `last`, which is. */
export function npmInterval(
  introduced: string,
  end: { readonly fixed?: string | undefined; readonly last?: string | undefined },
): NpmRange | undefined {
  const { fixed, last } = end;
  const words = [
    ...(introduced === '0' ? [] : [`>=${introduced}`]),
    ...(fixed === undefined ? [] : [`<${fixed}`]),
    ...(last === undefined ? [] : [`<=${last}`]),
  ];
  return parseNpmRange(words.join(' '));
}

const versionText = /^[v=]?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

function parseVersion(text: string): Version | undefined {
  const [whole, a, b, c, before] = versionText.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  return { numbers: [Number(a), Number(b), Number(c)], before: before?.split('.') ?? [] };
}

function parseSet(text: string): readonly Bound[] | undefined {
  const [, from, to] = /^(\S+)\s+-\s+(\S+)$/.exec(text) ?? [];
  const words =
    from !== undefined && to !== undefined
      ? [`>=${from}`, `<=${to}`]
      : text
          .replace(/(>=|<=|[<>=~^])\s+/g, '$1')
          .split(/[\s,]+/)
          .filter((each) => each !== '');
  const bounds = words.map(boundsOf);
  return bounds.every((each) => each !== undefined) ? bounds.flat() : undefined;
}

const wordText =
  /^(>=|<=|[<>=~^])?v?(?:(\d+)(?:\.(\d+|[xX*])(?:\.(\d+|[xX*])(-[0-9A-Za-z.-]+)?(?:\+.*)?)?)?|[xX*])$/;

/** One word of a set: `^1.2`, `<3`, `1.x`, `*`. */
function boundsOf(word: string): readonly Bound[] | undefined {
  const [whole, op = '=', ...parts] = wordText.exec(word) ?? [];
  if (whole === undefined) return undefined;
  const given = parts.slice(0, 3).filter((part) => part !== undefined && /^\d+$/.test(part));
  const [a = 0, b = 0, c = 0] = given.map(Number);
  const isWhole = given.length === 3;
  if (given.length === 0) return op === '<' || op === '>' ? undefined : [];
  const least: Version = { numbers: [a, b, c], before: parts[3]?.slice(1).split('.') ?? [] };
  const [nextMajor, nextMinor, nextPatch] = [
    release(a + 1, 0, 0),
    release(a, b + 1, 0),
    release(a, b, c + 1),
  ];
  /** of what is not said whole, the first that it does not mean */
  const next = given.length === 1 ? nextMajor : nextMinor;
  switch (op) {
    case '>':
      return [isWhole ? { op, version: least } : { op: '>=', version: next }];
    case '<=':
      return [isWhole ? { op, version: least } : { op: '<', version: next }];
    case '>=':
    case '<':
      return [{ op, version: least }];
    case '~':
      return between(least, next);
    case '^': {
      if (a > 0 || given.length === 1) return between(least, nextMajor);
      return between(least, b > 0 || given.length === 2 ? nextMinor : nextPatch);
    }
    default:
      if (!isWhole) return between(least, next);
      return [
        { op: '>=', version: least },
        { op: '<=', version: least },
      ];
  }
}

function release(a: number, b: number, c: number): Version {
  return { numbers: [a, b, c], before: [] };
}

function between(least: Version, next: Version): readonly Bound[] {
  return [
    { op: '>=', version: least },
    { op: '<', version: next },
  ];
}

function holds(version: Version, { op, version: bound }: Bound): boolean {
  const order = compare(version, bound);
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** As semver 2.0.0, §11. */
function compare(a: Version, b: Version): number {
  for (const n of [0, 1, 2] as const) if (a.numbers[n] !== b.numbers[n]) return a.numbers[n] - b.numbers[n];
  if (a.before.length === 0 || b.before.length === 0) return b.before.length - a.before.length;
  for (let n = 0; n < Math.max(a.before.length, b.before.length); n += 1) {
    const [one, other] = [a.before[n], b.before[n]];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    if (one === other) continue;
    const areNumbers = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (areNumbers[0] && areNumbers[1]) return Number(one) - Number(other);
    if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return 0;
}
