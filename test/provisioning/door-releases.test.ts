// Releases over headquarters' door: real TLS, only our root believed, the terminal's certificate shown, on after a cut.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { type DoorAddress, doorReleases, readDoorSecret } from '../../provisioning/door-releases.ts';
import { fetchRelease } from '../../provisioning/release-fetch.ts';
import { ReleaseStore } from '../../provisioning/release-store.ts';
import { manifestHash } from '../../sync/contract/release.ts';
import { CertificateAuthority } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { makeCsr } from '../sync/headquarters/fleet/csr.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { builtRelease, judge } from './small-release.ts';

const dayMs = 86_400_000;

/** A door that breaks each first answer off; the terminal's pair is a leaf of the same root. */
async function openDoor(folder: string) {
  const { manifestFile, bundleFile } = await builtRelease(folder);
  const [signed, bundle] = [readFileSync(manifestFile), readFileSync(bundleFile)];
  const kept = await CertificateAuthority.make('demo', new Date());
  const authority = await CertificateAuthority.open(kept);
  const server = await authority.makeServer(['127.0.0.1'], new Date(), dayMs);
  const pair = await makeCsr();
  const leaf = await authority.signTerminal(pair.csr, 'hall-1', new Date(), dayMs);
  if (typeof leaf === 'string') throw new Error(leaf);
  const asked: string[] = [];
  const door = createServer(
    {
      key: server.privateKey,
      cert: server.certificate,
      ca: kept.certificate,
      requestCert: true,
      // who shows none is let in, and told nothing
      rejectUnauthorized: false,
    },
    (request, response) => {
      const shown = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
      asked.push(`${shown} ${request.url?.split('/')[1]} ${request.headers.range ?? ''}`.trim());
      if (shown !== 'hall-1') return void response.writeHead(403).end();
      if (request.url === `/releases/${manifestHash(signed)}`) return void response.end(signed);
      if (request.url === '/secrets/pin-1') return void response.end('4711');
      if (request.url?.startsWith('/secrets/')) return void response.writeHead(404).end();
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': bundle.length - from });
      if (from > 0) return void response.end(bundle.subarray(from));
      response.write(bundle.subarray(0, 200), () => setImmediate(() => response.destroy()));
    },
  );
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => door.close(() => resolve())));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const address: DoorAddress = {
    url: `https://127.0.0.1:${(door.address() as AddressInfo).port}`,
    tls: {
      rootFile: file('root.pem', kept.certificate),
      certificateFile: file('cert.pem', leaf.certificate),
      keyFile: file('key.pem', pair.privateKey),
    },
  };
  return {
    address,
    asked,
    file,
    order: { seq: 5, version: '1.1.0', manifests: { x64: manifestHash(signed) } },
  };
}

it('comes over mutual TLS, and goes on with the byte after the last one', async () => {
  const folder = scratchFolder();
  const { address, asked, order } = await openDoor(folder);
  const store = ReleaseStore.open(join(folder, 'root'));
  const parts = {
    store,
    source: doorReleases(address),
    judge,
    bytesPerSecond: 100_000_000,
    jitterMs: 1,
    signal: new AbortController().signal,
  };
  expect(await fetchRelease(order, parts)).toEqual({ kind: 'later', code: 'release-unreachable' });
  expect(await fetchRelease(order, parts)).toEqual({ kind: 'ready', minSeq: 2 });
  expect(asked.filter((line) => line.includes('bundles'))).toEqual([
    'hall-1 bundles',
    'hall-1 bundles bytes=200-',
  ]);
  expect(store.has(5, order.manifests.x64)).toBe(true);
});

it('S7 a door of another root is told nothing and gives nothing', async () => {
  const folder = scratchFolder();
  const { address, asked, file, order } = await openDoor(folder);
  const other = await CertificateAuthority.make('demo', new Date());
  const foreign = { ...address, tls: { ...address.tls, rootFile: file('other.pem', other.certificate) } };
  const store = ReleaseStore.open(join(folder, 'root'));
  const parts = {
    store,
    source: doorReleases(foreign),
    judge,
    bytesPerSecond: 1e9,
    jitterMs: 0,
    signal: new AbortController().signal,
  };
  expect(await fetchRelease(order, parts)).toEqual({ kind: 'later', code: 'release-unreachable' });
  expect(asked).toEqual([]);
});

it('tells a secret over the same line, and none that this terminal may not have', async () => {
  const { address } = await openDoor(scratchFolder());
  expect(await readDoorSecret(address, 'pin-1')).toBe('4711');
  expect(await readDoorSecret(address, 'pin-2')).toBeUndefined();
});
