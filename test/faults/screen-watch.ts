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
  return new BrowserlessScreen(addressFile);
}

class BrowserlessScreen implements ScreenWatch {
  readonly #addressFile: string;
  #socket: WebSocket | undefined;
  #confirmed: string | null = null;
  #onConfirmed: ((id: string | undefined) => void) | undefined;

  constructor(addressFile: string) {
    this.#addressFile = addressFile;
  }

  async confirmationAfter(act: () => void, done: () => void): Promise<string | undefined> {
    if (!this.#socket && !(await this.#connect())) return undefined;
    const answer = new Promise<string | undefined>((resolve) => {
      this.#onConfirmed = resolve;
    });
    const timer = setTimeout(() => this.close(), waitMs);
    act();
    const id = await answer;
    clearTimeout(timer);
    this.#onConfirmed = undefined;
    done();
    return id;
  }

  async health(): ReturnType<ScreenWatch['health']> {
    try {
      const url = this.#address();
      const answer = await fetch(new URL('/health', url), {
        headers: { cookie: cookieOf(url) },
        signal: AbortSignal.timeout(waitMs),
      });
      return answer.ok ? ((await answer.json()) as Awaited<ReturnType<ScreenWatch['health']>>) : undefined;
    } catch {
      return undefined;
    }
  }

  async untilDataArrived(): Promise<void> {
    for (;;) {
      const { members = 0, events = 0 } = (await this.health())?.datasets ?? {};
      if (members > 0 && events > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Also after a silence: a screen that is late must not be taken for the answer to the next swipe. */
  close(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
    this.#onConfirmed?.(undefined);
  }

  /** Resolves with the first screen of a connection, so that what it confirms is not taken for an answer. */
  #connect(): Promise<boolean> {
    const url = this.#address();
    const fresh = new WebSocket(`ws://${url.host}/ws`, {
      headers: { cookie: cookieOf(url), origin: url.origin },
      handshakeTimeout: waitMs,
    });
    this.#socket = fresh;
    return new Promise((resolve) => {
      const timer = setTimeout(() => fresh.terminate(), waitMs);
      fresh.on('error', () => fresh.terminate());
      fresh.on('close', () => {
        clearTimeout(timer);
        if (this.#socket === fresh) this.close();
        resolve(false);
      });
      fresh.on('message', (data) => {
        clearTimeout(timer);
        this.#take(parseShow(String(data))?.confirms ?? null);
        resolve(true);
      });
    });
  }

  #take(confirms: string | null): void {
    if (confirms === null || confirms === this.#confirmed) return;
    this.#confirmed = confirms;
    this.#onConfirmed?.(confirms);
  }

  #address(): URL {
    return new URL(readFileSync(this.#addressFile, 'utf8').trim());
  }
}

function cookieOf(url: URL): string {
  return `yingbin-screen-${url.port}=${url.searchParams.get('token') ?? ''}`;
}
