// What headquarters says to its terminals: every frame signed together with its topic (rule CO14).
import { type SigningKey, signFrame } from '../contract/signed-frame.ts';
import type { PublishOptions } from '../link.ts';

/** @returns as `Link.publish`: true when the broker took it, which proves nothing; never rejects */
export type Say = (topic: string, frame: Uint8Array, options?: PublishOptions) => Promise<boolean>;

export function signedVoice(publish: Say, key: SigningKey): Say {
  return (topic, frame, options) => publish(topic, signFrame(topic, frame, key), options);
}
