// Row `fleet`, part 1: a table of 1,000 devices checked, and as many blank boards that come to headquarters' door, each with key, request and TLS of its own.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { ClaimFile } from '../../sync/contract/enrolment.ts';
import { deviceAnswers } from '../../sync/headquarters/api/device-api.ts';
import { type Child, childProgram } from '../faults/child.ts';
import { askDoor, blankDevice, enrol } from '../simulators/blank-device.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

const atOnce = 50;
const goals = { csvSeconds: 5, enrolSeconds: 30 };

/** Headquarters is a process of its own; all boards share another, so that both cores are busy. */
export async function fleetEnrolments({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const count = isQuick ? 100 : 1_000;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-fleet-'));
  const headquarters = headquartersWithDoor(folder);
  try {
    await headquarters.child.start();
    progress(`fleet: a table of ${count} devices`);
    const csvSeconds = await seconds(async () => {
      const { isDone, added } = await headquarters.call(
        'import',
        { csv: tableOf(count) },
        deviceAnswers.imported,
      );
      if (!isDone || added !== count) throw new Error('the table was not taken');
    });
    const terminals = Array.from({ length: count }, (_, n) => `t${n}`);
    const { claims } = await headquarters.call('claims', { terminals }, deviceAnswers.claims);
    progress(`fleet: ${count} boards enrol, ${atOnce} at once`);
    const took: number[] = [];
    const enrolSeconds = await seconds(() => enrolAll(claims, headquarters.root(), took));
    const note = `p50 ${ms(took, 50)} ms, p99 ${ms(took, 99)} ms`;
    const row = (metric: string, ours: number, against: number, note = ''): Row =>
      ratioRow({
        row: 'fleet',
        metric,
        op: '<=',
        goal: 1,
        ours,
        against: (against * count) / 1_000,
        peer: `${against} s for 1,000 on 2 cores`,
        runs: 1,
        ...(note === '' ? {} : { note }),
      });
    return [
      row('s for 1,000 rows of CSV ÷ goal', csvSeconds, goals.csvSeconds),
      row('s for 1,000 enrolments over HTTPS ÷ goal', enrolSeconds, goals.enrolSeconds, note),
    ];
  } finally {
    await headquarters.child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function enrolAll(claims: readonly ClaimFile[], root: string, took: number[]): Promise<void> {
  const waiting = claims.values();
  const worker = async (): Promise<void> => {
    for (const claim of waiting) {
      const startMs = performance.now();
      const at = { url: claim.headquarters, root };
      const answer = await enrol(at, await blankDevice(`board-of-${claim.terminal}`), claim);
      if (answer.kind !== 'enrolled') throw new Error(`${claim.terminal}: ${JSON.stringify(answer)}`);
      took.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // whoever comes with a claim that was used is turned away
  const [first] = claims;
  const late = first && (await askDoor({ url: first.headquarters, root }, '/root'));
  if (late?.status !== 200) throw new Error('the door does not answer any more');
}

function tableOf(count: number): string {
  const rows = Array.from({ length: count }, (_, n) => {
    const code = n.toString(36).toUpperCase().padStart(4, '0');
    return `t${n},${code},site-${n % 50},project-${n % 9},pi5-21,,board-of-t${n}`;
  });
  return ['terminal,code,site,project,model,ring,serial', ...rows].join('\n');
}

interface HeadquartersWithDoor {
  readonly child: Child;
  readonly root: () => string;
  call<const S extends v.GenericSchema>(path: string, body: object, schema: S): Promise<v.InferOutput<S>>;
}

function headquartersWithDoor(folder: string): HeadquartersWithDoor {
  writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
  const config = join(folder, 'headquarters.json');
  const fleet = {
    listen: { host: '127.0.0.1', port: 0 },
    names: ['localhost'],
    brokerUrls: ['mqtts://localhost:8883'],
    // all boards come from one address
    requestsPerMinute: 1_000_000,
  };
  const keys = { fleetKeyFile: 'fleet.key', apiTokenFile: 'api.token', keysFile: 'headquarters.keys' };
  const rest = {
    v: 1,
    tenant: 'bench',
    dataDir: 'data',
    http: { port: 0 },
    broker: { kind: 'embedded', port: 0 },
  };
  writeFileSync(config, JSON.stringify({ ...rest, ...keys, fleet }));
  let url = '';
  const child = childProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL('../../sync/headquarters/main.js', import.meta.url)), '--config', config],
    isReady: (line) => {
      url = /"http":"([^"]+)"/.exec(line)?.[1] ?? url;
      return line.includes('"ready":true');
    },
  });
  return {
    child,
    root: () => {
      const text = readFileSync(join(folder, 'fleet-root.pem'), 'utf8');
      return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0] ?? '';
    },
    call: async (path, body, schema) => {
      const token = readFileSync(join(folder, 'api.token'), 'utf8').trim();
      const response = await fetch(`${url}/api/fleet/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return v.parse(schema, await response.json());
    },
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1_000;
}

function ms(values: readonly number[], percent: number): number {
  return Math.round(percentile(values, percent));
}
