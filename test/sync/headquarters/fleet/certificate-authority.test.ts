// S6 S7 S10 S11: certificates and lists, read by OpenSSL too.
import 'reflect-metadata';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { PemConverter } from '@peculiar/x509';
import { beforeAll, describe, expect, it } from 'vitest';
import { leafLifeMs } from '../../../../sync/contract/enrolment.ts';
import {
  CertificateAuthority,
  type Leaf,
} from '../../../../sync/headquarters/fleet/certificate-authority.ts';
import { makeCsr } from './csr.ts';

const now = new Date();
function leafOf(signed: Leaf | string): Leaf {
  if (typeof signed === 'string') throw new Error(signed);
  return signed;
}

describe('the certificate authority', () => {
  let authority: CertificateAuthority;
  beforeAll(async () => {
    authority = await CertificateAuthority.open(await CertificateAuthority.make('demo', now));
  });

  it('S7 tells by which hash its root is known', async () => {
    const root = new X509Certificate(authority.root);
    expect(root.ca).toBe(true);
    expect(root.subject).toBe('CN=Yingbin demo');
    expect(authority.rootHash).toBe(createHash('sha256').update(root.raw).digest('hex'));
    const other = await CertificateAuthority.make('demo', now);
    const mixed = { certificate: authority.root, privateKey: other.privateKey };
    await expect(CertificateAuthority.open(mixed)).rejects.toThrow('not of this key');
  });

  for (const kind of ['P-256', 'Ed25519'] as const) {
    it(`S6 gives ${kind} a certificate for a client of that name and nothing more`, async () => {
      const { csr, privateKey } = await makeCsr(kind);
      const leaf = leafOf(await authority.signTerminal(csr, 'h01', now, leafLifeMs));
      const certificate = new X509Certificate(leaf.certificate);
      expect(certificate.subject).toBe('CN=h01');
      expect(certificate.ca).toBe(false);
      expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
      expect(certificate.subjectAltName).toBeUndefined();
      expect(certificate.verify(new X509Certificate(authority.root).publicKey)).toBe(true);
      expect(certificate.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
      expect(Date.parse(certificate.validTo) - now.getTime()).toBeLessThanOrEqual(leafLifeMs);
      expect(certificate.serialNumber.toLowerCase()).toBe(leaf.serial);
      const spki = certificate.publicKey.export({ format: 'der', type: 'spki' });
      expect(leaf.publicKey).toBe(createHash('sha256').update(spki).digest('hex'));
    });
  }

  it('S6 signs no request that is none, is forged, or has a key of another kind', async () => {
    const { csr } = await makeCsr('P-256');
    const sign = (text: string) => authority.signTerminal(text, 'h01', now, leafLifeMs);
    expect(await sign('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----')).toBe(
      'request-unreadable',
    );
    const der = Buffer.from(PemConverter.decodeFirst(csr));
    const name = der.indexOf('headquarters');
    der.write('hEadquarters', name);
    expect(await sign(PemConverter.encode(der, 'CERTIFICATE REQUEST'))).toBe('request-forged');
    expect(await sign((await makeCsr('P-384')).csr)).toBe('request-key');
  });

  it('S10 S11 lists what is revoked so that OpenSSL reads and heeds it', async () => {
    const [good, stolen] = await Promise.all([makeCsr(), makeCsr()]);
    const [goodLeaf, stolenLeaf] = [
      leafOf(await authority.signTerminal(good.csr, 'h01', now, leafLifeMs)),
      leafOf(await authority.signTerminal(stolen.csr, 'h02', now, leafLifeMs)),
    ];
    const server = await authority.makeServer(['localhost', '127.0.0.1'], now, leafLifeMs);
    const crl = await authority.revocationList([{ serial: stolenLeaf.serial, at: now }], now);
    const heard = (leaf: Leaf, key: string) =>
      hello(
        { ca: authority.root, cert: server.certificate, key: server.privateKey, crl },
        { ca: authority.root, cert: leaf.certificate, key },
      );
    expect(await heard(goodLeaf, good.privateKey)).toBe('h01');
    expect(await heard(stolenLeaf, stolen.privateKey)).toBe('CERT_REVOKED');
  });
});

/** @returns the name that the server saw, or why it refused */
async function hello(server: TlsOptions, client: { ca: string; cert: string; key: string }): Promise<string> {
  let tell: (word: string) => void = () => undefined;
  const heard = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const listening = createServer(
    { ...server, requestCert: true, rejectUnauthorized: false },
    (socket: TLSSocket) => {
      tell(
        socket.authorized
          ? String(socket.getPeerCertificate().subject.CN)
          : String(socket.authorizationError),
      );
      socket.destroy();
    },
  ).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ...client });
  socket.on('error', () => undefined);
  const word = await heard;
  socket.destroy();
  listening.close();
  return word;
}
