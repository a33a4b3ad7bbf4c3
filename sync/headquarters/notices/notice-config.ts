// The part of headquarters' config that says how notices go out, and the channels that it makes.
import * as v from 'valibot';
import { path } from '../../contract/config-file.ts';
import { roles } from '../api/account-api.ts';
import { readSecret } from '../secrets.ts';
import { smtpChannel, webhookChannel } from './channel.ts';
import type { NoticeWays } from './deliveries.ts';

const address = v.pipe(v.string(), v.email());
const url = v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//, 'must begin with http:// or https://'));

export const noticeConfigSchema = v.strictObject({
  smtp: v.optional(
    v.strictObject({
      host: v.pipe(v.string(), v.minLength(1)),
      port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
      /** TLS from the first byte (port 465) */
      secure: v.optional(v.boolean(), false),
      from: address,
      user: v.optional(v.string()),
      /** file with the password, mode 0600 */
      passwordFile: v.optional(path),
    }),
  ),
  /** signed POSTs to the addresses of accounts and roles; the file holds the shared secret, mode 0600 */
  webhook: v.optional(v.strictObject({ secretFile: path })),
  /** the gateway that sends short messages: one signed POST each, `to` is the number */
  sms: v.optional(v.strictObject({ url, secretFile: path })),
  /** addresses of whole roles */
  roles: v.optional(
    v.record(v.picklist(roles), v.strictObject({ email: v.optional(address), webhook: v.optional(url) })),
    {},
  ),
});
export type NoticeConfig = v.InferOutput<typeof noticeConfigSchema>;

/**
 * @param at what a path of the config means
 * @throws HeadquartersError hq-secret-unreadable
 */
export function noticeWays(
  { smtp, webhook, sms, roles: shared }: NoticeConfig,
  at: (path: string) => string,
  now: () => Date,
): NoticeWays {
  const secret = (file: string, key: string): string => readSecret(at(file), key);
  return {
    roles: shared,
    channels: {
      ...(smtp
        ? {
            smtp: smtpChannel({
              host: smtp.host,
              port: smtp.port,
              isSecure: smtp.secure,
              from: smtp.from,
              user: smtp.user,
              password:
                smtp.passwordFile === undefined
                  ? undefined
                  : secret(smtp.passwordFile, 'notices.smtp.passwordFile'),
            }),
          }
        : {}),
      ...(webhook
        ? {
            webhook: webhookChannel(
              { secret: secret(webhook.secretFile, 'notices.webhook.secretFile') },
              now,
            ),
          }
        : {}),
      ...(sms
        ? {
            sms: webhookChannel(
              { secret: secret(sms.secretFile, 'notices.sms.secretFile'), gateway: sms.url },
              now,
            ),
          }
        : {}),
    },
  };
}
