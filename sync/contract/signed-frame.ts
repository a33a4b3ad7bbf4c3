// Headquarters' signature around a frame: a broker, or whoever got into it, cannot speak for headquarters (rule CO14).
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { SyncError } from '../sync-error.ts';

/** First byte of a signed frame; then 64 bytes of Ed25519, then the frame. */
const signedMark = 0x02;
const signatureBytes = 64;
/** What a signature adds to a frame. */
export const signatureOverhead = 1 + signatureBytes;

export type SigningKey = KeyObject & { readonly type: 'private' };
export type VerifyingKey = KeyObject & { readonly type: 'public' };

/** The topic is signed too: what was said to one terminal cannot be told to another. */
export function signFrame(topic: string, frame: Uint8Array, key: SigningKey): Buffer {
  return Buffer.concat([Buffer.of(signedMark), sign(null, signed(topic, frame), key), frame]);
}

/**
 * @returns the frame inside
 * @throws SyncError sync-frame-unsigned | sync-frame-forged
 */
export function openSignedFrame(topic: string, bytes: Uint8Array, key: VerifyingKey): Uint8Array {
  if (bytes[0] !== signedMark || bytes.length <= signatureOverhead) {
    throw new SyncError('sync-frame-unsigned', 'a frame that headquarters should have signed is not signed');
  }
  const frame = bytes.subarray(signatureOverhead);
  if (!verify(null, signed(topic, frame), key, bytes.subarray(1, signatureOverhead))) {
    throw new SyncError('sync-frame-forged', "a frame's signature is not that of headquarters");
  }
  return frame;
}

/** A new pair for headquarters, raw, 32 bytes each. */
export function makeSignKeys(): { readonly privateKey: Buffer; readonly publicKey: Buffer } {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { privateKey: Buffer.from(d, 'base64url'), publicKey: Buffer.from(x, 'base64url') };
}

/** PKCS #8's fixed beginning for Ed25519; a JWK would want the public half too. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param raw 32 bytes */
export function signingKey(raw: Uint8Array): SigningKey {
  const der = Buffer.concat([pkcs8Head, raw]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) as SigningKey;
}

/** @param raw 32 bytes */
export function verifyingKey(raw: Uint8Array): VerifyingKey {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) as VerifyingKey;
}

function signed(topic: string, frame: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`yingbin v1\n${topic}\n`), frame]);
}
