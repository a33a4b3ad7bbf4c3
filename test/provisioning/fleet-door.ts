// Headquarters as a blank terminal meets it: a real HTTPS door before the real enrolment, and a real mosquitto that
// asks for certificates. In memory of this test alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import * as v from 'valibot';
import { type ClaimFile, enrolAskSchema } from '../../sync/contract/enrolment.ts';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { Audit } from '../../sync/headquarters/accounts/audit.ts';
import { CertificateAuthority } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { issueClaim } from '../../sync/headquarters/fleet/claims.ts';
import { Enrolment } from '../../sync/headquarters/fleet/enrolment.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../sync/headquarters/store/store.ts';
import { type Mosquitto, startMosquitto } from '../simulators/mosquitto.ts';
import { someKeys } from '../sync/some-keys.ts';

const dayMs = 86_400_000;

export interface FleetDoor {
  readonly authority: CertificateAuthority;
  readonly store: Store;
  readonly broker: Mosquitto;
  readonly headquarters: string;
  /** path and body of everything that was asked */
  readonly heard: { readonly path: string; readonly body: string }[];
  /** what the door does instead of answering; undefined = it answers */
  mood: ((path: string, response: ServerResponse) => boolean) | undefined;
  /** an expected device, and a claim for it */
  claimFor(terminal: string, serial?: string | null): Promise<ClaimFile>;
  /** IT lets who waits under this code in as that device */
  approve(code: string, terminal: string): Promise<void>;
  close(): Promise<void>;
}

/** @param impostor answers with certificates of this other authority */
export async function startFleetDoor(impostor?: CertificateAuthority): Promise<FleetDoor> {
  const now = (): Date => new Date();
  const authority = await CertificateAuthority.open(await CertificateAuthority.make('demo', now()));
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-door-'));
  const store = await openStore(`sqlite:${join(folder, 'headquarters.sqlite')}`);
  const broker = await startMosquitto({ config: await mutualTls(folder, authority) });
  const enrolment = enrolmentOf(store, authority, broker.url.replace('mqtt:', 'mqtts:'));
  const shown = await (impostor ?? authority).makeServer(['localhost', '127.0.0.1'], now(), dayMs);
  const heard: FleetDoor['heard'][number][] = [];
  const mood = (path: string, response: ServerResponse): boolean => door.mood?.(path, response) ?? false;
  const answer = answers(enrolment, authority, heard, mood);
  const server: Server = createServer(
    {
      cert: shown.certificate,
      key: shown.privateKey,
      ca: authority.root,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const door: FleetDoor = {
    authority,
    store,
    broker,
    headquarters: `https://127.0.0.1:${port}`,
    heard,
    mood: undefined,
    async claimFor(terminal, serial = null) {
      await expectDevice(store, terminal, serial);
      const id = terminal as TerminalId;
      const claim = await store.transaction((tx) => issueClaim(tx, id, now()));
      return { v: 1, terminal: id, claim, headquarters: door.headquarters, root: authority.rootHash };
    },
    async approve(code, terminal) {
      await expectDevice(store, terminal, null);
      await store.db
        .updateTable('pending_terminal')
        .set({ device: terminal })
        .where('code', '=', code)
        .execute();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await broker.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return door;
}

function enrolmentOf(store: Store, authority: CertificateAuthority, url: string): Enrolment {
  return new Enrolment({
    store,
    authority,
    audit: new Audit(store, () => new Date()),
    now: () => new Date(),
    start: () => ({
      tenant: 'demo' as TenantId,
      broker: [url],
      sealKey: someKeys.seal.publicKey.toString('base64'),
      signKey: someKeys.sign.publicKey.toString('base64'),
      releaseKeys: [],
      fleetKey: '0'.repeat(64),
    }),
    onEnrolled: async () => undefined,
  });
}

function answers(
  enrolment: Enrolment,
  authority: CertificateAuthority,
  heard: FleetDoor['heard'][number][],
  mood: (path: string, response: ServerResponse) => boolean,
) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const body = await textOf(request);
    heard.push({ path, body });
    if (mood(path, response)) return;
    if (path === '/root') return void response.end(authority.root);
    const ask: unknown = JSON.parse(body);
    if (path === '/enrol') {
      const told = await enrolment.ask(v.parse(enrolAskSchema, ask));
      return void response.end(JSON.stringify(told));
    }
    const { serialNumber } = (request.socket as TLSSocket).getPeerCertificate();
    const { csr } = v.parse(v.object({ csr: v.string() }), ask);
    response.end(JSON.stringify(await enrolment.renew(serialNumber.toLowerCase(), csr)));
  };
}

async function expectDevice(store: Store, id: string, expected_serial: string | null): Promise<void> {
  await store.db
    .insertInto('device')
    .values({
      id,
      code: id.toUpperCase().slice(0, 6),
      site: 'jinshang',
      project: null,
      model: 'pi5-21',
      ring: 'rest',
      expected_serial,
      state: 'expected',
      serial: null,
      board: null,
      public_key: null,
      enrolled_at: null,
      imported_at: new Date().toISOString(),
      note: '',
    })
    .onConflict((it) => it.column('id').doNothing())
    .execute();
}

/** The first lines belong to the listener that `startMosquitto` opens; the last ones to one for headquarters. */
async function mutualTls(folder: string, authority: CertificateAuthority): Promise<string[]> {
  const leaf = await authority.makeServer(['localhost', '127.0.0.1'], new Date(), dayMs);
  const files = { 'root.pem': authority.root, 'broker.pem': leaf.certificate, 'broker.key': leaf.privateKey };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return [
    `cafile ${join(folder, 'root.pem')}`,
    `certfile ${join(folder, 'broker.pem')}`,
    `keyfile ${join(folder, 'broker.key')}`,
    'require_certificate true',
    'use_identity_as_username true',
    'use_username_as_clientid true',
  ];
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
