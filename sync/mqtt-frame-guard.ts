// Watches the bytes from a broker for packets that are larger than ours can be, before anyone buffers them.

import { maxFrameBytes } from './contract/frame.ts';

/** Topic and header of a publish, on top of its payload. */
const headRoom = 1024;

/** What a broker must be able to pass on in one packet. */
export const maxPacketBytes = maxFrameBytes + headRoom;

/**
 * @param maxPayloadBytes of one packet
 * @returns feeds on the stream chunk by chunk; false when a packet announces too much or its length is no MQTT length
 */
export function mqttFrameGuard(maxPayloadBytes: number): (chunk: Uint8Array) => boolean {
  let bodyLeft = 0;
  let isInLength = false;
  let length = 0;
  let shift = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (bodyLeft > 0) {
        const step = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= step;
        at += step;
      } else if (!isInLength) {
        isInLength = true;
        length = 0;
        shift = 0;
        at += 1;
      } else {
        const byte = chunk[at] ?? 0;
        length += (byte & 0x7f) * 2 ** shift;
        shift += 7;
        at += 1;
        // a fifth length byte is none in MQTT
        if (length > maxPayloadBytes + headRoom || (byte >= 0x80 && shift >= 28)) return false;
        if (byte < 0x80) {
          isInLength = false;
          bodyLeft = length;
        }
      }
    }
    return true;
  };
}
