// Waits until a device node may be there: woken by its folder, at the latest after a given time.
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** udev makes a node first and sets its rights and links right after. */
const settleMs = 100;

/**
 * Resolves a moment after something whose path begins with `path` came into its folder (or that folder itself came),
 * after `ms`, or when `signal` aborts. Never rejects: where no watch is to be had, the time alone decides.
 * @param path null = there is nothing to watch
 */
export async function waitForNode(path: string | null, ms: number, signal: AbortSignal): Promise<void> {
  let watcher: FSWatcher | undefined;
  await pause(ms, signal, (hurry) => {
    if (path !== null) watcher = watchFor(path, () => hurry(settleMs));
  });
  watcher?.close();
}

/**
 * Resolves after `ms`, or when `signal` aborts.
 * @param begin gets a function that lets it resolve after other milliseconds, from then on
 */
function pause(ms: number, signal: AbortSignal, begin: (hurry: (ms: number) => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    let timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    else
      begin((sooner) => {
        clearTimeout(timer);
        timer = setTimeout(end, sooner);
      });
  });
}

function watchFor(path: string, onAppear: () => void): FSWatcher | undefined {
  try {
    const { folder, name } = nearestFolder(path);
    const watcher = watch(folder, (event, file) => {
      if (event === 'rename' && file?.startsWith(name)) onAppear();
    });
    watcher.on('error', () => undefined);
    return watcher;
  } catch {
    // the kernel's limit is reached, or the folder just went
    return undefined;
  }
}

/** The folder that exists on the way to `path`, and what must come there next: udev takes empty folders away. */
function nearestFolder(path: string): { readonly folder: string; readonly name: string } {
  let next = path;
  while (!existsSync(dirname(next))) next = dirname(next);
  return { folder: dirname(next), name: basename(next) };
}
