// The product itself as the proof's world: the shipped terminal and headquarters as programs, swiped through a real reader line.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { terminalArguments } from '../../kiosk/terminal-process.ts';
import { writePrivate, writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf, readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { ChildProgram } from '../demo/child-program.ts';
import { makeDeveloper } from '../demo/developer.ts';
import { freePort } from '../simulators/mosquitto.ts';
import { type Postgres, startPostgres } from '../simulators/postgres.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { type Child, childProgram, type Party } from './child.ts';
import { type KillableBroker, startBroker } from './killable-broker.ts';
import { openScreen, type ScreenWatch } from './screen-watch.ts';

import type { World, WorldOptions } from './world.ts';

const programs = fileURLToPath(new URL('../../', import.meta.url));
const tenant = 'proof';
const fleetKey = Buffer.alloc(32, 9);
/** how many members are checked in before the swipes go on with cards that nobody knows */
const checkInsWanted = 300;
const mostTries = 60;

export async function productWorld({
  broker: brokerName,
  folder,
  isBrokerWiped = false,
  store = 'sqlite',
}: WorldOptions): Promise<World> {
  const broker = await startBroker(brokerName, {
    isPersistent: isBrokerWiped,
    isWhole: isBrokerWiped,
  });
  const reader = await SimulatedReader.start();
  const postgres = store === 'postgres' ? await startPostgres() : undefined;
  const hq = await prepareHeadquarters(folder, broker.url, await postgres?.freshDatabase());
  const screen = await freePort();
  const terminal = ready(
    terminalArguments(
      join(programs, 'kiosk/main.js'),
      prepareTerminal(folder, broker.url, reader.address, screen),
    ),
  );
  await hq.party.start();
  await terminal.start();
  const watch = openScreen(join(folder, 'terminal', 'data', 'run', 'screen-address'));
  await watch.untilDataArrived();
  const cards = cardNumbers(folder);
  return {
    parties: {
      terminal,
      broker,
      headquarters: hq.party,
      ...(postgres ? { database: databaseParty(postgres) } : {}),
    },
    swipe: () => swipe(reader, watch, cards),
    waiting: async () => (await watch.health())?.waitingFacts,
    arrivals: async () => {
      const get = apiReader(hq.url, hq.token);
      const { deadLetters } = (await get('/api/health')) as { deadLetters: number };
      const ids = await appliedFacts(get);
      await hq.party.stop();
      return { ids, setAside: deadLetters };
    },
    close: async () => {
      watch.close();
      await Promise.all([terminal.kill(), hq.party.kill(), reader.close()]);
      await broker.close();
      await postgres?.close();
    },
  };
}

/** @returns the id of the fact that the screen confirmed for this very swipe */
function swipe(
  reader: SimulatedReader,
  watch: ScreenWatch,
  cards: Generator<string>,
): Promise<string | undefined> {
  const { value: card } = cards.next();
  return watch.confirmationAfter(
    () => reader.place(card),
    () => reader.lift(),
  );
}

/** First everybody who may check in today, then one unknown card after the other: no two swipes alike. */
function* cardNumbers(folder: string): Generator<string, never> {
  const file = JSON.parse(readFileSync(join(folder, 'developer.json'), 'utf8')) as ReturnType<
    typeof makeDeveloper
  >;
  const listed = new Set(file.rosters.map(({ member }) => member));
  const members = file.members.filter(({ id }) => listed.has(id)).slice(0, checkInsWanted);
  for (const { cards } of members) {
    for (const { technology, number } of cards) if (technology === 'em4100') yield number;
  }
  for (let n = 0; ; n += 1) yield `7E${n.toString(16).toUpperCase().padStart(8, '0')}`;
}

async function prepareHeadquarters(
  folder: string,
  brokerUrl: KillableBroker['url'],
  storeUrl: string | undefined,
): Promise<{ readonly party: Child; readonly url: string; readonly token: string }> {
  const port = await freePort();
  const config = join(folder, 'headquarters.json');
  const developer = join(folder, 'developer.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(developer, JSON.stringify(makeDeveloper(7, new Date())));
  writePrivate(join(folder, 'fleet.key'), fleetKey.toString('hex'));
  writePrivate(
    config,
    JSON.stringify({
      v: 1,
      tenant,
      dataDir: 'headquarters',
      http: { port },
      broker: { kind: 'external', url: brokerUrl },
      fleetKeyFile: 'fleet.key',
      apiTokenFile: 'api.token',
      keysFile: 'headquarters.keys',
      limits: { keepAliveMs: 2_000, reconnectMinMs: 50, reconnectMaxMs: 500, requestsPerSecond: 100_000 },
    }),
  );
  const start = [join(programs, 'sync/headquarters/main.js'), '--config', config];
  const first = await ChildProgram.start({
    args: [...start, '--import', developer, ...(storeUrl === undefined ? [] : ['--store', storeUrl])],
    logFile: join(folder, 'headquarters.log'),
  });
  await first.stop();
  return {
    party: storeUrl === undefined ? ready(start) : patient(ready(start, storeUrl)),
    url: `http://127.0.0.1:${port}`,
    token: readFileSync(join(folder, 'api.token'), 'utf8').trim(),
  };
}

/** @returns the path of the config */
function prepareTerminal(
  folder: string,
  brokerUrl: KillableBroker['url'],
  reader: string,
  screen: number,
): string {
  return writeTerminal({
    folder: join(folder, 'terminal'),
    fleetKey,
    config: {
      v: 1,
      tenant,
      terminal: 'hall-01',
      code: 'H01',
      site: { name: { zh: '证明', en: 'Proof' }, project: null, helpPhone: '400' },
      dataDir: 'data',
      screen: { port: screen },
      broker: { url: brokerUrl, keepAliveMs: 2_000 },
      headquarters: publicKeysOf(readOrMakeKeys(join(folder, 'headquarters.keys'))),
      reader: { kind: 'rdm6300', at: reader },
      printer: null,
      panel: null,
      limits: {
        reconnectMinMs: 50,
        reconnectMaxMs: 500,
        // brokers that die seconds after they let us in are no sign of a clone here
        takenOverPauseMs: 500,
        ackTimeoutMs: 1_000,
        deviceRetryMinMs: 50,
        deviceRetryMaxMs: 200,
      },
    },
  });
}

/** Its database may be away: whoever supervises it tries again. */
function patient(party: Child): Child {
  const start = async (): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await party.start();
        return;
      } catch (error) {
        if (tries >= mostTries) throw error;
        await sleep(200);
      }
    }
  };
  return { ...party, start };
}

/** Killed as hard as can be, every time: it has nobody to freeze for. */
function databaseParty(postgres: Postgres): Party {
  return {
    kill: () => postgres.kill('SIGKILL'),
    start: () => postgres.start(),
    freeze: () => {},
    thaw: () => {},
  };
}

function ready(args: readonly string[], storeUrl?: string): Child {
  return childProgram({
    command: process.execPath,
    args,
    env: storeUrl === undefined ? {} : { YINGBIN_STORE: storeUrl },
    isReady: (line) => line.includes('"ready":true'),
  });
}

type ApiReader = (path: string) => Promise<unknown>;

function apiReader(url: string, token: string): ApiReader {
  return async (path) =>
    (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
}

/** Ids in the order of application; an id comes again for every booking of points beyond the one of its check-in. */
async function appliedFacts(get: ApiReader): Promise<string[]> {
  const facts: { n: number; id: string; kind: string; body: { member?: string } }[] = [];
  for (;;) {
    const page = (await get(`/api/facts?after=${facts.at(-1)?.n ?? 0}&limit=1000`)) as {
      facts: typeof facts;
    };
    if (page.facts.length === 0) break;
    facts.push(...page.facts);
  }
  const again: string[] = [];
  for (const { id, body } of facts.filter(({ kind }) => kind === 'check-in-recorded')) {
    const { ledger } = (await get(`/api/members/${body.member}`)) as { ledger: { fact: string | null }[] };
    const booked = ledger.filter(({ fact }) => fact === id).length;
    // a check-in without its points is as lost as one that never arrived
    if (booked === 0) throw new Error(`check-in ${id} is at headquarters without its points`);
    again.push(...Array<string>(booked - 1).fill(id));
  }
  return [...facts.map(({ id }) => id), ...again];
}
