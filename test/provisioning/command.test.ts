// The `yingbin` command: what it prints, and how it ends.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../provisioning/commands/yingbin-command.ts';
import { scratchFolder } from '../sync/scratch.ts';

const program = fileURLToPath(new URL('../../dist/provisioning/yingbin.js', import.meta.url));
if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`);

async function run(...args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const status = await runCommand(args, {
    write: (text) => {
      stdout += text;
    },
    complain: (text) => {
      stderr += text;
    },
    env: {},
    signal: new AbortController().signal,
  });
  return { status, stdout, stderr };
}

describe('yingbin', () => {
  it('prints the shipped rules, with another group and further devices when asked', async () => {
    const shipped = readFileSync(
      new URL('../../provisioning/udev/70-yingbin.rules', import.meta.url),
      'utf8',
    );
    expect(await run('udev')).toMatchObject({ status: 0, stdout: shipped });
    const { stdout } = await run('udev', '--group', 'hall', '--for', 'FFFF:0035:keyboard');
    expect(stdout).toContain(
      'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="ffff", ATTRS{idProduct}=="0035", GROUP="hall", MODE="0660"',
    );
    expect(stdout).not.toContain('GROUP="kiosk"');
  });

  it('shows one name of each command, and takes the one from before', async () => {
    for (const language of ['zh', 'en']) {
      const { stdout } = await run('--help', '--language', language);
      expect(stdout).toMatch(/^ {2}print-test .*\n/m);
      expect(stdout).toMatch(/^ {2}site .*\n/m);
      expect(stdout).not.toMatch(/test-slip|site-bundle/);
    }
    expect((await run('site', '--help', '--language', 'en')).stdout).toMatch(/^ {2}bundle /m);
    for (const [former, now] of [
      [['test-slip'], ['print-test']],
      [
        ['site-bundle', 'build', '--config', 'x'],
        ['site', 'bundle', 'build', '--config', 'x'],
      ],
    ] as const)
      expect(await run(...former)).toEqual(await run(...now));
  });

  it('is a program', () => {
    expect(() => accessSync(program, constants.X_OK)).not.toThrow();
    const { status, stdout } = spawnSync(process.execPath, [program, 'udev'], { encoding: 'utf8' });
    expect([status, stdout.startsWith('# Lets the terminal')]).toEqual([0, true]);
  });

  it('looks at this machine, whatever is plugged in', async () => {
    const { status, stdout } = await run('doctor', '--json');
    expect([0, 1]).toContain(status);
    expect(JSON.parse(stdout)).toMatchObject({ devices: expect.any(Array), findings: expect.any(Array) });
    expect((await run('doctor', '--language', 'zh')).stdout).toContain('已接入的设备');
  });

  it('ends with 2 on wrong arguments and on a config that is none, and says which', async () => {
    const bad = join(scratchFolder(), 'config.json');
    writeFileSync(bad, '{"v": 1}');
    for (const [args, part] of [
      [['doctr'], 'doctr is no command'],
      [[], 'say terminal, enrol, headquarters, doctor, broker-check, udev or site bundle'],
      [['terminal'], 'terminal needs --config'],
      [['site', 'bundle', 'build', '--config', 'x'], 'say site bundle build --site ID --out FILE'],
      [['enrol', '--config', 'x', '--port', '70000'], '--port'],
      [['doctor', '--frob'], '--frob'],
      [['doctor', '--test-page'], 'needs --config'],
      [['doctor', '--seconds', 'soon'], '--seconds'],
      [['doctor', '--language', 'fr'], '--language'],
      [['udev', '--for', 'ffff:35'], '--for ffff:35'],
      [['udev', '--group', 'a" b'], '--group'],
      [['doctor', '--config', '/nonexistent'], '/nonexistent is not there'],
      [['doctor', '--config', '/'], '/ is a folder'],
      [['doctor', '--config', bad], 'is missing'],
    ] as const)
      expect(await run(...args), args.join(' ')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(part),
      });
    expect(await run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit codes') });
  });
});
