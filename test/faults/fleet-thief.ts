// A stolen terminal that does not stop: it tells facts as fast as it can, and comes back with its certificate whenever it is cut off.
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { TenantId } from '../../sync/contract/ids.ts';
import { topics } from '../../sync/contract/topics.ts';
import { type FleetIdentity, type FleetLine, openFleetLine } from '../simulators/fleet-terminal.ts';
import { batchOf, fact } from '../sync/headquarters/some-facts.ts';

export interface Thief {
  /** facts that it handed to the broker, and that the broker took */
  readonly said: number;
  /** how often it was let in, and turned away */
  readonly entries: number;
  readonly refusals: number;
  /** what the broker took and when it was let in, since this was called; both 0 when it is out */
  since(): { readonly taken: number; readonly entries: number };
  stop(): Promise<void>;
}

const inFlight = 10;
const againMs = 20;

export function startThief(
  url: string,
  tenant: TenantId,
  root: string,
  identity: Pick<FleetIdentity, 'terminal' | 'certificate' | 'privateKey'>,
  version: 4 | 5,
): Thief {
  const { terminal, certificate, privateKey } = identity;
  let [said, entries, refusals, seq] = [0, 0, 0, 0];
  let [saidBefore, entriesBefore] = [0, 0];
  let isOver = false;
  const stream = async (line: FleetLine, epoch: string): Promise<void> => {
    while (line.isUp && !isOver) {
      seq += 1;
      const frame = encodeFrame(batchOf([fact(seq)], terminal, epoch));
      if (await line.say(topics.facts(tenant, terminal), frame)) said += 1;
      // an answer may come without the event loop: nobody else would have a turn
      await nextTurn();
    }
  };
  const work = (async () => {
    while (!isOver) {
      const line = await openFleetLine(
        url,
        { ca: root, cert: certificate, key: privateKey },
        { clientId: terminal, version },
      );
      if (line === 'refused') {
        refusals += 1;
        await sleep(againMs);
        continue;
      }
      entries += 1;
      // what was on its way is lost: only a new stream has no gap
      const epoch = randomBytes(16).toString('hex');
      seq = 0;
      await Promise.all(Array.from({ length: inFlight }, () => stream(line, epoch)));
      await line.close();
    }
  })();
  return {
    get said() {
      return said;
    },
    get entries() {
      return entries;
    },
    get refusals() {
      return refusals;
    },
    since: () => {
      const now = { taken: said - saidBefore, entries: entries - entriesBefore };
      [saidBefore, entriesBefore] = [said, entries];
      return now;
    },
    stop: async () => {
      isOver = true;
      await work;
    },
  };
}
