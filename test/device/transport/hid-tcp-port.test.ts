// HID over TCP: descriptor first, reports whole, anything else hangs up.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PortClosedError } from '../../../device/transport/byte-port.ts';
import { parseHidAddress } from '../../../device/transport/device-address.ts';
import {
  encodeHidFrame,
  HidFrames,
  hidFrame,
  maxHidPayload,
  openHidTcpPort,
} from '../../../device/transport/hid-tcp-port.ts';
import { magtekDescriptor } from '../../simulators/readers/hid-descriptors.ts';
import { SimulatedLine } from '../../simulators/readers/simulated-line.ts';

const greeting = encodeHidFrame(hidFrame.descriptor, magtekDescriptor);
const heard: Buffer[] = [];
let line: SimulatedLine;
beforeEach(() => {
  heard.length = 0;
});
afterEach(() => line.close());

async function serve(first: Uint8Array) {
  line = await SimulatedLine.open((chunk) => heard.push(chunk), 0, first);
  return line;
}
function open(signal = new AbortController().signal, suits = () => true) {
  const reports: Buffer[] = [];
  const onClose = vi.fn();
  const address = parseHidAddress(`hid+tcp://127.0.0.1:${line.port}`);
  if (address.kind !== 'hid-tcp') throw new Error('another address');
  const port = openHidTcpPort(address, suits, { onBytes: (r) => reports.push(r), onClose }, signal);
  return { port, reports, onClose };
}
const input = (...bytes: number[]) => encodeHidFrame(hidFrame.input, Buffer.from(bytes));

describe('openHidTcpPort', () => {
  it('gives the descriptor, then whole reports however the bytes are cut, in order', async () => {
    await serve(Buffer.concat([greeting, input(1), input(), input(2, 3).subarray(0, 3)]));
    const { port, reports } = open();
    const opened = await port;
    expect(Buffer.from(opened.descriptor)).toEqual(magtekDescriptor);
    // not before the opener could have the port
    expect(reports).toEqual([]);
    line.send(Buffer.concat([input(2, 3).subarray(3), input(4)]));
    await vi.waitFor(() => expect(reports.map((r) => [...r])).toEqual([[1], [], [2, 3], [4]]));
    await opened.close();
  });

  it('sends output and feature reports', async () => {
    await serve(greeting);
    const opened = await open().port;
    await opened.write(Buffer.from([9]));
    await opened.writeFeature(Buffer.from([8, 7]));
    await vi.waitFor(() => expect(Buffer.concat(heard).toString('hex')).toBe(`${'000202'}09${'000303'}0807`));
    await opened.close();
  });

  it.each([
    ['a report before the descriptor', input(1)],
    ['an empty frame', Buffer.from([0, 0])],
    ['a frame longer than any', Buffer.from([0xff, 0xff, 0])],
    ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('%s is no HID device', async (_, first) => {
    await serve(first);
    await expect(open().port).rejects.toThrow(PortClosedError);
    await vi.waitFor(() => expect(line.clients).toBe(0));
  });

  it.each([
    ['a second descriptor', greeting],
    ['an output report from the device', encodeHidFrame(hidFrame.output, Buffer.alloc(3))],
    ['a frame longer than any', Buffer.from([0x10, 0x02, 1])],
  ])('%s closes the port', async (_, wrong) => {
    await serve(greeting);
    const { port, reports, onClose } = open();
    await port;
    line.send(Buffer.concat([input(1), wrong, input(2)]));
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect(reports.map((r) => [...r])).toEqual([[1]]);
  });

  it('what does not suit is the wrong device', async () => {
    await serve(greeting);
    const { port, onClose } = open(undefined, () => false);
    await expect(port).rejects.toMatchObject({ reason: 'wrong-device' });
    expect(onClose).not.toHaveBeenCalled();
  });

  it('aborting while no descriptor comes is a rejection', async () => {
    await serve(Buffer.alloc(0));
    const stopping = new AbortController();
    const { port } = open(stopping.signal);
    await vi.waitFor(() => expect(line.clients).toBe(1));
    stopping.abort();
    await expect(port).rejects.toThrow(PortClosedError);
  });

  it('a connection that ends before or behind the descriptor is heard of once', async () => {
    await serve(Buffer.alloc(0));
    const early = open();
    await vi.waitFor(() => expect(line.clients).toBe(1));
    line.unplug();
    await expect(early.port).rejects.toMatchObject({ reason: 'unreachable' });
    expect(early.onClose).not.toHaveBeenCalled();
    await line.close();
    await serve(greeting);
    const late = open();
    await late.port;
    line.unplug();
    await vi.waitFor(() => expect(late.onClose).toHaveBeenCalledTimes(1));
  });
});

describe('HidFrames', () => {
  it('overwrites the chunks that it was given', () => {
    const frames = new HidFrames();
    const chunk = input(0x34, 0x31);
    frames.add(chunk);
    expect(chunk.every((byte) => byte === 0)).toBe(true);
    expect(frames.take()).toEqual({ type: hidFrame.input, payload: Buffer.from([0x34, 0x31]) });
    expect(frames.take()).toBeNull();
  });

  it('refuses to write more than a frame holds', () => {
    expect(encodeHidFrame(1, Buffer.alloc(maxHidPayload))).toHaveLength(maxHidPayload + 3);
    expect(() => encodeHidFrame(1, Buffer.alloc(maxHidPayload + 1))).toThrow(RangeError);
  });
});
