// What a release is made of, as a list that tools for known weaknesses read: CycloneDX, one component a package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** CycloneDX 1.5, as far as we say something. */
export interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly { readonly expression: string }[];
}

const packageSchema = v.object({
  name: v.string(),
  version: v.string(),
  license: v.optional(v.unknown()),
  // as packages said it before 2015
  licenses: v.optional(v.unknown()),
});

/** A package's own, not those of folders inside it. */
const packageFile = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;

/**
 * Says what lies there, not what a lockfile wished for. In the order of their purls, each once.
 * @param files their paths in the release, and where they can be read
 * @throws ValiError when a package does not say its name and version
 */
export function componentsOf(
  files: readonly { readonly path: string; readonly from: string }[],
): readonly Component[] {
  const found = new Map<string, Component>();
  for (const { path, from } of files) {
    if (!packageFile.test(path)) continue;
    const component = componentOf(v.parse(packageSchema, JSON.parse(readFileSync(from, 'utf8'))));
    found.set(component.purl, component);
  }
  return [...found.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

/** Of a release that lies unpacked in a folder. */
export function componentsBelow(folder: string): readonly Component[] {
  const paths = readdirSync(join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' });
  return componentsOf(
    paths.map((path) => ({ path: `node_modules/${path}`, from: join(folder, 'node_modules', path) })),
  );
}

/** The whole document; the same bytes for the same release. */
export function sbomOf(
  components: readonly Component[],
  release: { readonly version: string; readonly createdAt: Date },
): string {
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      timestamp: release.createdAt.toISOString(),
      component: { type: 'application', name: 'yingbin', version: release.version },
    },
    components,
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

const oldLicences = v.pipe(v.array(v.object({ type: v.string() })), v.minLength(1));

function componentOf(told: v.InferOutput<typeof packageSchema>): Component {
  const { name, version, license, licenses } = told;
  // the scope's sign is the one character of a package's name that a purl escapes
  const purl = `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
  const old = v.safeParse(oldLicences, licenses);
  const expression = old.success ? old.output.map(({ type }) => type).join(' OR ') : license;
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(typeof expression === 'string' ? { licenses: [{ expression }] } : {}),
  };
}
