// The compositor of our image without a display: cage on wlroots' headless backend, and in it Chromium with one page.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** cage does not run as root */
const nobody = 65_534;

export class HeadlessCompositor {
  /** where its socket lies */
  readonly folder = mkdtempSync(join(tmpdir(), 'yingbin-compositor-'));
  readonly #own = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  #compositor: ChildProcess | undefined;

  get isUp(): boolean {
    return existsSync(join(this.folder, 'wayland-0'));
  }

  start(page: string): void {
    const home = join(this.folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    for (const folder of [this.folder, home]) if (this.#own.uid) chownSync(folder, nobody, nobody);
    const browser = ['chromium', '--no-sandbox', '--kiosk', '--ozone-platform=wayland', '--disable-gpu'];
    const quiet = ['--no-first-run', '--noerrdialogs', '--password-store=basic', `--user-data-dir=${home}`];
    this.#compositor = spawn('cage', ['-d', '--', ...browser, ...quiet, page], {
      ...this.#own,
      // its own group: the browser goes with it
      detached: true,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        WLR_BACKENDS: 'headless',
        WLR_RENDERER: 'pixman',
        WLR_LIBINPUT_NO_DEVICES: '1',
        HOME: home,
        XDG_RUNTIME_DIR: this.folder,
        XDG_SESSION_TYPE: 'wayland',
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      },
    });
  }

  async close(): Promise<void> {
    const compositor = this.#compositor;
    this.#compositor = undefined;
    if (compositor?.pid !== undefined) {
      const gone = compositor.exitCode === null && compositor.signalCode === null && once(compositor, 'exit');
      try {
        process.kill(-compositor.pid, 'SIGKILL');
      } catch {
        // nobody of that group is left
      }
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
