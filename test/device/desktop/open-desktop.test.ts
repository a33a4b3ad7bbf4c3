// The desktop by its real helper on a real X server, and everything that can be missing or die.
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DesktopOptions, openDesktop } from '../../../device/desktop/open-desktop.ts';
import type { Desktop } from '../../../device/desktop.ts';
import { describeDesktop } from '../../contracts/desktop.ts';
import { VirtualDisplay } from '../../simulators/virtual-display.ts';

const helper = fileURLToPath(new URL('../../../dist/device/desktop/desktop-helper.js', import.meta.url));
const unavailable = { kind: 'failed', code: 'desktop-unavailable' };
const died = { kind: 'failed', code: 'desktop-died' };

describeDesktop('nut-js on X11', async () => {
  const display = await VirtualDisplay.start();
  return {
    width: display.width,
    height: display.height,
    open: () =>
      openDesktop({ helper, arch: 'x64', env: { PATH: process.env['PATH'], DISPLAY: display.name } }),
    findPointer: () => findPointer(display.name),
    countHelpers: () => countProcesses(helper),
    close: () => display.kill(),
  };
});

describe('desktop', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const open = (options: DesktopOptions): Desktop => {
    const desktop = openDesktop({ helper, arch: 'x64', ...options });
    closing.push(() => desktop.close());
    return desktop;
  };
  const startDisplay = async () => {
    const display = await VirtualDisplay.start();
    closing.push(() => display.kill());
    return display;
  };
  /** a folder with programs, each a line of Node or shell */
  const makeFolder = (programs: Readonly<Record<string, string>> = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-desktop-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    return folder;
  };
  const everything = (desktop: Desktop) =>
    Promise.all([desktop.takeScreenshot([]), desktop.parkPointer(), desktop.wake()]);
  const until = (see: () => void) => vi.waitFor(see, { timeout: 10_000 });

  it('N01 without a display nothing can be done, and no process is started', async () => {
    const folder = makeFolder({
      'helper.mjs': "process.once('message', () => setTimeout(() => {}, 60_000));",
    });
    const desktop = open({ env: { PATH: '/usr/bin' }, helper: join(folder, 'helper.mjs') });
    expect(countProcesses(folder)).toBe(0);
    expect(await everything(desktop)).toEqual([unavailable, unavailable, unavailable]);
    expect(desktop.capabilities.size).toBe(0);
  });

  it('N01 a display that does not answer kills the helper, not the daemon', async () => {
    const desktop = open({ env: { DISPLAY: ':59999', PATH: makeFolder() } });
    expect(await everything(desktop)).toEqual([unavailable, unavailable, unavailable]);
    expect(desktop.capabilities.size).toBe(0);
  });

  it('N01 a display that dies later is an outcome; when it is back, the next call works', async () => {
    const display = await startDisplay();
    const desktop = open({ env: { DISPLAY: display.name, PATH: makeFolder() } });
    await until(() => expect(desktop.capabilities.size).toBe(3));
    await display.kill();
    expect(await everything(desktop)).toEqual([died, died, died]);
    await display.start();
    expect((await everything(desktop)).map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect(countProcesses(helper)).toBe(0);
  });

  it('N01 on arm64 nut-js is not even tried', async () => {
    const display = await startDisplay();
    const desktop = open({ arch: 'arm64', env: { DISPLAY: display.name, PATH: makeFolder() } });
    expect(await everything(desktop)).toEqual([unavailable, unavailable, unavailable]);
    const withTool = open({
      arch: 'arm64',
      env: { DISPLAY: display.name, PATH: makeFolder({ xset: '#!/bin/sh\nexit 0\n' }) },
    });
    expect(await withTool.wake()).toEqual({ kind: 'done', value: null });
    expect([...withTool.capabilities]).toEqual(['wake']);
  });

  it('N01 on Wayland without tools nothing can be done', async () => {
    const desktop = open({
      env: { WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: '/run/user/1', PATH: makeFolder() },
    });
    expect(await everything(desktop)).toEqual([unavailable, unavailable, unavailable]);
  });

  it('on Wayland with its tools: pictures are masked before they leave, every output is lit', async () => {
    const folder = makeFolder();
    const lit = join(folder, 'lit');
    writeFileSync(join(folder, 'grim'), "#!/bin/sh\nprintf 'P6\\n2 2\\n255\\nabcdefghijkl'\n", {
      mode: 0o755,
    });
    writeFileSync(
      join(folder, 'wlr-randr'),
      `#!/bin/sh\nif [ $# = 0 ]; then printf 'HDMI-A-1 "x"\\n  Enabled: no\\nDSI-1 "y"\\n'; else echo "$@" >> ${lit}; fi\n`,
      { mode: 0o755 },
    );
    const desktop = open({
      arch: 'arm64',
      env: {
        XDG_SESSION_TYPE: 'wayland',
        DISPLAY: ':0',
        XDG_RUNTIME_DIR: '/run/user/1',
        PATH: `${folder}:/bin`,
      },
    });
    const shot = await desktop.takeScreenshot([{ x: 1, y: 0, width: 1, height: 1 }]);
    expect([...desktop.capabilities]).toEqual(['screenshot', 'wake']);
    const { data } = PNG.sync.read(Buffer.from(shot.kind === 'done' ? shot.value : []));
    expect(data.toString('latin1')).toBe('abc\xff\0\0\0\xffghi\xffjkl\xff');
    expect(await desktop.wake()).toEqual({ kind: 'done', value: null });
    expect(readFileSync(lit, 'utf8')).toBe('--output HDMI-A-1 --on\n--output DSI-1 --on\n');
    expect(await desktop.parkPointer()).toEqual(unavailable);
  });

  it('a helper that hangs is killed with what it started, and the next one is asked', async () => {
    const folder = makeFolder({
      'helper.mjs': `
        import { spawn } from 'node:child_process';
        process.once('message', ({ kind }) => {
          if (kind === 'probe') process.send({ kind: 'capabilities', capabilities: ['screenshot', 'wake', 'fly'] });
          if (kind === 'wake') process.send({ kind: 'done' });
          if (kind === 'screenshot') spawn('/bin/sleep', ['60'], { argv0: import.meta.dirname });
        });`,
    });
    const desktop = open({ env: { DISPLAY: ':1' }, helper: join(folder, 'helper.mjs'), answerMs: 1_000 });
    await until(() => expect([...desktop.capabilities]).toEqual(['screenshot', 'wake']));
    const taking = desktop.takeScreenshot([]);
    await until(() => expect(countProcesses(folder)).toBe(2));
    expect(await taking).toEqual({ kind: 'failed', code: 'desktop-timeout' });
    await until(() => expect(countProcesses(folder)).toBe(0));
    expect(await desktop.wake()).toEqual({ kind: 'done', value: null });
  });

  it.each([
    ['ends without a word', 'process.exit(0)'],
    ['crashes', 'process.abort()'],
    ['talks nonsense', "process.send({ kind: 'picture', png: 'no bytes' })"],
    ['answers something else', "process.send({ kind: 'done' })"],
  ])('a helper that %s has died', async (_, instead) => {
    const folder = makeFolder({
      'helper.mjs': `process.once('message', ({ kind }) => {
        if (kind === 'probe') process.send({ kind: 'capabilities', capabilities: ['screenshot'] });
        else ${instead};
      });`,
    });
    const desktop = open({ env: { DISPLAY: ':1' }, helper: join(folder, 'helper.mjs') });
    expect(await desktop.takeScreenshot([])).toEqual(died);
  });

  it('N01 nothing but the helper program can load nut-js', () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const sources = ['device', 'kiosk', 'sync', 'provisioning'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
    );
    const naming = (part: string) =>
      sources.filter(({ text }) => text.includes(part)).map(({ name }) => name);
    expect(naming('@nut-tree')).toEqual(['device/desktop/nut.ts']);
    expect(naming("/nut.ts'")).toEqual(['device/desktop/desktop-helper.ts']);
    expect(naming("desktop-helper.ts'")).toEqual([]);
  });

  it('a helper that is not there, and a desktop closed at once, end in order', async () => {
    const missing = open({ env: { DISPLAY: ':1' }, helper: '/nowhere/helper.js' });
    expect(await missing.wake()).toEqual(unavailable);
    const closed = open({ env: { DISPLAY: ':1' } });
    await closed.close();
    expect(countProcesses(helper)).toBe(0);
  });
});

async function findPointer(display: string): Promise<{ x: number; y: number }> {
  const ask = "require('@nut-tree/nut-js').mouse.getPosition().then((at) => console.log(JSON.stringify(at)))";
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', ask], {
    env: { DISPLAY: display },
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  });
  return JSON.parse(stdout) as { x: number; y: number };
}

/** processes that have this in their command line */
function countProcesses(part: string): number {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name) || name === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(part);
    } catch {
      return false;
    }
  }).length;
}
