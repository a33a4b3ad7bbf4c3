// The search for secrets in an image finds each kind, and takes nothing for one that is none.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { secretsIn } from './search-image.ts';

function system(): { readonly root: string; readonly put: (path: string, text: string | Buffer) => void } {
  const root = mkdtempSync(join(tmpdir(), 'yingbin-root-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const put = (path: string, text: string | Buffer): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('etc/shadow', 'root:*:20000:0:99999:7:::\nyingbin:!:20000::::::\n');
  put('etc/machine-id', '');
  // a program names the line without a key behind it
  put('usr/bin/ssh', Buffer.from('\0\x7fELF\0\n-----BEGIN PRIVATE KEY-----\n\0-----END PRIVATE KEY-----\n'));
  put(
    'etc/ssl/certs/root.pem',
    `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n-----END CERTIFICATE-----\n`,
  );
  return { root, put };
}

function privateKey(kind: readonly string[]): string {
  return execFileSync('openssl', ['genpkey', ...kind], { encoding: 'utf8' });
}

it('S1 a clean system holds nothing', () => {
  expect(secretsIn(system().root)).toEqual([]);
});

it.each<readonly [string, string, () => string | Buffer]>([
  ['a key', 'etc/ssl/key.pem', () => privateKey(['-algorithm', 'ed25519'])],
  ['a key in a program', 'opt/x/bin', () => Buffer.from(`\0\x01${privateKey(['-algorithm', 'ed25519'])}\0`)],
  ['a key with Windows lines', 'var/k', () => privateKey(['-algorithm', 'ed25519']).replaceAll('\n', '\r\n')],
  [
    'a key of the fleet',
    'home/x/.k',
    () => privateKey(['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']),
  ],
  ['a password', 'etc/shadow-', () => 'root:$y$j9T$abc$def:20000:0:99999:7:::\n'],
  ['a host key', 'etc/ssh/ssh_host_ed25519_key.pub', () => 'ssh-ed25519 AAAA\n'],
  ['a seed', 'var/lib/systemd/random-seed', () => 'x'],
  ['a key that lets somebody in', 'root/.ssh/authorized_keys', () => ''],
  ['a claim', 'boot/yingbin-claim.json', () => '{}'],
])('S1 %s is found', (_, path, text) => {
  const { root, put } = system();
  put(path, text());
  expect(secretsIn(root)).toEqual([join(root, path)]);
});
