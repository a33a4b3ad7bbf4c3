// A terminal that is retired leaves nothing, however often the power goes while it does.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeeperWord } from '../../kiosk/keeper-line.ts';
import { Retirement } from '../../provisioning/retirement.ts';
import { scratchFolder } from '../sync/scratch.ts';

/** What a terminal's folder holds, with a word in each file that must not be found afterwards. */
function terminalFolder() {
  const folder = scratchFolder();
  const lay = (path: string): void => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, 'canary');
  };
  for (const path of [
    'identity/terminal.pem',
    'identity-torn/terminal.pem',
    'data/terminal.db',
    'data/log/terminal.log',
    'keys/fleet.key',
    'revisions/3/config.json',
    'keeper.json',
    'yingbin-claim.json',
    'somebody-elses.txt',
  ])
    lay(path);
  const config = join(folder, 'config.json');
  writeFileSync(config, '{"dataDir":"data"}');
  return { folder, config };
}

function open(config: string, state: { ms: number }, system = scratchFolder()) {
  const said: KeeperWord[] = [];
  const retirement = Retirement.open({
    config,
    claimFiles: [join(config, '..', 'yingbin-claim.json')],
    monoMs: () => state.ms,
    complain: () => undefined,
    env: { RUNTIME_DIRECTORY: system },
  });
  return {
    said,
    system,
    retirement,
    hear: (kind: 'retire' | 'wipe') => retirement.hear({ kind }, (word) => said.push(word)),
  };
}

describe('a terminal that is retired', () => {
  it('S60 leaves keys, data, claim and networks behind nowhere, and what is not its own alone', () => {
    const { folder, config } = terminalFolder();
    const state = { ms: 0 };
    const it = open(config, state);
    it.hear('wipe');
    expect(it.retirement.isDue).toBe(false);
    it.hear('retire');
    it.hear('retire');
    expect(it.said).toEqual([{ kind: 'retiring' }, { kind: 'retiring' }]);
    expect(it.retirement.isDue).toBe(false);
    it.hear('wipe');
    expect(it.retirement.isDue).toBe(true);
    it.retirement.wipe();
    expect(readdirSync(folder)).toEqual(['somebody-elses.txt']);
    expect(readdirSync(it.system)).toEqual(['wifi']);
    expect(readFileSync(join(it.system, 'wifi'), 'utf8')).toBe('forget\n');
  });

  it('S60 is wiped after a while also when headquarters never says that it heard', () => {
    const { config } = terminalFolder();
    const state = { ms: 0 };
    const it = open(config, state);
    it.hear('retire');
    state.ms = 89_000;
    expect(it.retirement.isDue).toBe(false);
    state.ms = 90_000;
    expect(it.retirement.isDue).toBe(true);
  });

  it('S60 a power cut behind the mark delays it, one in the middle of the wipe is ended at the next start', () => {
    const { folder, config } = terminalFolder();
    const state = { ms: 0 };
    open(config, state).hear('retire');
    const next = open(config, state);
    expect([next.retirement.isDue, existsSync(config)]).toEqual([false, true]);
    state.ms = 90_000;
    expect(next.retirement.isDue).toBe(true);
    // the wipe had begun, and only some of it was done
    writeFileSync(join(folder, 'wiping'), '');
    open(config, { ms: 0 });
    expect(readdirSync(folder)).toEqual(['somebody-elses.txt']);
    // control: a terminal that nobody retired stays as it is
    const other = terminalFolder();
    const before = readdirSync(other.folder);
    open(other.config, state);
    expect(readdirSync(other.folder)).toEqual(before);
  });
});
