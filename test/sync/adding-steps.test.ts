// A release that is taken back leaves its store to the one before: steps of a schema only add, and who does not know one lets it be.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordReport } from '../../kiosk/store/keeper-reports.ts';
import { TerminalStore, terminalMigrations } from '../../kiosk/store/terminal-store.ts';
import { makeSealer, makeSealKeys } from '../../sync/contract/seal.ts';
import { addingStep, Database, type Migration } from '../../sync/database.ts';
import { handClock, scratchFolder, terminal, viewed } from './scratch.ts';

/** What was in stores before the first release; nothing may be added to this list. */
const beforeReleases = new Set(
  terminalMigrations.map(({ name }) => name).filter((name) => !name.startsWith(addingStep)),
);

const newer: readonly Migration[] = [
  ...terminalMigrations,
  {
    name: 'add-visit-1',
    sql: `CREATE TABLE visit(id TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
      ALTER TABLE check_in ADD COLUMN door TEXT;
      CREATE INDEX check_in_door ON check_in(door);`,
  },
];

function openStore(folder: string): TerminalStore {
  return TerminalStore.open(join(folder, 'terminal.db'), {
    terminal,
    clock: handClock(),
    sealer: makeSealer(makeSealKeys().publicKey),
  });
}

describe('a release that is taken back', () => {
  it('leaves a store that the one before opens, with every fact of both, and so does the way forward again', () => {
    const folder = scratchFolder();
    const first = openStore(folder);
    first.record({ fact: viewed(1), effects: [] });
    const { epoch } = first.outbox;
    first.close();
    const tried = Database.open(join(folder, 'terminal.db'), newer);
    tried.run("INSERT INTO visit(id, at) VALUES ('v', 'now')");
    tried.run("INSERT INTO check_in(session, member, at, door) VALUES ('s', 'm', 'now', 'north')");
    tried.close();
    const back = openStore(folder);
    back.record({ fact: viewed(2), effects: [] });
    expect([back.outbox.epoch, back.outbox.lastSeq]).toEqual([epoch, 2]);
    expect(back.overlay.checkIn('s' as never, 'm' as never)).toBe('now');
    back.close();
    const again = Database.open(join(folder, 'terminal.db'), newer);
    expect(again.get('SELECT door FROM check_in')).toEqual({ door: 'north' });
    expect(again.get('SELECT count(*) AS n FROM visit')).toEqual({ n: 1 });
    again.close();
  });

  it('cannot have changed what others read: such a store is not opened', () => {
    const folder = scratchFolder();
    openStore(folder).close();
    const changing = [...terminalMigrations, { name: 'visit-1', sql: 'CREATE TABLE visit(id TEXT)' }];
    Database.open(join(folder, 'terminal.db'), changing).close();
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'sync-store-newer' }));
  });

  it('only adds: every step that came with a release', () => {
    expect(beforeReleases.size).toBe(14);
    const statements = (sql: string) =>
      sql
        .split(';')
        .map((each) => each.trim())
        .filter(Boolean);
    const adds = /^(CREATE TABLE |CREATE INDEX |ALTER TABLE \w+ ADD COLUMN (?!.*NOT NULL(?!.*DEFAULT)))/s;
    for (const { name, sql } of terminalMigrations.filter((each) => each.name.startsWith(addingStep))) {
      expect(
        statements(sql).filter((each) => !adds.test(each)),
        name,
      ).toEqual([]);
    }
    for (const bad of [
      'DROP TABLE fact',
      'ALTER TABLE a ADD COLUMN b TEXT NOT NULL',
      'UPDATE fact SET x = 1',
    ])
      expect(adds.test(bad), bad).toBe(false);
  });
});

describe('what the keeper reports', () => {
  it('becomes a fact once for each number, and again from a keeper that lost its file', () => {
    const store = openStore(scratchFolder());
    const report = {
      rev: 1,
      hash: null,
      state: 'ok',
      code: null,
      path: null,
      schema: 1,
      release: 0,
    } as const;
    const say = (source: string, number: number) => recordReport(store, { source, number, report });
    expect([say('k-1', 1), say('k-1', 1), say('k-1', 2), say('k-1', 1), say('k-2', 1)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(store.outbox.lastSeq).toBe(3);
    store.close();
  });
});
