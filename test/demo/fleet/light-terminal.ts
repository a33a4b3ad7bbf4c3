// A terminal without a screen, for a fleet of many: enrolled at the real door, on its own TLS line, it takes every set-up at once and says so.
import { randomBytes, randomUUID } from 'node:crypto';
import type { ClaimFile } from '../../../sync/contract/enrolment.ts';
import { decodeFrame, encodeFrame } from '../../../sync/contract/frame.ts';
import { makeSealer, sealBond } from '../../../sync/contract/seal.ts';
import { openSignedFrame, verifyingKey } from '../../../sync/contract/signed-frame.ts';
import { topics } from '../../../sync/contract/topics.ts';
import { type Desired, desiredSchema, twinHash, twinSchema } from '../../../sync/contract/twin.ts';
import { blankDevice, type DoorAt, enrol, pairOf } from '../../simulators/blank-device.ts';
import { openFleetLine } from '../../simulators/fleet-terminal.ts';

export interface LightTerminal {
  /** the revision that it serves with */
  readonly rev: number;
  close(): Promise<void>;
}

const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';

/** @throws Error when the door or the broker does not let it in */
export async function openLightTerminal(door: DoorAt, claim: ClaimFile): Promise<LightTerminal> {
  const blank = await blankDevice(`board-${claim.terminal}`);
  const board = { ...blank.board, architecture } as const;
  const answer = await enrol(door, { ...blank, board }, claim);
  if (answer.kind !== 'enrolled')
    throw new Error(`${claim.terminal}: ${answer.kind === 'refused' ? answer.code : answer.kind}`);
  const { tenant, terminal } = answer;
  const pair = pairOf(answer, blank.privateKey);
  const line = await openFleetLine(
    answer.broker[0] ?? '',
    { ca: answer.root, cert: pair.certificate, key: pair.privateKey },
    { clientId: terminal },
  );
  if (line === 'refused') throw new Error(`${terminal}: the broker does not let it in`);
  const key = verifyingKey(Buffer.from(answer.signKey, 'base64'));
  const sealer = makeSealer(Buffer.from(answer.sealKey, 'base64'));
  const epoch = randomBytes(16).toString('hex');
  let [seq, rev] = [0, 0];
  const say = (channel: 'presence' | 'ask' | 'facts', message: object): Promise<boolean> =>
    line.say(topics[channel](tenant, terminal), encodeFrame(message));
  const report = ({ hash }: Desired): void => {
    seq += 1;
    const body = { rev, hash, state: 'ok', code: null, path: null, schema: twinSchema, release: 0 };
    const kind = 'twin-reported' as const;
    const head = { id: randomUUID(), kind, schema: 1 };
    const sealed = sealer.seal(JSON.stringify(body), sealBond(terminal, head));
    const when = { at: new Date().toISOString(), boot: 'boot-1', clock: 'synced' };
    const fact = { ...head, seq, ...when, monoMs: Math.round(performance.now()), body: sealed };
    void say('facts', { v: 1, terminal, epoch, forgotten: 0, prev: null, facts: [fact] });
  };
  const topic = topics.twin(tenant, terminal);
  line.client.on('message', (on, payload) => {
    if (on !== topic) return;
    const desired = decodeFrame(desiredSchema, openSignedFrame(topic, payload, key));
    if (desired.rev <= rev || twinHash(desired.values) !== desired.hash) return;
    rev = desired.rev;
    report(desired);
  });
  await line.listen(topic);
  const start = { serial: board.serial, boot: `boot-of-${board.serial}` };
  await say('presence', { v: 1, online: true, version: '0.1.0', at: null, waiting: 0, ...start });
  return {
    get rev() {
      return rev;
    },
    close: () => line.close(),
  };
}
