// The secret that a page must know to be this terminal's screen: new at every boot of the machine, kept over restarts
// of the process, so that the browser in front of a visitor survives a crash of the terminal.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// cookies know no ports: two terminals on one machine must not overwrite each other's
const cookieName = (port: number): string => `yingbin-screen-${port}`;

export class BootToken {
  readonly #token: string;

  private constructor(token: string) {
    this.#token = token;
  }

  /**
   * Takes the token of this boot from `runDir`, or makes one there (mode 0600).
   * @param boot id of this boot of the machine
   */
  static open(runDir: string, boot: string): BootToken {
    mkdirSync(runDir, { recursive: true, mode: 0o700 });
    const file = join(runDir, 'screen-token');
    try {
      const [ofBoot, token] = readFileSync(file, 'utf8').trim().split(' ');
      if (ofBoot === boot && token && /^[\w-]{43}$/.test(token)) return new BootToken(token);
    } catch {
      // none yet: the first start after a boot
    }
    const token = randomBytes(32).toString('base64url');
    writeFileSync(file, `${boot} ${token}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    return new BootToken(token);
  }

  /** The address a browser is started with; it carries the token, so it goes to nobody else. */
  addressOn(port: number): string {
    return `http://127.0.0.1:${port}/?token=${this.#token}`;
  }

  cookie(port: number): string {
    return `${cookieName(port)}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  matches(offered: string): boolean {
    const given = Buffer.from(offered);
    const kept = Buffer.from(this.#token);
    return given.length === kept.length && timingSafeEqual(given, kept);
  }

  /** Is the token among the cookies of a request? */
  isIn(cookies: string | undefined, port: number): boolean {
    return (cookies ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .some(([name, value]) => name === cookieName(port) && value !== undefined && this.matches(value));
  }
}
