// A headquarters that was worked at for over a year: requests of three projects, surveys with answers, accounts of every role.
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { roles } from '../../../sync/headquarters/api/account-api.ts';
import { shippedLibrary } from '../../../sync/headquarters/service/library/shipped-library.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { makeDeveloper } from '../../demo/developer.ts';
import { seededRandom } from '../../faults/fault-plan.ts';
import { type Life, lifeRows } from '../../sync/headquarters/reports/request-lives.ts';
import {
  openTerminalEnd,
  type Running,
  runHeadquarters,
  type TerminalEnd,
} from '../../sync/headquarters/running.ts';
import { batchOf, fact, filing } from '../../sync/headquarters/world.ts';

export const password = 'vier-jahre-lang';
const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));
const hour = 3_600_000;
const tables = ['request', 'task', 'request_event', 'call_back', 'rating'] as const;

export interface LivedDesk {
  readonly hq: Running;
  readonly end: TerminalEnd;
  close(): Promise<void>;
}

export async function openLivedDesk(lives = 700): Promise<LivedDesk> {
  const options = { consoleDir, limits: { requestsPerSecond: 1_000 } };
  const fresh = await runHeadquarters({ ...options, developer: makeDeveloper(1, new Date()) });
  for (const role of roles) {
    const ports = role === 'port' ? ['engineering'] : [];
    await fresh.call('/api/accounts', {
      account: role,
      name: `${role} 账号`,
      roles: [role],
      ports,
      password,
    });
  }
  await fresh.close();
  await writeLives(fresh.folder, lives);
  const hq = await runHeadquarters({ ...options, folder: fresh.folder });
  const end = await openTerminalEnd(hq.mqttUrl);
  await askPeople(hq, end);
  return {
    hq,
    end,
    close: async () => {
      await end.close();
      await hq.remove();
    },
  };
}

async function writeLives(folder: string, count: number): Promise<void> {
  const file = join(folder, 'data', 'headquarters.sqlite');
  closeSync(openSync(file, 'r+'));
  const store = await openStore(`sqlite:${file}`);
  const random = seededRandom(7);
  const end = Date.now() - hour;
  const rows = Array.from({ length: count }, (_, n) => {
    const filed = end - Math.floor(random() ** 2 * 420 * 24 * hour);
    return lifeRows(someLife(random, end - filed), `H01-${String(n + 1).padStart(4, '0')}`, filed);
  });
  await store.transaction(async (tx) => {
    for (const table of tables)
      await store.insert(
        tx,
        table,
        rows.flatMap((life) => life[table] as never[]),
      );
  });
  await store.close();
}

const problems = shippedLibrary()
  .flatMap((row) => (row.kind === 'problem' ? [row] : []))
  .slice(0, 40);

/** @param ageMs nothing happened to it later than now */
function someLife(random: () => number, ageMs: number): Life {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const within = (most: number): number | null => {
    const ms = Math.floor(random() * most);
    return ms < ageMs ? ms : null;
  };
  const kind = pick(['repair', 'repair', 'repair', 'enquiry', 'complaint', 'praise', 'handover'] as const);
  const closed = within(random() < 0.85 ? 200 * hour : 2_000 * hour);
  return {
    kind,
    project: pick(['siji', 'siji', 'yunshan', null]),
    month: 0,
    into: 0,
    isInvalid: random() < 0.05,
    replyBy: hour / 6,
    replied: within(hour / 5),
    visitBy: kind === 'repair' ? hour : null,
    arrived: kind === 'repair' ? within(1.2 * hour) : null,
    climbed: random() < 0.12 ? within(30 * hour) : null,
    isClimbWithdrawn: false,
    isReopened: random() < 0.07,
    closed,
    outcome: pick(['solved', 'solved', 'solved', 'partly'] as const),
    tasks:
      kind === 'praise'
        ? []
        : Array.from({ length: random() < 0.2 ? 2 : 1 }, () => {
            const problem = pick(problems);
            return {
              port: pick(['engineering', 'engineering', 'design', 'property', 'sales'] as const),
              supplier:
                random() < 0.5 ? pick(['鼎盛防水工程有限公司', '华美门窗', '永安电梯'] as const) : null,
              cause:
                random() < 0.8
                  ? pick(['material', 'engineering', 'design', 'property', 'service'] as const)
                  : null,
              element: problem.element,
              problem: problem.id,
              deadline: 72 * hour,
              closed,
            };
          }),
    calls:
      closed === null
        ? []
        : [{ after: closed, verdict: pick(['solved', 'solved', 'solved', 'partly'] as const) }],
    ratings:
      closed === null
        ? []
        : (['satisfaction', 'engineering-windows', 'design-roads'] as const).map((item) => ({
            item,
            score: 2 + Math.floor(random() * 4),
            after: closed,
          })),
  };
}

/** One survey of this year that five people answered, one of them twice, and two requests of today. */
async function askPeople(hq: Running, end: TerminalEnd): Promise<void> {
  const day = 24 * hour;
  const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const { json } = await hq.call('/api/surveys', {
    name: { zh: '秋季满意度调查', en: 'Autumn survey' },
    project: 'siji',
    opensAt: at(-10 * day),
    endsAt: at(20 * day),
    audience: 'everybody',
    items: ['satisfaction', 'loyalty', 'engineering-windows', 'property-cleaning'],
  });
  const { id } = (json['survey'] ?? {}) as { id?: string };
  const answer = (member: string, score: number, text: string | null = null) => ({
    kind: 'survey-answered',
    body: {
      survey: id,
      member,
      project: 'siji',
      unit: null,
      ratings: [
        { item: 'satisfaction', score },
        { item: 'engineering-windows', score: 4 },
      ],
      text,
    },
  });
  const told = [
    answer('m0001', 5, '物业服务很好，花园也漂亮'),
    answer('m0002', 4),
    answer('m0003', 5),
    answer('m0004', 2, '停车位不够'),
    answer('m0005', 5),
    answer('m0005', 1),
    filing('m0001'),
  ];
  const facts = told.map((content, n) => ({ ...fact(n + 1, content), at: at(-hour + n * 1_000) }));
  await end.say('facts', batchOf(facts));
}
