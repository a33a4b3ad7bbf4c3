// One virtual week of a fleet, with everything that can go wrong, from one seed.
import type { Epoch, TerminalId } from '../../../sync/contract/ids.ts';
import { Chance } from './chance.ts';
import { EventQueue } from './event-queue.ts';
import { History, type Judgement } from './history.ts';
import { fairWeather, ModelBroker, maxDelayMs } from './model-broker.ts';
import { ModelHeadquarters } from './model-headquarters.ts';
import { type DiskImage, ModelOutbox } from './model-outbox.ts';
import { day, hour, ModelTerminal, minute, type TerminalFlaws } from './model-terminal.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly terminals?: number;
  readonly days?: number;
  /** makes the design bad in one way: a control that must lose */
  readonly flaws?: TerminalFlaws;
}

export interface WorldResult extends Judgement {
  readonly seed: number;
  readonly ok: boolean;
  /** facts that still wait two days after the last fault */
  readonly stuck: number;
  readonly events: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly alarms: Readonly<Record<string, number>>;
}

export function runSyncWorld({ seed, terminals = 50, days = 7, flaws = {} }: WorldOptions): WorldResult {
  const world = new SyncWorld(seed, flaws);
  world.populate(terminals);
  world.stir(days * day);
  world.queue.run(days * day);
  world.heal();
  const stuck = world.settle();
  const judgement = world.history.judge(world.headquarters.intake.applied());
  const { lost, doubled, unexpected, disordered, accepted } = judgement;
  return {
    ...judgement,
    seed,
    stuck,
    ok: lost + doubled + unexpected + disordered + stuck === 0 && accepted > 0,
    events: world.queue.happened,
    faults: world.faults,
    alarms: world.headquarters.intake.alarms,
  };
}

/** What happens how often on average. */
type Accident = readonly [name: string, meanMs: number, strike: (machine: ModelTerminal) => void];

class SyncWorld {
  readonly queue = new EventQueue();
  readonly history = new History();
  readonly broker: ModelBroker;
  readonly headquarters: ModelHeadquarters;
  readonly faults: Record<string, number> = {};
  readonly #chance: Chance;
  readonly #flaws: TerminalFlaws;
  readonly #machines: ModelTerminal[] = [];
  #isHealed = false;

  constructor(seed: number, flaws: TerminalFlaws) {
    this.#chance = new Chance(seed);
    this.#flaws = flaws;
    this.broker = new ModelBroker(this.queue, this.#chance);
    const { queue, history, broker } = this;
    this.headquarters = new ModelHeadquarters({ queue, chance: this.#chance, history, broker });
  }

  populate(count: number): void {
    for (let n = 0; n < count; n += 1) {
      const name = `t${n}` as TerminalId;
      this.#add(ModelOutbox.empty(name, this.#chance.hex(32) as Epoch));
    }
  }

  /** Plans all accidents up to the end. */
  stir(untilMs: number): void {
    const machines = this.#machines.length;
    const all = [
      ...this.#terminalAccidents().map(
        ([name, meanMs, strike]) => [name, meanMs / machines, strike] as const,
      ),
      ...this.#worldAccidents(),
    ];
    for (const [name, meanMs, strike] of all) {
      let atMs = this.#chance.wait(meanMs);
      for (; atMs < untilMs; atMs += this.#chance.wait(meanMs)) {
        this.queue.after(atMs, () => {
          const machine = this.#chance.pick(this.#machines);
          if (!machine) return;
          this.faults[name] = (this.faults[name] ?? 0) + 1;
          strike(machine);
        });
      }
    }
    for (let atMs = day; atMs < untilMs; atMs += day)
      this.queue.after(atMs, () => this.headquarters.backUp());
  }

  /** Everything works again. */
  heal(): void {
    this.#isHealed = true;
    this.broker.weather = fairWeather;
    this.broker.start();
    this.headquarters.crashes = 0;
    this.headquarters.commitMs = 20;
    this.headquarters.start();
    for (const machine of this.#machines) {
      if (machine.isHalfOpen) this.broker.drop(machine);
      machine.mend();
    }
  }

  /** Lets everything arrive; a headquarters that was restored is noticed with the next fact. */
  settle(): number {
    const { queue } = this;
    const waiting = (): number => this.#machines.reduce((sum, { waiting: count }) => sum + count, 0);
    const isQuiet = (): boolean => this.headquarters.isIdle && waiting() === 0;
    for (let step = 0; step < 48 && !isQuiet(); step += 1) queue.run(queue.nowMs + hour);
    for (const machine of this.#machines) machine.accept();
    for (let step = 0; step < 48 && !isQuiet(); step += 1) queue.run(queue.nowMs + hour);
    // what is still on its way must do no harm
    queue.run(queue.nowMs + maxDelayMs + hour);
    return waiting();
  }

  #add(image: DiskImage): void {
    const { queue, history, broker } = this;
    const world = { queue, history, broker, chance: this.#chance, flaws: this.#flaws };
    const machine = new ModelTerminal(this.#machines.length, image, world);
    this.#machines.push(machine);
    this.#work(machine);
  }

  /** People come, alone and in crowds. */
  #work(machine: ModelTerminal): void {
    this.queue.after(this.#chance.wait(40 * minute), () => {
      if (this.#isHealed) return;
      const crowd = this.#chance.happens(0.03) ? Math.floor(this.#chance.between(5, 60)) : 1;
      for (let n = 0; n < crowd; n += 1) machine.accept();
      this.#work(machine);
    });
  }

  /** For a while, and then well again. */
  #during(meanMs: number, start: () => void, end: () => void): void {
    start();
    this.queue.after(this.#chance.wait(meanMs), () => {
      if (!this.#isHealed) end();
    });
  }

  /** Each hits one machine, on average this often. */
  #terminalAccidents(): readonly Accident[] {
    return [
      ['power cut', day, (machine) => machine.powerCut()],
      ['power cut in a commit', 2 * day, (machine) => machine.cutInCommit()],
      ['connection cut', 6 * hour, (machine) => this.broker.drop(machine)],
      ['offline', 3 * day, (machine) => this.#isolate(machine)],
      ['half open', 3 * day, (machine) => this.#halfOpen(machine)],
      ['disk full', 5 * day, (machine) => this.#spoilDisk(machine)],
      ['ring too small', 30 * day, (machine) => machine.shrinkRing()],
      ['older card', 40 * day, (machine) => this.#swapLater(machine, false)],
      ['older store, newer mark', 40 * day, (machine) => this.#swapLater(machine, true)],
      [
        'card destroyed',
        60 * day,
        (machine) => machine.swapCard(ModelOutbox.empty(machine.name, this.#chance.hex(32) as Epoch)),
      ],
      ['cloned', 60 * day, (machine) => this.#add(machine.image())],
    ];
  }

  #worldAccidents(): readonly Accident[] {
    const { broker, headquarters } = this;
    const startBroker = (): void => broker.start();
    const down = (meanMs: number) => (): void =>
      this.#during(
        meanMs,
        () => headquarters.kill(),
        () => headquarters.start(),
      );
    return [
      ['broker killed', 2 * day, () => this.#during(10 * minute, () => broker.kill(false), startBroker)],
      ['broker wiped', 2 * day, () => this.#during(30 * minute, () => broker.kill(true), startBroker)],
      ['bad weather', 12 * hour, () => this.#badWeather()],
      ['headquarters killed', 12 * hour, down(5 * minute)],
      ['headquarters down for days', 7 * day, down(day)],
      ['headquarters crashes at commits', day, () => this.#crashCommits()],
      ['headquarters slow', 2 * day, () => this.#slowCommits()],
      ['headquarters restored', 7 * day, () => this.#restore(1)],
      ['headquarters restored to an old backup', 30 * day, () => this.#restore(3)],
    ];
  }

  #crashCommits(): void {
    const { headquarters } = this;
    const set = (share: number) => (): void => {
      headquarters.crashes = share;
    };
    this.#during(2 * hour, set(0.2), set(0));
  }

  #slowCommits(): void {
    const { headquarters } = this;
    const set = (ms: number) => (): void => {
      headquarters.commitMs = ms;
    };
    this.#during(hour, set(2_000), set(20));
  }

  #restore(nights: number): void {
    this.headquarters.restore(nights);
    this.queue.after(this.#chance.wait(hour), () => this.headquarters.start());
  }

  #isolate(machine: ModelTerminal): void {
    this.#during(
      8 * hour,
      () => {
        machine.isIsolated = true;
        this.broker.drop(machine);
      },
      () => {
        machine.isIsolated = false;
      },
    );
  }

  /** Noticed by the keep-alive after a while. */
  #halfOpen(machine: ModelTerminal): void {
    if (!this.broker.isConnected(machine)) return;
    machine.isHalfOpen = true;
    this.queue.after(
      this.#chance.between(1_000, 90_000),
      () => machine.isHalfOpen && this.broker.drop(machine),
    );
  }

  #spoilDisk(machine: ModelTerminal): void {
    this.#during(
      2 * hour,
      () => {
        machine.isDiskBad = true;
      },
      () => {
        machine.isDiskBad = false;
      },
    );
  }

  /** Somebody puts back the card, or only the store on it, as it was some time ago. */
  #swapLater(machine: ModelTerminal, isMarkNewer: boolean): void {
    const image = machine.image();
    this.queue.after(this.#chance.wait(day), () => {
      if (this.#isHealed) return;
      machine.swapCard(isMarkNewer ? { ...image, mark: machine.image().mark } : image);
    });
  }

  #badWeather(): void {
    const { chance, broker } = { chance: this.#chance, broker: this.broker };
    const some = (most: number): number => (chance.happens(0.5) ? chance.next() * most : 0);
    this.#during(
      2 * hour,
      () => {
        broker.weather = {
          loses: some(0.5),
          doubles: some(0.3),
          reorders: some(0.5),
          delays: some(0.2),
          replays: some(0.3),
        };
      },
      () => {
        broker.weather = fairWeather;
      },
    );
  }
}
