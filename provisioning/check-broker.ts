// Tries on a real broker all that terminals and headquarters need of it, and all that it must refuse them.
import { randomBytes } from 'node:crypto';
import { maxFrameBytes } from '../sync/contract/frame.ts';
import type { TenantId, TerminalId } from '../sync/contract/ids.ts';
import { shardOf } from '../sync/contract/topics.ts';
import { maxPacketBytes } from '../sync/mqtt-frame-guard.ts';
import { type BrokerLogin, type BrokerProbe, openProbe, type ProbeFailure } from './broker-probe.ts';

/** `care`: it must be changed; `hint`: it works, and could be better or was not tried; `fine`: as it should be. */
export const brokerFindings = {
  'connects-3-1-1': 'fine',
  'connects-5': 'fine',
  'only-3-1-1': 'fine',
  'carries-64-kib': 'fine',
  'keeps-retained': 'fine',
  'trees-apart': 'fine',
  unreachable: 'care',
  refused: 'care',
  'refuses-3-1-1': 'care',
  'anonymous-allowed': 'care',
  'any-password': 'care',
  'no-encryption': 'care',
  'own-tree-closed': 'care',
  'packet-too-small': 'care',
  'no-retained': 'care',
  'no-qos-1': 'care',
  'writes-foreign-up': 'care',
  'writes-down': 'care',
  'reads-foreign-down': 'care',
  'reads-up': 'care',
  'delays-small-packets': 'hint',
  'access-not-tried': 'hint',
} as const;
export type BrokerFindingCode = keyof typeof brokerFindings;

export interface BrokerFinding {
  readonly url: string;
  readonly code: BrokerFindingCode;
}

export interface CheckBrokerOptions {
  /** each node of a cluster */
  readonly urls: readonly string[];
  readonly tenant: TenantId;
  /** whose tree is tried; its real connection is left alone */
  readonly terminal: TerminalId;
  /** the terminal's own; none where the broker asks for none */
  readonly login: BrokerLogin;
  /** who may write downwards; without it nobody can say whether terminals are kept apart */
  readonly headquarters?: BrokerLogin;
  /** how long an answer may take */
  readonly patienceMs: number;
}

/** @returns what was found, by address, in the order in which it was tried; nothing of it touches what terminals keep there */
export async function checkBroker(options: CheckBrokerOptions): Promise<BrokerFinding[]> {
  const findings: BrokerFinding[] = [];
  for (const url of options.urls) {
    for (const code of await new BrokerCheck(url, options).run()) findings.push({ url, code });
  }
  return findings;
}

/** A median answer beyond this on a line that is otherwise fast is a broker that waits to fill packets. */
const delayedMs = 30;
const roundTrips = 9;

/** @param answersMs how long small messages took to come back @param dialMs how long the line took to open: one round trip */
export function delaysSmallPackets(answersMs: readonly number[], dialMs: number): boolean {
  const sorted = [...answersMs].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) > delayedMs + 2 * dialMs;
}

class BrokerCheck {
  readonly #url: string;
  readonly #options: CheckBrokerOptions;
  readonly #own: { readonly up: string; readonly down: string };
  readonly #foreign: { readonly up: string; readonly down: string };
  readonly #open = new Set<BrokerProbe>();

  constructor(url: string, options: CheckBrokerOptions) {
    const { tenant, terminal } = options;
    // nobody has this name, and nobody listens on these channels
    const other = `check-${randomBytes(6).toString('hex')}` as TerminalId;
    const tree = (name: TerminalId) => ({
      up: `yingbin/v1/${tenant}/up/${shardOf(name)}/${name}/check`,
      down: `yingbin/v1/${tenant}/down/${name}/check`,
    });
    this.#url = url;
    this.#options = options;
    this.#own = tree(terminal);
    this.#foreign = tree(other);
  }

  async run(): Promise<BrokerFindingCode[]> {
    try {
      const five = await this.#probe(this.#options.login, 5);
      const four = await this.#probe(this.#options.login, 4);
      if (isFailure(four)) {
        if (isFailure(five)) return [four.kind === 'refused' ? 'refused' : 'unreachable'];
        return ['connects-5', 'refuses-3-1-1'];
      }
      const best = isFailure(five) ? four : five;
      const carrying = this.#canListen() ? await this.#tryCarrying(best) : await this.#trySending(best);
      return [
        'connects-3-1-1',
        isFailure(five) ? 'only-3-1-1' : 'connects-5',
        ...(await this.#tryDoor()),
        ...carrying,
        // where nothing arrives, nothing arrives that should not
        ...(this.#canListen() && !carrying.includes('own-tree-closed') ? await this.#tryAccess() : []),
      ];
    } finally {
      await Promise.all([...this.#open].map((probe) => probe.close()));
    }
  }

  /** Who else is let in, and who can listen on the way. */
  async #tryDoor(): Promise<BrokerFindingCode[]> {
    const { login } = this.#options;
    const found: BrokerFindingCode[] = [];
    const { protocol, hostname } = new URL(this.#url);
    if (protocol === 'mqtt:' && !/^(localhost|127\..*|\[::1\])$/.test(hostname)) found.push('no-encryption');
    const { username: _username, password: _password, ...nobody } = login;
    if (!isFailure(await this.#probe(nobody, 4))) found.push('anonymous-allowed');
    else if (login.username !== undefined) {
      const guess = { ...login, password: randomBytes(9).toString('base64url') };
      if (!isFailure(await this.#probe(guess, 4))) found.push('any-password');
    }
    return found;
  }

  /** Where users are told apart, a terminal alone cannot hear what it says. */
  #canListen(): boolean {
    const { login, headquarters } = this.#options;
    return headquarters !== undefined || login.username === undefined;
  }

  async #trySending(terminal: BrokerProbe): Promise<BrokerFindingCode[]> {
    if (!(await terminal.publish(this.#own.up, Buffer.from('small')))) return ['own-tree-closed'];
    const isAllowed = (terminal.maxPacketBytes ?? maxPacketBytes) >= maxPacketBytes;
    return [...(isAllowed ? [] : (['packet-too-small'] as const)), 'access-not-tried'];
  }

  /** A terminal's own message reaches headquarters: small, large, kept and fast. */
  async #tryCarrying(terminal: BrokerProbe): Promise<BrokerFindingCode[]> {
    const listener = await this.#probe(this.#listenerLogin(), 4);
    if (isFailure(listener)) return ['refused'];
    const granted = await listener.subscribe(this.#own.up);
    if (granted === 'refused') return ['own-tree-closed'];
    if (granted === 0) return ['no-qos-1'];
    const hears = (text: string) => listener.hears(({ payload }) => payload.toString().startsWith(text));
    await terminal.publish(this.#own.up, Buffer.from('small'));
    if (!(await hears('small'))) return ['own-tree-closed'];
    const found: BrokerFindingCode[] = [];
    if (await this.#isSlow(listener, terminal)) found.push('delays-small-packets');

    const large = Buffer.alloc(maxFrameBytes, 'large');
    const isAllowed = (terminal.maxPacketBytes ?? maxPacketBytes) >= maxPacketBytes;
    const fresh = isAllowed ? await this.#probe(this.#options.login, 4) : undefined;
    // some brokers end the connection over it, so it gets one of its own
    if (fresh && !isFailure(fresh)) await fresh.publish(this.#own.up, large);
    found.push(isAllowed && (await hears('large')) ? 'carries-64-kib' : 'packet-too-small');

    await terminal.publish(this.#own.up, Buffer.from('kept'), true);
    const later = await this.#probe(this.#listenerLogin(), 4);
    const isKept =
      !isFailure(later) &&
      (await later.subscribe(this.#own.up)) !== 'refused' &&
      (await later.hears(({ payload, isRetained }) => isRetained && payload.toString() === 'kept'));
    await terminal.publish(this.#own.up, Buffer.alloc(0), true);
    found.push(isKept ? 'keeps-retained' : 'no-retained');
    return found;
  }

  async #isSlow(listener: BrokerProbe, terminal: BrokerProbe): Promise<boolean> {
    const answers: number[] = [];
    for (let n = 0; n < roundTrips; n += 1) {
      const startMs = performance.now();
      const text = `trip-${n}`;
      const isTaken = terminal.publish(this.#own.up, Buffer.from(text));
      await listener.hears(({ payload }) => payload.toString() === text);
      await isTaken;
      answers.push(performance.now() - startMs);
    }
    return delaysSmallPackets(answers, terminal.dialMs);
  }

  /** A terminal may write its own `up` and read its own `down`: nothing else. */
  async #tryAccess(): Promise<BrokerFindingCode[]> {
    const found: BrokerFindingCode[] = [];
    if (await this.#writes(this.#foreign.up)) found.push('writes-foreign-up');
    if (await this.#writes(this.#own.down)) found.push('writes-down');
    if (await this.#reads(this.#foreign.down, this.#foreign.down)) found.push('reads-foreign-down');
    if (await this.#reads(this.#foreign.up.replace(/\/up\/.*/, '/up/#'), this.#foreign.up))
      found.push('reads-up');
    return found.length > 0 ? found : ['trees-apart'];
  }

  /** Does what the terminal publishes there come out? What it may publish is sent behind it, to know when to stop waiting. */
  async #writes(topic: string): Promise<boolean> {
    const listener = await this.#probe(this.#listenerLogin(), 4);
    const terminal = await this.#probe(this.#options.login, 4);
    if (isFailure(listener) || isFailure(terminal)) return false;
    await listener.subscribe(topic);
    await listener.subscribe(this.#own.up);
    const mark = Buffer.from(randomBytes(6).toString('hex'));
    await terminal.publish(topic, mark);
    await terminal.publish(this.#own.up, mark);
    await listener.hears((message) => message.topic === topic || message.topic === this.#own.up, mark);
    return listener.heard(topic, mark);
  }

  /** Does the terminal hear what headquarters, or another terminal, says there? */
  async #reads(filter: string, topic: string): Promise<boolean> {
    const terminal = await this.#probe(this.#options.login, 4);
    const speaker = await this.#probe(this.#listenerLogin(), 4);
    if (isFailure(terminal) || isFailure(speaker)) return false;
    await terminal.subscribe(this.#own.down);
    // some brokers refuse here, others grant and never deliver, some hang up
    if ((await terminal.subscribe(filter)) === 'refused') return false;
    const mark = Buffer.from(randomBytes(6).toString('hex'));
    await speaker.publish(topic, mark);
    await speaker.publish(this.#own.down, mark);
    await terminal.hears((message) => message.topic === this.#own.down || message.topic === topic, mark);
    return terminal.heard(topic, mark);
  }

  #listenerLogin(): BrokerLogin {
    return this.#options.headquarters ?? this.#options.login;
  }

  async #probe(login: BrokerLogin, version: 4 | 5): Promise<BrokerProbe | ProbeFailure> {
    const probe = await openProbe(this.#url, login, version, this.#options.patienceMs);
    if (!isFailure(probe)) this.#open.add(probe);
    return probe;
  }
}

function isFailure(probe: BrokerProbe | ProbeFailure): probe is ProbeFailure {
  return 'kind' in probe;
}
