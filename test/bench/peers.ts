// The libraries that we measure against: pinned, installed on demand into a cache, never part of the product.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const versions = {
  '@point-of-sale/receipt-printer-encoder': '4.0.1',
  'better-sqlite3': '12.11.1',
  escpos: '2.5.2',
  flexsearch: '0.8.212',
  minisearch: '7.2.0',
  'mqtt-level-store': '3.1.0',
  '@flowfuse/node-red-dashboard': '1.31.0',
  'node-thermal-printer': '4.6.1',
  receiptline: '4.0.4',
  'simple-keyboard': '3.8.192',
  'simple-keyboard-layouts': '3.4.265',
  'zigbee2mqtt-windfront': '2.15.0',
} as const;
/** Compiled where they are installed; nobody else's scripts run. */
const compiled: readonly string[] = ['better-sqlite3'];
export type PeerName = keyof typeof versions;

/** `mqtt-level-store 3.1.0` */
export function peerLabel(name: PeerName): string {
  return `${name} ${versions[name]}`;
}

/**
 * The module, installed when it is not there yet.
 * @throws when npm cannot install it, with npm's words
 */
export function loadPeer(name: PeerName): unknown {
  return createRequire(join(installed(name), 'package.json'))(name);
}

/**
 * Where the files of a peer lie that is no module.
 * @throws when npm cannot install it, with npm's words
 */
export function peerFolder(name: PeerName): string {
  return join(installed(name), 'node_modules', name);
}

function installed(name: PeerName): string {
  const folder = join(process.cwd(), 'node_modules', '.cache', 'yingbin-peers', `${name}@${versions[name]}`);
  if (!existsSync(join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const npm = spawnSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        ...(compiled.includes(name) ? [] : ['--ignore-scripts']),
        `${name}@${versions[name]}`,
      ],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    if (npm.status !== 0) throw new Error(`cannot install ${peerLabel(name)}: ${npm.stderr}`);
  }
  return folder;
}
