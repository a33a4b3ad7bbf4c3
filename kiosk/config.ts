// CONTRACT with provisioning: the file that says what this terminal is, and its parser.
import * as v from 'valibot';
import { path, port, readConfigText, realPort } from '../sync/contract/config-file.ts';
import {
  brokerSetup,
  devicesSetup,
  displaySetup,
  limitsSetup,
  siteSetup,
} from '../sync/contract/terminal-setup.ts';

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1–40 letters, digits, - or _'));
/** 32 bytes */
const key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64'));

const configSchema = v.strictObject({
  v: v.literal(1),
  tenant: name,
  /** this terminal's name in topics, logs and at headquarters */
  terminal: name,
  /** what its request numbers start with: `H01` */
  code: v.pipe(v.string(), v.regex(/^[A-Z0-9]{2,6}$/, 'must be 2–6 capital letters or digits')),
  site: siteSetup,
  /** where the terminal keeps its database, settings and run-time files; relative to this file */
  dataDir: path,
  /** folder that is looked at for site bundles, a mounted USB stick for example; left out = none is */
  bundles: v.optional(path),
  screen: v.strictObject({
    port,
    /** left out = its size is not known */
    display: v.optional(displaySetup, null),
  }),
  broker: v.strictObject({
    ...brokerSetup.entries,
    username: v.optional(v.string()),
    /** file with the password, mode 0600 */
    passwordFile: v.optional(path),
    /**
     * PEM files for `mqtts`: nobody but who is of this root is believed, and the terminal shows its certificate; its name
     * there is its client id. Key and certificate may be one file. Read anew for each connection: renewal replaces them.
     */
    tls: v.optional(v.strictObject({ rootFile: path, certificateFile: path, keyFile: path })),
  }),
  /** the public keys of this fleet's headquarters, as it says them in its log when it is ready */
  headquarters: v.strictObject({
    /** facts are sealed to it: nobody else can read what waits here (X25519) */
    sealKey: key,
    /** what headquarters says is signed with its other half (Ed25519) */
    signKey: key,
    /** who may sign a release (Ed25519): two, so that one can announce the other's successor; none = no release is taken */
    releaseKeys: v.optional(v.pipe(v.array(key), v.maxLength(2)), []),
    /** where releases are fetched, over `broker.tls`; left out = only from a stick or by hand */
    door: v.optional(
      v.pipe(v.string(), v.regex(/^https:\/\/[^\s/:]+:\d{1,5}$/, 'must be https://host:port'), realPort),
    ),
  }),
  /** fleet key for card tokens and PINs: 32 bytes as 64 hex digits, mode 0600 */
  fleetKeyFile: path,
  /** how many low bits of a proximity card's identity the whole fleet goes by; the same at headquarters */
  cardWidth: v.optional(v.picklist(['all', 32, 24]), 'all'),
  ...devicesSetup.entries,
  maintenance: v.optional(
    v.strictObject({
      /** file with the PIN that opens the maintenance screen, 6–8 digits, mode 0600, sealed at the first start; without it the screen stays shut */
      pinFile: v.optional(path),
    }),
    {},
  ),
  wifi: v.optional(
    v.strictObject({
      /** whose rules the radio keeps (ISO 3166-1) */
      country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be two capital letters')), 'CN'),
    }),
    {},
  ),
  limits: v.optional(limitsSetup, {}),
});

export type Config = v.InferOutput<typeof configSchema>;

/** A config that cannot be used: one sentence that names the key and says what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: 'config-unreadable' | 'config-not-json' | 'config-wrong';
  constructor(code: ConfigError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * @param text the file's content
 * @param file its name, for the error's sentence
 * @throws ConfigError config-not-json | config-wrong
 */
export function parseConfig(text: string, file: string): Config {
  const read = readConfigText(configSchema, text, file);
  switch (read.kind) {
    case 'read':
      return read.config;
    case 'not-json':
      throw new ConfigError('config-not-json', read.msg, { cause: read.cause });
    case 'wrong':
      throw new ConfigError('config-wrong', read.msg);
  }
}
