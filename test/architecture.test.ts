// Holds the house together: who may import whom, how large things may grow, which names are banned.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A box may import only itself and what it names; the first box that matches a path owns it. */
const boxes: readonly {
  readonly box: string;
  readonly paths: readonly string[];
  readonly mayImport: readonly string[];
}[] = [
  {
    box: 'contract: screen',
    paths: [
      'kiosk/screen.ts',
      'kiosk/touch.ts',
      'kiosk/screen-parts.ts',
      'kiosk/shown-paper.ts',
      'kiosk/hant-converter.ts',
      'kiosk/map-words.ts',
      'kiosk/manner.ts',
      'kiosk/activity-screens.ts',
      'kiosk/board-screens.ts',
      'kiosk/join-screens.ts',
      'kiosk/club-screens.ts',
      'kiosk/owner-screens.ts',
      'kiosk/filing-screens.ts',
      'kiosk/service-screens.ts',
      'kiosk/follow-screens.ts',
      'kiosk/forms-screens.ts',
      'kiosk/maintenance-screen.ts',
      'kiosk/maintenance-touches.ts',
      'kiosk/search-screen.ts',
      'kiosk/enrolling-screen.ts',
    ],
    mayImport: [],
  },
  {
    box: 'contract: config',
    paths: ['kiosk/config.ts', 'kiosk/keeper-line.ts', 'kiosk/terminal-process.ts'],
    mayImport: ['contract: sync'],
  },
  // words alone: what it names of the devices are types
  { box: 'contract: fault words', paths: ['kiosk/fault-table.ts'], mayImport: ['device', 'contract: sync'] },
  {
    box: 'contract: console api',
    paths: ['sync/headquarters/api.ts', 'sync/headquarters/api/'],
    mayImport: ['contract: sync'],
  },
  { box: 'contract: sync', paths: ['sync/contract/', 'sync/sync-error.ts'], mayImport: [] },
  {
    box: 'headquarters',
    paths: ['sync/headquarters/'],
    mayImport: ['sync', 'contract: sync', 'contract: console api'],
  },
  { box: 'sync', paths: ['sync/'], mayImport: ['contract: sync'] },
  { box: 'device', paths: ['device/'], mayImport: [] },
  {
    box: 'kiosk',
    paths: ['kiosk/'],
    mayImport: [
      'device',
      'sync',
      'contract: sync',
      'contract: screen',
      'contract: config',
      'contract: fault words',
    ],
  },
  {
    box: 'provisioning',
    paths: ['provisioning/'],
    mayImport: [
      'device',
      'sync',
      'contract: sync',
      'contract: config',
      'contract: screen',
      // `yingbin` asks headquarters as the console does
      'contract: console api',
    ],
  },
  { box: 'ui tools', paths: ['ui/vite.config.ts'], mayImport: [] },
  {
    box: 'ui',
    paths: ['ui/'],
    mayImport: ['contract: screen', 'contract: console api', 'contract: fault words'],
  },
  {
    box: 'test',
    paths: ['test/'],
    mayImport: [
      'device',
      'sync',
      'headquarters',
      'kiosk',
      'provisioning',
      'ui',
      'contract: sync',
      'contract: screen',
      'contract: config',
      'contract: console api',
      'contract: fault words',
    ],
  },
];
const topLevel = new Set([
  'kiosk',
  'device',
  'ui',
  'sync',
  'provisioning',
  'test',
  'package.json',
  'tsconfig.json',
  'README.md',
]);
/** Demanded by the ecosystem, not part of the product. */
const alsoAllowed = new Set(['package-lock.json', 'LICENSE', 'biome.json', 'node_modules', 'dist']);
const bannedNames = /^(utils?|helpers?|common|misc|managers?|types|index|shared|lib|tstype)$/;
const maxFileLines = 400;
const maxFunctionLines = 70;
const maxReadmeLines = 30;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  readonly functions: readonly { readonly line: number; readonly lines: number }[];
}

const sources = listFiles(root)
  .filter((path) => path.endsWith('.ts'))
  .map(readSource);

describe('architecture', () => {
  it('the top level holds what the owner fixed and nothing else', () => {
    const strangers = readdirSync(root).filter(
      (n) => !n.startsWith('.') && !topLevel.has(n) && !alsoAllowed.has(n),
    );
    expect(strangers).toEqual([]);
  });

  it('every import follows an arrow', () => {
    const wrong = sources.flatMap(({ path, imports }) => {
      const from = boxOf(path);
      return imports
        .map((target) => ({ target, to: boxOf(target) }))
        .filter(({ to }) => to.box !== from.box && !from.mayImport.includes(to.box))
        .map(({ target, to }) => `${path} (${from.box}) imports ${target} (${to.box})`);
    });
    expect(wrong).toEqual([]);
  });

  it('no file takes part in an import cycle', () => {
    expect(findCycles(new Map(sources.map((s) => [s.path, s.imports])))).toEqual([]);
  });

  it(`no file is over ${maxFileLines} lines, no function over ${maxFunctionLines}`, () => {
    const long = sources.flatMap(({ path, text, functions }) => [
      ...(text.split('\n').length - 1 > maxFileLines
        ? [`${path}: ${text.split('\n').length - 1} lines`]
        : []),
      // a describe block is a list of tests, not a function that does something
      ...(path.endsWith('.test.ts') || path.startsWith('test/contracts/')
        ? []
        : functions
            .filter((f) => f.lines > maxFunctionLines)
            .map((f) => `${path}:${f.line} has a function of ${f.lines} lines`)),
    ]);
    expect(long).toEqual([]);
  });

  it('names are kebab-case and say what is inside', () => {
    const wrong = listFiles(root)
      .filter((path) => /\.(ts|css|html)$/.test(path))
      .filter((path) =>
        path.split('/').some((part) => {
          const stem = part.replace(/(\.test)?\.\w+$/, '');
          return !/^[a-z0-9.-]+$/.test(part) || (bannedNames.test(stem) && part !== 'index.html');
        }),
      );
    expect(wrong).toEqual([]);
  });

  it('every file starts with a sentence that says what it owns', () => {
    expect(sources.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('the product neither prints nor switches checks off', () => {
    const found = sources
      .filter(({ path }) => !path.startsWith('test/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/console\.\w+\(|@ts-(ignore|expect-error)|biome-ignore|\bas any\b|v8 ignore/g)].map(
          (m) => `${path}: ${m[0]}`,
        ),
      );
    expect(found).toEqual([]);
  });

  it(`each folder has a README of at most ${maxReadmeLines} lines`, () => {
    const wrong = ['kiosk', 'device', 'ui', 'sync', 'provisioning', 'test'].filter((folder) => {
      try {
        return (
          readFileSync(join(root, folder, 'README.md'), 'utf8')
            .trimEnd()
            .split('\n').length > maxReadmeLines
        );
      } catch {
        return true;
      }
    });
    expect(wrong).toEqual([]);
  });

  it('the checks themselves can fail', () => {
    expect(
      findCycles(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
          ['c', []],
        ]),
      ),
    ).toEqual(['a → b → a']);
    expect(readFunctions('// x\nexport function f() {\n\n\n}\n', 'x.ts')).toEqual([{ line: 2, lines: 4 }]);
    expect(boxOf('kiosk/kiosk.ts').mayImport).not.toContain('headquarters');
  });
});

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const full = join(folder, name);
    if (name.startsWith('.') || name === 'node_modules' || name === 'dist' || name === 'shots') return [];
    return statSync(full).isDirectory() ? listFiles(full) : [relative(root, full)];
  });
}

function boxOf(path: string): (typeof boxes)[number] {
  const box = boxes.find(({ paths }) =>
    paths.some((p) => (p.endsWith('/') ? path.startsWith(p) : path === p)),
  );
  if (!box) throw new Error(`${path} lies in no box`);
  return box;
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...walk(parse(text, path))]
    .filter(({ type }) => /^(Import(Declaration|Expression)|Export(Named|All)Declaration)$/.test(type))
    .map((node) => (node['source'] as { value?: unknown } | null)?.value)
    .filter(
      (value): value is string => typeof value === 'string' && value.startsWith('.') && value.endsWith('.ts'),
    )
    .map((value) => normalize(join(dirname(path), value)));
  return { path, text, imports, functions: readFunctions(text, path) };
}

function readFunctions(text: string, path: string): { line: number; lines: number }[] {
  return [...walk(parse(text, path))]
    .filter(({ type }) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type))
    .map(({ start, end }) => ({
      line: lineAt(text, start),
      lines: lineAt(text, end) - lineAt(text, start) + 1,
    }));
}

function parse(text: string, path: string): Node {
  return parseSync(path, text, { lang: 'ts' }).program as unknown as Node;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function* walk(node: unknown): Generator<Node> {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) yield* walk(item);
    return;
  }
  if (typeof (node as Node).type === 'string') yield node as Node;
  for (const value of Object.values(node)) yield* walk(value);
}

function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (node: string, trail: readonly string[]): void => {
    const at = trail.indexOf(node);
    if (at >= 0) {
      cycles.push([...trail.slice(at), node].join(' → '));
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}
