// The two small worlds of the proof: the shipped outbox and courier, and the naive design beside it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { freePort } from '../simulators/mosquitto.ts';
import { type Child, childProgram } from './child.ts';
import { startBroker } from './killable-broker.ts';
import { readAppliedFacts } from './small-intake.ts';
import { openSwiper } from './swipe-door.ts';
import type { World, WorldOptions } from './world.ts';

const tenant = 'proof' as TenantId;
const terminal = 'hall-1' as TerminalId;
const topic = 'naive/facts';

/** The shipped outbox and courier, a broker that forgets everything when killed, a headquarters of 100 lines. */
export function smallWorld(options: WorldOptions): Promise<World> {
  return world(options, { terminal: 'small-terminal', headquarters: 'small-headquarters' }, false);
}

/** The control: believes the broker, and gets the best broker there is: one that saves to disk every second. */
export function naiveWorld(options: WorldOptions): Promise<World> {
  return world(options, { terminal: 'naive-outbox', headquarters: 'naive-headquarters' }, true);
}

async function world(
  { broker: brokerName, folder, isBrokerWiped = false }: WorldOptions,
  programs: { readonly terminal: string; readonly headquarters: string },
  isPersistent: boolean,
): Promise<World> {
  const broker = await startBroker(brokerName, {
    isPersistent: isPersistent || isBrokerWiped,
    isWhole: isBrokerWiped,
  });
  const port = await freePort();
  const { url } = broker;
  const keysFile = join(folder, 'headquarters.keys');
  const hqFile = join(folder, 'hq.db');
  const headquarters = program(
    programs.headquarters,
    JSON.stringify({ tenant, topic, file: hqFile, url, keysFile }),
  );
  const kiosk = program(
    programs.terminal,
    JSON.stringify({ tenant, terminal, topic, file: join(folder, 'kiosk.db'), url, port, keysFile }),
  );
  await headquarters.start();
  await kiosk.start();
  const swiper = openSwiper(port);
  return {
    parties: { terminal: kiosk, broker, headquarters },
    swipe: () => swiper.ask('swipe'),
    waiting: async () => {
      const count = await swiper.ask('waiting');
      return count === undefined ? undefined : Number(count);
    },
    arrivals: async () => {
      await headquarters.stop();
      // it sets nothing aside: what it cannot read gets no ack and would count as lost
      return { ids: readAppliedFacts(hqFile).map(({ id }) => id), setAside: 0 };
    },
    close: async () => {
      swiper.close();
      await Promise.all([kiosk.kill(), headquarters.kill()]);
      await broker.close();
    },
  };
}

/** Programs stand beside this file, compiled. */
function program(name: string, argument: string): Child {
  return childProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL(`./${name}.js`, import.meta.url)), argument],
    isReady: (line) => line === 'ready',
  });
}
