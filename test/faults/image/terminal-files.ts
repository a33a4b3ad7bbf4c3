// The files of a terminal that has been enrolled, as lines of shell that put them on a board.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTerminal } from '../../../provisioning/write-terminal.ts';

/** No headquarters answers it: it shows what it shows on its first day without a network. */
export function terminalFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-board-'));
  try {
    writeTerminal({ folder, fleetKey: Buffer.alloc(32, 7), config });
    const archive = execFileSync('tar', ['-cz', '-C', folder, '.']).toString('base64');
    return `[ -e /var/lib/yingbin/config.json ] || { echo ${archive} | base64 -d | tar -xz -C /var/lib/yingbin --no-same-owner; chown -R yingbin:yingbin /var/lib/yingbin; }`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const config = {
  v: 1,
  tenant: 'lanting',
  terminal: 'hall-01',
  code: 'H01',
  site: {
    name: { zh: '兰亭地产·客户会', en: 'Lanting Homes Club' },
    project: null,
    timeZone: 'Asia/Shanghai',
    helpPhone: '400-886-0187',
  },
  dataDir: 'data',
  screen: { port: 4_700 },
  broker: { url: 'mqtt://127.0.0.1:1883' },
  headquarters: { sealKey: key(1), signKey: key(2) },
  reader: null,
  printer: null,
  panel: null,
  desktop: false,
};

function key(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64');
}
