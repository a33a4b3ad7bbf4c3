// The image on an emulated board: boots it, shows its screen, presses keys, plugs things in, and runs a line of shell in it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { bootKernel } from './boot-kernel.ts';

export interface MachineOptions {
  /** as build-image.sh writes it */
  readonly image: string;
  /** what the board writes stays in the image's file; else it is forgotten at the end */
  readonly keeps?: boolean;
  /** lines of shell that run as root before the terminal starts */
  readonly before?: string;
  /** the board's clock at power-on, `1970-01-01T00:00:00` */
  readonly clock?: string;
  /** more words for QEMU */
  readonly more?: readonly string[];
  readonly onConsole?: (line: string) => void;
}

/** How long an emulated board may take for anything: it shares two cores with whatever else is built. */
const patienceMs = 600_000;

/**
 * What the test adds reaches the image as its firmware's credentials (systemd.system-credentials(7)), so that not a byte of the image
 * differs from what ships. The line that ships refuses them (`systemd.import_credentials=no`): here the kernel is started without that word.
 */
export class Machine {
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #monitor: Monitor;
  readonly #shell: Shell;

  private constructor(qemu: ChildProcess, folder: string, monitor: Monitor, shell: Shell) {
    this.#qemu = qemu;
    this.#folder = folder;
    this.#monitor = monitor;
    this.#shell = shell;
  }

  /** Resolves when the board's shell answers: the system is up that far, the terminal may not be. */
  static async start(options: MachineOptions): Promise<Machine> {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-machine-'));
    const qemu = spawn('qemu-system-x86_64', qemuArguments(options, folder), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let console = '';
    qemu.stdout?.setEncoding('utf8').on('data', (text: string) => {
      console = (console + text).slice(-8_000);
      for (const line of text.split('\n')) options.onConsole?.(line);
    });
    qemu.stderr?.setEncoding('utf8').on('data', (text: string) => {
      console = (console + text).slice(-8_000);
    });
    try {
      const ended = new Promise<never>((_, reject) => {
        qemu.once('error', reject);
        qemu.once('exit', () => reject(new Error(`the board stopped:\n${console}`)));
      });
      ended.catch(() => undefined);
      const monitor = await Promise.race([Monitor.open(join(folder, 'monitor')), ended]);
      const shell = new Shell(await opened(join(folder, 'shell')));
      const machine = new Machine(qemu, folder, monitor, shell);
      await Promise.race([shell.run('true'), ended]);
      return machine;
    } catch (error) {
      qemu.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`${(error as Error).message}\n${console}`);
    }
  }

  /** Runs as root, outside of every unit. @throws when it ends with anything but 0 */
  async run(script: string): Promise<string> {
    const { code, out } = await this.#shell.run(script);
    if (code !== 0) throw new Error(`${script}\nended with ${code}:\n${out}`);
    return out;
  }

  /** Asks again until the shell line ends with 0. */
  async until(script: string): Promise<void> {
    const endsAt = performance.now() + patienceMs;
    for (;;) {
      const { code, out } = await this.#shell.run(script);
      if (code === 0) return;
      if (performance.now() > endsAt) throw new Error(`${script}: not within ${patienceMs} ms:\n${out}`);
      await this.#shell.run('sleep 1');
    }
  }

  /** What stands on the panel. */
  async screen(): Promise<PNG> {
    const file = join(this.#folder, 'screen.ppm');
    await this.#monitor.order('screendump', { filename: file });
    return readPpm(readFileSync(file));
  }

  /** @param chord as QEMU's sendkey writes it: `ctrl-alt-f2` */
  async press(chord: string): Promise<void> {
    await this.#monitor.order('human-monitor-command', { 'command-line': `sendkey ${chord} 60` });
  }

  /** @param line of QEMU's monitor: `device_add usb-kbd,id=k` */
  async monitor(line: string): Promise<string> {
    return String(await this.#monitor.order('human-monitor-command', { 'command-line': line }));
  }

  /** What has happened to the board so far, in QEMU's words: `WATCHDOG`, `RESET`. */
  get events(): readonly string[] {
    return this.#monitor.events;
  }

  /** As a plug that is pulled. */
  async cut(): Promise<void> {
    this.#shell.close();
    this.#monitor.close();
    if (this.#qemu.exitCode === null && this.#qemu.signalCode === null) {
      const ended = new Promise((resolve) => this.#qemu.once('exit', resolve));
      this.#qemu.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function qemuArguments(options: MachineOptions, folder: string): string[] {
  const { image, keeps = false, before = ':', clock, more = [] } = options;
  const { kernel, initrd, line } = bootKernel(image, folder);
  const socket = (name: string): string => `socket,id=${name},path=${join(folder, name)},server=on,wait=off`;
  return [
    ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-m', '1536', '-smp', '2', '-no-reboot'],
    ...['-display', 'none', '-vga', 'none', '-device', 'virtio-vga,xres=1080,yres=1920'],
    ...[
      '-nic',
      'user,model=virtio-net-pci',
      '-device',
      'qemu-xhci,id=usb',
      '-device',
      'i6300esb',
      '-action',
      'watchdog=none',
    ],
    ...['-drive', `file=${image},format=raw,if=virtio,snapshot=${keeps ? 'off' : 'on'}`],
    ...['-serial', 'stdio', '-chardev', socket('shell'), '-serial', 'chardev:shell'],
    ...['-chardev', socket('monitor'), '-mon', 'chardev=monitor,mode=control', '-monitor', 'none'],
    ...(clock === undefined ? [] : ['-rtc', `base=${clock}`]),
    ...['-kernel', kernel, '-initrd', initrd, '-append', kernelLine(line)],
    ...credential('systemd.extra-unit.test-shell.service', shellUnit),
    ...credential('systemd.unit-dropin.yingbin.service', beforeDropIn(before)),
    ...more,
  ];
}

/** The line that ships, but that it takes what the test adds. */
function kernelLine(shipped: string): string {
  const open = shipped.replace(' systemd.import_credentials=no', '').replace(' quiet', '');
  return `${open} console=ttyS0 systemd.wants=test-shell.service`;
}

function credential(name: string, text: string): string[] {
  const value = Buffer.from(text).toString('base64');
  return ['-smbios', `type=11,value=io.systemd.credential.binary:${name}=${value}`];
}

function inShell(script: string): string {
  return `/bin/sh -c "echo ${Buffer.from(script).toString('base64')} | base64 -d | sh"`;
}

/** One request a line: a number and a script in base64; the answer likewise. */
const shellLoop = `
exec </dev/ttyS1 >/dev/ttyS1 2>/dev/null
stty raw -echo
while read -r id text; do
  out=$(echo "$text" | base64 -d | sh 2>&1)
  code=$?
  echo "ANSWER $id $code $(printf '%s' "$out" | base64 -w0)"
done
`;
const shellUnit = `[Unit]
DefaultDependencies=no
After=basic.target
[Service]
ExecStart=${inShell(shellLoop)}
`;

function beforeDropIn(before: string): string {
  return `[Service]\nExecStartPre=+${inShell(before)}\n`;
}

/** QEMU's own protocol: one JSON a line. */
class Monitor {
  readonly events: string[] = [];
  readonly #socket: Socket;
  #rest = '';
  #waiting: ((answer: { readonly return?: unknown; readonly error?: { desc: string } }) => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = JSON.parse(line) as { return?: unknown; error?: { desc: string }; event?: string };
        if (said.event !== undefined) this.events.push(said.event);
        if ('return' in said || 'error' in said) this.#waiting.shift()?.(said);
      }
    });
  }

  static async open(path: string): Promise<Monitor> {
    const monitor = new Monitor(await opened(path));
    await monitor.order('qmp_capabilities', {});
    return monitor;
  }

  order(execute: string, given: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(({ error, ...answer }) =>
        error ? reject(new Error(`${execute}: ${error.desc}`)) : resolve(answer.return),
      );
      this.#socket.write(`${JSON.stringify({ execute, arguments: given })}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

class Shell {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: { code: number; out: string }) => void>();
  #rest = '';
  #last = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    });
  }

  /** Says it again until the board hears: before its shell is there, a line is lost. */
  run(script: string): Promise<{ code: number; out: string }> {
    this.#last += 1;
    const id = this.#last;
    const line = `${id} ${Buffer.from(script).toString('base64')}\n`;
    return new Promise((resolve, reject) => {
      const again = id === 1 ? setInterval(() => this.#socket.write(line), 2_000) : undefined;
      const limit = setTimeout(() => {
        clearInterval(again);
        reject(new Error(`no answer to: ${script}`));
      }, patienceMs);
      this.#waiting.set(id, (answer) => {
        clearInterval(again);
        clearTimeout(limit);
        resolve(answer);
      });
      this.#socket.write(line);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(line: string): void {
    const [, id, code, out = ''] = /ANSWER (\d+) (\d+) ?([A-Za-z0-9+/=]*)/.exec(line) ?? [];
    if (id === undefined) return;
    const resolve = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    resolve?.({ code: Number(code), out: Buffer.from(out, 'base64').toString() });
  }
}

/** QEMU makes its sockets a moment after it starts. */
async function opened(path: string): Promise<Socket> {
  for (let tries = 0; ; tries += 1) {
    const socket = connect(path);
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    if (tries === 600) throw new Error(`${path} does not open`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Binary PPM, as QEMU dumps it. */
function readPpm(bytes: Buffer): PNG {
  const [head, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  if (head === undefined) throw new Error('no picture');
  const png = new PNG({ width: Number(width), height: Number(height) });
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    bytes.copy(png.data, pixel * 4, head.length + pixel * 3, head.length + pixel * 3 + 3);
    png.data[pixel * 4 + 3] = 255;
  }
  return png;
}

/** Why no board can be emulated here; undefined when one can. */
export function machineObstacle(): string | undefined {
  if (process.arch !== 'x64') return `the image is for x64, this is ${process.arch}`;
  for (const program of ['qemu-system-x86_64', 'mcopy', 'mmdebstrap', 'fakeroot', 'sfdisk', 'mkfs.vfat']) {
    try {
      execFileSync('which', [program], {
        env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
      });
    } catch {
      return `${program} is missing: sudo apt-get install -y mmdebstrap mtools dosfstools fdisk fakeroot qemu-system-x86`;
    }
  }
  return undefined;
}
