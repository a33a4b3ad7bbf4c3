// Tells systemd that the keeper serves and is alive: Node has no datagram socket of that kind, so systemd's own program does.
import { execFile } from 'node:child_process';

export interface ServiceNotice {
  /** it is up; only the first counts */
  ready(): void;
  /** it is alive: to be called often, said twice in each of systemd's patiences */
  alive(nowMs: number): void;
}

/** Says nothing where no service manager listens. */
export function serviceNotice(env: Readonly<Record<string, string | undefined>>): ServiceNotice {
  if (!env['NOTIFY_SOCKET']) return { ready: () => undefined, alive: () => undefined };
  const everyMs = Number(env['WATCHDOG_USEC'] ?? 0) / 2_000;
  let isReady = false;
  let saidMs = 0;
  // that it cannot be said is what the watchdog is for
  const say = (word: string): void => void execFile('systemd-notify', [word], () => undefined);
  return {
    ready() {
      if (isReady) return;
      isReady = true;
      say('--ready');
    },
    alive(nowMs) {
      if (everyMs === 0 || nowMs - saidMs < everyMs) return;
      saidMs = nowMs;
      say('WATCHDOG=1');
    },
  };
}
