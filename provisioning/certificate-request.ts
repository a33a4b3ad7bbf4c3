// A terminal's key and the request for its certificate (PKCS #10), written in DER by hand: it has one shape only.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** P-256, which security chips and brokers alike understand. @returns PKCS #8, PEM */
export function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** @returns the key, or undefined when it is none of the kind that `makePrivateKey` makes */
export function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param name its common name: a wish, headquarters decides
 * @returns PEM
 */
export function certificateRequest(privateKey: KeyObject, name: string): string {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const subject = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));
  const noAttributes = der(0xa0);
  const info = sequence(der(0x02, Buffer.of(0)), subject, publicKey, noAttributes);
  const signature = sign('sha256', info, privateKey);
  const request = sequence(info, sequence(ecdsaWithSha256), der(0x03, Buffer.of(0), signature));
  const lines = request.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}

/** 2.5.4.3 */
const commonName = Buffer.from('0603550403', 'hex');
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** Tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size = length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([Buffer.of(tag), size, content]);
}
