// PORT Desktop by a helper process for each need: whatever it does to itself, the daemon lives.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Desktop, DesktopCapability, DesktopOutcome } from '../desktop.ts';
import { findDesktopSession, helperEnvironment } from './desktop-session.ts';
import { type HelperAnswer, type HelperQuestion, parseHelperAnswer } from './helper-message.ts';

export interface DesktopOptions {
  /** where the session is looked for, `process.env` when not said */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `process.arch` when not said */
  readonly arch?: string;
  /** file of the helper program */
  readonly helper?: string;
  /** a helper that says nothing for this long is killed, 5,000 when not said */
  readonly answerMs?: number;
}

/** Calls that wait for the one before; more are told that it takes too long. */
const maxWaiting = 4;
/** The display may come after the daemon; it is not looked for at every call. */
const probeAgainMs = 30_000;

type Failure = Extract<DesktopOutcome<never>, { kind: 'failed' }>;
/** A question without the session, which is always the same. */
type Wish = HelperQuestion extends infer Q ? (Q extends HelperQuestion ? Omit<Q, 'session'> : never) : never;

/** Starts probing at once; without a desktop no process is ever started. */
export function openDesktop(options: DesktopOptions = {}): Desktop {
  const { env = process.env, arch = process.arch, answerMs = 5_000 } = options;
  const helper = options.helper ?? fileURLToPath(new URL('./desktop-helper.js', import.meta.url));
  const session = findDesktopSession(env, arch);
  const stopping = new AbortController();
  let capabilities: ReadonlySet<DesktopCapability> = new Set();
  let probedAt = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const askHelper = (wish: Wish): Promise<HelperAnswer | Failure> =>
    session && !stopping.signal.aborted
      ? askOnce(
          { helper, env: helperEnvironment(env), answerMs, signal: stopping.signal },
          { ...wish, session },
        )
      : Promise.resolve(failed('desktop-unavailable'));
  const probe = async (): Promise<void> => {
    probedAt = performance.now();
    const answer = await askHelper({ kind: 'probe' });
    capabilities = new Set(answer.kind === 'capabilities' ? answer.capabilities : []);
  };
  /** One helper at a time: two that move the same pointer help nobody. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done;
    return done;
  };
  const call = async <T>(
    need: DesktopCapability,
    wish: Wish,
    read: (answer: HelperAnswer) => DesktopOutcome<T>,
  ): Promise<DesktopOutcome<T>> => {
    if (!session || stopping.signal.aborted) return failed('desktop-unavailable');
    if (waiting >= maxWaiting) return failed('desktop-timeout');
    waiting += 1;
    const outcome = await inTurn(async () => {
      if (!capabilities.has(need) && performance.now() - probedAt >= probeAgainMs) await probe();
      if (!capabilities.has(need)) return failed('desktop-unavailable');
      const answer = await askHelper(wish);
      return answer.kind === 'failed' ? answer : read(answer);
    });
    waiting -= 1;
    return outcome;
  };
  const callForNothing = (need: DesktopCapability, wish: Wish): Promise<DesktopOutcome<null>> =>
    call(need, wish, ({ kind }) => (kind === 'done' ? { kind, value: null } : failedBy(kind)));

  if (session) void inTurn(probe);
  return {
    get capabilities() {
      return capabilities;
    },
    takeScreenshot: (masked) =>
      call('screenshot', { kind: 'screenshot', masked }, (answer) =>
        answer.kind === 'picture' ? { kind: 'done', value: answer.png } : failedBy(answer.kind),
      ),
    parkPointer: () => callForNothing('park-pointer', { kind: 'park-pointer' }),
    wake: () => callForNothing('wake', { kind: 'wake' }),
    close: async () => {
      stopping.abort();
      await turn;
    },
  };
}

function failed(code: Failure['code']): Failure {
  return { kind: 'failed', code };
}

/** An answer to another question comes from a helper that has lost its mind. */
function failedBy(kind: HelperAnswer['kind']): Failure {
  return failed(kind === 'unavailable' ? 'desktop-unavailable' : 'desktop-died');
}

interface HelperStart {
  readonly helper: string;
  readonly env: Record<string, string>;
  readonly answerMs: number;
  readonly signal: AbortSignal;
}

/** A helper's whole life; it is gone when this resolves. */
function askOnce(
  { helper, env, answerMs, signal }: HelperStart,
  question: HelperQuestion,
): Promise<HelperAnswer | Failure> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [helper], {
      env,
      // what native code says on its way out is for nobody
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      // its own group, so that a tool that it runs dies with it
      detached: true,
    });
    let outcome: HelperAnswer | Failure = failed('desktop-died');
    const end = () => killGroup(child);
    const impatience = setTimeout(() => {
      outcome = failed('desktop-timeout');
      end();
    }, answerMs);
    signal.addEventListener('abort', end);
    const settle = () => {
      clearTimeout(impatience);
      signal.removeEventListener('abort', end);
      resolve(outcome);
    };
    child.once('message', (message) => {
      outcome = parseHelperAnswer(message) ?? failed('desktop-died');
      end();
    });
    child.once('exit', () => {
      // a helper that crashed may have left the tool that it ran
      end();
      settle();
    });
    // could not be started, or the question could not be said: `exit` may never come
    child.once('error', () => {
      end();
      settle();
    });
    // without descriptors left there is no process and no channel: `error` is on its way
    if (child.pid !== undefined) child.send(question, () => undefined);
    if (signal.aborted) end();
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
