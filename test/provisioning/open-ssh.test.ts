// The door for support: shut, opened by an order of two lines for its minutes and its one key, shut by itself; anything else is refused.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const provisioning = fileURLToPath(new URL('../../provisioning', import.meta.url));

interface Door {
  readonly folder: string;
  /** what the journal would hold, and what was seen from outside before, while and after */
  readonly told: string;
}

/**
 * The real scripts with the real firewall in a network of their own; a minute lasts a fiftieth of a second.
 * @param order undefined: none was given
 */
function tryDoor(order: string | undefined, prepare: (file: string) => void = () => undefined): Door {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-door-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['run', 'keys', 'bin', 'asked']) mkdirSync(join(folder, name));
  const file = join(folder, 'asked', 'open-ssh');
  if (order !== undefined) writeFileSync(file, order);
  prepare(file);
  const program = (name: string, text: string): void => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  program('logger', `shift 2; echo "logged: $*" >>'${folder}/told'`);
  // time, warped: what was asked for is written down
  program(
    'timeout',
    `echo "for $1 s" >>'${folder}/told'; seconds=$1; shift; exec /usr/bin/timeout "$(awk "BEGIN { print $seconds / 3000 }")" "$@"`,
  );
  // an ear where the server for support would have one, for as long as it lives
  program('sshd', `echo "asked: $*" >>'${folder}/told'; ./look open; exec sleep 60`);
  program('look', `echo "$1: $(nft list set inet yingbin support_ports | grep -c 22)" >>'${folder}/told'`);
  const places: readonly (readonly [string, string])[] = [
    ['/run/yingbin-open-ssh', join(folder, 'run')],
    ['/run/yingbin/open-ssh', file],
    ['/var/lib/yingbin-open-ssh', join(folder, 'keys')],
    ['/usr/sbin/sshd', './sshd'],
  ];
  const here = (path: string): string =>
    places.reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      readFileSync(join(provisioning, path), 'utf8'),
    );
  program('open-ssh', here('systemd/open-ssh').replace('#!/bin/sh', ''));
  program('close-ssh', here('systemd/close-ssh').replace('#!/bin/sh', ''));
  const rules = join(folder, 'rules.nft');
  writeFileSync(
    rules,
    readFileSync(join(provisioning, 'lockdown/firewall.nft'), 'utf8').replaceAll(/skuid "[^"]+"/g, 'skuid 0'),
  );
  const script = `nft -f '${rules}'; ./look before; ./open-ssh; echo "ended: $?" >>'${folder}/told'; ./close-ssh; ./look after`;
  const env = { ...process.env, PATH: `${folder}/bin:${process.env['PATH'] ?? ''}:/usr/sbin` };
  spawnSync('unshare', ['--map-root-user', '--net', 'sh', '-c', script], { cwd: join(folder, 'bin'), env });
  return { folder, told: readFileSync(join(folder, 'told'), 'utf8') };
}

function publicKey(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'support', '-f', join(folder, 'key')]);
  return readFileSync(join(folder, 'key.pub'), 'utf8').trim();
}

it('S30 is open for the minutes of the order, to its one key, and then shut by itself', () => {
  const key = publicKey();
  const { folder, told } = tryDoor(`30\n${key}\n`);
  const fingerprint = /SHA256:\S+/.exec(told)?.[0];
  expect(fingerprint).toBeDefined();
  expect(told.split('\n')).toEqual([
    'before: 0',
    `logged: open for 30 minutes to ${fingerprint}`,
    'for 1800 s',
    'asked: -D -e -f /usr/lib/yingbin/sshd_config',
    'open: 1',
    // as timeout(1) says that time is over
    'ended: 124',
    'logged: closed',
    'after: 0',
    '',
  ]);
  for (const gone of ['run/authorized_keys', 'asked/open-ssh'])
    expect(existsSync(join(folder, gone))).toBe(false);
  expect(existsSync(join(folder, 'keys/host_key.pub'))).toBe(true);
});

it.each<readonly [string, string | undefined, string]>([
  ['no order', undefined, 'no-file'],
  ['an empty one', '', 'minutes'],
  ['more than an hour', '61\nKEY\n', 'minutes'],
  ['no time at all', '0\nKEY\n', 'minutes'],
  ['three digits', '060\nKEY\n', 'minutes'],
  ['time that is a program', '$(id)\nKEY\n', 'minutes'],
  ['a minus', '-5\nKEY\n', 'minutes'],
  ['no key', '30\n', 'key'],
  ['a key of a weak kind', '30\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ\n', 'key'],
  ['a key with a command before it', '30\ncommand="sh" KEY\n', 'key'],
  ['a key with a quote behind it', '30\nKEY "x\n', 'key'],
  ['letters that are no key', `30\nssh-ed25519 ${'A'.repeat(68)}\n`, 'key'],
])('S30 %s opens nothing (%#)', (_, order, why) => {
  const { folder, told } = tryDoor(order?.replace('KEY', publicKey()));
  expect(told).toBe(`before: 0\nlogged: refused: ${why}\nended: 1\nlogged: closed\nafter: 0\n`);
  expect(existsSync(join(folder, 'run/authorized_keys'))).toBe(false);
  expect(existsSync(join(folder, 'asked/open-ssh'))).toBe(false);
});

it('S30 an order that is a link to another file opens nothing', () => {
  const key = publicKey();
  const { told } = tryDoor(undefined, (file) => {
    writeFileSync(`${file}.elsewhere`, `30\n${key}\n`);
    execFileSync('ln', ['-s', `${file}.elsewhere`, file]);
  });
  expect(told).toContain('refused: no-file');
});

it('S30 what is reached by the key is bounded: no password, no forwarding, an hour at most whatever was ordered', () => {
  const server = readFileSync(join(provisioning, 'lockdown/sshd_config'), 'utf8').split('\n');
  for (const line of [
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'DisableForwarding yes',
    'AuthenticationMethods publickey',
  ])
    expect(server).toContain(line);
  const unit = readFileSync(join(provisioning, 'systemd/yingbin-open-ssh.service'), 'utf8').split('\n');
  expect(unit).toContain('RuntimeMaxSec=3600');
  expect(unit).toContain('ExecStopPost=/usr/lib/yingbin/close-ssh');
  expect(readFileSync(join(provisioning, 'systemd/open-ssh'), 'utf8')).toContain("'restrict,pty %s");
});
