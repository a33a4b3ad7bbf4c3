// The Debian packages that tests and proof need beside Node: what each is for, whether it is there, and how it is got.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Need {
  readonly why: string;
  readonly isThere: () => boolean;
}

const needs = {
  chromium: { why: 'drives the screens', isThere: () => hasProgram('chromium') },
  'fonts-noto-cjk': { why: 'shows Chinese on screenshots', isThere: hasChineseFont },
  mosquitto: { why: 'is the second broker', isThere: () => hasProgram('mosquitto') },
  'nats-server': { why: 'is the third broker, a cluster', isThere: () => hasProgram('nats-server') },
  'postgresql-15': {
    why: 'is the second database of headquarters',
    isThere: () => existsSync('/usr/lib/postgresql/15/bin/postgres'),
  },
  xvfb: { why: 'is a display without a screen', isThere: () => hasProgram('Xvfb') },
  libxtst6: { why: 'moves the pointer of that display', isThere: hasXtst },
  'poppler-utils': { why: 'reads the text of printed pages', isThere: () => hasProgram('pdftotext') },
  socat: { why: 'makes serial lines without hardware', isThere: () => hasProgram('socat') },
  strace: {
    why: 'writes down what a program does to its disk, and breaks it',
    isThere: () => hasProgram('strace'),
  },
  'qemu-system-x86': {
    why: 'runs a kernel with real hidraw and usblp nodes',
    isThere: () => process.arch !== 'x64' || hasProgram('qemu-system-x86_64'),
  },
  cpio: {
    why: "packs that kernel's first file system",
    isThere: () => process.arch !== 'x64' || hasProgram('cpio'),
  },
  kmod: {
    why: "sorts that kernel's modules",
    isThere: () => process.arch !== 'x64' || hasProgram('depmod'),
  },
  udev: {
    why: "gives that kernel's devices their rights and names",
    isThere: () => process.arch !== 'x64' || existsSync('/lib/systemd/systemd-udevd'),
  },
  mmdebstrap: { why: 'installs Debian into the image', isThere: () => hasProgram('mmdebstrap') },
  mtools: { why: "fills the image's boot partition", isThere: () => hasProgram('mcopy') },
  dosfstools: { why: 'makes that partition', isThere: () => hasProgram('mkfs.vfat') },
  fdisk: { why: 'makes the partition table', isThere: () => hasProgram('sfdisk') },
  fakeroot: { why: 'keeps the owners of its files', isThere: () => hasProgram('fakeroot') },
  shellcheck: { why: 'reads our shell scripts', isThere: () => hasProgram('shellcheck') },
  iproute2: { why: 'tells which sockets listen', isThere: () => hasProgram('ss') },
  'openssh-client': { why: 'makes the key of support', isThere: () => hasProgram('ssh-keygen') },
  systemd: { why: 'rates our units', isThere: () => hasProgram('systemd-analyze') },
  cage: { why: 'is the compositor of our image', isThere: () => hasProgram('cage') },
  xwayland: { why: 'lets that compositor start', isThere: () => hasProgram('Xwayland') },
  grim: { why: 'takes a picture of what it shows', isThere: () => hasProgram('grim') },
  nftables: { why: 'reads our firewall', isThere: () => hasProgram('nft') },
} as const satisfies Record<string, Need>;

export type DebianPackage = keyof typeof needs;
export const debianPackages = Object.keys(needs) as readonly DebianPackage[];

export function missingPackages(wanted: readonly DebianPackage[] = debianPackages): DebianPackage[] {
  return wanted.filter((name) => !needs[name].isThere());
}

/** What each is for, a line each. */
export function reasonsFor(packages: readonly DebianPackage[]): string {
  return packages.map((name) => `  ${name} ${needs[name].why}`).join('\n');
}

/** For apt-get, which wants to be root. */
export function installArguments(packages: readonly DebianPackage[]): string[] {
  return ['install', '-y', '--no-install-recommends', ...packages];
}

/** The exact command for somebody who may become root. */
export function installCommand(packages: readonly DebianPackage[]): string {
  return `sudo apt-get update && sudo apt-get ${installArguments(packages).join(' ')}`;
}

/** mosquitto lives in /usr/sbin, which an ordinary user's PATH may lack. */
export function hasProgram(name: string): boolean {
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
