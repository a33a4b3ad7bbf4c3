// Which of the natives that packages bring along go into a release: those of its processor and of glibc, and no others.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { releaseFiles } from '../../provisioning/release-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it.each(['x64', 'arm64'] as const)(
  'a release for %s brings the natives of that system alone',
  (architecture) => {
    const natives = releaseFiles(root, architecture)
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.node') && path.includes('/prebuilds/'));
    for (const name of ['@photostructure/sqlite', '@serialport/bindings-cpp', 'node-hid'])
      expect(natives.filter((path) => path.includes(`/${name}/`)).length, name).toBeGreaterThan(0);
    expect(natives.filter((path) => !path.includes(`linux-${architecture}/`))).toEqual([]);
  },
);
