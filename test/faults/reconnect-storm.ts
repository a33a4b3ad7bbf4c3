// The proof of the storm: thousands of real MQTT connections lose their broker at once, and it comes back busy.
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aedes } from 'aedes';
import type { Link } from '../../sync/link.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { freePort } from '../simulators/mosquitto.ts';

interface Pace {
  readonly reconnectMinMs: number;
  readonly reconnectMaxMs: number;
  /** no broker at all */
  readonly awayMs: number;
  /** a broker that turns everybody away */
  readonly busyMs: number;
}
/** As sync/brokers.md has it: terminals over target rate. */
const fullPace: Pace = { reconnectMinMs: 8_000, reconnectMaxMs: 60_000, awayMs: 1_000, busyMs: 4_000 };
/** A few can come back more often a second than one in eight: the same shape in a third of the time. */
const smallPace: Pace = { reconnectMinMs: 2_500, reconnectMaxMs: 19_000, awayMs: 300, busyMs: 1_250 };
const smallFleet = 300;
const patienceMs = 150_000;
/** new connections while the fleet is built up, so that the start is no storm of its own */
const opensPerTurn = 20;
const turnMs = 50;

export interface StormResult {
  readonly terminals: number;
  /** connects a second that the broker is said to bear */
  readonly target: number;
  /** most CONNECTs in any second after the restart */
  readonly peak: number;
  /** CONNECTs that were answered "server unavailable" */
  readonly turnedAway: number;
  readonly back: number;
  /** after the broker served again, until 99 % were back; null = not within the patience */
  readonly back99Ms: number | null;
}

/** @param random 0 … 1 for every wait; always 1 is the control: no jitter */
export async function makeStorm(terminals: number, random: () => number): Promise<StormResult> {
  const { reconnectMinMs, reconnectMaxMs, awayMs, busyMs } = terminals > smallFleet ? fullPace : smallPace;
  const target = (terminals * 1_000) / reconnectMinMs;
  const broker = new StormBroker(await freePort());
  await broker.start();
  const ups = new Set<number>();
  const links: Link[] = [];
  let isOver = false;
  for (let n = 0; n < terminals; n += 1) {
    links.push(
      openMqttLink(
        {
          url: broker.url,
          clientId: `storm-${n}`,
          subscriptions: [`storm/${n}`],
          keepAliveMs: 300_000,
          connectTimeoutMs: 30_000,
          reconnectMinMs,
          reconnectMaxMs,
          highestMqtt: 4,
          random,
        },
        {
          onUp: () => ups.add(n),
          onDown: () => ups.delete(n),
          onMessage: () => {},
        },
      ),
    );
    if (n % opensPerTurn === 0) await sleep(turnMs);
  }
  const until = async (count: number): Promise<boolean> => {
    const deadline = performance.now() + patienceMs;
    while (ups.size < count && performance.now() < deadline && !isOver) await sleep(20);
    return ups.size >= count;
  };
  try {
    if (!(await until(terminals))) throw new Error(`only ${ups.size} of ${terminals} could connect at all`);
    await broker.kill();
    await sleep(awayMs);
    broker.isBusy = true;
    broker.connects.clear();
    await broker.start();
    await sleep(busyMs);
    broker.isBusy = false;
    const servesMs = performance.now();
    const is99Back = await until(Math.ceil(terminals * 0.99));
    const back99Ms = is99Back ? Math.round(performance.now() - servesMs) : null;
    await until(terminals);
    return {
      terminals,
      target,
      peak: Math.max(0, ...broker.connects.values()),
      turnedAway: broker.turnedAway,
      back: ups.size,
      back99Ms,
    };
  } finally {
    isOver = true;
    // the broker first: ten thousand farewells take longer than the storm
    await broker.kill();
    await Promise.all(links.map((link) => link.close()));
  }
}

/** aedes with a counter at its door. */
class StormBroker {
  /** CONNECTs by second */
  readonly connects = new Map<number, number>();
  isBusy = false;
  turnedAway = 0;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #running: { readonly aedes: Aedes; readonly server: Server } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const aedes = await Aedes.createBroker({
      connectTimeout: 30_000,
      authenticate: (_client, _username, _password, done) => {
        const second = Math.floor(performance.now() / 1_000);
        this.connects.set(second, (this.connects.get(second) ?? 0) + 1);
        if (this.isBusy) this.turnedAway += 1;
        // 3: server unavailable
        if (this.isBusy) done(Object.assign(new Error('busy'), { returnCode: 3 }), null);
        else done(null, true);
      },
    });
    const server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      aedes.handle(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: this.#port, host: '127.0.0.1', backlog: 4_096 }, resolve);
    });
    this.#running = { aedes, server };
  }

  async kill(): Promise<void> {
    const dying = this.#running;
    this.#running = undefined;
    if (!dying) return;
    const closed = new Promise((resolve) => dying.server.close(resolve));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
    await new Promise<void>((resolve) => dying.aedes.close(resolve));
  }
}
