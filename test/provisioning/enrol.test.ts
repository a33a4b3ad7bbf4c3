// A blank board becomes a terminal: over real TLS, at the real enrolment, with a real broker behind it.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../kiosk/config.ts';
import { ClockFloor } from '../../provisioning/clock-floor.ts';
import { type EnrolNews, type EnrolOptions, enrol } from '../../provisioning/enrol.ts';
import { writeEnrolledConfig } from '../../provisioning/enrolled-config.ts';
import { Identity } from '../../provisioning/identity.ts';
import { CertificateAuthority } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { type FleetDoor, startFleetDoor } from './fleet-door.ts';

let door: FleetDoor;
beforeEach(async () => {
  door = await startFleetDoor();
});
afterEach(() => door.close());

/** A board with a card in it; `start` is a start of its program. */
function blankBoard(serial = 'board-1', folder = scratchFolder()) {
  const claimFile = join(folder, 'yingbin-claim.json');
  const config = join(folder, 'terminal', 'config.json');
  const identity = new Identity(join(folder, 'terminal', 'identity'));
  const board = {
    folder,
    claimFile,
    config,
    identity,
    news: [] as EnrolNews[],
    waits: 0,
    onWait: (_: number): void | Promise<void> => undefined,
    stopping: new AbortController(),
    start(more: Partial<EnrolOptions> = {}) {
      board.stopping = new AbortController();
      return enrol({
        identity,
        claimFile,
        board: { model: 'Raspberry Pi 5', serial, architecture: 'arm64' },
        boot: 'boot-1',
        version: '0.1.0',
        floor: new ClockFloor(join(folder, 'terminal', 'clock-floor'), new Date('2026-01-01')),
        now: () => new Date(),
        keep: (answer) => writeEnrolledConfig(config, answer, identity),
        tell: (one) => void board.news.push(one),
        wait: async () => {
          board.waits += 1;
          if (board.waits > 500) throw new Error('it waits for ever');
          await board.onWait(board.waits);
        },
        signal: board.stopping.signal,
        patienceMs: 5_000,
        ...more,
      });
    },
    bring: (paper: object) => writeFileSync(claimFile, JSON.stringify(paper)),
    last: () => board.news.at(-1),
    said: () => board.news.flatMap(({ code }) => (code === null ? [] : [code])),
  };
  return board;
}

describe('enrolment of a blank terminal', () => {
  it('S3 S4 lets it in by its claim: nothing but a request leaves it, and its files are its own', async () => {
    const board = blankBoard();
    const claim = await door.claimFor('h01');
    board.bring(claim);
    const pair = await board.start();
    expect(pair?.terminal).toBe('h01');
    expect(board.news.map(({ step }) => step)).toEqual([
      'network',
      'name',
      'clock',
      'tls',
      'claim',
      'sign',
      'broker',
      'broker',
    ]);
    expect(board.last()).toEqual({ step: 'broker', state: 'done', code: null, pending: null });
    expect(existsSync(board.claimFile)).toBe(false);
    const [key = ''] = /-----BEGIN PRIVATE KEY-----[^-]+/.exec(pair?.pem ?? '') ?? [];
    expect(key).not.toBe('');
    const asked = door.heard.map(({ path, body }) => path + body).join('\n');
    expect(asked).toContain('BEGIN CERTIFICATE REQUEST');
    expect(asked).not.toContain('PRIVATE');
    for (const line of key.split('\n').slice(1)) if (line !== '') expect(asked).not.toContain(line);
    expect(statSync(board.identity.folder).mode & 0o777).toBe(0o700);
    expect(statSync(board.identity.pairFile).mode & 0o777).toBe(0o600);
    const config = parseConfig(readFileSync(board.config, 'utf8'), 'config.json');
    expect(config.terminal).toBe('h01');
    expect(config.broker.tls).toEqual({
      rootFile: 'identity/root.pem',
      certificateFile: 'identity/terminal.pem',
      keyFile: 'identity/terminal.pem',
    });
    // the next start asks nobody
    const before = door.heard.length;
    expect((await board.start())?.serial).toBe(pair?.serial);
    expect(door.heard.length).toBe(before);
  });

  it('S3 is refused to every other user of the machine', async () => {
    if (process.getuid?.() !== 0) return;
    const board = blankBoard();
    board.bring(await door.claimFor('h01'));
    await board.start();
    const read = (): unknown =>
      execFileSync('setpriv', ['--reuid=65534', '--clear-groups', 'cat', board.identity.pairFile], {
        stdio: 'pipe',
      });
    expect(read).toThrow();
  });

  it('S2 two boards of one image have keys and certificates of their own', async () => {
    const [one, other] = [blankBoard('board-1'), blankBoard('board-2')];
    one.bring(await door.claimFor('h01'));
    other.bring(await door.claimFor('h02'));
    const pairs = [await one.start(), await other.start()];
    const keys = pairs.map((pair) =>
      new X509Certificate(pair?.pem.slice(pair.pem.indexOf('-----BEGIN CERT')) ?? '').publicKey
        .export({ format: 'der', type: 'spki' })
        .toString('hex'),
    );
    expect(new Set(keys).size).toBe(2);
    expect(pairs.map((pair) => pair?.terminal)).toEqual(['h01', 'h02']);
  });

  it('S5 asks with the same key again when the answer was lost, and the claim is not burnt', async () => {
    const board = blankBoard();
    board.bring(await door.claimFor('h01'));
    let cut = 0;
    const write = (response: { destroy(): unknown }) => void response.destroy();
    // signed and stored there, and the line is cut before it is told
    door.mood = (path, response) => {
      if (path !== '/enrol' || cut > 2) return false;
      cut += 1;
      const end = response.end.bind(response);
      response.end = ((text: string) => {
        write(response);
        return end(text);
      }) as typeof response.end;
      return false;
    };
    const pair = await board.start();
    expect(cut).toBe(3);
    expect(pair?.terminal).toBe('h01');
    expect(board.said()).toContain('headquarters-unreachable');
    const given = await door.store.db.selectFrom('certificate').selectAll().execute();
    expect(given.map(({ serial }) => serial)).toEqual([pair?.serial]);
  });

  it('S5 goes on where it was when it was cut between sign and store, between store and proof, and after it', async () => {
    const board = blankBoard();
    board.bring(await door.claimFor('h01'));
    await door.broker.kill();
    board.onWait = () => board.stopping.abort();
    expect(await board.start()).toBeUndefined();
    expect(board.last()?.code).toBe('broker-unreachable');
    expect(board.identity.current()).toBeNull();
    const asked = door.heard.length;
    await door.broker.start();
    const failing = board.start({
      keep: () => {
        throw new Error('power cut');
      },
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(existsSync(board.claimFile)).toBe(true);
    const pair = await board.start();
    expect(pair?.terminal).toBe('h01');
    expect(existsSync(board.claimFile)).toBe(false);
    // nobody was asked for a certificate again
    expect(door.heard.slice(asked)).toEqual([]);
  });

  it('S5 S60 finishes the wiping of its claim that a power cut broke off, and leaves what a person wrote', async () => {
    const board = blankBoard();
    board.bring(await door.claimFor('h01'));
    expect((await board.start())?.terminal).toBe('h01');
    writeFileSync(board.claimFile, Buffer.alloc(300));
    expect((await board.start())?.terminal).toBe('h01');
    expect(existsSync(board.claimFile)).toBe(false);
    writeFileSync(board.claimFile, '{"v":1');
    expect((await board.start())?.terminal).toBe('h01');
    expect(existsSync(board.claimFile)).toBe(true);
  });

  it('S7 believes nobody but its own root: another authority with the same name gets nothing to hear', async () => {
    const evil = await CertificateAuthority.open(await CertificateAuthority.make('demo', new Date()));
    const impostor = await startFleetDoor(evil);
    const board = blankBoard();
    const claim = await door.claimFor('h01');
    board.bring({ ...claim, headquarters: impostor.headquarters });
    board.onWait = () => board.stopping.abort();
    let told = evil.root;
    impostor.mood = (path, response) => {
      if (path === '/root') response.end(told);
      return path === '/root';
    };
    // its own root fits its certificate, and is not the one that was brought along
    expect(await board.start()).toBeUndefined();
    expect(board.last()).toMatchObject({ step: 'tls', state: 'failed', code: 'headquarters-foreign' });
    // it tells the true root, which is no secret, and shows a certificate of its own
    told = door.authority.root;
    expect(await board.start()).toBeUndefined();
    expect(board.last()).toMatchObject({ step: 'tls', state: 'failed', code: 'headquarters-foreign' });
    expect(impostor.heard.every(({ path, body }) => path === '/root' && body === '')).toBe(true);
    await impostor.close();
  });

  it('S8 waits while the clock cannot be right, and asks nobody meanwhile', async () => {
    const board = blankBoard();
    board.bring(await door.claimFor('h01'));
    let clock = new Date('1970-01-01T00:00:10Z');
    let askedBefore = -1;
    board.onWait = (n) => {
      if (n < 5) return;
      askedBefore = door.heard.length;
      clock = new Date();
    };
    const pair = await board.start({ now: () => clock });
    expect(askedBefore).toBe(0);
    expect(board.said()).toContain('clock-behind');
    expect(board.news.find(({ code }) => code === 'clock-behind')?.state).toBe('waiting');
    expect(pair?.terminal).toBe('h01');
  });

  it('S54 a copied card finds out that it is on another board, keeps nothing of it in use, and asks a person', async () => {
    const board = blankBoard('board-1');
    board.bring(await door.claimFor('h01'));
    const first = await board.start();
    const data = join(board.folder, 'terminal', 'data');
    mkdirSync(join(data, 'run'), { recursive: true });
    writeFileSync(join(data, 'terminal.sqlite'), 'facts of h01');
    const thief = blankBoard('board-9', board.folder);
    let code: string | null = null;
    thief.onWait = async () => {
      code ??= thief.last()?.pending ?? null;
      if (code !== null) await door.approve(code, 'h09');
    };
    const pair = await thief.start();
    expect(thief.said()[0]).toBe('identity-foreign');
    expect(pair?.terminal).toBe('h09');
    expect(pair?.serial).not.toBe(first?.serial);
    expect(readdirSync(data)).toEqual(['run']);
    expect(readdirSync(`${data}-of-h01`)).toEqual(['terminal.sqlite']);
  });

  it('shows a code when nobody prepared it, and is let in by a person', async () => {
    const board = blankBoard();
    board.bring({ v: 1, headquarters: door.headquarters, root: door.authority.rootHash });
    board.onWait = async (n) => {
      if (n === 6) await door.approve(board.last()?.pending ?? '', 'h05');
    };
    const pair = await board.start();
    expect(pair?.terminal).toBe('h05');
    const codes = new Set(board.news.flatMap(({ pending }) => (pending === null ? [] : [pending])));
    expect(codes.size).toBe(1);
    expect(board.said()).toEqual(board.said().map(() => 'approval-awaited'));
  });

  it('S4 does not guess on with a claim that is dead: it says why, shows a code, and takes a new claim', async () => {
    const board = blankBoard();
    const old = await door.claimFor('h01');
    const fresh = await door.claimFor('h01');
    board.bring(old);
    board.onWait = (n) => {
      if (n === 30) board.bring(fresh);
    };
    const pair = await board.start();
    expect(pair?.terminal).toBe('h01');
    expect(new Set(board.said())).toEqual(new Set(['claim-wrong']));
    expect(board.news.some(({ pending }) => pending !== null)).toBe(true);
    const guessed = door.heard.filter(({ body }) => body.includes(old.claim));
    expect(guessed).toHaveLength(1);
  });

  it('says what is missing, and goes on when it is brought', async () => {
    const board = blankBoard();
    const claim = await door.claimFor('h01');
    board.onWait = (n) => {
      if (n === 3) writeFileSync(board.claimFile, '{"v":1');
      if (n === 6) board.bring({ ...claim, headquarters: 'https://nowhere.invalid:1' });
      if (n === 9) board.bring(claim);
    };
    expect((await board.start())?.terminal).toBe('h01');
    expect([...new Set(board.said())]).toEqual(['start-paper-missing', 'start-paper-wrong', 'name-unknown']);
  });

  it('tells an identity that a rotten disk spoilt, and gets another', async () => {
    const board = blankBoard();
    board.bring(await door.claimFor('h01'));
    await board.start();
    writeFileSync(board.identity.pairFile, readFileSync(board.identity.pairFile, 'utf8').slice(0, 200));
    expect(board.identity.kindOn({ model: '', serial: 'board-1', architecture: 'x64' })).toBe('torn');
    board.bring(await door.claimFor('h01'));
    expect((await board.start())?.terminal).toBe('h01');
  });
});

describe('the floor of the clock', () => {
  it('S8 rises with what is known, never falls, and is not carried away by a clock that was once far ahead', () => {
    const built = new Date('2026-01-01');
    const file = join(scratchFolder(), 'state', 'clock-floor');
    const floor = new ClockFloor(file, built);
    const end = new Date('2026-06-01');
    expect(floor.at).toEqual(built);
    floor.raise(new Date('2026-03-01'), end);
    floor.raise(new Date('2026-02-01'), end);
    floor.raise(new Date('2099-01-01'), end);
    expect(new ClockFloor(file, built).at).toEqual(new Date('2026-03-01'));
    expect(floor.isSane(new Date('1970-01-01'))).toBe(false);
    expect(floor.isSane(new Date('2026-03-02'))).toBe(true);
    utimesSync(file, new Date('1980-01-01'), new Date('1980-01-01'));
    expect(floor.at).toEqual(built);
  });
});
