// `yingbin broker-check`: tries a broker and says what to change.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { type Config, ConfigError } from '../kiosk/config.ts';
import { tenantIdSchema, terminalIdSchema } from '../sync/contract/ids.ts';
import { brokerFindingText } from './broker-finding-text.ts';
import type { BrokerLogin } from './broker-probe.ts';
import { type BrokerFinding, brokerFindings, checkBroker } from './check-broker.ts';
import type { CommandLanguage } from './command-words.ts';

/** Options as the command line gives them; what is missing is taken from the config. */
export interface BrokerCheckArguments {
  readonly url: readonly string[];
  readonly tenant?: string | undefined;
  readonly terminal?: string | undefined;
  readonly username?: string | undefined;
  readonly 'password-file'?: string | undefined;
  readonly 'headquarters-username'?: string | undefined;
  readonly 'headquarters-password-file'?: string | undefined;
  /** PEM files, for mqtts */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface BrokerCheckOptions {
  readonly arguments: BrokerCheckArguments;
  readonly config: Config | null;
  /** paths in the config are relative to it */
  readonly configFile: string | undefined;
  readonly asJson: boolean;
  readonly language: CommandLanguage;
  readonly write: (text: string) => void;
  readonly patienceMs: number;
}

/**
 * @returns 0 all is well, 1 something must be changed
 * @throws ConfigError when an argument or a file cannot be used
 */
export async function runBrokerCheck(options: BrokerCheckOptions): Promise<number> {
  const { arguments: given, config, asJson, write } = options;
  const urls = given.url.length > 0 ? given.url : [config?.broker.url ?? []].flat();
  if (urls.length === 0)
    throw new ConfigError('config-wrong', 'Say which broker: --url mqtt://host:port or --config FILE.');
  for (const url of urls) {
    if (!/^mqtts?:\/\/[^\s/:]+:\d{1,5}$/.test(url))
      throw new ConfigError('config-wrong', `--url ${url} must be mqtt://host:port or mqtts://host:port.`);
  }
  const username = given.username ?? config?.broker.username;
  const terminal = given.terminal ?? config?.terminal ?? username ?? 'broker-check';
  const headquarters = given['headquarters-username'];
  const findings = await checkBroker({
    urls,
    tenant: nameOf(tenantIdSchema, given.tenant ?? config?.tenant ?? 'broker-check', '--tenant'),
    terminal: nameOf(terminalIdSchema, terminal, '--terminal'),
    login: login(given, username, given['password-file'] ?? configuredPasswordFile(options)),
    ...(headquarters === undefined
      ? {}
      : { headquarters: login(given, headquarters, given['headquarters-password-file']) }),
    patienceMs: options.patienceMs,
  });
  write(
    asJson
      ? `${JSON.stringify({ findings: findings.map(withLevel) }, null, 2)}\n`
      : report(findings, options),
  );
  return findings.some(({ code }) => brokerFindings[code] === 'care') ? 1 : 0;
}

function configuredPasswordFile({ config, configFile = '.' }: BrokerCheckOptions): string | undefined {
  const file = config?.broker.passwordFile;
  return file === undefined ? undefined : resolve(dirname(configFile), file);
}

const signs = { fine: '✓', care: '✗', hint: '·' } as const;

function report(findings: readonly BrokerFinding[], { language }: BrokerCheckOptions): string {
  const lines: string[] = [];
  let last: string | undefined;
  for (const { url, code } of findings) {
    if (url !== last) lines.push(url);
    last = url;
    lines.push(`  ${signs[brokerFindings[code]]} ${code}: ${brokerFindingText[language][code]}`);
  }
  return `${lines.join('\n')}\n`;
}

function withLevel(finding: BrokerFinding) {
  return { ...finding, level: brokerFindings[finding.code] };
}

function login(
  { ca, cert, key }: BrokerCheckArguments,
  username: string | undefined,
  passwordFile: string | undefined,
): BrokerLogin {
  const tls = {
    ...(ca === undefined ? {} : { ca: readText(ca) }),
    ...(cert === undefined ? {} : { cert: readText(cert) }),
    ...(key === undefined ? {} : { key: readText(key) }),
  };
  return {
    ...(username === undefined ? {} : { username }),
    ...(passwordFile === undefined ? {} : { password: readText(passwordFile).trim() }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError('config-unreadable', `${file} cannot be read; check the path and the rights.`, {
      cause,
    });
  }
}

function nameOf<const S extends v.GenericSchema<string, unknown>>(
  schema: S,
  name: string,
  key: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, name);
  if (!result.success)
    throw new ConfigError('config-wrong', `${key} ${name} must be 1–40 letters, digits, - or _.`);
  return result.output;
}
