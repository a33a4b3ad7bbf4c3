// Says which Debian packages the tests need, and installs them where it may: as root, with apt-get at hand.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Need {
  readonly debian: string;
  readonly why: string;
  readonly isThere: () => boolean;
}

const needs: readonly Need[] = [
  { debian: 'chromium', why: 'drives the screens', isThere: () => hasProgram('chromium') },
  { debian: 'fonts-noto-cjk', why: 'shows Chinese on screenshots', isThere: hasChineseFont },
  { debian: 'mosquitto', why: 'is the second broker', isThere: () => hasProgram('mosquitto') },
  { debian: 'nats-server', why: 'is the third broker, a cluster', isThere: () => hasProgram('nats-server') },
  {
    debian: 'postgresql-15',
    why: 'is the second database of headquarters',
    isThere: () => existsSync('/usr/lib/postgresql/15/bin/postgres'),
  },
  { debian: 'xvfb', why: 'is a display without a screen', isThere: () => hasProgram('Xvfb') },
  {
    debian: 'libxtst6',
    why: 'moves the pointer of that display',
    isThere: hasXtst,
  },
  { debian: 'socat', why: 'makes serial lines without hardware', isThere: () => hasProgram('socat') },
  {
    debian: 'strace',
    why: 'writes down what a program does to its disk, and breaks it',
    isThere: () => hasProgram('strace'),
  },
  {
    debian: 'qemu-system-x86',
    why: 'runs a kernel with real hidraw and usblp nodes',
    isThere: () => process.arch !== 'x64' || hasProgram('qemu-system-x86_64'),
  },
  {
    debian: 'cpio',
    why: "packs that kernel's first file system",
    isThere: () => process.arch !== 'x64' || hasProgram('cpio'),
  },
  {
    debian: 'kmod',
    why: "sorts that kernel's modules",
    isThere: () => process.arch !== 'x64' || hasProgram('depmod'),
  },
  {
    debian: 'udev',
    why: "gives that kernel's devices their rights and names",
    isThere: () => process.arch !== 'x64' || existsSync('/lib/systemd/systemd-udevd'),
  },
];

const missing = needs.filter(({ isThere }) => !isThere());
if (missing.length > 0) provide(missing.map(({ debian }) => debian));

function provide(packages: readonly string[]): void {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const why = missing.map((need) => `  ${need.debian} ${need.why}`).join('\n');
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    console.error(
      `The tests need these Debian packages:\n${why}\nInstall them with:\n  sudo apt-get update && sudo ${command}`,
    );
    process.exit(1);
  }
  console.log(`Installing what the tests need:\n${why}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'inherit' });
  execFileSync('apt-get', command.split(' ').slice(1), { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** mosquitto lives in /usr/sbin, which an ordinary user's PATH may lack. */
function hasProgram(name: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/bin'];
  return folders.some((folder) => existsSync(`${folder}/${name}`));
}

function hasChineseFont(): boolean {
  const listed = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.trim() !== '';
}

function hasXtst(): boolean {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return listed.status !== 0 || listed.stdout.includes('libXtst.so.6');
}
