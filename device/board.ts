// What the board under this program is: its model, its serial number and this start of it. No secret; it betrays a copied card.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BoardSigns {
  readonly model: string;
  /** empty = the board does not say */
  readonly serial: string;
  readonly architecture: 'x64' | 'arm64';
}

/** @param root of the file system, for tests */
export function readBoard(root = '/'): BoardSigns {
  const said = (...files: readonly string[]): string =>
    files.map((file) => firstLine(join(root, file))).find((text) => text !== '') ?? '';
  return {
    model: said('proc/device-tree/model', 'sys/class/dmi/id/product_name') || 'unknown',
    serial:
      said(
        'proc/device-tree/serial-number',
        'sys/class/dmi/id/product_uuid',
        'sys/class/dmi/id/board_serial',
      ) || builtInAddress(root),
    architecture: process.arch === 'arm64' ? 'arm64' : 'x64',
  };
}

/** Of this start of the machine. */
export function readBootId(root = '/'): string {
  return firstLine(join(root, 'proc/sys/kernel/random/boot_id'));
}

/** A PC tells its serial to the superuser alone; the address of its first wired card does as well. */
function builtInAddress(root: string): string {
  const folder = join(root, 'sys/class/net');
  const isBuiltIn = (card: string): boolean => /^(en|eth|end)/.test(card) && !/^enx/.test(card);
  try {
    const [card] = readdirSync(folder).filter(isBuiltIn).sort();
    return card === undefined ? '' : firstLine(join(folder, card, 'address'));
  } catch {
    return '';
  }
}

/** What the device tree says ends with a zero byte. */
function firstLine(file: string): string {
  try {
    const [line = ''] = readFileSync(file, 'utf8').replaceAll('\0', '').split('\n');
    return line
      .replace(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, 80);
  } catch {
    return '';
  }
}
