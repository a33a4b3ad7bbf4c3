// Reads what `iw dev … scan` says: the networks around, one a name, the strongest first.

export interface FoundNetwork {
  readonly ssid: string;
  readonly bars: 1 | 2 | 3 | 4;
  /** `sae`: a key, as WPA3 takes it; `other`: a lock that a key alone does not open (WEP, 802.1X) */
  readonly lock: 'none' | 'key' | 'sae' | 'other';
}

/** a screen's worth */
const mostFound = 30;

export function wifiScan(text: string): readonly FoundNetwork[] {
  const found = text
    .split(/^BSS /m)
    .slice(1)
    .flatMap((part) => {
      const ssid = ssidOf(/^\s*SSID: (.*)$/m.exec(part)?.[1] ?? '');
      const dbm = Number(/^\s*signal: (-?\d+(?:\.\d+)?) dBm/m.exec(part)?.[1] ?? Number.NaN);
      return ssid === undefined || Number.isNaN(dbm) ? [] : [{ ssid, dbm, lock: lockOf(part) }];
    })
    .sort((a, b) => b.dbm - a.dbm);
  const strongest = new Map<string, FoundNetwork>();
  for (const { ssid, dbm, lock } of found)
    if (!strongest.has(ssid)) strongest.set(ssid, { ssid, bars: barsOf(dbm), lock });
  return [...strongest.values()].slice(0, mostFound);
}

function lockOf(part: string): FoundNetwork['lock'] {
  const suites = [...part.matchAll(/Authentication suites: (.*)$/gm)]
    .map(([, names]) => names ?? '')
    .join(' ');
  if (/\bPSK\b/.test(suites)) return 'key';
  if (/\bSAE\b/.test(suites)) return 'sae';
  return suites !== '' || /capability:.*\bPrivacy\b/.test(part) ? 'other' : 'none';
}

function barsOf(dbm: number): FoundNetwork['bars'] {
  if (dbm >= -55) return 4;
  if (dbm >= -67) return 3;
  return dbm >= -78 ? 2 : 1;
}

/** `iw` writes every byte that is no plain letter as `\xHH`. @returns undefined for a hidden one, or no UTF-8 */
function ssidOf(written: string): string | undefined {
  const bytes: number[] = [];
  for (const [, hex, plain] of written.matchAll(/\\x([0-9a-f]{2})|([^\\]|\\)/g)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else bytes.push(...Buffer.from(plain ?? '', 'utf8'));
  }
  if (bytes.length === 0 || bytes.length > 32 || bytes.every((byte) => byte === 0)) return undefined;
  try {
    const ssid = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    // what could not be told apart on a screen is not offered
    return /^[^\p{C}]+$/u.test(ssid) ? ssid : undefined;
  } catch {
    return undefined;
  }
}
