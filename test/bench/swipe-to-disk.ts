// Row `swipe-to-disk`: from the bytes of a card frame to its fact on disk, against one bare insert that is as durable.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CardPresence } from '../../device/readers/card-presence.ts';
import { Rdm6300Framing } from '../../device/readers/rdm6300.ts';
import { Kiosk } from '../../kiosk/kiosk.ts';
import type { UpkeepKnowledge } from '../../kiosk/knowledge.ts';
import { openLog } from '../../kiosk/log.ts';
import { plainManner } from '../../kiosk/manner.ts';
import { storedKnowledge } from '../../kiosk/store/stored-knowledge.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { factIdMaker } from '../../sync/fact-id.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { rdm6300Frame } from '../simulators/rdm6300-reader.ts';
import { someSealer } from '../sync/some-keys.ts';
import { copyBigStore } from './big-store.ts';
import { bigStoreFleetKey, bigStoreTerminal, listedCard, unknownCard } from './big-store-rows.ts';
import { loadPeer, peerLabel } from './peers.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const plainLook = { mannerAt: () => plainManner, display: null };

/** A terminal from the reader's bytes to the store, without paper, screen and network. */
interface Swiper {
  /** @returns ms until the fact was on disk, and that fact's JSON */
  swipe(card: string): { readonly ms: number; readonly kind: string; readonly json: string };
  close(): void;
}

/** The least that keeps a text through a power cut. */
interface Floor {
  /** @returns ms until it was on disk */
  insert(text: string): number;
  close(): void;
}

interface Timed {
  readonly ours: number[];
  readonly floor: number[];
}

const warmUp = 50;

/** Medians of single swipes, ms; every swipe is followed by the bare insert of a text as long as its fact. */
export async function swipeToDiskRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const swipes = isQuick ? 200 : 2_000;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-swipe-'));
  try {
    await copyBigStore(join(folder, 'terminal.db'), progress);
    const floor = openFloor(join(folder, 'floor.db'));
    const swiper = openSwiper(join(folder, 'terminal.db'));
    const checkIns: Timed = { ours: [], floor: [] };
    const refusals: Timed = { ours: [], floor: [] };
    for (let n = -warmUp; n < swipes; n += 1) {
      const card = n + warmUp;
      for (const [into, number, kind] of [
        [checkIns, listedCard(card), 'check-in-recorded'],
        [refusals, unknownCard(card), 'card-refused'],
      ] as const) {
        const swiped = swiper.swipe(number);
        if (swiped.kind !== kind) throw new Error(`card ${card} made a ${swiped.kind}, not a ${kind}`);
        const floorMs = floor.insert(swiped.json);
        if (n < 0) continue;
        into.ours.push(swiped.ms);
        into.floor.push(floorMs);
      }
    }
    swiper.close();
    floor.close();
    return [
      timedRow('check-in, ms ÷ bare insert', checkIns),
      timedRow('unknown card, ms ÷ bare insert', refusals),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timedRow(metric: string, { ours, floor }: Timed): Row {
  return ratioRow({
    row: 'swipe-to-disk',
    metric,
    op: '<=',
    goal: 1.5,
    ours: median(ours),
    against: median(floor),
    peer: `${peerLabel('better-sqlite3')} WAL FULL`,
    runs: ours.length,
  });
}

const noUpkeep: UpkeepKnowledge = {
  hasPin: false,
  version: '0',
  waitingFacts: () => 0,
  pressure: () => 'none',
  devices: () => [],
  canTakePicture: () => false,
  inspection: () => null,
};

function openSwiper(file: string): Swiper {
  const clock = systemClock();
  const store = TerminalStore.open(file, { terminal: bigStoreTerminal, sealer: someSealer, clock });
  const framing = new Rdm6300Framing();
  const presence = new CardPresence(400);
  const makeId = factIdMaker();
  let onDiskMs = 0;
  const kiosk = new Kiosk({
    terminal: 'bench',
    site: {
      name: { zh: '兰亭', en: 'Lanting' },
      project: null,
      timeZone: 'Asia/Shanghai',
      helpPhone: '400-1',
      code: 'H01',
      slipFooter: { zh: '谢谢', en: 'Thanks' },
    },
    fleetKey: bigStoreFleetKey,
    cardWidth: 'all',
    isMaintenancePin: () => Promise.resolve(false),
    wedge: null,
    store,
    know: {
      ...storedKnowledge(store, {
        project: null,
        fleetKey: bigStoreFleetKey,
        isPrinterReady: () => true,
        now: () => new Date(),
      }),
      upkeep: noUpkeep,
    },
    limits: { repeatedSwipeMs: 3_000, wrongPins: 5, pinLockMs: 900_000, waitingSlips: 50 },
    idle: { warnAfterMs: 40_000, endAfterMs: 20_000 },
    language: 'zh',
    ...plainLook,
    clock: () => clock.now(),
    monoMs: () => clock.monoMs(),
    newId: () => makeId(clock.now().getTime()),
    random: () => 0,
    log: openLog('bench', { write: (line) => void process.stderr.write(line) }),
    onShow: () => {},
    onRecorded: () => {
      onDiskMs = performance.now();
    },
    onSlipQueued: () => {},
    onSound: () => {},
    onTryPanel: () => {},
    takePicture: () => Promise.resolve({ kind: 'failed', why: 'not-taken' }),
    onMaintenance: () => {},
    ask: () => false,
  });
  return {
    swipe(card) {
      const frame = rdm6300Frame(card);
      const before = store.outbox.lastSeq;
      const startMs = performance.now();
      for (const read of framing.push(frame).cards) {
        if (presence.see(read.number, performance.now())) kiosk.swipe(read);
      }
      const ms = onDiskMs - startMs;
      const [fact] = store.outbox.read(before, 1, 100_000);
      if (!fact || ms < 0) throw new Error('the swipe put nothing on disk');
      return { ms, kind: fact.kind, json: JSON.stringify(fact) };
    },
    close() {
      kiosk.close();
      store.close();
    },
  };
}

interface BetterSqlite {
  pragma(sql: string, options?: { readonly simple: true }): unknown;
  exec(sql: string): void;
  prepare(sql: string): { run(text: string): unknown };
  close(): void;
}

function openFloor(file: string): Floor {
  const Peer = loadPeer('better-sqlite3') as new (file: string) => BetterSqlite;
  const db = new Peer(file);
  for (const pragma of ['page_size=1024', 'journal_mode=WAL', 'synchronous=FULL']) db.pragma(pragma);
  const found = ['page_size', 'journal_mode', 'synchronous'].map((name) => db.pragma(name, { simple: true }));
  if (found.join() !== '1024,wal,2') throw new Error(`the floor is ${found.join()}, not WAL with FULL`);
  db.exec('CREATE TABLE fact(seq INTEGER PRIMARY KEY, fact TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO fact(fact) VALUES (?)');
  return {
    insert(text) {
      const startMs = performance.now();
      insert.run(text);
      return performance.now() - startMs;
    },
    close: () => db.close(),
  };
}
