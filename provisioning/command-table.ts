// What people see in a terminal window: tables whose columns stand under each other, and bars for long work.
import { columnsOf } from '../device/printers/text-columns.ts';

/** @param head all empty = none; @returns lines, each with its end; as wide as its widest cell, Chinese counted twice */
export function commandTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, n) => Math.max(...all.map((row) => columnsOf(row[n] ?? ''))));
  return (head.some((each) => each !== '') ? all : all.slice(1))
    .map(
      (row) =>
        `${row
          .map((cell, n) => padded(cell, widths[n] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - columnsOf(cell)));
}

/** What comes from terminals must not steer the window that shows it. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}

export interface Watched {
  readonly complain: (text: string) => void;
  readonly isWatched?: boolean | undefined;
}

const barWidth = 30;

/** @param label stands before it; @returns what to call as it goes on; nothing is drawn where nobody watches */
export function progressBar(
  { complain, isWatched }: Watched,
  label: string,
): (done: number, all: number) => void {
  let drawn = '';
  return (done, all) => {
    if (!isWatched) return;
    const share = all === 0 ? 1 : done / all;
    const full = Math.floor(share * barWidth);
    const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
    const text = `\r${label} ${bar} ${Math.floor(share * 100)} %${done >= all ? '\n' : ''}`;
    if (text !== drawn) complain(text);
    drawn = text;
  };
}
