// How a notice leaves headquarters: e-mail by SMTP, or a signed POST, which is also how an SMS gateway is asked.
import { createHmac } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Words } from '../../contract/ids.ts';

export type ChannelName = 'smtp' | 'webhook' | 'sms';

export interface Letter {
  /** the same on every try: who gets it twice keeps one */
  readonly id: string;
  readonly address: string;
  readonly at: string;
  readonly subject: Words;
  readonly text: Words;
  readonly about: string | null;
}

export interface Channel {
  /** @returns a code of what went wrong, or undefined when it was taken; never throws */
  send(letter: Letter): Promise<string | undefined>;
  close(): void;
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS when the server offers it */
  readonly isSecure: boolean;
  readonly from: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

const timeoutMs = 10_000;

/** Both languages in one letter: whoever gets it may read either. */
export function smtpChannel({ host, port, isSecure, from, user, password }: SmtpSettings): Channel {
  const transport = createTransport({
    host,
    port,
    secure: isSecure,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
  return {
    send: async ({ id, address, subject, text }) => {
      try {
        await transport.sendMail({
          from,
          to: address,
          messageId: `<${id}@yingbin>`,
          subject: `${subject.zh} · ${subject.en}`,
          text: `${text.zh}\n\n${text.en}\n`,
        });
        return undefined;
      } catch (error) {
        return smtpProblem(error);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * POSTs `{id, at, subject, text, about}`, with `to` when one gateway serves many (SMS).
 * `Yingbin-Signature: sha256=…` is the HMAC of `{timestamp}.{body}` under the shared secret, hex.
 * @param gateway the address of all letters; each letter's own unless given
 */
export function webhookChannel(
  { secret, gateway }: { readonly secret: string; readonly gateway?: string | undefined },
  now: () => Date,
): Channel {
  return {
    send: async ({ id, address, at, subject, text, about }) => {
      const body = JSON.stringify({ id, at, subject, text, about, ...(gateway ? { to: address } : {}) });
      const timestamp = String(Math.floor(now().getTime() / 1_000));
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      try {
        const response = await fetch(gateway ?? address, {
          method: 'POST',
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/json',
            'yingbin-id': id,
            'yingbin-timestamp': timestamp,
            'yingbin-signature': `sha256=${signature}`,
          },
          body,
        });
        await response.body?.cancel();
        return response.ok ? undefined : `http-${response.status}`;
      } catch {
        return 'unreachable';
      }
    },
    close: () => {},
  };
}

function smtpProblem(error: unknown): string {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  if (typeof responseCode === 'number') return `smtp-${responseCode}`;
  return code === 'EAUTH' ? 'smtp-auth' : 'unreachable';
}
