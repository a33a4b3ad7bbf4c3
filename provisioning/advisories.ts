// What is known to be weak: files of OSV (osv.dev) and of `npm audit --json`, read alike.
import * as v from 'valibot';
import { isInNpmRange, type NpmRange, npmInterval, parseNpmRange } from './npm-range.ts';

export interface Advisory {
  /** `GHSA-…`, or where it is told */
  readonly id: string;
  readonly title: string;
  readonly package: string;
  isAffected(version: string): boolean;
}

const eventSchema = v.object({
  introduced: v.optional(v.string()),
  fixed: v.optional(v.string()),
  last_affected: v.optional(v.string()),
});
const osvSchema = v.object({
  id: v.string(),
  summary: v.optional(v.string(), ''),
  affected: v.array(
    v.object({
      package: v.object({ ecosystem: v.string(), name: v.string() }),
      ranges: v.optional(v.array(v.object({ type: v.string(), events: v.array(eventSchema) })), []),
      versions: v.optional(v.array(v.string()), []),
    }),
  ),
});
type OsvAffected = v.InferOutput<typeof osvSchema>['affected'][number];

const auditSchema = v.object({
  auditReportVersion: v.literal(2),
  vulnerabilities: v.record(
    v.string(),
    v.object({
      // a name stands for another entry of the same file
      via: v.array(
        v.union([
          v.string(),
          v.object({
            name: v.string(),
            range: v.string(),
            title: v.optional(v.string(), ''),
            url: v.optional(v.string(), ''),
          }),
        ]),
      ),
    }),
  ),
});

/** @returns undefined when it is of neither kind, or tells of versions in a way that cannot be read: nothing is left out silently */
export function parseAdvisories(text: string): readonly Advisory[] | undefined {
  const told = parsed(text);
  const audit = v.safeParse(auditSchema, told);
  const found = audit.success ? ofAudit(audit.output) : ofOsv(told);
  return found?.every((each) => each !== undefined) ? found : undefined;
}

function ofAudit({ vulnerabilities }: v.InferOutput<typeof auditSchema>): (Advisory | undefined)[] {
  return Object.values(vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((each) => typeof each !== 'string')
    .map(({ name, range, title, url }) => {
      const affected = parseNpmRange(range);
      const id = url.split('/').at(-1) || title;
      return affected && advisory({ id, title, package: name }, [affected], []);
    });
}

/** One, a list of them, or the answer of a query. */
function ofOsv(told: unknown): (Advisory | undefined)[] | undefined {
  const all = v.safeParse(
    v.union([
      v.array(osvSchema),
      v.pipe(
        v.object({ vulns: v.array(osvSchema) }),
        v.transform(({ vulns }) => vulns),
      ),
      v.pipe(
        osvSchema,
        v.transform((one) => [one]),
      ),
    ]),
    told,
  );
  if (!all.success) return undefined;
  return all.output.flatMap(({ id, summary, affected }) =>
    affected
      .filter(({ package: { ecosystem } }) => ecosystem.toLowerCase() === 'npm')
      .map((one) => {
        const ranges = intervalsOf(one);
        return ranges && advisory({ id, title: summary, package: one.package.name }, ranges, one.versions);
      }),
  );
}

function intervalsOf({ ranges, versions }: OsvAffected): NpmRange[] | undefined {
  // who says nothing of versions means all
  if (ranges.length === 0 && versions.length === 0) return [[[]]];
  const found: (NpmRange | undefined)[] = [];
  for (const { type, events } of ranges) {
    // commits say nothing about a package as it is published
    if (type === 'GIT') continue;
    let introduced: string | undefined;
    for (const event of events) {
      if (event.introduced !== undefined) introduced = event.introduced;
      if (introduced === undefined || (event.fixed ?? event.last_affected) === undefined) continue;
      found.push(npmInterval(introduced, { fixed: event.fixed, last: event.last_affected }));
      introduced = undefined;
    }
    if (introduced !== undefined) found.push(npmInterval(introduced, {}));
  }
  return found.every((each) => each !== undefined) ? found : undefined;
}

function advisory(
  told: Pick<Advisory, 'id' | 'title' | 'package'>,
  ranges: readonly NpmRange[],
  versions: readonly string[],
): Advisory {
  return {
    ...told,
    isAffected: (version) =>
      versions.includes(version) || ranges.some((range) => isInNpmRange(version, range)),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
