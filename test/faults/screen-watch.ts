// Watches a terminal's screen as a browser would, to learn what it confirmed to the person in front.
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { parseShow } from '../../kiosk/screen.ts';

export interface ScreenWatch {
  /**
   * @param act what should make the terminal record something
   * @param done called when it did, or when the wait is over
   * @returns the id that a new screen confirmed, or undefined when none came within 2 s
   */
  confirmationAfter(act: () => void, done: () => void): Promise<string | undefined>;
  /** undefined when the terminal does not answer */
  health(): Promise<
    { readonly waitingFacts: number; readonly datasets: Readonly<Record<string, number>> } | undefined
  >;
  untilDataArrived(): Promise<void>;
  close(): void;
}

const waitMs = 2_000;

/** @param addressFile where the terminal writes the address of its screen */
export function openScreen(addressFile: string): ScreenWatch {
  let socket: WebSocket | undefined;
  let confirmed: string | null = null;
  let onConfirmed: ((id: string | undefined) => void) | undefined;

  const address = (): URL => new URL(readFileSync(addressFile, 'utf8').trim());
  const cookie = (url: URL): string => `yingbin-screen-${url.port}=${url.searchParams.get('token') ?? ''}`;
  const drop = (): void => {
    socket?.terminate();
    socket = undefined;
    onConfirmed?.(undefined);
  };
  /** Resolves with the first screen of a connection, so that what it confirms is not taken for an answer. */
  const connect = async (): Promise<boolean> => {
    const url = address();
    const fresh = new WebSocket(`ws://${url.host}/ws`, {
      headers: { cookie: cookie(url), origin: url.origin },
      handshakeTimeout: waitMs,
    });
    socket = fresh;
    return new Promise((resolve) => {
      const timer = setTimeout(() => fresh.terminate(), waitMs);
      fresh.on('error', () => fresh.terminate());
      fresh.on('close', () => {
        clearTimeout(timer);
        if (socket === fresh) drop();
        resolve(false);
      });
      fresh.on('message', (data) => {
        clearTimeout(timer);
        const { confirms } = parseShow(String(data)) ?? { confirms: null };
        if (confirms !== null && confirms !== confirmed) onConfirmed?.(confirms);
        confirmed = confirms ?? confirmed;
        resolve(true);
      });
    });
  };

  const watch: ScreenWatch = {
    async confirmationAfter(act, done) {
      if (!socket && !(await connect())) return undefined;
      const answer = new Promise<string | undefined>((resolve) => {
        onConfirmed = resolve;
      });
      const timer = setTimeout(drop, waitMs);
      act();
      const id = await answer;
      clearTimeout(timer);
      onConfirmed = undefined;
      done();
      return id;
    },
    async health() {
      try {
        const url = address();
        const answer = await fetch(new URL('/health', url), {
          headers: { cookie: cookie(url) },
          signal: AbortSignal.timeout(waitMs),
        });
        return answer.ok ? ((await answer.json()) as Awaited<ReturnType<ScreenWatch['health']>>) : undefined;
      } catch {
        return undefined;
      }
    },
    async untilDataArrived() {
      for (;;) {
        const { members = 0, events = 0 } = (await watch.health())?.datasets ?? {};
        if (members > 0 && events > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    close: () => drop(),
  };
  return watch;
}
