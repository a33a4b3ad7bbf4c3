// A strict reader of the text that a Prometheus takes: what it does not know it refuses, where Prometheus would shrug.

export interface ReadFamily {
  readonly type: string;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const nameForm = /^[a-z][a-z0-9_]*$/;

/** @throws Error naming the line */
export function readMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line is not ended');
  const families = new Map<string, { type: string; samples: ReadFamily['samples'][number][] }>();
  let helpOf = '';
  let current = '';
  const seen = new Set<string>();
  for (const [at, line] of text.slice(0, -1).split('\n').entries()) {
    const wrong = (why: string): Error => new Error(`line ${at + 1}: ${why}: ${line}`);
    const help = /^# HELP (\S+) \S.*$/.exec(line);
    const type = /^# TYPE (\S+) (gauge|counter)$/.exec(line);
    if (help) {
      helpOf = help[1] ?? '';
      if (!nameForm.test(helpOf) || families.has(helpOf)) throw wrong('no new name');
    } else if (type) {
      current = type[1] ?? '';
      if (current !== helpOf) throw wrong('a type without its help');
      if ((type[2] === 'counter') !== current.endsWith('_total')) throw wrong('counters end in _total');
      families.set(current, { type: type[2] ?? '', samples: [] });
    } else {
      const { name, labels, value } = readSample(line, wrong);
      if (name !== current) throw wrong('outside its family');
      const key = `${name} ${JSON.stringify(Object.entries(labels).sort())}`;
      if (seen.has(key)) throw wrong('twice');
      seen.add(key);
      families.get(name)?.samples.push({ labels, value });
    }
  }
  return families;
}

function readSample(line: string, wrong: (why: string) => Error) {
  const found = /^([a-z_0-9]+)\{(.*)\} (-?\d+(?:\.\d+)?)$/.exec(line);
  if (!found) throw wrong('no sample');
  const [, name = '', inside = '', number = ''] = found;
  const labels: Record<string, string> = {};
  // a quote, a backslash and a new line stand escaped, and nothing else does
  const label = /([a-z_]+)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;
  while (label.lastIndex < inside.length) {
    const part = label.exec(inside);
    if (!part) throw wrong('no label');
    const [, key = '', value = ''] = part;
    if (key in labels) throw wrong('a label twice');
    labels[key] = value.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
  }
  return { name, labels, value: Number(number) };
}
