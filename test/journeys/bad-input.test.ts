// The shipped terminal, started wrongly in every way that IT manages: one coded sentence that says what to do, nothing lost.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminalMigrations } from '../../kiosk/store/terminal-store.ts';
import { terminalArguments } from '../../kiosk/terminal-process.ts';
import { writePrivate } from '../../provisioning/write-terminal.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { Outbox } from '../../sync/outbox.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { someKeys, someSealer } from '../sync/some-keys.ts';
import { type Ended, programs, runProgram } from './program-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-bad-'));
  writePrivate(join(folder, 'fleet.key'), '07'.repeat(32));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const right = {
  v: 1,
  tenant: 'test',
  terminal: 'hall-01',
  code: 'H01',
  site: { name: { zh: '测试', en: 'Test' }, project: null, helpPhone: '400' },
  dataDir: 'data',
  screen: { port: 0 },
  broker: { url: 'mqtt://127.0.0.1:1' },
  headquarters: publicKeysOf(someKeys),
  fleetKeyFile: 'fleet.key',
  reader: null,
  printer: null,
  panel: null,
};
function config(change: object = {}): string {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ ...right, ...change }));
  return file;
}
const start = (file: string) => runProgram(...terminalArguments(programs.terminal, file));
/** The last line; there may be log lines before it, but only one is not JSON. */
function sentence({ code, out, lines }: Ended): string {
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const plain = lines.filter((line) => !line.startsWith('{'));
  expect(plain).toHaveLength(1);
  expect(plain[0]).not.toMatch(/\bat .*:\d+:\d+/);
  return plain[0] ?? '';
}
/** @returns its log */
async function servesOnWithAnother(): Promise<string> {
  const terminal = start(config());
  await terminal.ready;
  terminal.kill('SIGTERM');
  return (await terminal.ended).lines.join('\n');
}
const databaseFile = () => join(folder, 'data', 'terminal.db');

/** A data folder with some facts of `terminal` in it. @returns how many */
function keepFacts(terminal = 'hall-01'): number {
  const db = Database.open(databaseFile(), terminalMigrations);
  const outbox = Outbox.open(db, {
    terminal: terminal as TerminalId,
    sealer: someSealer,
    clock: systemClock(),
  });
  for (const n of [1, 2, 3]) {
    db.transaction(() =>
      outbox.append({ kind: 'help-requested', body: { screen: n % 2 ? 'home' : 'attract' } }),
    );
  }
  const { lastSeq } = outbox;
  db.close();
  return lastSeq;
}

describe('a terminal that cannot start says in one sentence why and what to do', () => {
  it.each([
    ['no such config', () => join(folder, 'nothing.json'), /^config-unreadable: .*nothing\.json.*--config/],
    [
      'a config that is not JSON',
      () => {
        writeFileSync(join(folder, 'c.json'), '{"v":1,');
        return join(folder, 'c.json');
      },
      /^config-not-json: .*Mend it/,
    ],
    ['a wrong key', () => config({ colour: 'red' }), /^config-wrong: .*colour is not a key/],
    ['a wrong type', () => config({ screen: { port: '80' } }), /^config-wrong: .*screen\.port must be/],
    [
      'a reader port that cannot be',
      () => config({ reader: { kind: 'rdm6300', at: 'tcp://127.0.0.1:99999' } }),
      /^config-wrong: .*reader\.at must have a port/,
    ],
    [
      'a broker port that cannot be',
      () => config({ broker: { url: 'mqtt://127.0.0.1:99999' } }),
      /^config-wrong: .*broker\.url must have a port/,
    ],
    [
      'a seal key that everybody could open',
      () => {
        const headquarters = { ...publicKeysOf(someKeys), sealKey: Buffer.alloc(32).toString('base64') };
        return config({ headquarters });
      },
      /^seal-key-unusable: .*headquarters\.sealKey/,
    ],
    [
      'a data folder below a file',
      () => config({ dataDir: 'fleet.key/data' }),
      /^data-dir-unwritable: .*give this user the right/,
    ],
    [
      'a run folder that is a file',
      () => {
        writePrivate(join(folder, 'data', 'run'), '');
        return config();
      },
      /^data-dir-unwritable: /,
    ],
    [
      'a token that cannot be written',
      () => {
        writePrivate(join(folder, 'data', 'run', 'screen-token', 'in-the-way'), '');
        return config();
      },
      /^data-dir-unwritable: /,
    ],
    [
      'a fleet key that others may read',
      () => {
        writeFileSync(join(folder, 'open.key'), '07'.repeat(32), { mode: 0o644 });
        return config({ fleetKeyFile: 'open.key' });
      },
      /^key-unreadable: .*mode 0600/,
    ],
    [
      'a fleet key that is none',
      () => {
        writePrivate(join(folder, 'short.key'), '07');
        return config({ fleetKeyFile: 'short.key' });
      },
      /^key-unreadable: .*64 hex digits/,
    ],
    [
      'a password file that is not there',
      () => config({ broker: { url: 'mqtt://127.0.0.1:1', username: 'x', passwordFile: 'no' } }),
      /^password-unreadable: /,
    ],
  ])('%s', async (_what, file, words) => {
    const said = sentence(await start(file()).ended);
    expect(said).toMatch(words);
    expect(said).not.toContain('07'.repeat(32));
  });

  it('a screen port that is taken, without losing a fact', async () => {
    const facts = keepFacts();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const said = sentence(await start(config({ screen: { port } })).ended);
    expect(said).toMatch(/^screen-port-in-use: .*choose another screen\.port/);
    expect(said).toContain(String(port));
    await new Promise((resolve) => other.close(resolve));
    expect(factsKept()).toBe(facts);
  });

  it('the database of another terminal, and leaves it as it is', async () => {
    const facts = keepFacts('hall-99');
    const said = sentence(await start(config()).ended);
    expect(said).toMatch(/^sync-store-foreign: .*hall-99.*own dataDir/);
    expect(factsKept('hall-99')).toBe(facts);
  });

  it('OB13 a damaged database: sets it aside and serves on', async () => {
    keepFacts();
    // what a dying card does to a file: all of it in one place, half of its pages rubbish
    const db = new DatabaseSync(databaseFile());
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const pages = readFileSync(databaseFile());
    writeFileSync(databaseFile(), pages.fill(0xa5, 2_048));
    const before = readFileSync(databaseFile());
    const said = await servesOnWithAnother();
    expect(said).toMatch(/"code":"sync-store-corrupt".*terminal\.db\.damaged-1/);
    expect(readFileSync(`${databaseFile()}.damaged-1`)).toEqual(before);
  });

  it('OB13 something else in place of the database: sets it aside and serves on', async () => {
    writePrivate(databaseFile(), 'these are my notes, not a database; '.repeat(200));
    const before = readFileSync(databaseFile());
    expect(await servesOnWithAnother()).toMatch(/"code":"sync-store-corrupt"/);
    expect(readFileSync(`${databaseFile()}.damaged-1`)).toEqual(before);
  });

  it('the database of a newer version, and leaves it as it is', async () => {
    const facts = keepFacts();
    const db = Database.open(databaseFile(), terminalMigrations);
    db.run(`INSERT INTO migration(name) VALUES ('kiosk-99')`);
    db.close();
    expect(sentence(await start(config()).ended)).toMatch(/^sync-store-newer: .*install that version/);
    const again = Database.open(databaseFile(), [...terminalMigrations, { name: 'kiosk-99', sql: '' }]);
    expect(again.get('SELECT count(*) AS n FROM outbox')?.['n']).toBe(facts);
    again.close();
  });

  it('OB8 a data folder that another terminal works with, and leaves that one in peace', async () => {
    const first = start(config());
    await first.ready;
    const said = sentence(await start(config()).ended);
    expect(said).toMatch(/^sync-store-busy: .*stop that one or choose another dataDir/);
    first.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
  });

  it('but goes on with the defaults when settings.json is broken, says so once, and leaves it as it is', async () => {
    const settings = join(folder, 'data', 'settings.json');
    writePrivate(settings, '{"language":"zh",');
    const program = start(config());
    await program.ready;
    program.kill('SIGTERM');
    const { code, lines } = await program.ended;
    expect(code).toBe(0);
    const faults = lines.filter((line) => line.includes('"settings-unreadable"'));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('mend or delete it');
    expect(readFileSync(settings, 'utf8')).toBe('{"language":"zh",');
  });

  it('and ends with 0 on SIGTERM and on two SIGINTs', async () => {
    for (const signals of [['SIGTERM'], ['SIGINT', 'SIGINT']] as const) {
      const program = start(config());
      await program.ready;
      for (const signal of signals) program.kill(signal);
      expect(await program.ended).toMatchObject({ code: 0, signal: null });
    }
  });
});

function factsKept(terminal = 'hall-01'): number {
  const db = Database.open(databaseFile(), terminalMigrations);
  const { lastSeq } = Outbox.open(db, {
    terminal: terminal as TerminalId,
    sealer: someSealer,
    clock: systemClock(),
  });
  db.close();
  return lastSeq;
}
