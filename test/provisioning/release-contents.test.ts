// S26 Which releases hold a weak package, and who runs them: from the lists that `release build` writes, without a network.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAdvisories } from '../../provisioning/advisories.ts';
import { isInNpmRange, parseNpmRange } from '../../provisioning/npm-range.ts';
import { componentsOf, sbomOf } from '../../provisioning/release-sbom.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { yingbin } from './commands/run-command.ts';

const createdAt = new Date('2026-03-01T00:00:00Z');

/** As a release of these packages would be listed. */
function listed(folder: string, name: string, version: string, packages: Record<string, string>): void {
  const files = Object.entries(packages).map(([each, at]) => {
    const path = `node_modules/${each}/package.json`;
    const from = join(folder, name, path);
    mkdirSync(join(from, '..'), { recursive: true });
    writeFileSync(from, JSON.stringify({ name: each, version: at }));
    return { path, from };
  });
  writeFileSync(join(folder, `${name}.sbom.json`), sbomOf(componentsOf(files), { version, createdAt }));
}

function shelf(): { readonly folder: string; put(name: string, told: unknown): string } {
  const folder = scratchFolder();
  listed(folder, 'yingbin-1.1.0-5-x64', '1.1.0', { ws: '8.20.0', '@lit/element': '2.1.0' });
  listed(folder, 'yingbin-1.1.0-5-arm64', '1.1.0', { ws: '8.20.0', '@lit/element': '2.1.0' });
  listed(folder, 'yingbin-1.2.0-6-x64', '1.2.0', { ws: '8.23.0', '@lit/element': '2.1.0' });
  return {
    folder,
    put: (name, told) => {
      const file = join(folder, name);
      writeFileSync(file, JSON.stringify(told));
      return file;
    },
  };
}

const osv = {
  id: 'GHSA-aaaa',
  summary: 'a frame too many',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'ws' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '8.20.1' }] }],
    },
    { package: { ecosystem: 'PyPI', name: '@lit/element' } },
  ],
};
const audit = {
  auditReportVersion: 2,
  vulnerabilities: {
    ws: {
      via: [
        'other',
        { name: 'ws', range: '>=8.0.0 <8.20.1', title: 'a frame too many', url: 'https://x/GHSA-aaaa' },
      ],
    },
  },
};

describe('yingbin release contains', () => {
  it('S26 names the releases that hold a package in a range, and the terminals that run them', async () => {
    const { folder, put } = shelf();
    const terminals = put('list.json', {
      devices: [
        { terminal: 'h01', version: '1.1.0', site: 'x' },
        { terminal: 'h02', version: '1.2.0' },
        { terminal: 'h03', version: null },
      ],
    });
    const ask = (...args: string[]) => yingbin(['release', 'contains', ...args, '--sboms', folder]);
    const ran = await ask('ws@<8.20.1', '--terminals', terminals, '--json');
    expect([ran.code, JSON.parse(ran.out)]).toMatchObject([
      1,
      {
        releases: ['1.1.0', '1.2.0'],
        contained: [
          {
            release: '1.1.0',
            files: ['yingbin-1.1.0-5-arm64.sbom.json', 'yingbin-1.1.0-5-x64.sbom.json'],
            package: 'ws',
            version: '8.20.0',
            terminals: ['h01'],
          },
        ],
        unlisted: [],
      },
    ]);
    expect((await ask('ws@8.20.0', '--terminals', terminals, '--language', 'en')).out).toContain('h01');
    const offline = await ask('@lit/element', '--offline', '--json');
    expect(JSON.parse(offline.out).contained).toMatchObject([{ terminals: null }, { terminals: null }]);
    expect(await ask('ws@>=9', '--offline', '--language', 'zh')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 个版本中，0 个含有'),
    });
    for (const args of [
      [],
      ['ws@soon', '--offline'],
      ['ws', '--advisories', terminals],
      ['--advisories', terminals],
      ['ws', '--terminals', join(folder, 'yingbin-1.1.0-5-x64.sbom.json')],
    ])
      expect([args, (await ask(...args)).code]).toEqual([args, 2]);
  });

  it.each([
    ['OSV', osv],
    ['a list of OSV', [osv]],
    ['an answer of OSV', { vulns: [osv] }],
    ['npm audit', audit],
  ])('S26 reads the advisories of %s', async (_, told) => {
    const { folder, put } = shelf();
    const file = put('advisories.json', told);
    const ran = await yingbin([
      ...['release', 'contains', '--advisories', file, '--sboms', folder, '--offline', '--json'],
    ]);
    expect([ran.code, JSON.parse(ran.out).contained]).toMatchObject([
      1,
      [{ release: '1.1.0', package: 'ws', advisory: 'GHSA-aaaa', title: 'a frame too many' }],
    ]);
  });

  it('S26 says when it cannot know: a terminal of a release without a list, a list that cannot be read', async () => {
    const { folder, put } = shelf();
    const terminals = put('list.json', { devices: [{ terminal: 'h09', version: '1.0.0' }] });
    const asked = [
      'release',
      'contains',
      'nothing-of-this-name',
      '--sboms',
      folder,
      '--terminals',
      terminals,
    ];
    const ran = await yingbin([...asked, '--language', 'en']);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('h09 runs 1.0.0') });
    put('torn.sbom.json', {});
    expect((await yingbin(asked)).code).toBe(2);
  });
});

describe('a range of versions', () => {
  it.each([
    ['>=1.0.0 <1.2.3', ['1.0.0', '1.2.2', '1.2.3-beta'], ['0.9.9', '1.2.3', '2.0.0']],
    ['<0.5.2 || >=1.0.0 <=1.1', ['0.5.1', '1.1.9'], ['0.5.2', '1.2.0']],
    ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0', '0.2.2']],
    ['~1.2', ['1.2.0', '1.2.9'], ['1.3.0']],
    ['1.2.3 - 2', ['1.2.3', '2.9.9'], ['1.2.2', '3.0.0']],
    ['> 1.x', ['2.0.0'], ['1.9.9']],
    ['1.2.3-beta.2', ['1.2.3-beta.2'], ['1.2.3-beta.11', '1.2.3']],
    ['>1.2.3-beta.2', ['1.2.3-beta.11', '1.2.3'], ['1.2.3-beta.1', '1.2.3-alpha']],
    ['*', ['0.0.1'], ['no version']],
  ])('S26 %s', (text, inside, outside) => {
    const range = parseNpmRange(text) ?? [];
    expect(inside.filter((each) => !isInNpmRange(each, range))).toEqual([]);
    expect(outside.filter((each) => isInNpmRange(each, range))).toEqual([]);
  });

  it('S26 what is none is not taken for an empty one, nor are advisories that cannot be read', () => {
    for (const text of ['soon', '<*', '1.2.3.4', '>=1 <later']) expect(parseNpmRange(text)).toBeUndefined();
    const strange = { ...osv.affected[0], ranges: [{ type: 'SEMVER', events: [{ introduced: 'r12' }] }] };
    expect(parseAdvisories(JSON.stringify({ ...osv, affected: [strange] }))).toBeUndefined();
    const last = { type: 'SEMVER', events: [{ introduced: '1.0.0' }, { last_affected: '1.4.0' }] };
    const read = parseAdvisories(
      JSON.stringify({ ...osv, affected: [{ ...osv.affected[0], ranges: [last] }] }),
    );
    expect(['1.4.0', '1.4.1'].map((each) => read?.[0]?.isAffected(each))).toEqual([true, false]);
  });
});
