// Makes a terminal out of a blank board: key, claim, certificate, line to the broker, config. It explains itself step by
// step, survives a power cut between any two of them, and never gives up.
import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { BoardSigns } from '../device/board.ts';
import type {
  ClaimFile,
  DoorFile,
  Enrolled,
  EnrolProgress,
  EnrolRefusal,
  EnrolStep,
} from '../sync/contract/enrolment.ts';
import { certificateRequest } from './certificate-request.ts';
import { dropWipedClaim, readStartPaper, type StartPaper, wipeClaim } from './claim-file.ts';
import type { ClockFloor } from './clock-floor.ts';
import { askDoor, DoorError, type DoorLine, fetchRoot } from './door-line.ts';
import type { EnrolCode } from './enrol-words.ts';
import { certificateHash, type Identity, type NextKey, type Pair } from './identity.ts';
import { type LineProof, proveLine } from './line-proof.ts';

/** For the screen: `pending` is the code that a person lets it in by. */
export interface EnrolNews extends EnrolProgress {
  readonly code: EnrolCode | null;
  readonly pending: string | null;
}

export interface EnrolOptions {
  readonly identity: Identity;
  /** looked at again and again: a person may bring another */
  readonly claimFile: string;
  readonly board: BoardSigns;
  readonly boot: string;
  readonly version: string;
  readonly floor: ClockFloor;
  /** the machine's clock */
  readonly now: () => Date;
  /** the line works: write what the terminal starts with; may be called again */
  readonly keep: (answer: Enrolled) => void;
  readonly tell: (news: EnrolNews) => void;
  /** resolves early when it is aborted */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** 0 … 1 */
  readonly random?: () => number;
  /** how long anybody may take to answer */
  readonly patienceMs?: number;
}

const patienceMs = 15_000;
const lookMs = 2_000;
/** While a person is awaited they stand here: soon. What no waiting mends is asked again seldom. */
const pauses = {
  pending: { minMs: 3_000, maxMs: 15_000 },
  refused: { minMs: 30_000, maxMs: 3_600_000 },
  passing: { minMs: 1_000, maxMs: 60_000 },
} as const;
/** The claim is good for nothing more; a person may still let the terminal in by its code. */
const deadClaim: ReadonlySet<EnrolRefusal> = new Set([
  'claim-wrong',
  'claim-used',
  'claim-expired',
  'claim-locked',
]);

/** @returns the pair that the terminal serves with; undefined when it was aborted before there was one */
export async function enrol(options: EnrolOptions): Promise<Pair | undefined> {
  return await new Enrolling(options).run();
}

class Enrolling {
  readonly #options: EnrolOptions;
  #attempts = 0;
  #lastCode = '';
  #pending: string | null = null;
  /** what was found here instead of an identity, or why the claim is dead: said while a person is awaited */
  #reason: DoorError['code'] | null = null;
  /** of a claim that was refused: it is not tried again */
  #deadPaper = '';

  constructor(options: EnrolOptions) {
    this.#options = options;
  }

  async run(): Promise<Pair | undefined> {
    const { identity, board, signal } = this.#options;
    while (!signal.aborted) {
      const paper = this.#paper();
      let current: Pair | null = null;
      try {
        this.#lookAround();
        current = identity.kindOn(board) === 'enrolled' ? identity.current() : null;
        const isNew = paper.kind === 'claim' && textOf(paper) !== identity.usedClaim();
        if (current && !isNew) {
          // a power cut came between the switch and this
          if (paper.kind === 'claim') wipeClaim(this.#options.claimFile);
          else dropWipedClaim(this.#options.claimFile);
          return current;
        }
        return await this.#attempt(paper);
      } catch (error) {
        if (signal.aborted) return undefined;
        // another claim that does not work keeps no terminal from serving
        if (current) return current;
        const setback = error instanceof DoorError ? error : writeSetback(error);
        this.#tell(setback.step, isWaiting(setback.code) ? 'waiting' : 'failed', setback.code);
        await this.#pause(setback.code, textOf(paper));
      }
    }
    return undefined;
  }

  /** What is not ours is put out of the way; where the door is stays known. */
  #lookAround(): void {
    const { identity, board } = this.#options;
    const kind = identity.kindOn(board);
    if (kind !== 'foreign' && kind !== 'torn' && kind !== 'left') return;
    this.#reason = `identity-${kind}`;
    const [door, root] = [identity.door(), identity.root()];
    identity.setAside(kind);
    if (door && certificateHash(root) === door.root) identity.keepDoor(door, root);
  }

  async #attempt(paper: StartPaper): Promise<Pair> {
    const { identity, board, now } = this.#options;
    const door = this.#doorOf(paper);
    const line = this.#line(door);
    await this.#reach(door);
    this.#step('tls');
    const root = await this.#rootOf(line);
    this.#step('claim');
    let next = identity.next();
    if (next?.pair && next.pair.notAfter <= now()) next = null;
    next ??= identity.makeNext(board);
    const pair = next.pair ?? (await this.#sign(line, root, paper, next));
    await this.#prove(pair, root);
    const answer = identity.answer();
    if (!answer) throw new DoorError('sign', 'certificate-wrong');
    this.#options.keep(answer);
    if (paper.kind === 'claim') identity.noteClaim(textOf(paper));
    identity.promote();
    if (paper.kind === 'claim') wipeClaim(this.#options.claimFile);
    this.#tell('broker', 'done', null);
    return pair;
  }

  #doorOf(paper: StartPaper): DoorFile {
    this.#step('network');
    if (paper.kind === 'claim') return doorOf(paper.claim);
    const door = paper.kind === 'door' ? paper.door : this.#options.identity.door();
    if (door) return door;
    throw new DoorError('network', paper.kind === 'wrong' ? 'start-paper-wrong' : 'start-paper-missing');
  }

  async #reach({ headquarters }: DoorFile): Promise<void> {
    const { hostname } = new URL(headquarters);
    const isOutside = Object.values(networkInterfaces()).some((all) =>
      all?.some(({ internal }) => !internal),
    );
    const isHere = hostname === 'localhost' || hostname.startsWith('127.');
    if (!isOutside && !isHere) throw new DoorError('network', 'network-none');
    this.#step('name');
    await lookup(hostname.replace(/^\[|\]$/g, '')).catch((cause: unknown) => {
      throw new DoorError('name', 'name-unknown', { cause });
    });
    this.#step('clock');
    const { floor, now } = this.#options;
    if (!floor.isSane(now())) throw new DoorError('clock', 'clock-behind');
  }

  async #rootOf(line: DoorLine): Promise<string> {
    const { identity } = this.#options;
    const known = identity.root();
    if (certificateHash(known) === line.door.root) {
      if (identity.door()?.headquarters !== line.door.headquarters) identity.keepDoor(line.door, known);
      return known;
    }
    const root = await fetchRoot(line);
    identity.keepDoor(line.door, root);
    return root;
  }

  async #sign(line: DoorLine, root: string, paper: StartPaper, next: NextKey): Promise<Pair> {
    const { identity, board, boot, version } = this.#options;
    const claim = paper.kind === 'claim' && textOf(paper) !== this.#deadPaper ? paper.claim : null;
    const ask = {
      v: 1,
      terminal: claim?.terminal ?? null,
      claim: claim?.claim ?? null,
      csr: certificateRequest(next.privateKey, claim?.terminal ?? 'blank'),
      board,
      boot,
      version,
    };
    const answer = await askDoor(line, '/enrol', ask, { root, pair: null });
    switch (answer.kind) {
      case 'pending':
        this.#pending = answer.code;
        throw new DoorError('claim', this.#reason ?? 'approval-awaited');
      case 'refused':
        if (claim && deadClaim.has(answer.code)) {
          this.#deadPaper = textOf(paper);
          this.#reason = answer.code;
        }
        throw new DoorError('claim', answer.code);
      case 'enrolled': {
        this.#step('sign');
        const isAsked = claim === null || claim.terminal === answer.terminal;
        const isRoot = certificateHash(answer.root) === line.door.root;
        const pair = isAsked && isRoot ? identity.keepNext(next, answer) : undefined;
        if (!pair) throw new DoorError('sign', 'certificate-wrong');
        this.#pending = null;
        return pair;
      }
    }
  }

  async #prove(pair: Pair, root: string): Promise<void> {
    const { identity, patienceMs: ms = patienceMs } = this.#options;
    this.#step('broker');
    const urls = identity.answer()?.broker ?? [];
    const proof: LineProof = await proveLine(urls, { pair, root, patienceMs: ms });
    if (proof !== 'proven') throw new DoorError('broker', `broker-${proof}`);
  }

  #line(door: DoorFile): DoorLine {
    const { patienceMs: ms = patienceMs, signal } = this.#options;
    return { door, patienceMs: ms, signal };
  }

  #step(step: EnrolStep): void {
    this.#tell(step, 'now', null);
  }

  #tell(step: EnrolStep, state: EnrolProgress['state'], code: DoorError['code'] | null): void {
    this.#options.tell({ step, state, code, pending: this.#pending });
  }

  /** Ends early when a person brought another claim file. */
  async #pause(code: DoorError['code'], text: string): Promise<void> {
    const { random = Math.random, wait, signal, identity } = this.#options;
    if (code !== this.#lastCode) this.#attempts = 0;
    this.#lastCode = code;
    // the claim is dead, so the next attempt asks for a person at once
    const isDeadNow = this.#deadPaper === text && this.#pending === null && this.#attempts === 0;
    const { minMs, maxMs } = isDeadNow ? pauses.passing : this.#pausesOf(code);
    const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(this.#attempts, 20));
    this.#attempts += 1;
    let leftMs = ceiling * (0.5 + random() / 2);
    while (leftMs > 0 && !signal.aborted) {
      await wait(Math.min(lookMs, leftMs), signal);
      leftMs -= lookMs;
      if (textOf(this.#paper()) === text) continue;
      // the certificate that does not work may be of the claim before
      if (code === 'broker-refused') identity.forgetNext();
      this.#attempts = 0;
      this.#reason = null;
      this.#pending = null;
      return;
    }
  }

  #pausesOf(code: DoorError['code']) {
    if (this.#pending !== null || code === 'start-paper-missing' || code === 'clock-behind')
      return pauses.pending;
    return isPassing(code) ? pauses.passing : pauses.refused;
  }

  #paper(): StartPaper {
    return readStartPaper(this.#options.claimFile);
  }
}

/** A person, or time, has to do something; nothing is wrong. */
function isWaiting(code: DoorError['code']): boolean {
  return code === 'approval-awaited' || code === 'clock-behind';
}

/** It may mend by itself. */
function isPassing(code: DoorError['code']): boolean {
  return !/^(claim-|board-|request-|not-let-in|terminal-|certificate-|start-paper-wrong)/.test(code);
}

function doorOf({ headquarters, root }: ClaimFile): DoorFile {
  return { v: 1, headquarters, root };
}

/** Names a paper without holding its secret. */
function textOf(paper: StartPaper): string {
  return createHash('sha256').update(JSON.stringify(paper)).digest('hex');
}

function writeSetback(cause: unknown): DoorError {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw cause;
  return new DoorError('sign', 'identity-unwritable', { cause });
}
