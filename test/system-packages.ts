// Says which Debian packages the tests need, and installs them where it may: as root, with apt-get at hand.
import { execFileSync } from 'node:child_process';
import {
  type DebianPackage,
  hasProgram,
  installArguments,
  installCommand,
  missingPackages,
  reasonsFor,
} from './debian-packages.ts';

const missing = missingPackages();
if (missing.length > 0) provide(missing);

function provide(packages: readonly DebianPackage[]): void {
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    console.error(
      `The tests need these Debian packages:\n${reasonsFor(packages)}\nInstall them with:\n  ${installCommand(packages)}`,
    );
    process.exit(1);
  }
  console.log(`Installing what the tests need:\n${reasonsFor(packages)}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'inherit' });
  execFileSync('apt-get', installArguments(packages), { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
