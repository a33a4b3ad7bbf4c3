// The image on an emulated board: boots it, shows its screen, presses keys, plugs things in, and runs a line of shell in it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { BoardShell, patienceMs } from './board-shell.ts';
import { bootKernel } from './boot-kernel.ts';
import { Monitor } from './monitor.ts';
import { openedSocket } from './opened-socket.ts';

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

/** What runs the board's instructions: the processor itself, or QEMU in software. */
export type Accelerator = 'kvm' | 'tcg';

/**
 * What the test adds reaches the image as its firmware's credentials (systemd.system-credentials(7)), so that not a byte of the image
 * differs from what ships. The line that ships refuses them (`systemd.import_credentials=no`): here the kernel is started without that word.
 */
export class Machine {
  /** Why the processor itself runs no board here; undefined as long as it may. */
  static #kvmObstacle: string | undefined = obstacleOf('/dev/kvm');
  readonly accelerator: Accelerator;
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #monitor: Monitor;
  readonly #shell: BoardShell;

  private constructor(
    accelerator: Accelerator,
    qemu: ChildProcess,
    folder: string,
    monitor: Monitor,
    shell: BoardShell,
  ) {
    this.accelerator = accelerator;
    this.#qemu = qemu;
    this.#folder = folder;
    this.#monitor = monitor;
    this.#shell = shell;
  }

  /** What runs the boards of this process, for a report. */
  static get processor(): string {
    return Machine.#kvmObstacle === undefined
      ? 'KVM'
      : `software emulation, for KVM does not serve: ${Machine.#kvmObstacle}`;
  }

  /**
   * Resolves when the board's shell answers: the system is up that far, the terminal may not be.
   * There are hypervisors whose KVM opens and then fails at an instruction of an ordinary kernel: only a try tells.
   */
  static async start(options: MachineOptions): Promise<Machine> {
    if (Machine.#kvmObstacle === undefined) {
      try {
        return await Machine.#startWith('kvm', options);
      } catch (error) {
        Machine.#kvmObstacle = (error as Error).message.split('\n')[0] ?? '';
      }
    }
    return await Machine.#startWith('tcg', options);
  }

  static async #startWith(accelerator: Accelerator, options: MachineOptions): Promise<Machine> {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-machine-'));
    const qemu = spawn('qemu-system-x86_64', qemuArguments(accelerator, options, folder), {
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
      const socket = await Promise.race([openedSocket(join(folder, 'shell')), ended]);
      const shell = new BoardShell(socket);
      const stopped = monitor.next('STOP').then(() => {
        throw new Error('its processor stopped at an instruction that it cannot run');
      });
      await monitor.order('cont', {});
      await Promise.race([shell.firstAnswer(), ended, stopped]);
      return new Machine(accelerator, qemu, folder, monitor, shell);
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

  /** From now on the board's watchdog and its own wish start it again; before, they are told only. */
  async letRestart(): Promise<void> {
    await this.#monitor.order('set-action', { reboot: 'reset', watchdog: 'reset' });
  }

  /** After what silence of the system the board's watchdog bites, as systemd says it. */
  get watchdog(): string {
    return this.accelerator === 'kvm' ? '14s' : '1min';
  }

  /** Resolves when the board was reset and the shell of its next start answers. */
  async restarted(): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(new Error(`no restart within ${patienceMs} ms`)), patienceMs);
    });
    await Promise.race([this.#monitor.next('RESET'), late]).finally(() => clearTimeout(limit));
    await this.#shell.firstAnswer();
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

function qemuArguments(accelerator: Accelerator, options: MachineOptions, folder: string): string[] {
  const { image, keeps = false, before = ':', clock, more = [] } = options;
  const { kernel, initrd, line } = bootKernel(image, folder);
  const socket = (name: string): string => `socket,id=${name},path=${join(folder, name)},server=on,wait=off`;
  return [
    ...(accelerator === 'kvm'
      ? // a kernel that knows KVM takes the host's time, not that of the board's own clock
        ['-accel', 'kvm', '-cpu', 'host,kvmclock=off']
      : ['-accel', 'tcg,thread=multi', '-cpu', 'max']),
    // it waits for the monitor's word, so that nothing happens unseen
    ...['-m', '1536', '-smp', '2', '-no-reboot', '-S'],
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
    ...['-kernel', kernel, '-initrd', initrd, '-append', kernelLine(line, accelerator)],
    ...credential('systemd.extra-unit.test-shell.service', shellUnit),
    ...credential('systemd.unit-dropin.yingbin.service', beforeDropIn(before)),
    ...more,
  ];
}

/** The line that ships, but that it takes what the test adds. */
function kernelLine(shipped: string, accelerator: Accelerator): string {
  const open = shipped.replace(' systemd.import_credentials=no', '').replace(' quiet', '');
  // in software, on a busy machine, even a system that is well is silent for more than the seconds that ship
  const watchdog = accelerator === 'tcg' ? ' systemd.watchdog_sec=60' : '';
  return `${open} console=ttyS0 systemd.wants=test-shell.service${watchdog}`;
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

function obstacleOf(device: string): string | undefined {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
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
