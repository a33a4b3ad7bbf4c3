// F12 and F13 from end to end without a network: real outboxes and the real intake, cards that are copied and restored, a headquarters that forgets.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../sync/contract/frame.ts';
import { Database } from '../../sync/database.ts';
import { Outbox, outboxMigrations, type Settlement } from '../../sync/outbox.ts';
import { makeWorld, type World } from './headquarters/world.ts';
import { handClock, scratchFolder, terminal, viewed } from './scratch.ts';
import { someSealer } from './some-keys.ts';

const open: Database[] = [];
let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(async () => {
  for (const db of open.splice(0)) db.close();
  await world.remove();
});

function card(folder = scratchFolder(), name = 'terminal.db') {
  const file = join(folder, name);
  const db = Database.open(file, outboxMigrations);
  open.push(db);
  const outbox = Outbox.open(db, { terminal, clock: handClock(), sealer: someSealer });
  const accepted: string[] = [];
  return {
    file,
    outbox,
    accepted,
    accept(count: number): void {
      for (let n = 0; n < count; n += 1) {
        accepted.push(db.transaction(() => outbox.append(viewed(n))).id);
      }
    },
    close: () => open.splice(open.indexOf(db), 1)[0]?.close(),
  };
}
type Card = ReturnType<typeof card>;

/** The copy of a card: file and mark, as an image of it holds them. */
function copyOf({ file }: Card, name: string): Card {
  const folder = scratchFolder();
  copyFileSync(file, join(folder, name));
  copyFileSync(`${file}.mark`, join(folder, `${name}.mark`));
  return card(folder, name);
}

/** Sends and settles until headquarters has everything. */
async function sync({ outbox }: Card, to: World = world): Promise<Settlement[]> {
  const seen: Settlement[] = [];
  let after = outbox.appliedSeq;
  for (let turn = 0; turn < 20 && outbox.waiting() > 0; turn += 1) {
    const { epoch, forgottenSeq: forgotten } = outbox;
    const facts = outbox.read(after, 100, 1e6);
    const prev = after > forgotten ? (outbox.read(after - 1, 1, 1)[0]?.id ?? null) : null;
    const { ack } = await to.intake.receive(
      terminal,
      encodeFrame({ v: 1, terminal, epoch, forgotten, prev, facts }),
    );
    if (!ack) throw new Error('there is no ack');
    const settlement = outbox.settle(ack);
    seen.push(settlement);
    // CO4: who hears no progress goes back to the oldest that is held
    after = settlement === 'unchanged' ? outbox.forgottenSeq : outbox.appliedSeq;
  }
  return seen;
}

async function applied(at: World = world): Promise<string[]> {
  return (await at.desk.factsAfter(0, 500))
    .filter(({ kind }) => kind === 'person-proven')
    .map(({ id }) => id);
}

describe('a card', () => {
  it('OB10 IN8 F12 that was restored from an older image loses and doubles nothing that it still has', async () => {
    const before = card();
    before.accept(5);
    await sync(before);
    before.accept(2);
    before.close();
    const image = copyOf(before, 'image.db');
    image.close();
    const live = card(join(before.file, '..'));
    live.accept(4);
    await sync(live);
    live.close();

    const restored = copyOf(image, 'restored.db');
    restored.accept(3);
    const seen = await sync(restored);
    expect(seen).toContain('renewed');
    expect(restored.outbox.waiting()).toBe(0);
    expect(await applied()).toEqual([...before.accepted, ...live.accepted, ...restored.accepted]);
  });

  it('IN6 IN12 OB10 F12 and its clone, both online, each get all of their facts in once', async () => {
    const one = card();
    one.accept(3);
    await sync(one);
    one.close();
    const twin = copyOf(one, 'twin.db');
    const first = card(join(one.file, '..'));
    for (let round = 0; round < 3; round += 1) {
      first.accept(2);
      twin.accept(3);
      await sync(first);
      await sync(twin);
    }
    await sync(first);
    expect([first.outbox.waiting(), twin.outbox.waiting()]).toEqual([0, 0]);
    expect(first.outbox.epoch).not.toBe(twin.outbox.epoch);
    const all = await applied();
    const wanted = [...one.accepted, ...first.accepted, ...twin.accepted];
    expect([...all].sort()).toEqual([...wanted].sort());
    for (const each of [first, twin]) {
      expect(all.filter((id) => each.accepted.includes(id))).toEqual(each.accepted);
    }
  });
});

describe('a headquarters', () => {
  it('OB5 CO4 F13 that was restored from a backup is filled again from the ring', async () => {
    const hall = card();
    hall.accept(4);
    await sync(hall);
    const backup = await makeWorld();
    try {
      const facts = hall.outbox.read(0, 4, 1e6);
      const { epoch } = hall.outbox;
      await backup.intake.receive(
        terminal,
        encodeFrame({ v: 1, terminal, epoch, forgotten: 0, prev: null, facts }),
      );
      hall.accept(6);
      await sync(hall);
      expect(await applied()).toHaveLength(10);
      hall.accept(1);
      await sync(hall, backup);
      expect(await applied(backup)).toEqual(hall.accepted);
    } finally {
      await backup.remove();
    }
  });
});
