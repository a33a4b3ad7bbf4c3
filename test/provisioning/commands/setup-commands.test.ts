// `yingbin init`, `broker-config` and `image`: a headquarters that starts with what was made, and a broker that takes it.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHeadquartersConfig } from '../../../sync/headquarters/config.ts';
import { startHeadquarters } from '../../../sync/headquarters/headquarters.ts';
import { freePort, spawnMosquitto, untilListening } from '../../simulators/mosquitto.ts';
import { scratchFolder } from '../../sync/scratch.ts';
import { yingbin } from './run-command.ts';

const built = new URL('../../../dist/sync/headquarters/fleet/setup-main.js', import.meta.url);
if (!existsSync(built)) throw new Error(`${built.pathname} is missing: npm run build`);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function ports(): Promise<string[]> {
  const names = ['--broker-port', '--loopback-port', '--door-port', '--http-port'];
  const args: string[] = [];
  for (const name of names) args.push(name, String(await freePort()));
  return args;
}

describe('yingbin init', () => {
  it('S7 makes a headquarters that starts, private, once, and shows on trial what it would make', async () => {
    const folder = join(scratchFolder(), 'fleet');
    const args = ['init', '--folder', folder, '--tenant', 'acme', '--name', 'localhost', ...(await ports())];
    const trial = await yingbin([...args, '--dry-run', '--language', 'zh']);
    expect([trial.code, trial.out.match(/新/g)?.length, existsSync(folder)]).toEqual([0, 5, false]);
    expect(await yingbin(args)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Back this folder up'),
    });
    const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    for (const name of readdirSync(folder))
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    const again = await yingbin([...args, '--json']);
    const { files } = JSON.parse(again.out) as { files: { isNew: boolean }[] };
    expect([again.code, files.map(({ isNew }) => isNew)]).toEqual([0, [false, false, false, false, false]]);
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])).toEqual(
      before,
    );
    const config = parseHeadquartersConfig(readFileSync(join(folder, 'headquarters.json'), 'utf8'), 'test');
    const hq = await startHeadquarters(config, {
      log: quiet,
      baseDir: folder,
      consoleDir: join(folder, 'none'),
    });
    const asked = ['--headquarters', hq.httpUrl, '--token-file', join(folder, 'api.token')];
    expect((await yingbin(['list', ...asked])).code).toBe(0);
    await hq.close();
  });

  it('S14 makes a mosquitto that takes headquarters, and keeps its passwords when its certificate is renewed', async () => {
    const folder = join(scratchFolder(), 'fleet');
    const args = [
      'init',
      '--folder',
      folder,
      '--tenant',
      'acme',
      '--name',
      'localhost',
      '--broker',
      'mosquitto',
    ];
    const given = await ports();
    expect((await yingbin([...args, ...given])).code).toBe(0);
    const broker = join(folder, 'broker');
    const conf = join(broker, 'mosquitto.conf');
    const textOf = (name: string): string => readFileSync(join(broker, name), 'utf8');
    const before = { password: textOf('headquarters.password'), certificate: textOf('broker.pem') };
    const renewed = await yingbin([
      ...['broker-config', '--config', join(folder, 'headquarters.json'), '--out', broker],
      ...given.slice(0, 4),
    ]);
    expect([renewed.code, renewed.out]).toMatchObject([0, expect.stringContaining('"kind": "mosquitto"')]);
    expect(textOf('headquarters.password')).toBe(before.password);
    expect(textOf('broker.pem')).not.toBe(before.certificate);
    // Debian's mosquitto gives up root for a user that may not read the folder
    if (process.getuid?.() === 0) writeFileSync(conf, `${readFileSync(conf, 'utf8')}user root\n`);
    const child = await spawnMosquitto(conf);
    try {
      await untilListening(Number(given[3]), child);
      const config = parseHeadquartersConfig(readFileSync(join(folder, 'headquarters.json'), 'utf8'), 'test');
      const hq = await startHeadquarters(config, {
        log: quiet,
        baseDir: folder,
        consoleDir: join(folder, 'none'),
      });
      const health = async () => {
        const answer = await fetch(`${hq.httpUrl}/api/health`, {
          headers: { authorization: `Bearer ${hq.token}` },
        });
        return ((await answer.json()) as { status: string }).status;
      };
      await expect.poll(health, { timeout: 60_000 }).toBe('ok');
      await hq.close();
    } finally {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
    }
  });

  it('writes EMQX’s files as well, and refuses a wrong plan before a byte is written', async () => {
    const folder = join(scratchFolder(), 'fleet');
    const args = ['init', '--folder', folder, '--tenant', 'acme', '--name', 'hq.example'];
    for (const wrong of [
      ['--name', 'a b'],
      ['--release-key', 'x'],
      ['--broker', 'rabbit'],
      ['--tenant', 'a/b'],
      ['--door-port', '0'],
    ])
      expect([wrong, (await yingbin([...args, ...wrong])).code]).toEqual([wrong, 2]);
    for (const less of [
      ['init'],
      ['init', '--folder', folder],
      args.slice(0, 5),
      ['broker-config'],
      ['broker-config', '--config', 'x'],
    ])
      expect([less, (await yingbin(less)).code]).toEqual([less, 2]);
    expect(
      (await yingbin(['broker-config', '--config', '/nonexistent', '--out', folder, '--json'])).code,
    ).toBe(2);
    expect(existsSync(folder)).toBe(false);
    expect((await yingbin([...args, '--broker', 'emqx'])).out).toContain('emqx.conf');
    expect(readFileSync(join(folder, 'broker', 'emqx.conf'), 'utf8')).toContain('verify_peer');
  });
});

describe('yingbin image', () => {
  it('hands what was said to the script, and refuses half an order', async () => {
    const folder = scratchFolder();
    const args = ['image', '--arch', 'arm64', '--release', folder, '--out', folder];
    const trial = await yingbin([...args, '--data-mib', '300', '--dry-run']);
    expect([trial.code, trial.out]).toMatchObject([
      0,
      expect.stringContaining(`--out ${folder} --data-mib 300`),
    ]);
    expect((await yingbin([...args, '--arch', 'mips'])).code).toBe(2);
    expect((await yingbin(args.slice(0, 5))).code).toBe(2);
    expect(
      (await yingbin(['image', '--arch', 'arm64', '--release', '/nonexistent', '--out', folder])).code,
    ).toBe(2);
    expect((await yingbin([...args, '--data-mib', 'many'])).code).toBe(2);
  });
});
