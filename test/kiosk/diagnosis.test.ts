// A terminal that looks at itself: every check, also on a machine that says nothing, and nothing of a person in the report (S43).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../kiosk/config.ts';
import { runDiagnosis } from '../../kiosk/diagnosis/run-diagnosis.ts';
import { noteRollback, noteStart } from '../../kiosk/diagnosis/terminal-checks.ts';
import { LogRing } from '../../kiosk/log-ring.ts';
import { checkNames, diagnosisSchema, maxDiagnosisBytes } from '../../sync/contract/diagnosis.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { someKeys } from '../sync/some-keys.ts';

const someConfig = {
  v: 1,
  tenant: 'lanting',
  terminal: 'hall-01',
  code: 'H01',
  site: { name: { zh: '兰亭', en: 'Lanting' }, project: null, helpPhone: '400' },
  screen: { port: 0 },
  broker: { url: 'mqtt://127.0.0.1:1883' },
  headquarters: publicKeysOf(someKeys),
  fleetKeyFile: 'fleet.key',
  reader: null,
  printer: null,
  panel: null,
};
const now = new Date('2026-03-01T12:00:00.000Z');

function setUp({ celsius = 50, freeKb = 500_000 } = {}) {
  const root = scratchFolder();
  const lay = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  lay('sys/class/hwmon/hwmon0/name', 'rpi_volt\n');
  lay('sys/class/hwmon/hwmon0/in0_lcrit_alarm', '0\n');
  lay('sys/class/thermal/thermal_zone0/temp', `${celsius * 1_000}\n`);
  lay('proc/meminfo', `MemTotal: 900000 kB\nMemAvailable: ${freeKb} kB\n`);
  lay('proc/mounts', '/dev/root / ext4 ro,relatime 0 0\n/dev/data /tmp ext4 rw,relatime 0 0\n');
  lay('sys/class/drm/card0-HDMI-A-1/status', 'connected\n');
  lay('sys/class/drm/card0-HDMI-A-1/modes', '1080x1920\n');
  const dataDir = scratchFolder();
  const log = LogRing.open(join(dataDir, 'log', 'terminal.log'));
  const config = parseConfig(JSON.stringify({ ...someConfig, dataDir }), 'config.json');
  const parts = {
    config,
    version: '1.2.3',
    health: { devices: [], link: 'online' as const },
    clock: { doubt: () => null, isSynced: () => true },
    now: () => now,
    paintMs: async () => 20,
    waiting: () => ({ facts: 0, slips: 0, oldestMs: null }),
    log,
    root,
  };
  return { parts, log, dataDir };
}

const stateOf = (report: { checks: readonly { check: string; state: string }[] }, name: string) =>
  report.checks.find(({ check }) => check === name)?.state;

describe('a diagnosis', () => {
  it('looks at more than 18 things, each once and in order, within 30 s and 2 MB', async () => {
    const { parts, log } = setUp();
    for (let n = 0; n < 2_000; n += 1) log.write(`{"n":${n},"msg":"${'x'.repeat(300)}"}\n`);
    const report = await runDiagnosis(parts);
    expect(v.parse(diagnosisSchema, report)).toEqual(report);
    expect(report.checks.map(({ check }) => check)).toEqual(checkNames);
    expect(report.checks.length).toBeGreaterThanOrEqual(18);
    expect(report.tookMs).toBeLessThan(30_000);
    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(maxDiagnosisBytes);
    expect([stateOf(report, 'under-voltage'), stateOf(report, 'data-partition')]).toEqual(['ok', 'ok']);
  });

  it('says what is amiss: heat, memory, a screen that does not draw, old facts, a rollback, many starts', async () => {
    const { parts, dataDir } = setUp({ celsius: 90, freeKb: 60_000 });
    noteRollback(dataDir, { at: now.toISOString(), rev: 7, code: 'screen-not-painted' });
    for (let n = 0; n < 5; n += 1) noteStart(dataDir, now);
    const report = await runDiagnosis({
      ...parts,
      paintMs: async () => undefined,
      waiting: () => ({ facts: 900, slips: 9, oldestMs: 25 * 3_600_000 }),
    });
    const wanted = {
      temperature: 'bad',
      memory: 'care',
      'screen-paint': 'bad',
      'oldest-fact': 'bad',
      'waiting-facts': 'care',
      release: 'care',
      services: 'care',
    };
    for (const [check, state] of Object.entries(wanted))
      expect([check, stateOf(report, check)]).toEqual([check, state]);
  });

  it('S43 holds no number of a card or telephone, whatever was logged', async () => {
    const { parts, log } = setUp();
    log.write('{"card":"6222021234567890","phone":"13812345678"}\n');
    const text = JSON.stringify(await runDiagnosis(parts));
    expect(text).not.toMatch(/6222021234567890|13812345678/);
    // control: what is short stays, so that the log is of use
    expect(text).toContain('62…90');
  });

  it('goes on where one look fails, and says which', async () => {
    const { parts } = setUp();
    const report = await runDiagnosis({ ...parts, paintMs: () => Promise.reject(new Error('broken')) });
    expect(report.checks.find(({ check }) => check === 'screen-paint')).toMatchObject({
      state: 'bad',
      code: 'check-failed',
    });
    expect(report.checks).toHaveLength(checkNames.length);
  });
});
