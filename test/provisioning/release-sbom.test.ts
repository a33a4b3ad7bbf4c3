// The list of what a release is made of: whole against the lockfile, with licences, and the same for the same release.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { componentsBelow, componentsOf, sbomOf } from '../../provisioning/release-sbom.ts';
import { builtRelease } from './small-release.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const release = { version: '1.1.0', createdAt: new Date('2026-03-01T00:00:00Z') };

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-sbom-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('S26 every package of the lockfile that a terminal runs with is listed, in its version and with its licence', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; dev?: boolean; optional?: boolean; os?: string[] }>;
  };
  const wanted = Object.entries(packages).filter(([path, { dev, optional, os }]) => {
    const isForLinux = os === undefined || os.includes('linux');
    return path !== '' && dev !== true && optional !== true && isForLinux;
  });
  const files = wanted.map(([path]) => ({
    path: `${path}/package.json`,
    from: join(root, path, 'package.json'),
  }));
  const components = componentsOf(files);
  const listed = new Set(components.map(({ name, version }) => `${name} ${version}`));
  const absent = wanted
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`)
    .filter((one) => !listed.has(one));
  expect(absent).toEqual([]);
  expect(components.length).toBeGreaterThan(100);
  // says it in its README only: MIT
  const silent = components.filter(({ licenses }) => licenses === undefined).map(({ name }) => name);
  expect(silent).toEqual(['nanotimer']);
  expect(new Set(components.map((one) => one['bom-ref'])).size).toBe(components.length);
});

it('S26 a scope is escaped, packages inside packages count, folders of a package do not', () => {
  const folder = temporary();
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('node_modules/@lit/element/package.json', '{"name":"@lit/element","version":"2.1.0","license":"MIT"}');
  put(
    'node_modules/@lit/element/node_modules/deep/package.json',
    '{"name":"deep","version":"1.0.0+x","license":{"type":"MIT"}}',
  );
  put('node_modules/@lit/element/esm/package.json', '{"type":"module"}');
  put('node_modules/again/node_modules/deep/package.json', '{"name":"deep","version":"1.0.0+x"}');
  put('node_modules/again/package.json', '{"name":"again","version":"0.1.0"}');
  expect(componentsBelow(folder).map(({ purl }) => purl)).toEqual([
    'pkg:npm/%40lit/element@2.1.0',
    'pkg:npm/again@0.1.0',
    'pkg:npm/deep@1.0.0%2Bx',
  ]);
  put('node_modules/nameless/package.json', '{"version":"0.1.0"}');
  expect(() => componentsBelow(folder)).toThrow();
});

it('S26 each release has its list beside it, twice the same', async () => {
  const folder = temporary();
  const { sbomFile } = await builtRelease(folder);
  const text = readFileSync(sbomFile, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { name: 'yingbin', version: '1.1.0' } },
    components: [],
  });
  expect(text).toBe(sbomOf([], release));
});
