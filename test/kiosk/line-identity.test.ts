// The terminal's line with certificates: shown anew for each connection, and said in the birth.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { lineIdentity } from '../../kiosk/line-identity.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { startFleetDoor } from '../provisioning/fleet-door.ts';
import { makeCsr } from '../sync/headquarters/fleet/csr.ts';
import { scratchFolder } from '../sync/scratch.ts';

const dayMs = 86_400_000;

it('S9 S15 comes under the name of its certificate, waits for files that are not there yet, and shows newer ones', async () => {
  const door = await startFleetDoor();
  onTestFinished(() => door.close());
  const folder = scratchFolder();
  const [rootFile, pair] = [join(folder, 'root.pem'), join(folder, 'terminal.pem')];
  writeFileSync(rootFile, door.authority.root);
  const issue = async (): Promise<string> => {
    const { csr, privateKey } = await makeCsr();
    const leaf = await door.authority.signTerminal(csr, 'h01', new Date(), dayMs);
    if (typeof leaf === 'string') throw new Error(leaf);
    writeFileSync(`${pair}.new`, `${privateKey.trim()}\n${leaf.certificate}`);
    renameSync(`${pair}.new`, pair);
    return leaf.serial;
  };
  const faults: unknown[] = [];
  const files = { rootFile, certificateFile: pair, keyFile: pair };
  const identity = lineIdentity(files, (cause) => faults.push(cause));
  const ups: (string | undefined)[] = [];
  const downs: string[] = [];
  const link = openMqttLink(
    {
      url: door.broker.url.replace('mqtt:', 'mqtts:'),
      clientId: 'h01',
      tls: identity.tls,
      keepAliveMs: 30_000,
      connectTimeoutMs: 5_000,
      reconnectMinMs: 1,
      reconnectMaxMs: 20,
      subscriptions: [],
    },
    {
      onUp: () => ups.push(identity.birth().certificate),
      onDown: (code) => downs.push(code),
      onMessage: () => undefined,
    },
  );
  onTestFinished(() => link.close());
  await vi.waitFor(() => expect(faults.length).toBeGreaterThan(2), 20_000);
  expect(new Set(downs)).toEqual(new Set(['sync-link-unreachable']));
  const first = await issue();
  await vi.waitFor(() => expect(ups).toEqual([first]), 20_000);
  const second = await issue();
  await door.broker.kill();
  await door.broker.start();
  await vi.waitFor(() => expect(ups).toEqual([first, second]), 20_000);
});

it('S7 a broker of another authority is not believed, and one that does not know ours refuses', async () => {
  const [door, other] = [await startFleetDoor(), await startFleetDoor()];
  onTestFinished(async () => {
    await door.close();
    await other.close();
  });
  const { csr, privateKey } = await makeCsr();
  const leaf = await door.authority.signTerminal(csr, 'h01', new Date(), dayMs);
  if (typeof leaf === 'string') throw new Error(leaf);
  const firstEnd = (ca: string): Promise<string> =>
    new Promise((resolve) => {
      const link = openMqttLink(
        {
          url: other.broker.url.replace('mqtt:', 'mqtts:'),
          clientId: 'h01',
          tls: { ca, cert: leaf.certificate, key: privateKey },
          keepAliveMs: 30_000,
          connectTimeoutMs: 5_000,
          reconnectMinMs: 60_000,
          reconnectMaxMs: 60_000,
          subscriptions: [],
        },
        { onUp: () => resolve('up'), onDown: resolve, onMessage: () => undefined },
      );
      onTestFinished(() => link.close());
    });
  expect(await firstEnd(door.authority.root)).toBe('sync-link-unreachable');
  expect(await firstEnd(other.authority.root)).toBe('sync-link-refused');
});
