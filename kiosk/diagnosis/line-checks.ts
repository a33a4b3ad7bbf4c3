// How the way to headquarters is: names, the door, the broker, the certificate, the clock.
import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { isIP } from 'node:net';
import type { Check } from '../../sync/contract/diagnosis.ts';
import type { Config } from '../config.ts';
import type { CertificateMark } from '../remote/remote-works.ts';

const dayMs = 24 * 3_600_000;
/** it renews itself a month ahead: later something is amiss */
const leastDays = 20;
const answerMs = 8_000;

export async function nameService({ headquarters, broker }: Config): Promise<Check> {
  const check = 'name-service';
  const hosts = [headquarters.door, ...[broker.url].flat()].flatMap((url) =>
    url === undefined ? [] : [new URL(url).hostname],
  );
  const names = [...new Set(hosts)].filter((host) => isIP(host.replace(/^\[|\]$/g, '')) === 0);
  // addresses need no names
  if (names.length === 0) return { check, state: 'none', code: null, values: {} };
  const beganMs = performance.now();
  const unknown = await Promise.all(
    names.map((name) =>
      lookup(name).then(
        () => 0,
        () => 1,
      ),
    ),
  );
  const missing = unknown.reduce<number>((sum, one) => sum + one, 0);
  const values = { names: names.length, unknown: missing, ms: Math.round(performance.now() - beganMs) };
  return missing === 0
    ? { check, state: 'ok', code: null, values }
    : { check, state: 'bad', code: 'name-unknown', values };
}

/** Asks the door for what it tells anybody, believing the pinned root alone. */
export function headquarters({ headquarters: { door }, broker: { tls } }: Config): Promise<Check> {
  const check = 'headquarters';
  if (door === undefined || !tls) return Promise.resolve({ check, state: 'none', code: null, values: {} });
  const beganMs = performance.now();
  return new Promise((resolve) => {
    const bad = (code: string): void => resolve({ check, state: 'bad', code, values: {} });
    try {
      const asking = request(
        `${door}/root`,
        { ca: readFileSync(tls.rootFile), agent: false, signal: AbortSignal.timeout(answerMs) },
        (response) => {
          response.resume();
          const values = { status: response.statusCode ?? 0, ms: Math.round(performance.now() - beganMs) };
          if (values.status === 200) resolve({ check, state: 'ok', code: null, values });
          else resolve({ check, state: 'bad', code: 'headquarters-fault', values });
        },
      );
      asking.once('error', (error: NodeJS.ErrnoException) =>
        bad(/CERT|SIGNED|SSL|ALTNAME/.test(error.code ?? '') ? 'headquarters-foreign' : 'headquarters-away'),
      );
      asking.end();
    } catch {
      bad('root-unreadable');
    }
  });
}

export function broker(link: 'online' | 'offline'): Check {
  return link === 'online'
    ? { check: 'broker', state: 'ok', code: null, values: {} }
    : { check: 'broker', state: 'bad', code: 'offline', values: {} };
}

export function certificate(config: Config, now: Date): Check {
  const check = 'certificate';
  if (!config.broker.tls) return { check, state: 'none', code: null, values: {} };
  const mark = certificateMark(config);
  if (!mark) return { check, state: 'bad', code: 'certificate-unreadable', values: {} };
  const days = Math.floor((Date.parse(mark.notAfter) - now.getTime()) / dayMs);
  const values = { days, serial: mark.serial };
  if (days >= leastDays) return { check, state: 'ok', code: null, values };
  return days >= 0
    ? { check, state: 'care', code: 'certificate-ends', values }
    : { check, state: 'bad', code: 'certificate-over', values };
}

/** Of the certificate in use; undefined when there is none, or it cannot be read. */
export function certificateMark({ broker: { tls } }: Config): CertificateMark | undefined {
  if (!tls) return undefined;
  try {
    const pem = readFileSync(tls.certificateFile, 'utf8');
    const read = new X509Certificate(pem.slice(Math.max(0, pem.indexOf('-----BEGIN CERTIFICATE-----'))));
    return {
      serial: read.serialNumber.toLowerCase(),
      notAfter: new Date(read.validTo).toISOString(),
    };
  } catch {
    return undefined;
  }
}

export function clock(doubt: 'behind' | 'off' | null, isSynced: boolean): Check {
  const check = 'clock';
  const values = { isSynced };
  if (doubt !== null) return { check, state: 'bad', code: `clock-${doubt}`, values };
  return { check, state: 'ok', code: null, values };
}
