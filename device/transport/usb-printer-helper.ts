// A program: joins one printer node, whose reads and writes block, to its stdin and stdout, so that whoever started it
// never waits for the device and may kill it at any moment. Argument: the node's path.
//
// It tells on file descriptor 3, a line each: `open` · `error CODE` · `written N`, bytes of stdin that the node took so far.
import { constants, existsSync, open, read, write, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const lookMs = 500;
/** a printer that answers "nothing" without blocking is asked again after this */
const emptyReadMs = 50;
const node = process.argv[2] ?? '';
const starter = process.ppid;

open(node, constants.O_RDWR | constants.O_NOCTTY, (error, fd) => {
  if (error) {
    tell(`error ${error.code ?? 'EIO'}`);
    end();
    return;
  }
  tell('open');
  setInterval(() => {
    if (!existsSync(node) || process.ppid !== starter) end();
  }, lookMs);
  readOn(fd, Buffer.allocUnsafe(4096));
  writeAll(fd).then(end, end);
});

function readOn(fd: number, buffer: Buffer): void {
  read(fd, buffer, 0, buffer.length, null, (error, count) => {
    // it cannot talk back: many cheap printers cannot
    if (error?.code === 'EINVAL') return;
    if (error && !isPassing(error)) {
      end();
      return;
    }
    if (count > 0) process.stdout.write(Buffer.from(buffer.subarray(0, count)), () => readOn(fd, buffer));
    else setTimeout(() => readOn(fd, buffer), emptyReadMs);
  });
}

/** Resolves when stdin ended and the node took everything. */
async function writeAll(fd: number): Promise<void> {
  let written = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ) {
      const count = await writeSome(fd, chunk.subarray(at));
      at += count;
      written += count;
      if (count > 0) tell(`written ${written}`);
      else await pause(emptyReadMs);
    }
  }
}

/** @returns 0 when the node takes nothing now */
function writeSome(fd: number, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, 0, bytes.length, null, (error, count) => {
      if (!error) resolve(count);
      else if (isPassing(error)) resolve(0);
      else reject(error);
    });
  });
}

/** ENOSPC is how the kernel's printer driver says "no paper". */
function isPassing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EAGAIN' || code === 'EINTR' || code === 'ENOSPC';
}

function tell(line: string): void {
  try {
    writeSync(3, `${line}\n`);
  } catch {
    end();
  }
}

/** An ordinary exit would wait for a read that never returns. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
