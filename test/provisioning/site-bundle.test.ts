// `yingbin site bundle` as IT runs it: built by one program, taken in by another, every refusal by its code.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf, readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { programs, runProgram } from '../journeys/program-run.ts';
import { smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { scratchFolder } from '../sync/scratch.ts';

const yingbin = fileURLToPath(new URL('../../dist/provisioning/yingbin.js', import.meta.url));
const fleetKey = Buffer.alloc(32, 7);

function setUp() {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'fleet.key'), fleetKey.toString('hex'), { mode: 0o600 });
  writeFileSync(join(folder, 'developer.json'), JSON.stringify(smallDeveloper()));
  const headquarters = join(folder, 'headquarters.json');
  const config = {
    v: 1,
    tenant: 'test',
    dataDir: 'headquarters',
    http: { port: 0 },
    broker: { kind: 'embedded', port: 0 },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'api.token',
    keysFile: 'headquarters.keys',
  };
  writeFileSync(headquarters, JSON.stringify(config), { mode: 0o600 });
  const terminal = (project: string) =>
    writeTerminal({
      folder: join(folder, `terminal-${project}`),
      fleetKey,
      config: {
        v: 1,
        tenant: 'test',
        terminal: `hall-${project}`,
        code: 'H01',
        site: { name: { zh: '售楼处', en: 'Hall' }, project, helpPhone: '400' },
        dataDir: 'data',
        bundles: 'bundles',
        screen: { port: 0 },
        broker: { url: 'mqtt://127.0.0.1:1' },
        headquarters: publicKeysOf(readOrMakeKeys(join(folder, 'headquarters.keys'))),
        reader: null,
        printer: null,
        panel: null,
      },
    });
  const bundle = join(folder, 'siji.yingbin-site');
  const build = (site: string) =>
    runProgram(yingbin, 'site-bundle', 'build', '--config', headquarters, '--site', site, '--out', bundle)
      .ended;
  const apply = (file: string, to: string) =>
    runProgram(yingbin, 'site-bundle', 'apply', '--config', to, file).ended;
  return { folder, headquarters, terminal, bundle, build, apply };
}

describe('yingbin site bundle', () => {
  it('D22 builds one file, and a terminal without a network takes it in once, saying how far it is', async () => {
    const { folder, headquarters, terminal, bundle, build, apply } = setUp();
    const serving = runProgram(
      programs.headquarters,
      ...['--config', headquarters, '--import', join(folder, 'developer.json')],
    );
    await serving.ready;
    serving.kill('SIGTERM');
    await serving.ended;
    expect((await build('nowhere')).lines.at(-1)).toMatch(/hq-bundle-failed.*no project nowhere/);
    const built = await build('siji');
    expect([built.code, JSON.parse(built.out)]).toEqual([
      0,
      { siteBundle: bundle, bytes: readFileSync(bundle).length },
    ]);
    const config = terminal('siji');
    const first = await apply(bundle, config);
    expect([first.code, JSON.parse(first.out)]).toMatchObject([0, { isNew: true, site: 'siji' }]);
    expect(first.lines.at(-1)).toBe('100 %');
    expect(JSON.parse((await apply(bundle, config)).out)).toMatchObject({ isNew: false });

    const damaged = join(folder, 'damaged.yingbin-site');
    const bytes = readFileSync(bundle);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
    writeFileSync(damaged, bytes);
    const other = terminal('other');
    const blank = { ...JSON.parse(readFileSync(config, 'utf8')), dataDir: 'blank' };
    writeFileSync(`${config}.blank`, JSON.stringify(blank), { mode: 0o600 });
    const refused = await apply(damaged, `${config}.blank`);
    const foreign = await apply(bundle, other);
    expect([refused.code, foreign.code]).toEqual([1, 1]);
    expect(foreign.lines.at(-1)).toMatch(/^sync-bundle-foreign: .*site\.project/);
    expect(refused.lines.at(-1)).toMatch(/^sync-bundle-damaged: /);
  }, 60_000);

  it('D22 one found in the folder at start is taken in; one that is refused is said once, and it serves on', async () => {
    const { folder, headquarters, terminal, bundle, build, apply } = setUp();
    const serving = runProgram(
      programs.headquarters,
      ...['--config', headquarters, '--import', join(folder, 'developer.json')],
    );
    await serving.ready;
    serving.kill('SIGTERM');
    await serving.ended;
    await build('siji');
    const config = terminal('siji');
    const stick = join(folder, 'terminal-siji', 'bundles');
    mkdirSync(stick);
    writeFileSync(join(stick, 'a.yingbin-site'), readFileSync(bundle).subarray(0, -1));
    writeFileSync(join(stick, 'b.yingbin-site'), readFileSync(bundle));
    writeFileSync(join(stick, 'notes.txt'), 'not for a terminal');
    const running = runProgram(programs.terminal, '--config', config);
    await running.ready;
    await expect.poll(() => running.log, { timeout: 15_000 }).toContain('site bundle taken in');
    expect(running.log.match(/sync-bundle-damaged/g)).toHaveLength(1);
    expect(running.log).not.toContain('notes');
    const busy = await apply(bundle, config);
    expect([busy.code, busy.lines.at(-1)]).toEqual([2, expect.stringMatching(/^sync-store-busy: /)]);
    running.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  }, 60_000);
});
