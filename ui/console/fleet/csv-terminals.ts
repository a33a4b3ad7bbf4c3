// Which terminals a file of records names; whether the file is right is headquarters' to say.

/** @param csv that headquarters took in: a head with the column `terminal`, no line break inside a field */
export function csvTerminals(csv: string): readonly string[] {
  const [head = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const at = cells(head.toLowerCase()).indexOf('terminal');
  return at < 0 ? [] : lines.map((line) => cells(line)[at] ?? '').filter((name) => name !== '');
}

function cells(line: string): readonly string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
