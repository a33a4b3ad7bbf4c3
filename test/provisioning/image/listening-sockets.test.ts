// What a terminal listens on, in a network of its own: what the committed file says, and nothing else.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { terminalFiles } from '../../faults/image/terminal-files.ts';

const program = fileURLToPath(new URL('../../../dist/provisioning/yingbin.js', import.meta.url));
const expected = readFileSync(
  fileURLToPath(new URL('../../simulators/image/expected-sockets.txt', import.meta.url)),
  'utf8',
);

/** The program that ships, until its page answers. @returns protocol and address of each socket that listens */
function listening(program: string, folder: string): readonly string[] {
  const script = `
ip link set lo up
sh "$1/lay"
"$2" "$3" terminal --config "$1/terminal/config.json" >"$1/said" 2>&1 &
tries=0
until ss -lntH | grep -q 127.0.0.1 || [ $tries -gt 600 ]; do tries=$((tries + 1)); sleep 0.1; done
# nothing opens a moment later
sleep 2
ss -lntuH
kill $!; wait $!
`;
  const files = terminalFiles().replaceAll('/var/lib/yingbin', join(folder, 'terminal'));
  writeFileSync(join(folder, 'lay'), `mkdir '${folder}/terminal'\n${files.replace(/chown [^;]*;/, '')}\n`);
  const told = spawnSync(
    'unshare',
    ['--map-root-user', '--net', 'sh', '-c', script, 'sh', folder, process.execPath, program],
    { encoding: 'utf8', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` } },
  );
  const lines = told.stdout.split('\n').filter(Boolean);
  if (lines.length === 0) throw new Error(`${told.stderr}\n${readFileSync(join(folder, 'said'), 'utf8')}`);
  return lines.map((line) => {
    const [protocol = '', , , , local = ''] = line.split(/\s+/);
    return `${protocol} ${local}`;
  });
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-sockets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('S27 the terminal listens where the committed file says and nowhere else', { timeout: 120_000 }, () => {
  // the address for DHCP is the system's, not the terminal's
  const own = expected.split('\n').filter((line) => line.startsWith('tcp '));
  expect(own).toHaveLength(1);
  expect(listening(program, temporary())).toEqual(own);
});

it('S27 the control, a terminal that opens one more, is seen', { timeout: 120_000 }, () => {
  const folder = temporary();
  const control = join(folder, 'control.mjs');
  writeFileSync(
    control,
    `import { createServer } from 'node:net';\nimport { createSocket } from 'node:dgram';\ncreateServer().listen(4711, '127.0.0.1');\ncreateSocket('udp4').bind(5353);\n`,
  );
  expect([...listening(control, folder)].sort()).toEqual(['tcp 127.0.0.1:4711', 'udp 0.0.0.0:5353']);
});
