// The guest's own wires, all inside one QEMU: a USB serial converter whose line ends at /dev/ttyS1, and QEMU's monitor at
// /dev/ttyS2, so that what runs in the guest can pull the converter out and put it in again.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

/** An FTDI FT232 to the kernel, 0403:6001, at another port of its hub with every plug; needs the module ftdi_sio. */
const converter = 'usb-serial,id=converter,chardev=line,serial=R1';

/** @param folder of this run only: the sockets are made there. @returns arguments for QEMU */
export function guestWiring(folder: string): string[] {
  const joined = (name: string, index: number, use: readonly string[]): string[] => {
    const path = join(folder, `${name}.socket`);
    return [
      ...['-chardev', `socket,id=${name},path=${path},server=on,wait=off`, ...use],
      ...[
        '-chardev',
        `socket,id=${name}-end,path=${path}`,
        '-device',
        `isa-serial,index=${index},chardev=${name}-end`,
      ],
    ];
  };
  return [
    ...joined('line', 1, ['-device', converter]),
    ...joined('monitor', 2, ['-mon', 'chardev=monitor,mode=readline']),
  ];
}

/** Where the converter's line ends in the guest. */
const lineEnd = '/dev/ttyS1';
const monitor = '/dev/ttyS2';

export function pullConverter(): void {
  order('device_del converter');
}

/** Possible only when it has gone altogether. */
export function plugConverter(): void {
  order(`device_add ${converter}`);
}

/** The line end in front ends what an echo of the monitor's own words may have begun. */
function order(command: string): void {
  execFileSync('socat', ['-u', '-', `${monitor},raw,echo=0`], { input: `\n${command}\n` });
}

/** Joins a simulated device on 127.0.0.1 to the line's end. @returns what takes it off again */
export function joinLine(port: number, baudRate: number): () => void {
  const end = `${lineEnd},raw,echo=0,b${baudRate}`;
  const socat = spawn('socat', [`TCP:127.0.0.1:${port}`, end], { stdio: 'ignore' });
  return () => socat.kill('SIGKILL');
}
