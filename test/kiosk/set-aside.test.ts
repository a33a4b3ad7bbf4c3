// OB13: a terminal whose store is damaged serves on with an empty one, and says so.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TerminalStore, terminalMigrations } from '../../kiosk/store/terminal-store.ts';
import { Database } from '../../sync/database.ts';
import { handClock, scratchFolder, terminal, viewed } from '../sync/scratch.ts';
import { opened, someSealer } from '../sync/some-keys.ts';

const heldBy = (store: TerminalStore, most: number) =>
  store.outbox.read(0, most, 10_000).map((fact) => opened(fact, terminal));

function world() {
  const file = join(scratchFolder(), 'terminal.db');
  const told: string[] = [];
  return {
    file,
    told,
    open: () =>
      TerminalStore.open(file, {
        terminal,
        clock: handClock(),
        sealer: someSealer,
        onSetAside: (aside) => told.push(aside),
      }),
    /** @returns its epoch; `facts` of them are in it */
    fill(facts: number): string {
      const store = this.open();
      for (let n = 1; n <= facts; n += 1) store.record({ fact: viewed(n), effects: [] });
      const { epoch } = store.outbox;
      store.close();
      return epoch;
    },
    spoil(from: number, to?: number): Buffer {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0xa5, from, to ?? bytes.length));
      return bytes;
    },
  };
}

describe('OB13 a damaged store', () => {
  it('is set aside whole, and the first fact of the new one says which it was and how far it went', () => {
    const { file, told, open, fill, spoil } = world();
    const epoch = fill.call({ open }, 40);
    // its last page only
    const bytes = spoil(readFileSync(file).length - 1_024);
    const store = open();
    expect(store.outbox.epoch).not.toBe(epoch);
    expect(heldBy(store, 10)).toMatchObject([
      {
        seq: 1,
        kind: 'epoch-begun',
        body: { reason: 'set-aside', previous: epoch, last: expect.any(Number) },
      },
    ]);
    store.close();
    expect(told).toEqual([`${file}.damaged-1`]);
    expect(readFileSync(`${file}.damaged-1`)).toEqual(bytes);
  });

  it('of which nothing can be read is set aside too, and the mark beside it says which it was', () => {
    const { open, fill, spoil, file } = world();
    const epoch = fill.call({ open }, 3);
    spoil(0);
    const store = open();
    expect(heldBy(store, 10)).toMatchObject([
      { kind: 'epoch-begun', body: { reason: 'set-aside', previous: epoch } },
    ]);
    store.close();
    expect(existsSync(`${file}.damaged-1`)).toBe(true);
  });

  it('is told once, also when the power went before it was', () => {
    const { told, open, fill, file } = world();
    fill.call({ open }, 3);
    // set aside, and not told
    renameSync(file, `${file}.damaged-1`);
    for (let start = 1; start <= 3; start += 1) {
      const store = open();
      store.record({ fact: viewed(start), effects: [] });
      const facts = store.outbox.read(0, 10, 10_000).map(({ kind }) => kind);
      expect(facts).toEqual(['epoch-begun', ...Array.from({ length: start }, () => 'person-proven')]);
      store.close();
    }
    expect(told).toHaveLength(1);
  });

  it('leaves no WAL behind that the new one would read', () => {
    const { open, fill, file } = world();
    const epoch = fill.call({ open }, 3);
    renameSync(file, `${file}-wal`);
    const store = open();
    expect(store.outbox.epoch).not.toBe(epoch);
    expect(store.outbox.lastSeq).toBe(1);
    store.close();
    expect(existsSync(`${file}.damaged-1-wal`)).toBe(true);
  });

  it('is kept beside the one before', () => {
    const { told, open, fill, spoil, file } = world();
    for (const n of [1, 2]) {
      fill.call({ open }, n);
      spoil(0);
      open().close();
    }
    expect(told).toEqual([`${file}.damaged-1`, `${file}.damaged-2`]);
  });

  it('keeps its number when an older one was taken away', () => {
    const { told, open, fill, spoil, file } = world();
    for (const n of [1, 2, 3]) {
      fill.call({ open }, n);
      spoil(0);
      open().close();
      if (n === 2) for (const end of ['', '-wal']) rmSync(`${file}.damaged-1${end}`, { force: true });
    }
    expect(told.at(-1)).toBe(`${file}.damaged-3`);
  });

  it('is found by a number that is missing, too', () => {
    const { open, fill, file } = world();
    fill.call({ open }, 5);
    const db = Database.open(file, terminalMigrations);
    db.run('DELETE FROM outbox WHERE place = 3');
    db.close();
    const store = open();
    expect(heldBy(store, 1)).toMatchObject([{ body: { last: 5 } }]);
    store.close();
  });

  it('that was met in use is set aside at the next start', () => {
    const { open, fill, file } = world();
    fill.call({ open }, 5);
    writeFileSync(`${file}.suspect`, '');
    open().close();
    expect(existsSync(`${file}.damaged-1`)).toBe(true);
    expect(existsSync(`${file}.suspect`)).toBe(false);
    rmSync(file);
  });
});
