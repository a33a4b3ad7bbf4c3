// A key pair and the request for its certificate, as a terminal makes them, for tests.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const kinds = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  Ed25519: { name: 'Ed25519' },
} as const;

/** It asks for more than it gets: another name, and to be an authority. */
export async function makeCsr(
  kind: keyof typeof kinds = 'P-256',
): Promise<{ readonly csr: string; readonly privateKey: string }> {
  const keys = await webcrypto.subtle.generateKey(kinds[kind], true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('no pair');
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=headquarters, O=anybody',
    keys,
    signingAlgorithm: kinds[kind],
    extensions: [new BasicConstraintsExtension(true, 3, true)],
  });
  const raw = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { csr: csr.toString('pem'), privateKey: PemConverter.encode(raw, 'PRIVATE KEY') };
}
