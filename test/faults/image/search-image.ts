// Looks into an image that nobody has booted: no key, no password, no identity, and a list of what it is made of.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyPartition } from '../../simulators/image/built-image.ts';

/** A private key as files hold one: with its content, for programs name the first line as well. */
const privateKey = '-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\\r?\\n([A-Za-z0-9+/=]{40}|Proc-Type)';
/** It tries itself with keys that everybody knows, the same in every Debian. */
const publicKeys = /\/libgnutls\.so\.[0-9.]+$/;
/** A password as shadow files hold it. */
const password = '^[^:[:space:]]+:\\$[0-9a-z]+\\$';

export async function searchImage(
  image: string,
  work: string,
  tell: (name: string, run: () => void) => Promise<void>,
): Promise<void> {
  const root = join(work, 'root');
  const partition = join(work, 'root.ext4');
  copyPartition(image, 2, partition);
  execFileSync('mkdir', [root]);
  // its files, without mounting: nobody has to be root
  execFileSync('/usr/sbin/debugfs', ['-R', `rdump / ${root}`, partition], { stdio: 'ignore' });
  await tell('S1 no account has a password', () => {
    const rows = readFileSync(join(root, 'etc/shadow'), 'utf8').trim().split('\n');
    const open = rows.filter((row) => !/^[^:]+:[!*]/.test(row));
    if (rows.length < 5 || open.length > 0) throw new Error(open.join(' ') || 'no accounts');
  });
  await tell('S1 no private key, no hash of a password, no host key, no seed, no claim', () => {
    const claims = lines('mdir', ['-b', '-i', `${image}@@1M`, '::']).filter((path) => path.endsWith('.json'));
    const found = [...secretsIn(root), ...claims];
    if (found.length > 0) throw new Error(found.join(' '));
  });
  await tell('S2 neither machine-id holds one', () => {
    if (readFileSync(join(root, 'etc/machine-id'), 'utf8') !== '')
      throw new Error('/etc/machine-id is not empty');
  });
  await tell(
    'S52 nothing can be added where it starts: no editor, no other entry, no shell in the first file system',
    () => checkStart(image),
  );
  await tell('S26 the list of packages is whole', () => checkList(image, root));
}

/** @returns the files below a system's root that hold what two boards must not share, or nobody may know */
export function secretsIn(root: string): readonly string[] {
  const folders = ['etc', 'usr', 'var', 'opt', 'root', 'home']
    .map((name) => join(root, name))
    .filter((folder) => existsSync(folder));
  const names = [
    'ssh_host_*',
    'random-seed',
    'credential.secret',
    'authorized_keys',
    '*claim*.json',
    'fleet.key',
  ];
  const either = names.flatMap((name) => ['-o', '-name', name]).slice(1);
  return [
    ...lines('grep', ['-rlszP', '-e', privateKey, ...folders]).filter((path) => !publicKeys.test(path)),
    ...lines('grep', ['-rlsE', password, join(root, 'etc')]),
    ...lines('find', [root, '-type', 'f', '(', ...either, ')']),
  ];
}

/** None when it finds nothing. */
function lines(program: string, args: readonly string[]): string[] {
  try {
    return execFileSync(program, args, { encoding: 'utf8' }).split('\n').filter(Boolean);
  } catch (error) {
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}

function checkStart(image: string): void {
  const read = (path: string): string =>
    execFileSync('mtype', ['-i', `${image}@@1M`, path], { encoding: 'utf8' });
  const loader = read('::loader/loader.conf');
  const line = read('::loader/entries/yingbin.conf');
  for (const word of ['editor no', 'auto-entries no', 'timeout 0'])
    if (!loader.includes(word)) throw new Error(`loader.conf lacks ${word}`);
  for (const word of ['panic=', 'usbcore.authorized_default=0', 'systemd.import_credentials=no', ' ro '])
    if (!line.includes(word)) throw new Error(`the entry lacks ${word}`);
}

function checkList(image: string, root: string): void {
  const file = join(dirname(image), 'yingbin-amd64.sbom.json');
  if (!existsSync(file)) throw new Error('no list');
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    components: readonly { name: string }[];
  };
  const status = readFileSync(join(root, 'var/lib/dpkg/status'), 'utf8');
  const installed = [...status.matchAll(/^Package: (.*)\nStatus: install ok installed$/gm)].map(
    ([, name]) => name,
  );
  const listed = new Set(components.map(({ name }) => name));
  const absent = installed.filter((name) => name === undefined || !listed.has(name));
  if (installed.length < 100 || absent.length > 0)
    throw new Error(`${installed.length} installed, not listed: ${absent}`);
}
