// The bytes of every message: JSON, brotli-compressed when that pays; at most 64 KiB on any broker.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import { SyncError } from '../sync-error.ts';
import { signatureOverhead } from './signed-frame.ts';

export const maxFrameBytes = 64 * 1024;
/** A small frame must not unpack into all of the memory. */
const maxUnpackedBytes = 4 * 1024 * 1024;
/** First byte of a compressed frame; plain JSON starts with `{`. */
const compressedMark = 0x01;

/** @throws SyncError sync-frame-too-large */
export function encodeFrame(value: object): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  let frame = json;
  if (json.length > 1024) {
    const packed = brotliCompressSync(json, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: json.length },
    });
    frame = Buffer.concat([Buffer.of(compressedMark), packed]);
  }
  if (frame.length > maxFrameBytes - signatureOverhead) {
    throw new SyncError('sync-frame-too-large', `a frame of ${frame.length} bytes is too large to be signed`);
  }
  return frame;
}

/**
 * Parses a frame from the network: size, packing, JSON and shape.
 * @throws SyncError sync-frame-too-large | sync-frame-unreadable | sync-frame-shape
 */
export function decodeFrame<const S extends v.GenericSchema>(schema: S, frame: Uint8Array): v.InferOutput<S> {
  if (frame.length > maxFrameBytes) {
    throw new SyncError('sync-frame-too-large', `a frame of ${frame.length} bytes is over ${maxFrameBytes}`);
  }
  let value: unknown;
  try {
    const json =
      frame[0] === compressedMark
        ? brotliDecompressSync(frame.subarray(1), { maxOutputLength: maxUnpackedBytes })
        : frame;
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw new SyncError('sync-frame-unreadable', 'a frame is neither JSON nor packed JSON', { cause });
  }
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const where = v.getDotPath(result.issues[0]) ?? 'the whole frame';
    throw new SyncError('sync-frame-shape', `a frame has a wrong shape at ${where}`);
  }
  return result.output;
}
