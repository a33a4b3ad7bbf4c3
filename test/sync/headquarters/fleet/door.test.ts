// S4 S5 S7 S9 S13 S38: headquarters' door as terminals find it, over real TLS.
import 'reflect-metadata';
import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import {
  claimGuesses,
  claimLifeMs,
  claimRepeatMs,
  enrolAnswerSchema,
  lateRenewalMs,
  leafLifeMs,
  makeClaim,
} from '../../../../sync/contract/enrolment.ts';
import { CertificateAuthority } from '../../../../sync/headquarters/fleet/certificate-authority.ts';
import {
  askDoor,
  blankDevice,
  type ClientPair,
  enrol,
  pairOf,
  renew,
} from '../../../simulators/blank-device.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeCsr } from './csr.ts';
import { openTestDoor, type TestDoor, type TestDoorOptions } from './test-door.ts';

const open: TestDoor[] = [];
async function door(options: TestDoorOptions = {}): Promise<TestDoor> {
  const opened = await openTestDoor(options);
  open.push(opened);
  return opened;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function inside(at: TestDoor, terminal = 'h01') {
  const device = await blankDevice(`board-of-${terminal}`);
  const [claim] = await at.claimsFor(terminal);
  const answer = await enrol(at, device, claim ?? null);
  return { device, claim, answer, pair: pairOf(answer, device.privateKey) };
}

describe('the door of headquarters', () => {
  describe.each(storeKinds)('on %s', (kind) => {
    it('S4 S5 S6 lets a terminal in once, by its claim and within its time; every other try is refused with 403', async () => {
      const at = await door({ kind, devices: ['h01', 'h02', 'h03'] });
      const { device, claim, answer } = await inside(at);
      expect(answer).toMatchObject({ kind: 'enrolled', status: 200, terminal: 'h01', code: 'D0' });
      const { status: _, ...said } = answer;
      expect(v.parse(enrolAnswerSchema, said)).toEqual(said);
      expect(new X509Certificate(pairOf(answer, '').certificate).subject).toBe('CN=h01');

      const again = await enrol(at, device, claim ?? null);
      expect(pairOf(again, '')).toEqual(pairOf(answer, ''));
      const refused = async (who: typeof device, what: typeof claim) => {
        const answer = await enrol(at, who, what ?? null);
        return [answer.status, answer.kind === 'refused' ? answer.code : answer.kind];
      };
      const stranger = await blankDevice('another-board');
      expect(await refused(stranger, claim)).toEqual([403, 'claim-used']);
      at.tick(claimRepeatMs + 1);
      expect(await refused(device, claim)).toEqual([403, 'claim-used']);

      const [late] = await at.claimsFor('h02');
      at.tick(claimLifeMs);
      expect(await refused(stranger, late)).toEqual([403, 'claim-expired']);
      const [mine] = await at.claimsFor('h02');
      if (!mine) throw new Error('no claim');
      expect(await refused(stranger, { ...mine, terminal: 'h03' as typeof mine.terminal })).toEqual([
        403,
        'claim-wrong',
      ]);
      for (let guess = 0; guess < claimGuesses; guess += 1)
        expect(await refused(stranger, { ...mine, claim: makeClaim() })).toEqual([403, 'claim-wrong']);
      expect(await refused(stranger, mine)).toEqual([403, 'claim-locked']);
      const told = await at.world.store.db.selectFrom('notice').select('key').orderBy('key').execute();
      expect(told.map(({ key }) => key.split('/').slice(0, 3).join('/'))).toEqual([
        'enrolment-refused/h01/claim-used',
        'enrolment-refused/h02/claim-locked',
      ]);
    });

    it('S4 of many who come with one claim at the same moment lets one in', async () => {
      const at = await door({ kind });
      const [claim] = await at.claimsFor('h01');
      const devices = await Promise.all(Array.from({ length: 8 }, (_, n) => blankDevice(`board-${n}`)));
      const answers = await Promise.all(devices.map((device) => enrol(at, device, claim ?? null)));
      expect(answers.filter((answer) => answer.kind === 'enrolled')).toHaveLength(1);
      const certificates = await at.world.store.db.selectFrom('certificate').select('serial').execute();
      expect(certificates).toHaveLength(1);
    });
  });

  it('S9 gives a terminal a hundred certificates one after the other, and only the newest stays good', async () => {
    const at = await door({ lifeMs: 10_000 });
    let { pair } = await inside(at);
    const serials = new Set([serialOf(pair.certificate)]);
    for (let turn = 0; turn < 100; turn += 1) {
      at.tick(6_667);
      const next = await renew(at, pair);
      expect(next.answer.kind).toBe('enrolled');
      pair = next.pair;
      serials.add(serialOf(pair.certificate));
      await at.world.cloneWatch.noteBirth('h01' as never, { certificate: serialOf(pair.certificate) });
    }
    expect(serials.size).toBe(101);
    const good = await at.world.store.db
      .selectFrom('certificate')
      .select('serial')
      .where('revoked_at', 'is', null)
      .execute();
    expect(good).toEqual([{ serial: serialOf(pair.certificate) }]);
  });

  it('S9 renews a certificate that ran out a month ago, and nothing else is open to it', async () => {
    const at = await door({ files: new Map([[hashOf('x'), Buffer.from('x')]]) });
    const { pair } = await inside(at);
    const look = () => askDoor(at, `/bundles/${hashOf('x')}`, { pair });
    expect((await look()).status).toBe(200);
    at.tick(leafLifeMs + lateRenewalMs - 60_000);
    expect((await look()).status).toBe(403);
    const { answer } = await renew(at, pair);
    expect(answer).toMatchObject({ kind: 'enrolled', status: 200 });
    at.tick(120_000);
    expect((await renew(at, pair)).answer).toMatchObject({ code: 'not-let-in', status: 403 });
  });

  it('S9 gives the same answer to the same request, refuses a key that is not fresh, and one of another terminal', async () => {
    const at = await door({ devices: ['h01', 'h02'] });
    const [first, second] = [await inside(at), await inside(at, 'h02')];
    const say = async (csr: string) =>
      JSON.parse(
        (
          await askDoor(at, '/renew', { body: JSON.stringify({ v: 1, csr }), pair: first.pair })
        ).bytes.toString(),
      ) as { certificates?: string[]; code?: string };
    const { csr } = await makeCsr();
    expect((await say(csr)).certificates).toEqual((await say(csr)).certificates);
    expect((await say(first.device.csr)).code).toBe('request-wrong');
    expect((await say(second.device.csr)).code).toBe('request-wrong');
  });

  it('S7 takes no certificate of another root, not even one that says the same, and tells its own root', async () => {
    const at = await door({ files: new Map([[hashOf('x'), Buffer.from('x')]]) });
    const { pair, device } = await inside(at);
    const root = await askDoor(at, '/root');
    expect(root.bytes.toString()).toBe(at.root);
    const other = await CertificateAuthority.open(await CertificateAuthority.make('demo', new Date()));
    const forged = await other.signTerminal(device.csr, 'h01', new Date(), leafLifeMs);
    if (typeof forged === 'string') throw new Error(forged);
    const copied = await forge(serialOf(pair.certificate));
    const ownKey = { certificate: forged.certificate, privateKey: device.privateKey };
    for (const shown of [undefined, ownKey, copied]) {
      expect((await askDoor(at, `/bundles/${hashOf('x')}`, { pair: shown })).status).toBe(403);
      const body = JSON.stringify({ v: 1, csr: (await makeCsr()).csr });
      const answer = await askDoor(at, '/renew', { body, pair: shown });
      expect(JSON.parse(answer.bytes.toString())).toEqual({ kind: 'refused', code: 'terminal-unknown' });
    }
    expect((await askDoor(at, `/bundles/${hashOf('x')}`, { pair })).status).toBe(200);
    // a terminal that is pinned to another root does not speak to this door
    await expect(askDoor({ ...at, root: other.root }, '/root')).rejects.toThrow(
      /unable to|self-signed|signature/,
    );
  });

  it('S13 speaks neither plain HTTP nor TLS 1.1', async () => {
    const at = await door();
    expect(await handshake(at, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await handshake(at, { maxVersion: 'TLSv1.3' })).toBe('TLSv1.3');
    const old = await handshake(at, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect(old).toMatch(/PROTOCOL_VERSION/);
    const plain = await new Promise<string>((resolve) => {
      const asking = request({ host: '127.0.0.1', port: at.door.port, path: '/root' }, () =>
        resolve('answered'),
      );
      asking.once('error', () => resolve('refused'));
      asking.end();
    });
    expect(plain).toBe('refused');
  });

  it('makes its own next certificate before the last third of its life', async () => {
    const at = await door();
    const served = () => handshake(at, {}, (certificate) => certificate.serialNumber);
    const first = await served();
    await at.door.refresh();
    expect(await served()).toBe(first);
    at.tick(61 * 24 * 3_600_000);
    await at.door.refresh();
    const next = await handshake(
      at,
      { rejectUnauthorized: false },
      (certificate) => certificate.serialNumber,
    );
    expect(next).not.toBe(first);
  });

  it('goes on with a download where it broke off, and gives manifests by their hash', async () => {
    const file = Buffer.from('a release of some length');
    const at = await door({ files: new Map([[hashOf('r'), file]]) });
    const { pair } = await inside(at);
    const ask = (range?: string, path = `/bundles/${hashOf('r')}`) =>
      askDoor(at, path, { pair, headers: range === undefined ? {} : { Range: range } });
    expect((await ask()).bytes).toEqual(file);
    const rest = await ask('bytes=10-');
    expect([rest.status, rest.headers['content-range'], rest.bytes.toString()]).toEqual([
      206,
      `bytes 10-${file.length - 1}/${file.length}`,
      file.subarray(10).toString(),
    ]);
    expect((await ask('bytes=2-3')).bytes).toEqual(file.subarray(2, 4));
    expect((await ask('bytes=2-999999')).bytes).toEqual(file.subarray(2));
    for (const wrong of ['bytes=99-', 'bytes=5-2', 'bytes=-5', 'bytes=0-1,3-4', 'lines=1-2'])
      expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 416]);
    expect((await ask(undefined, `/releases/${hashOf('r')}`)).bytes).toEqual(file);
    expect((await ask(undefined, `/releases/${hashOf('unknown')}`)).status).toBe(404);
    expect((await ask(undefined, '/bundles/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });

  it('S14 tells a secret to the terminal whose twin names it, and to nobody else', async () => {
    const at = await door({ devices: ['h01', 'h02'], secrets: { 'h01/site-pin': '471100' } });
    const [one, two] = [(await inside(at)).pair, (await inside(at, 'h02')).pair];
    const said = await askDoor(at, '/secrets/site-pin', { pair: one });
    expect([said.status, said.bytes.toString()]).toEqual([200, '471100']);
    expect((await askDoor(at, '/secrets/site-pin', { pair: two })).status).toBe(404);
    expect((await askDoor(at, '/secrets/other', { pair: one })).status).toBe(404);
    const stranger = await askDoor(at, '/secrets/site-pin', {});
    expect([stranger.status, stranger.bytes.toString()]).not.toContain('471100');
    expect(stranger.status).toBe(403);
  });

  it('cuts who dribbles, refuses who sends too much, and lets nobody knock without end', async () => {
    const at = await door({ bodyMs: 50, requestsPerMinute: 6 });
    const slow = connect({ host: '127.0.0.1', port: at.door.port, ca: at.root, servername: 'localhost' });
    slow.write('POST /enrol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{');
    await new Promise<void>((resolve) => slow.once('close', () => resolve()).on('error', () => undefined));
    const large = await askDoor(at, '/enrol', { body: Buffer.alloc(33_000, 'x') });
    expect(large.status).toBe(413);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await askDoor(at, '/root')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect(JSON.parse((await askDoor(at, '/enrol', { body: '{}' })).bytes.toString())).toEqual({
      kind: 'refused',
      code: 'too-many-requests',
    });
  });

  it('closes also while somebody is still shaking hands', async () => {
    const at = await openTestDoor();
    const half = connectTcp({ host: '127.0.0.1', port: at.door.port });
    half.on('error', () => undefined);
    await new Promise<void>((resolve) => half.once('connect', () => resolve()));
    await askDoor(at, '/root');
    await at.close();
  });
});

function serialOf(pem: string): string {
  return new X509Certificate(pem).serialNumber.toLowerCase();
}

/** Says the same as ours, with the same number, under a root of the thief's. */
async function forge(serialNumber: string): Promise<ClientPair> {
  const kind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(kind, true, ['sign', 'verify']);
  const forged = await X509CertificateGenerator.createSelfSigned({
    serialNumber,
    name: 'CN=h01',
    notBefore: new Date(Date.now() - 1_000),
    notAfter: new Date(Date.now() + leafLifeMs),
    signingAlgorithm: kind,
    keys,
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: forged.toString('pem'), privateKey: PemConverter.encode(key, 'PRIVATE KEY') };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @returns the protocol, or what `read` finds in the server's certificate, or the code of what went wrong */
async function handshake(
  at: TestDoor,
  options: ConnectionOptions,
  read?: (certificate: X509Certificate) => string,
): Promise<string> {
  return await new Promise((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port: at.door.port,
      ca: at.root,
      servername: 'localhost',
      ...options,
    });
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      resolve(read && certificate ? read(certificate) : (socket.getProtocol() ?? 'none'));
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
