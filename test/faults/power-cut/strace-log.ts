// Reads what a program did to one folder, and what it said, from the log that strace made of it.
import { dirname, resolve } from 'node:path';

/** One thing that a program did. Paths are absolute. */
export type DiskOp =
  | { readonly kind: 'create'; readonly path: string }
  /** `at` null = at the end of the file */
  | { readonly kind: 'write'; readonly path: string; readonly at: number | null; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  /** of a file's content, or of a folder's names */
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'make-folder'; readonly path: string }
  /** a line on stdout */
  | { readonly kind: 'say'; readonly line: string };

/** Everything that can change a folder; what the reader below does not know of these makes it throw. */
const tracedCalls = [
  ...['open', 'openat', 'openat2', 'creat', 'close', 'mmap'],
  ...['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'sendfile', 'copy_file_range', 'splice'],
  ...['fsync', 'fdatasync', 'sync_file_range', 'ftruncate', 'truncate', 'fallocate'],
  ...['unlink', 'unlinkat', 'rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat'],
  ...['mkdir', 'mkdirat', 'rmdir'],
] as const;

/** What strace is to be called with, before the program's own words. */
export function straceArguments(logFile: string): readonly string[] {
  return ['-f', '-y', '-xx', '-s', '1000000', '-e', `trace=${tracedCalls.join()}`, '-o', logFile];
}

/**
 * @param folder absolute; what happens elsewhere is left out
 * @throws Error when the log holds something that changes the folder in a way that this reader does not know
 */
export function readStraceLog(log: string, folder: string): DiskOp[] {
  const reader = new Reader(folder);
  for (const line of log.split('\n')) reader.line(line);
  return reader.ops;
}

/** `pwrite64(20</d/f>, "\x41", 1, 8) = 1`, taken apart. */
interface Call {
  readonly name: string;
  readonly words: readonly string[];
  readonly result: number;
  readonly line: string;
}

class Reader {
  readonly ops: DiskOp[] = [];
  readonly #folder: string;
  readonly #unfinished = new Map<string, string>();
  /** where the next plain `write` of a descriptor goes */
  readonly #offsets = new Map<number, number | null>();
  readonly #known = new Set<string>();
  #saying = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  line(line: string): void {
    const space = line.indexOf(' ');
    const thread = line.slice(0, space);
    let text = line.slice(space + 1).trimStart();
    const resumed = /^<\.\.\. \w+ resumed>/.exec(text);
    if (resumed) {
      text = `${this.#unfinished.get(thread) ?? ''}${text.slice(resumed[0].length)}`;
      this.#unfinished.delete(thread);
    } else if (text.endsWith('<unfinished ...>')) {
      this.#unfinished.set(thread, text.slice(0, -'<unfinished ...>'.length));
      return;
    }
    const call = callIn(text);
    // a call that failed changed nothing
    if (call && call.result >= 0) this.#take(call);
  }

  #take(call: Call): void {
    const [first = ''] = call.words;
    switch (call.name) {
      case 'open':
      case 'openat':
        this.#open(call);
        return;
      case 'write':
        this.#write(call, undefined);
        return;
      case 'pwrite64':
        this.#write(call, Number(call.words[3]));
        return;
      case 'fsync':
      case 'fdatasync':
        this.#add({ kind: 'sync', path: pathOfDescriptor(first) });
        return;
      case 'ftruncate':
        this.#add({ kind: 'truncate', path: pathOfDescriptor(first), size: Number(call.words[1]) });
        return;
      case 'unlink':
        this.#add({ kind: 'unlink', path: resolve(quoted(first).toString()) });
        return;
      case 'rename':
        this.#rename(quoted(first).toString(), quoted(call.words[1]).toString());
        return;
      case 'mkdir':
        this.#add({ kind: 'make-folder', path: resolve(quoted(first).toString()) });
        return;
      case 'close':
        this.#offsets.delete(Number.parseInt(first, 10));
        return;
      case 'mmap':
        this.#map(call);
        return;
      default:
        this.#refuse(call);
    }
  }

  #open({ name, words, line }: Call): void {
    const [where = '', relative, flags = ''] = name === 'open' ? ['', words[0], words[1]] : words;
    const path = resolve(pathOfDescriptor(where), quoted(relative).toString());
    const descriptor = Number.parseInt(line.slice(line.lastIndexOf('= ') + 2), 10);
    this.#offsets.set(descriptor, flags.includes('O_APPEND') ? null : 0);
    if (!this.#isInside(path)) return;
    if (flags.includes('O_CREAT') && !this.#known.has(path)) this.#add({ kind: 'create', path });
    if (flags.includes('O_TRUNC')) this.#add({ kind: 'truncate', path, size: 0 });
  }

  #write({ words, result }: Call, position: number | undefined): void {
    const descriptor = Number.parseInt(words[0] ?? '', 10);
    const bytes = quoted(words[1]).subarray(0, result);
    const at = position ?? this.#offsets.get(descriptor) ?? null;
    if (position === undefined && at !== null) this.#offsets.set(descriptor, at + result);
    if (descriptor === 1) this.#say(bytes.toString());
    else this.#add({ kind: 'write', path: pathOfDescriptor(words[0]), at, bytes });
  }

  #rename(path: string, to: string): void {
    if (dirname(path) !== dirname(to)) throw new Error('a rename from folder to folder is not replayed');
    this.#add({ kind: 'rename', path: resolve(path), to: resolve(to) });
  }

  /** SQLite's -shm is mapped, and made anew after a crash; any other map could change a file unseen. */
  #map(call: Call): void {
    const [, , protection = '', flags = '', descriptor = ''] = call.words;
    if (!protection.includes('PROT_WRITE') || !flags.includes('MAP_SHARED')) return;
    if (!pathOfDescriptor(descriptor).endsWith('-shm')) this.#refuse(call);
  }

  #refuse({ name, words }: Call): void {
    const paths = words.map((word) =>
      word.startsWith('"') ? quoted(word).toString() : pathOfDescriptor(word),
    );
    if (paths.some((path) => this.#isInside(resolve(path)))) throw new Error(`${name} is not replayed`);
  }

  #say(text: string): void {
    const lines = (this.#saying + text).split('\n');
    this.#saying = lines.pop() ?? '';
    for (const line of lines) this.ops.push({ kind: 'say', line });
  }

  #add(op: Exclude<DiskOp, { kind: 'say' }>): void {
    if (!this.#isInside(op.path)) return;
    if (op.kind === 'create') this.#known.add(op.path);
    if (op.kind === 'unlink' || op.kind === 'rename') this.#known.delete(op.path);
    if (op.kind === 'rename') this.#known.add(op.to);
    this.ops.push(op);
  }

  #isInside(path: string): boolean {
    return path === this.#folder || path.startsWith(`${this.#folder}/`);
  }
}

/** @returns undefined for a signal, an exit, or a call that never ended */
function callIn(line: string): Call | undefined {
  const head = /^(\w+)\(/.exec(line);
  const end = line.lastIndexOf(') = ');
  // strace pads short calls: `close(3</f>)        = 0`
  const padded = /\)\s+= (?=[-\d?][^"]*$)/.exec(end < 0 ? line : '');
  const to = end < 0 ? (padded?.index ?? -1) : end;
  if (!head || to < 0) return undefined;
  const result = Number.parseInt(line.slice(line.indexOf('= ', to) + 2), 10);
  return {
    name: head[1] ?? '',
    words: line.slice(head[0].length, to).split(', '),
    result: Number.isNaN(result) ? -1 : result,
    line,
  };
}

/** Everything is in hexadecimal, so no quote, comma or bracket stands in a string. */
function quoted(word = ''): Buffer {
  if (word.endsWith('...')) throw new Error('strace cut a string short');
  return Buffer.from(word.replaceAll('\\x', '').replaceAll('"', ''), 'hex');
}

function pathOfDescriptor(word = ''): string {
  const path = /<([^>]*)>/.exec(word)?.[1] ?? '';
  return path.startsWith('\\x') ? Buffer.from(path.replaceAll('\\x', ''), 'hex').toString() : path;
}
