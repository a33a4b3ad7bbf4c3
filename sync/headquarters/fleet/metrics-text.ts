// The text that a Prometheus reads (exposition format 0.0.4): families of numbers, written so that no label can break out.

export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  /** `counter`: only ever rises, its name ends in `_total` */
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly MetricSample[];
}
export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

export function metricsText(families: readonly MetricFamily[]): string {
  return families
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
