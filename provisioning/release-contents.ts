// Which releases hold a package that somebody asks about, or one that is known to be weak: by the lists that `release build` wrote.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Advisory } from './advisories.ts';

/** A list of one release and architecture. */
export interface ReleaseContents {
  readonly file: string;
  readonly version: string;
  readonly packages: readonly { readonly name: string; readonly version: string }[];
}
export interface Contained {
  readonly release: string;
  /** of the lists that say so */
  readonly files: readonly string[];
  readonly package: string;
  readonly version: string;
  readonly advisory: string | null;
  readonly title: string;
}

/** One that is no such list: nobody may believe that a release is clean because its list could not be read. */
export class ContentsError extends Error {
  override readonly name = 'ContentsError';
}

const sbomSchema = v.object({
  bomFormat: v.literal('CycloneDX'),
  metadata: v.object({ component: v.object({ name: v.literal('yingbin'), version: v.string() }) }),
  components: v.array(v.object({ name: v.string(), version: v.string(), purl: v.string() })),
});

/** @throws ContentsError; the file system's error */
export function readContents(folder: string): readonly ReleaseContents[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sbom.json'));
  if (files.length === 0) throw new ContentsError(`${folder}: *.sbom.json?`);
  return files.sort().map((file) => {
    const read = v.safeParse(sbomSchema, parsed(readFileSync(join(folder, file), 'utf8')));
    if (!read.success) throw new ContentsError(`${file}: CycloneDX?`);
    const { metadata, components } = read.output;
    const packages = components.filter(({ purl }) => purl.startsWith('pkg:npm/'));
    return { file, version: metadata.component.version, packages };
  });
}

/** A package that is asked for by name is an advisory of its own, without a title. */
export function containedIn(
  contents: readonly ReleaseContents[],
  asked: readonly (Omit<Advisory, 'id'> & { readonly id: string | null })[],
): readonly Contained[] {
  const found = new Map<string, Contained>();
  for (const { file, version: release, packages } of contents) {
    for (const { id, title, package: name, isAffected } of asked) {
      for (const each of packages) {
        if (each.name !== name || !isAffected(each.version)) continue;
        const key = JSON.stringify([release, name, each.version, id]);
        const files = [...(found.get(key)?.files ?? []), file];
        found.set(key, { release, files, package: name, version: each.version, advisory: id, title });
      }
    }
  }
  return [...found.values()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
