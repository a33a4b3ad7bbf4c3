// The tables of headquarters' one SQLite file.
import type { Migration } from '../database.ts';

export const headquartersMigrations: readonly Migration[] = [
  {
    name: 'headquarters-1',
    // every column that refers to another table has an index: without one each upsert there reads this whole table
    sql: `
    CREATE TABLE stream(
      terminal TEXT NOT NULL, epoch TEXT NOT NULL, applied INTEGER NOT NULL,
      last_at TEXT NOT NULL, alarm TEXT,
      PRIMARY KEY(terminal, epoch)) WITHOUT ROWID;
    CREATE TABLE fact(
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      terminal TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at TEXT NOT NULL, boot TEXT NOT NULL, mono_ms INTEGER NOT NULL,
      received_at TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL,
      UNIQUE(terminal, epoch, seq));
    CREATE TABLE dead_letter(
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      terminal TEXT NOT NULL, epoch TEXT, seq INTEGER, reason TEXT NOT NULL, detail TEXT NOT NULL,
      hash TEXT NOT NULL, raw TEXT NOT NULL, received_at TEXT NOT NULL);
    CREATE UNIQUE INDEX dead_letter_once ON dead_letter(terminal, epoch, seq, hash) WHERE seq IS NOT NULL;

    CREATE TABLE terminal(
      terminal TEXT PRIMARY KEY, online INTEGER NOT NULL, version TEXT NOT NULL, waiting INTEGER NOT NULL,
      first_seen TEXT NOT NULL, last_seen TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE mark(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE dataset(name TEXT PRIMARY KEY, version INTEGER NOT NULL, published_at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE dataset_version(name TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY(name, version)) WITHOUT ROWID;
    CREATE TABLE dataset_row(
      dataset TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, body TEXT,
      PRIMARY KEY(dataset, key)) WITHOUT ROWID;
    CREATE INDEX dataset_row_version ON dataset_row(dataset, version);

    CREATE TABLE member(
      id TEXT PRIMARY KEY, name TEXT NOT NULL, phone TEXT NOT NULL, pin TEXT, homes TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE card(token TEXT PRIMARY KEY, member TEXT NOT NULL REFERENCES member(id), state TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX card_member ON card(member);
    CREATE TABLE level(code TEXT PRIMARY KEY, from_points INTEGER NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE ledger(
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE, business_key TEXT NOT NULL UNIQUE,
      member TEXT NOT NULL REFERENCES member(id), at TEXT NOT NULL, points INTEGER NOT NULL,
      reason TEXT NOT NULL, fact TEXT, reverses TEXT UNIQUE REFERENCES ledger(id));
    CREATE INDEX ledger_member ON ledger(member, at);
    CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

    CREATE TABLE event(id TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE session(
      id TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES event(id), points INTEGER NOT NULL,
      opens_at TEXT NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX session_event ON session(event);
    CREATE TABLE roster(
      session TEXT NOT NULL REFERENCES session(id), member TEXT NOT NULL REFERENCES member(id), treatment TEXT,
      PRIMARY KEY(session, member)) WITHOUT ROWID;
    CREATE INDEX roster_member ON roster(member);
    CREATE TABLE check_in(
      session TEXT NOT NULL REFERENCES session(id), member TEXT NOT NULL REFERENCES member(id),
      at TEXT NOT NULL, terminal TEXT NOT NULL, fact TEXT NOT NULL UNIQUE,
      PRIMARY KEY(session, member)) WITHOUT ROWID;
    CREATE INDEX check_in_member ON check_in(member);

    CREATE TABLE request(
      id TEXT PRIMARY KEY, number TEXT NOT NULL, member TEXT NOT NULL REFERENCES member(id), terminal TEXT NOT NULL,
      unit TEXT NOT NULL, state TEXT NOT NULL, filed_at TEXT NOT NULL, reply_by TEXT NOT NULL, on_site_by TEXT NOT NULL,
      tasks TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX request_member ON request(member);
    CREATE TABLE request_history(
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      request TEXT NOT NULL REFERENCES request(id), at TEXT NOT NULL, state TEXT NOT NULL, note TEXT,
      withdrawn_at TEXT);
    CREATE INDEX request_history_request ON request_history(request);

    CREATE TABLE unit(
      id TEXT PRIMARY KEY, project TEXT NOT NULL, building TEXT NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX unit_place ON unit(project, building);
    CREATE TABLE pending_change(
      unit TEXT PRIMARY KEY REFERENCES unit(id) ON DELETE CASCADE, state TEXT, price INTEGER, at TEXT NOT NULL) WITHOUT ROWID;
    `,
  },
];
