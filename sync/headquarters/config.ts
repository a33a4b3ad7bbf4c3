// The file that says how this headquarters is set up, and its parser.
// Everything that waits, queues or buffers has its limit here.
import * as v from 'valibot';
import { cardWidths } from '../contract/card-token.ts';
import { brokerUrls, ms, path, port, readConfigText, timeZone } from '../contract/config-file.ts';
import { tenantIdSchema } from '../contract/ids.ts';
import { photoPageRowSchema } from '../contract/library.ts';
import { factorPolicies } from './accounts/second-factors.ts';
import { brokerAccessSchema } from './fleet/broker-access/access-config.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { noticeConfigSchema } from './notices/notice-config.ts';

const count = (preset: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000)), preset);

const hostName = v.pipe(
  v.string(),
  v.regex(/^(?=.{1,253}$)[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'must be a DNS name or an IP address'),
);

/** How releases reach terminals; rings and their sizes are no setting. */
const rolloutsSchema = v.strictObject({
  /** `second-person`: nobody is offered a release before another account agreed */
  approval: v.optional(v.picklist(['none', 'second-person']), 'none'),
  /** how long a ring must have served with it before the next begins */
  soakMs: ms(3_600_000),
  /** a terminal that is away for three of them while it is tried has failed */
  heartbeatMs: ms(60_000, 1_000),
  /** to fetch a release and to try it */
  applyMs: ms(1_800_000, 1_000),
});
export const rolloutPresets = v.parse(rolloutsSchema, {});

const configSchema = v.strictObject({
  v: v.literal(1),
  tenant: tenantIdSchema,
  /** where the embedded database stands */
  dataDir: path,
  /** a PostgreSQL database instead; the file holds its `postgres://…`, mode 0600 */
  store: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('sqlite') }),
      v.strictObject({ kind: v.literal('postgres'), urlFile: path }),
    ]),
    { kind: 'sqlite' },
  ),
  /** the API and the console page, on 127.0.0.1 only; 0 = any free port */
  http: v.strictObject({ port }),
  broker: v.variant('kind', [
    v.strictObject({
      kind: v.literal('embedded'),
      port,
      /** where terminals come with their certificates; then `port` is headquarters' alone */
      tls: v.optional(
        v.strictObject({
          host: v.pipe(v.string(), v.minLength(1)),
          port,
          /** DNS names and IP addresses by which terminals reach it */
          names: v.pipe(v.array(hostName), v.minLength(1), v.maxLength(20)),
        }),
      ),
    }),
    v.strictObject({
      kind: v.literal('external'),
      url: brokerUrls,
      username: v.optional(v.string()),
      /** file with the password, mode 0600 */
      passwordFile: v.optional(path),
      /** by what means it is told who may speak on it; left out = by hand */
      access: v.optional(brokerAccessSchema),
    }),
  ]),
  /** backups that headquarters makes by itself; `folder` is better on another disk, for then facts in it are safe */
  backup: v.optional(
    v.strictObject({
      folder: path,
      everyMs: ms(3_600_000, 1_000),
      /** how many are kept */
      keep: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)), 48),
    }),
  ),
  /** how notices leave headquarters; without it they stand in the console's inbox only */
  notices: v.optional(noticeConfigSchema, {}),
  /** `replica`: facts are safe when every standby of PostgreSQL has them on disk */
  safety: v.optional(v.picklist(['backup', 'replica']), 'backup'),
  /** fleet key for card tokens and PINs: 32 bytes as 64 hex digits, mode 0600 */
  fleetKeyFile: path,
  /** how many low bits of a proximity card's identity the whole fleet goes by; the same on every terminal */
  cardWidth: v.optional(v.picklist(cardWidths), 'all'),
  /** bearer token of the API, mode 0600; made when missing */
  apiTokenFile: path,
  /** headquarters' own key pairs, mode 0600; made when missing. Worth a backup of its own: terminals know no other */
  keysFile: path,
  timeZone,
  /** who must show the codes of an authenticator app besides the password: nobody, `it`, or all; anybody may */
  accounts: v.optional(
    v.strictObject({ secondFactor: v.optional(v.picklist(factorPolicies), 'offered') }),
    {},
  ),
  /** the door at which terminals get their identity and releases, over TLS of our own root; left out = none */
  fleet: v.optional(
    v.strictObject({
      listen: v.strictObject({ host: v.pipe(v.string(), v.minLength(1)), port }),
      /** DNS names and IP addresses by which terminals reach it; the first stands in claims */
      names: v.pipe(v.array(hostName), v.minLength(1), v.maxLength(20)),
      /** as it stands in claims, when a gateway gives the port another number */
      publicPort: v.optional(v.pipe(port, v.minValue(1))),
      /** where an enrolled terminal finds the broker */
      brokerUrls,
      /** who may sign a release: Ed25519, base64 */
      releaseKeys: v.optional(
        v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/))), v.maxLength(2)),
        [],
      ),
      /** from one address, and of one terminal; twenty times as many from all */
      requestsPerMinute: count(120),
    }),
  ),
  /** whom to tell of a weakness, `mailto:…` or `https://…`: told at `/.well-known/security.txt`; left out = not told */
  securityContact: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(200),
      v.regex(/^(mailto:|https:\/\/)[\x21-\x7e]+$/, 'must be mailto:… or https://…'),
    ),
  ),
  /** numbers about the fleet for a Prometheus, at `/metrics` beside the API; left out = none */
  metrics: v.optional(
    v.strictObject({
      /** bearer token that opens them and nothing else, mode 0600; made when missing */
      tokenFile: path,
    }),
  ),
  /** where owners' telephones add pictures to a request; left out = nowhere */
  photos: v.optional(
    v.strictObject({
      /** what a proxy with a certificate forwards to */
      listen: v.strictObject({ host: v.pipe(v.string(), v.minLength(1)), port }),
      /** what stands in the codes, without a slash at its end */
      publicUrl: photoPageRowSchema.entries.url,
      /** how long after filing */
      days: count(30),
      perRequest: count(8),
      maxBytes: count(12_582_912),
      /** from one address, and ten times as many from all */
      requestsPerMinute: count(120),
    }),
  ),
  rollouts: v.optional(rolloutsSchema, {}),
  limits: v.optional(
    v.strictObject({
      /** how long changes gather before the manifest tells of them */
      manifestDelayMs: ms(50),
      manifestEveryMs: ms(10_000, 100),
      /** of dataset chunks, to all terminals together */
      chunkBytesPerSecond: count(20_000_000),
      /** how often orders that are due are looked for, besides whenever one is given or a terminal comes */
      ordersEveryMs: ms(1_000, 50),
      /** how often the leader of several processes looks whether another one published something */
      changesEveryMs: ms(250, 20),
      connectTimeoutMs: ms(10_000, 100),
      keepAliveMs: ms(30_000, 1_000),
      reconnectMinMs: ms(200, 10),
      reconnectMaxMs: ms(5_000, 10),
      /** of several workers, how long one may be silent before others take over what it holds */
      leaseMs: ms(10_000, 500),
      stopTimeoutMs: ms(1_500, 100),
      requestsPerSecond: count(100),
      /** wrong tokens in a minute before all are refused for the rest of it */
      wrongTokensPerMinute: count(30),
      requestBytes: count(65_536),
      /** of a whole sheet that somebody brings in: a list, the library, purchases */
      importBytes: count(8_388_608),
      /** rows of one sheet with the list of a session */
      rosterRows: count(20_000),
      /** messages of terminals that wait to be dealt with, of one and of all; what is over it is sent again */
      messagesWaitingPerTerminal: count(64),
      messagesWaiting: count(2_000),
      /** of one terminal, over a long time; what is over it waits its turn */
      messagesPerSecondPerTerminal: count(200),
      /** unreadable frames that are kept for a look, newest win */
      keptFrames: count(1_000),
      /** how long a moved request can be moved back */
      undoMs: ms(30_000),
    }),
    {},
  ),
});
export type HeadquartersConfig = v.InferOutput<typeof configSchema>;

/**
 * @param text the file's content
 * @param file its name, for the error's sentence
 * @throws HeadquartersError hq-config-not-json | hq-config-wrong
 */
export function parseHeadquartersConfig(text: string, file: string): HeadquartersConfig {
  const read = readConfigText(configSchema, text, file);
  switch (read.kind) {
    case 'read':
      return read.config;
    case 'not-json':
      throw new HeadquartersError('hq-config-not-json', read.msg, { cause: read.cause });
    case 'wrong':
      throw new HeadquartersError('hq-config-wrong', read.msg);
  }
}
