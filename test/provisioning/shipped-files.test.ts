// What ships, read as a thief would: no secret in it, a system that cannot be written, no way round the start, a door for support that is shut.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { releaseFiles } from '../../provisioning/release-files.ts';
import { supportEnds } from '../../sync/contract/support.ts';
import { runHeadquarters } from '../sync/headquarters/running.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, 'provisioning', path), 'utf8');

/** Keys, hashes of passwords as Linux has them, our own claims and fleet keys. */
const secrets = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/,
  /\$(?:1|5|6|y|2[aby])\$[./A-Za-z0-9]{2,}\$?[./A-Za-z0-9]{20}/,
  /\bglpat-|\bghp_[A-Za-z0-9]{30}|\bnpm_[A-Za-z0-9]{30}/,
];
const secretIn = (text: string): boolean => secrets.some((form) => form.test(text));

it('S1 no key, hash of a password or token stands in anything that ships', { timeout: 120_000 }, () => {
  const ours = (readdirSync(join(root, 'provisioning'), { recursive: true }) as string[])
    .map((name) => join(root, 'provisioning', name))
    .filter((file) => statSync(file).isFile());
  const released = releaseFiles(root, process.arch === 'arm64' ? 'arm64' : 'x64').map(({ from }) => from);
  const files = [...ours, ...released];
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => secretIn(readFileSync(file, 'latin1')))).toEqual([]);
  // the control: what it must find
  const key = ['-----BEGIN', ' PRIVATE KEY-----\n', 'A'.repeat(64)].join('');
  expect([secretIn(key), secretIn(`root:$6$ab$${'x'.repeat(30)}:`)]).toEqual([true, true]);
});

it('S29 the system’s partition is mounted to be read, by the kernel and by the system', () => {
  const [mount = ''] = read('image/fstab').match(/^LABEL=yingbin-root .*$/m) ?? [];
  expect(mount.split(/\s+/)[3]?.split(',')).toContain('ro');
  expect(/^cmdline='([^']*)'/m.exec(read('image/build-image.sh'))?.[1]?.split(' ')).toContain('ro');
});

it('S52 nothing is typed at the start: no menu, no editor, no console, no words from outside', () => {
  const script = read('image/build-image.sh');
  for (const line of ['timeout 0', 'editor no', 'auto-entries no', 'auto-firmware no'])
    expect(script).toContain(line);
  const words = /^cmdline='([^']*)'/m.exec(script)?.[1]?.split(' ') ?? [];
  expect(words).toEqual(expect.arrayContaining(['panic=30', 'systemd.import_credentials=no']));
  expect(words.filter((word) => /^(console|init|rd\.break|single|systemd\.debug)/.test(word))).toEqual([]);
});

it('S55 a hung board is started again by its hardware, a hung terminal by the system', () => {
  const seconds = Number(/^RuntimeWatchdogSec=(\d+)s$/m.exec(read('lockdown/system.conf'))?.[1]);
  expect(seconds).toBeGreaterThan(0);
  // no Raspberry Pi counts further
  expect(seconds).toBeLessThanOrEqual(15);
  const unit = read('systemd/yingbin.service');
  for (const word of [/^Type=notify$/m, /^WatchdogSec=/m, /^Restart=/m]) expect(unit).toMatch(word);
});

it('S30 support’s door is shut: no unit opens it by itself, one key opens it for an hour at most', () => {
  const unit = read('systemd/yingbin-open-ssh.service');
  expect(unit).not.toContain('WantedBy');
  expect(Number(/^RuntimeMaxSec=(\d+)$/m.exec(unit)?.[1])).toBeLessThanOrEqual(3_600);
  const daemon = read('lockdown/sshd_config');
  for (const line of [
    'PasswordAuthentication no',
    'AuthenticationMethods publickey',
    'DisableForwarding yes',
  ])
    expect(daemon).toContain(`${line}\n`);
  expect(read('lockdown/firewall.nft')).not.toMatch(/dport\s+(22|ssh)\s+accept/);
});

it('S25 the day on which support ends and whom to tell of a weakness are published, the same everywhere', async () => {
  expect(read('SECURITY.md')).toContain(`**Support ends ${supportEnds}.**`);
  expect(read('SECURITY.md')).toContain('proposal');
  const shipped = read('lockdown/security.txt');
  expect(shipped).toContain(`Expires: ${supportEnds}T`);
  expect(shipped).toMatch(/^Contact: (mailto|https):/m);
  const hq = await runHeadquarters({ securityContact: 'mailto:security@lanting.example' });
  try {
    const answer = await fetch(`${hq.httpUrl}/.well-known/security.txt`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toBe(
      `Contact: mailto:security@lanting.example\nExpires: ${supportEnds}T00:00:00Z\nPreferred-Languages: zh, en\n`,
    );
  } finally {
    await hq.remove();
  }
});
