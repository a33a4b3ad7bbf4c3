// Six digits sent to a telephone: whoever can read them out has it in their hands.
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Notices } from '../notices/notices.ts';
import type { Store, Tx } from '../store/store.ts';

export const codeMinutes = 5;
export const codeTries = 5;
const lockMs = 15 * 60_000;
/** one code a minute, and so many an hour */
const againMs = 60_000;
const mostAnHour = 5;
const hourMs = 3_600_000;

export type SentCode =
  | { readonly outcome: 'sent'; readonly until: string }
  | { readonly outcome: 'too-soon' | 'locked'; readonly until: string };
export type CheckedCode =
  | { readonly outcome: 'right' | 'expired' }
  | { readonly outcome: 'wrong'; readonly triesLeft: number }
  | { readonly outcome: 'locked'; readonly until: string };

export class PhoneCodes {
  readonly #store: Store;
  readonly #notices: Notices;
  readonly #now: () => Date;
  readonly #makeCode: () => string;

  /** @param makeCode another source of digits, for tests */
  constructor(store: Store, notices: Notices, now: () => Date, makeCode: () => string = sixDigits) {
    this.#store = store;
    this.#notices = notices;
    this.#now = now;
    this.#makeCode = makeCode;
  }

  /** A new code replaces the one before it, but not how often somebody was wrong. */
  async send(phone: string): Promise<SentCode> {
    return await this.#store.transaction(async (tx) => {
      const nowMs = this.#now().getTime();
      const before = await this.#row(tx, phone);
      const lockedMs = Date.parse(before?.locked_until ?? '') || 0;
      if (lockedMs > nowMs) return { outcome: 'locked', until: instant(lockedMs) };
      const sent = (JSON.parse(before?.sent ?? '[]') as number[]).filter((ms) => ms > nowMs - hourMs);
      const [newest, oldest] = [sent.at(-1), sent[0]];
      if (newest !== undefined && newest + againMs > nowMs) {
        return { outcome: 'too-soon', until: instant(newest + againMs) };
      }
      if (oldest !== undefined && sent.length >= mostAnHour) {
        return { outcome: 'too-soon', until: instant(oldest + hourMs) };
      }
      const code = this.#makeCode();
      const until = instant(nowMs + codeMinutes * 60_000);
      const row = {
        phone,
        hash: hashOf(phone, code),
        at: instant(nowMs),
        expires_at: until,
        wrong: lockedMs > 0 ? 0 : (before?.wrong ?? 0),
        locked_until: null,
        sent: JSON.stringify([...sent, nowMs]),
      };
      await this.#store.insert(tx, 'phone_code', [row], { onConflict: { keys: ['phone'] } });
      await this.#notices.queue(tx, [codeNotice(phone, code, nowMs)]);
      return { outcome: 'sent', until };
    });
  }

  /** A right code is used up; five wrong ones lock the telephone for a quarter of an hour. */
  async check(phone: string, code: string): Promise<CheckedCode> {
    return await this.#store.transaction(async (tx) => {
      const nowMs = this.#now().getTime();
      const row = await this.#row(tx, phone);
      if (!row) return { outcome: 'expired' };
      const lockedMs = Date.parse(row.locked_until ?? '') || 0;
      if (lockedMs > nowMs) return { outcome: 'locked', until: instant(lockedMs) };
      if (row.hash === '' || Date.parse(row.expires_at) <= nowMs) return { outcome: 'expired' };
      if (timingSafeEqual(Buffer.from(row.hash), Buffer.from(hashOf(phone, code)))) {
        await this.#set(tx, phone, { hash: '', wrong: 0, locked_until: null });
        return { outcome: 'right' };
      }
      const wrong = row.wrong + 1;
      if (wrong < codeTries) {
        await this.#set(tx, phone, { wrong });
        return { outcome: 'wrong', triesLeft: codeTries - wrong };
      }
      const until = instant(nowMs + lockMs);
      await this.#set(tx, phone, { hash: '', wrong: 0, locked_until: until });
      return { outcome: 'locked', until };
    });
  }

  async #row(tx: Tx, phone: string) {
    const query = tx.selectFrom('phone_code').selectAll().where('phone', '=', phone);
    return await this.#store.locked(query).executeTakeFirst();
  }

  async #set(
    tx: Tx,
    phone: string,
    values: { readonly hash?: string; readonly wrong?: number; readonly locked_until?: string | null },
  ): Promise<void> {
    await tx.updateTable('phone_code').set(values).where('phone', '=', phone).execute();
  }
}

function codeNotice(phone: string, code: string, nowMs: number) {
  return {
    key: `phone-code/${phone}/${nowMs}`,
    to: { kind: 'phone', phone },
    subject: { zh: '验证码', en: 'Your code' },
    text: {
      zh: `验证码 ${code}，${codeMinutes} 分钟内有效，请勿告诉他人。`,
      en: `Your code is ${code}. It is good for ${codeMinutes} minutes. Tell nobody.`,
    },
    about: null,
  } as const;
}

function sixDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

function hashOf(phone: string, code: string): string {
  return createHash('sha256').update(`yingbin code v1|${phone}|${code}`).digest('hex');
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
