// Readers with more than one interface, as real USB devices and as two HID devices of one body: the right one is opened.

import { isOutOfOrder } from '../../../device/device-state.ts';
import { attachedDevices } from '../../../device/diagnosis/attached-devices.ts';
import { bootKeyboardDescriptor, magtekDescriptor } from '../readers/hid-descriptors.ts';
import { startSimulatedReader } from '../readers/hid-reader.ts';
import { typeText } from '../readers/key-reports.ts';
import { magtekReport } from '../readers/stripe-reports.ts';
import { openReader, told, until } from './guest-case.ts';
import { UhidCable } from './uhid-cable.ts';
import { UsbCompositeGadget } from './usb-composite-gadget.ts';

const ids = { vendor: 0x0801, product: 0x0002 };

/** A keyboard, a stripe reader and a disk in one USB device. */
export async function tryReaderWithDisk(replugs: number): Promise<number> {
  const gadget = UsbCompositeGadget.create(ids, [
    { descriptor: bootKeyboardDescriptor, reportBytes: 8, protocol: 1 },
    { descriptor: magtekDescriptor, reportBytes: 337, protocol: 0 },
  ]);
  await gadget.plugIn();
  const swiped: string[] = [];
  const typed: string[] = [];
  const stripe = openReader({ kind: 'magtek', at: 'hid:0801:0002', paymentCards: 'refuse' }, swiped);
  const keys = openReader({ kind: 'keyboard-stripe', at: 'hid:0801:0002', paymentCards: 'refuse' }, typed);
  let slowest = 0;
  try {
    for (let n = 0; n <= replugs; n += 1) {
      const pluggedAt = performance.now();
      if (n > 0) await gadget.plugIn();
      for (const reader of [stripe, keys])
        await until(
          () => reader.state.kind === 'ready',
          () => `ready ${n}, not ${told(reader.state)}`,
        );
      if (n > 0) slowest = Math.max(slowest, performance.now() - pluggedAt);
      if (n === 0) expectRoles();
      gadget.send(1, magtekReport({ 2: `;88880001${n}0=4912?` }));
      await until(
        () => swiped.length === n + 1 && swiped.at(-1) === `88880001${n}0`,
        () => `swipe ${n}: ${swiped}`,
      );
      for (const report of typeText(`;88880002${n}0=4912?\r`)) gadget.send(0, report);
      await until(
        () => typed.length === n + 1 && typed.at(-1) === `88880002${n}0`,
        () => `keys ${n}: ${typed}`,
      );
      gadget.pullOut();
      for (const reader of [stripe, keys]) await until(() => isOutOfOrder(reader.state), `out ${n}`);
    }
  } finally {
    await stripe.close();
    await keys.close();
    gadget.close();
  }
  return Math.round(slowest);
}

function expectRoles(): void {
  const found = attachedDevices().filter(({ vendor, product }) => vendor === '0801' && product === '0002');
  const roles = found.map(({ interfaces }) =>
    interfaces.map(({ role, driver }) => `${role}:${driver}`).join(' '),
  );
  if (roles.join() !== 'keyboard:usbhid hid:usbhid storage:usb-storage') throw new Error(`seen as ${roles}`);
}

/** Two HID devices of one body, the keyboard first: what a composite reader without USB behind it looks like. */
export async function tryTwoInterfaces(): Promise<undefined> {
  const keyboard = await startSimulatedReader('keyboard-stripe');
  const stripe = await startSimulatedReader('magtek');
  const cables = [
    await UhidCable.plugIn({ ...ids, name: 'two in one', port: 'usb-guest-1/input0' }, keyboard.port),
    await UhidCable.plugIn({ ...ids, name: 'two in one', port: 'usb-guest-1/input1' }, stripe.port),
  ];
  const said: string[] = [];
  const reader = openReader({ ...stripe.settings, at: 'hid:0801:0002' }, said);
  try {
    await until(
      () => reader.state.kind === 'ready',
      () => `ready, not ${told(reader.state)}`,
    );
    keyboard.present('8888000200');
    stripe.present('8888000100');
    await until(() => said.length > 0, 'a card');
    if (said.join() !== '8888000100') throw new Error(`${said} was read`);
    const places = attachedDevices().filter(({ vendor }) => vendor === '0801');
    if (places.length !== 1) throw new Error(`seen as ${places.length} devices`);
  } finally {
    await reader.close();
    for (const cable of cables) cable.close();
    await keyboard.close();
    await stripe.close();
  }
  return undefined;
}
