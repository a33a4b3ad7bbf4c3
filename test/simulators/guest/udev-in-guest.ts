// The shipped rules under a real udev: who may open what is plugged in, what the desktop leaves alone, which names stay.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachedDevices } from '../../../device/diagnosis/attached-devices.ts';
import { bootKeyboardDescriptor } from '../readers/hid-descriptors.ts';
import { SimulatedPrinter } from '../receipt-printer.ts';
import { until } from './guest-case.ts';
import { plugConverter, pullConverter } from './guest-wiring.ts';
import { startProgram } from './ordinary-user.ts';
import { tryRdm6300 } from './serial-converter.ts';
import { UsbCompositeGadget } from './usb-composite-gadget.ts';
import { UsbPrinterGadget } from './usb-printer-gadget.ts';

const daemon = '/lib/systemd/systemd-udevd';
const kioskGroup = 777;
const lines = '/dev/serial/by-id';
// a guest is a chroot, and udevadm does nothing there unless told
process.env['SYSTEMD_IGNORE_CHROOT'] = '1';

/** As a machine that IT has set up: the rules are there before the devices. */
export async function tryRules(): Promise<undefined> {
  if (!existsSync(daemon)) throw new Error('udev is missing: sudo apt-get install udev');
  appendFileSync('/etc/group', `kiosk:x:${kioskGroup}:\n`);
  const rules = startProgram('provisioning/yingbin.js', ['udev', '--for', 'ffff:0035:keyboard']);
  if ((await rules.ended) !== 0) throw new Error(rules.lines.join(' '));
  mkdirSync('/etc/udev/rules.d', { recursive: true });
  writeFileSync('/etc/udev/rules.d/70-yingbin.rules', `${rules.lines.join('\n')}\n`);
  const started = spawnSync(daemon, ['--daemon'], { encoding: 'utf8' });
  if (started.status !== 0) throw new Error(started.stderr);
  await tryPrinterRights();
  await tryKeyboardRights();
  await tryNameThatStays();
  return undefined;
}

async function tryPrinterRights(): Promise<void> {
  const simulator = await SimulatedPrinter.start();
  const gadget = UsbPrinterGadget.create({ vendor: 0x0416, product: 0x5011, serial: 'B2' }, simulator.port);
  await gadget.plugIn();
  await until(() => isForKiosk('/dev/usb', 'lp'), 'the printer for the group kiosk');
  await gadget.pullOut();
  await simulator.close();
}

async function tryKeyboardRights(): Promise<void> {
  const gadget = UsbCompositeGadget.create({ vendor: 0xffff, product: 0x0035 }, [
    { descriptor: bootKeyboardDescriptor, reportBytes: 8, protocol: 1 },
  ]);
  await gadget.plugIn();
  await until(() => isForKiosk('/dev', 'hidraw'), 'the reader for the group kiosk');
  execFileSync('udevadm', ['settle']);
  const reader = attachedDevices().find(({ vendor }) => vendor === 'ffff');
  const typing = reader?.nodes.filter(({ kind }) => kind === 'input') ?? [];
  if (typing.length === 0 || typing.some((node) => node.properties.get('LIBINPUT_IGNORE_DEVICE') !== '1'))
    throw new Error(`the desktop hears ${typing.map(({ path }) => path)}`);
  gadget.close();
}

/** A reader behind the converter is found again by the name that udev gives it. */
async function tryNameThatStays(): Promise<void> {
  pullConverter();
  await until(() => !existsSync('/dev/ttyUSB0'), 'no converter');
  plugConverter();
  await until(() => isForKiosk('/dev', 'ttyUSB') && existsSync(lines), 'the converter for the group kiosk');
  const [name] = readdirSync(lines);
  const device = attachedDevices().find(({ vendor }) => vendor === '0403');
  const link = device?.nodes[0]?.links[0];
  if (name === undefined || link !== join(lines, name)) throw new Error(`${link} is not ${name}`);
  await tryRdm6300(`serial:${link}`);
}

function isForKiosk(folder: string, prefix: string): boolean {
  if (!existsSync(folder)) return false;
  const nodes = readdirSync(folder).filter((name) => name.startsWith(prefix));
  return (
    nodes.length > 0 &&
    nodes.every((name) => {
      const { gid, mode } = statSync(join(folder, name));
      return gid === kioskGroup && (mode & 0o777) === 0o660;
    })
  );
}
