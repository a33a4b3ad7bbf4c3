// `yingbin` against headquarters as it ships: devices in and out, set-ups, who waits, orders, deeds, and how it ends.
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandTable } from '../../../provisioning/command-table.ts';
import { FleetError } from '../../../provisioning/fleet-client.ts';
import { fleetSentence } from '../../../provisioning/fleet-words.ts';
import { blankDevice, enrol } from '../../simulators/blank-device.ts';
import { openTerminalEnd, type Running, runHeadquarters } from '../../sync/headquarters/running.ts';
import { scratchFolder } from '../../sync/scratch.ts';
import { askerOf, type Ran, yingbin } from './run-command.ts';

const fleet = {
  listen: { host: '127.0.0.1', port: 0 },
  names: ['localhost'],
  brokerUrls: ['mqtts://broker.example:8883'],
  requestsPerMinute: 10_000,
};
const head = 'terminal,code,site,model,project,ring,serial\n';
const row = (n: number, site = 'jinshang'): string =>
  `h${String(n).padStart(2, '0')},H${String(n).padStart(2, '0')},${site},pi5-21,,,\n`;

let hq: Running;
let ask: (...args: readonly string[]) => Promise<Ran>;
beforeAll(async () => {
  hq = await runHeadquarters({ fleet });
  ask = askerOf(hq);
});
afterAll(() => hq.remove());

function fileOf(text: string, name = 'file'): string {
  const file = join(scratchFolder(), name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

describe('yingbin import, export, list, show, diff', () => {
  it('imports a table once, says the same of the second time, and tries without writing', async () => {
    const csv = fileOf(head + Array.from({ length: 12 }, (_, n) => row(n + 1)).join(''));
    expect(await ask('import', csv, '--dry-run')).toMatchObject({
      code: 0,
      out: 'It would be: 12 added, 0 changed, 0 as before.\n',
    });
    expect((await ask('list')).out).toContain('0 devices.');
    const env = { YINGBIN_HEADQUARTERS: hq.httpUrl, YINGBIN_TOKEN_FILE: join(hq.folder, 'api.token') };
    const watched = await yingbin(['import', csv, '--language', 'zh'], env, true);
    expect(watched).toMatchObject({ code: 0, out: '完成：新增 12，更改 0，不变 0。\n' });
    expect(watched.err).toContain('100 %');
    const again = await ask('import', csv, '--json');
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { added: 0, changed: 0, same: 12 }]);
  });

  it('names every wrong cell in both languages and takes nothing', async () => {
    const csv = fileOf(`${head}x 1,X1,jinshang,pi5-21,,,\nh98,h98!,jinshang,,,,\n`);
    const english = await ask('import', csv);
    expect(english.code).toBe(1);
    expect(english.out).toMatch(/line +column +what is wrong\n2 +terminal/);
    expect(english.out).toContain('nothing was imported');
    const chinese = await ask('import', csv, '--language', 'zh');
    expect(chinese.out).toContain('一行也没有导入');
    expect((await ask('list')).out).toContain('12 devices.');
    expect(await ask('import', '/nonexistent')).toMatchObject({ code: 2 });
    expect(await ask('export', '--out', '/dev/null/x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('/dev/null'),
    });
  });

  it('lists by filter, exports what can be imported again, shows one and compares', async () => {
    await ask('import', fileOf(head + row(40, 'binjiang')));
    const some = await ask('list', '--filter', 'site=binjiang,state=expected');
    expect(some.out).toMatch(/^terminal .*\nh40 +binjiang .*expected.*\n1 devices\.\n$/);
    expect((await ask('list', '--filter', 'site=binjiang', '--language', 'zh')).out).toContain('待注册');
    for (const wrong of ['colour=red', 'site', 'site=a,site=b'])
      expect(await ask('list', '--filter', wrong)).toMatchObject({ code: 2 });
    const out = join(scratchFolder(), 'devices.csv');
    expect((await ask('export', '--out', out)).code).toBe(0);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect((await ask('import', out)).out).toContain('0 added, 0 changed, 13 as before');
    expect((await ask('export')).out).toBe(readFileSync(out, 'utf8'));
    expect((await ask('show', 'h40')).out).toContain('h40 (H40)');
    expect(JSON.parse((await ask('show', 'h40', '--json')).out)).toMatchObject({
      device: { terminal: 'h40' },
      values: [],
    });
    expect(await ask('show', 'h99')).toMatchObject({
      code: 4,
      err: expect.stringContaining('unknown-terminal'),
    });
    expect(await ask('diff', 'h01', 'h40')).toMatchObject({ code: 0, out: 'No difference.\n' });
  });
});

describe('yingbin config', () => {
  it('plans, asks for the count, writes, says who set what, and goes back', async () => {
    expect(
      (await ask('config', 'set', 'site:jinshang', 'settings.idleSeconds=60', '--dry-run')).out,
    ).toContain('12 devices would change');
    const unasked = await ask('config', 'set', 'site:jinshang', 'settings.idleSeconds=60');
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining('--count 12') });
    const set = await ask('config', 'set', 'site:jinshang', 'settings.idleSeconds=60', '--count', '12');
    expect([set.code, set.out]).toMatchObject([0, expect.stringContaining('Revision 1')]);
    expect((await ask('show', 'h01')).out).toMatch(/settings\.idleSeconds +60 +site:jinshang +api-token/);
    const differs = await ask('diff', 'h01', 'h40');
    expect(differs).toMatchObject({ code: 1, out: expect.stringMatching(/settings\.idleSeconds +60 +–/) });
    expect((await ask('diff', 'h01', '--language', 'zh')).code).toBe(1);
    const file = fileOf('{"settings.idleSeconds": 90}');
    expect((await ask('config', 'plan', 'device:h01', file, '--language', 'zh')).out).toContain('1 台会改变');
    expect((await ask('config', 'apply', 'device:h01', file)).code).toBe(0);
    const moved = await ask('config', 'apply', 'device:h01', file, '--base-rev', '0', '--language', 'zh');
    expect(moved).toMatchObject({ code: 4, err: expect.stringContaining('别人改过这一层') });
    expect((await ask('config', 'set', 'device:h01', '--unset', 'settings.idleSeconds', '--json')).code).toBe(
      0,
    );
    expect((await ask('config', 'rollback', 'device:h01', '--to', '1')).out).toContain('Revision 3');
    expect((await ask('config', 'show', 'device:h01')).out).toMatch(/settings\.idleSeconds +90/);
    expect((await ask('config', 'show')).out).toMatch(/device:h01 +3/);
    expect((await ask('config', 'rollback', 'device:h01', '--to', '17')).code).toBe(4);
  });

  it('refuses what is none before a byte is written', async () => {
    const before = (await ask('config', 'show', '--json')).out;
    const unknown = await ask('config', 'set', 'device:h02', 'settings.frobs=1');
    expect(unknown).toMatchObject({ code: 4, err: expect.stringContaining('settings.frobs') });
    for (const args of [
      ['set', 'hall:x', 'a=1'],
      ['set', 'device:h02'],
      ['set', 'device:h02', 'nothing'],
      ['set', 'default:x', 'a=1'],
      ['apply', 'device:h02', '/nonexistent'],
      ['apply', 'device:h02', fileOf('[1]')],
      ['rollback', 'device:h02', '--to', 'x'],
      ['rollback', 'device:h02'],
      ['frob'],
      [],
    ])
      expect([args, (await ask('config', ...args)).code]).toEqual([args, 2]);
    expect((await ask('config', 'show', '--json')).out).toBe(before);
  });
});

describe('yingbin secret', () => {
  it('keeps a value once under its name, never shows it, and forgets it when nobody names it', async () => {
    const file = fileOf('48151623\n');
    expect((await ask('secret', 'add', 'site-pin', file, '--dry-run')).out).not.toContain('site-pin');
    const kept = await ask('secret', 'add', 'site-pin', file);
    expect([kept.code, kept.out.includes('site-pin'), kept.out.includes('48151623')]).toEqual([
      0,
      true,
      false,
    ]);
    expect(await ask('secret', 'add', 'site-pin', fileOf('other'), '--language', 'zh')).toMatchObject({
      code: 4,
      err: expect.stringContaining('新值请用新名字'),
    });
    expect((await ask('config', 'set', 'device:h40', 'maintenance.pin=secret:site-pin')).code).toBe(0);
    expect((await ask('secret', 'remove', 'site-pin')).code).toBe(4);
    expect((await ask('config', 'set', 'device:h40', '--unset', 'maintenance.pin')).code).toBe(0);
    expect((await ask('secret', 'remove', 'site-pin')).code).toBe(0);
    chmodSync(file, 0o644);
    expect((await ask('secret', 'add', 'other', file)).code).toBe(2);
    expect((await ask('secret', 'list', '--json')).out).toContain('"secrets": []');
  });
});

describe('yingbin pending, approve, deny', () => {
  it('shows who waits, lets in by the code or not at all', async () => {
    const text = readFileSync(join(hq.folder, 'fleet-root.pem'), 'utf8');
    const root = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(text)?.[0] ?? '';
    const door = { url: hq.doorUrl ?? '', root };
    expect(await ask('pending')).toMatchObject({ code: 0, out: 'Nobody waits.\n' });
    await enrol(door, await blankDevice('board-a'), null);
    await enrol(door, await blankDevice('board-b'), null);
    const waiting = await ask('pending', '--json');
    expect(waiting.code).toBe(1);
    const [one, two] = (JSON.parse(waiting.out) as { pending: { code: string }[] }).pending;
    expect((await ask('approve', one?.code ?? '', 'h02', '--dry-run')).out).toContain('waits');
    expect((await ask('approve', one?.code ?? '', 'h02')).out).toContain('→ h02');
    expect((await ask('deny', two?.code ?? '', '--language', 'zh')).out).toContain('已拒绝');
    expect((await ask('pending')).code).toBe(0);
    expect(await ask('deny', 'ZZZZZZ', '--language', 'zh')).toMatchObject({
      code: 4,
      err: expect.stringContaining('没有终端用这个代码等待'),
    });
    expect((await ask('approve', 'ZZZZZZ', 'h50', '--code', 'H50')).code).toBe(2);
  });
});

describe('yingbin restart, print-test, identify, orders', () => {
  it('orders of those that are there, refuses the others by name, and waits for the end', async () => {
    const end = await openTerminalEnd(hq.mqttUrl, 'h01');
    await end.say('presence', { v: 1, online: true, version: '1', at: null, waiting: 0 }, true);
    await expect.poll(async () => (await ask('restart', 'h01')).code, { timeout: 60_000 }).toBe(0);
    expect((await ask('print-test', 'h01', '--dry-run')).out).toBe('h01\n');
    const mixed = await ask('print-test', 'h01', 'h03');
    expect(mixed).toMatchObject({ code: 4, out: expect.stringMatching(/h03 +refused +unknown-terminal/) });
    const named = await ask('identify', 'h01', '--json');
    expect(JSON.parse(named.out)).toMatchObject({ isDone: true, orders: [{ terminal: 'h01' }] });
    const waited = await ask('restart', 'h01', '--wait', '1', '--expires', '30m');
    expect(waited.code).toBe(1);
    const { batches } = JSON.parse((await ask('orders', '--json')).out) as { batches: { batch: string }[] };
    expect((await ask('orders', batches[0]?.batch ?? '')).out).toMatch(/h01 +(queued|received)/);
    expect((await ask('orders', '--language', 'zh')).out).toContain('restart-terminal');
    expect((await ask('orders', 'nothing')).code).toBe(4);
    await end.close();
  });

  it('S30 asks for looks, logs and a way in only as they can be, and tries each without doing it', async () => {
    const key = fileOf(`ssh-ed25519 ${'A'.repeat(68)} support\n`, 'id.pub');
    const asks = [
      ['diagnose', 'h01'],
      ['screenshot', 'h01'],
      ['reader-test', 'h01', '--second'],
      ['identify', 'h01', '--during-session'],
      ['reboot', 'h01'],
      ['rotate', 'h01'],
      ['open-ssh', 'h01', '--key-file', key, '--minutes', '60'],
    ];
    for (const args of asks) {
      const ran = await ask(...args, '--dry-run', '--json');
      expect([args, ran.code, JSON.parse(ran.out)]).toEqual([args, 0, { isDone: false, terminals: ['h01'] }]);
    }
    const privateKey = fileOf('-----BEGIN OPENSSH PRIVATE KEY-----\n', 'id');
    for (const args of [
      ['open-ssh', 'h01'],
      ['open-ssh', 'h01', '--key-file', key, '--minutes', '61'],
      ['open-ssh', 'h01', '--key-file', privateKey],
      ['logs', 'h01', '-f', '--minutes', '11'],
      ['logs'],
      ['diagnose', 'h01', '--wait', '0'],
      ['screenshot'],
    ])
      expect([args, (await ask(...args)).code]).toEqual([args, 2]);
    // one that was never there
    for (const command of ['diagnose', 'screenshot', 'rotate', 'logs']) {
      const ran = await ask(command, 'h95', '--json');
      expect([command, ran.code, ran.out.includes('unknown-terminal')]).toEqual([command, 4, true]);
    }
  });

  it('wants a count for many, and somebody to be named', async () => {
    expect(await ask('restart', '--filter', 'site=jinshang')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--count 12'),
    });
    expect((await ask('restart', '--filter', 'site=jinshang', '--count', '11')).code).toBe(2);
    expect((await ask('restart', '--filter', 'site=jinshang', '--count', '12', '--dry-run')).code).toBe(0);
    for (const args of [
      [],
      ['h01', '--filter', 'site=x'],
      ['h01', '--expires', '90d'],
      ['h01', '--wait', 'x'],
    ])
      expect([args, (await ask('restart', ...args)).code]).toEqual([args, 2]);
  });
});

describe('yingbin revoke, quarantine, reinstate, retire, replace, audit', () => {
  it('S24 does each deed once, says what cannot be done, and everything stands in the audit', async () => {
    const door = readFileSync(join(hq.folder, 'fleet-root.pem'), 'utf8');
    expect(door).toContain('BEGIN CERTIFICATE');
    expect((await ask('quarantine', 'h02', '--dry-run')).out).toContain('state now');
    const put = await ask('retire', 'h11', 'h97');
    expect(put).toMatchObject({
      code: 4,
      out: expect.stringMatching(/h11 +retired\nh97 +.*unknown-terminal/),
    });
    expect((await ask('retire', 'h11', '--language', 'zh')).out).toContain('wrong-state');
    expect((await ask('replace', 'h10', 'h12', '--dry-run', '--json')).code).toBe(0);
    expect((await ask('replace', 'h10', 'h96')).code).toBe(4);
    const audit = await ask('audit', '--about', 'h11');
    expect(audit.out).toMatch(/api-token +terminal-retired +h11/);
    expect((await ask('audit', '--check', '--language', 'zh')).out).toMatch(/^\d+ 行，完整。\n$/);
    expect((await ask('audit', '--actor', 'nobody', '--json')).out).toContain('"lines": []');
    expect((await ask('audit', '--limit', 'x')).code).toBe(4);
    expect(await ask('show', 'h11')).toMatchObject({ code: 0, out: expect.stringContaining('retired') });
    expect(JSON.parse((await ask('show', 'h11', '--json')).out)).toMatchObject({
      device: { state: 'retired' },
    });
    const today = new Date();
    const pad = (n: number): string => String(n).padStart(2, '0');
    const day = `${today.getFullYear()}-${pad(today.getMonth() + 1)}-${pad(today.getDate())}`;
    const linesOf = async (...more: string[]) =>
      JSON.parse((await ask('audit', '--json', ...more)).out).lines.map(({ what }: { what: string }) => what);
    const retired = await linesOf('--what', 'terminal-retired', '--from', day, '--to', day);
    expect([...new Set(retired)]).toEqual(['terminal-retired']);
    expect(await linesOf('--what', 'terminal-retired', '--to', '2020-01-01T00:00:00+08:00')).toEqual([]);
    expect(await linesOf('--from', '2099-01-01')).toEqual([]);
    for (const wrong of ['2026-02-31', 'yesterday', '2026-11-01T08:00:00', '5'])
      expect(await ask('audit', '--from', wrong)).toMatchObject({
        code: 2,
        err: expect.stringContaining('--from'),
      });
  });
});

describe('who asks, and how it ends', () => {
  it('says where headquarters is wanted, unreachable, refusing, or spoken to in clear (S13)', async () => {
    const token = join(hq.folder, 'api.token');
    expect(await yingbin(['list'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--headquarters'),
    });
    const free = ['--headquarters', 'http://127.0.0.1:9', '--token-file', token];
    expect((await yingbin(['list', ...free, '--language', 'zh'])).err).toContain('连不上总部');
    expect((await yingbin(['list', ...free])).code).toBe(3);
    const plain = await yingbin(['list', '--headquarters', 'http://hq.example', '--token-file', token]);
    expect(plain).toMatchObject({ code: 2, err: expect.stringContaining('TLS') });
    const wrong = fileOf('not-the-token-of-this-headquarters');
    const refused = await yingbin(['list', '--headquarters', hq.httpUrl, '--token-file', wrong, '--json']);
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([4, { error: { code: 'unauthorized' } }]);
    chmodSync(wrong, 0o644);
    expect(await yingbin(['list', '--headquarters', hq.httpUrl, '--token-file', wrong])).toMatchObject({
      code: 2,
      err: expect.stringContaining('0600'),
    });
  });

  it('takes the file in the home folder, and an account instead of the token', async () => {
    const home = scratchFolder();
    const folder = join(home, '.config', 'yingbin');
    mkdirSync(folder, { recursive: true });
    const kept = join(folder, 'fleet.json');
    writeFileSync(join(folder, 'token'), readFileSync(join(hq.folder, 'api.token')), { mode: 0o600 });
    writeFileSync(kept, JSON.stringify({ headquarters: hq.httpUrl, tokenFile: 'token' }), { mode: 0o600 });
    expect((await yingbin(['list'], { HOME: home })).code).toBe(0);
    writeFileSync(kept, '{"colour": 1}');
    expect((await yingbin(['list'], { HOME: home })).code).toBe(2);
    const password = 'a long word of an it person';
    await hq.call('/api/accounts', { account: 'it-1', name: 'I', roles: ['it'], password });
    await hq.call('/api/accounts', { account: 'club-1', name: 'C', roles: ['club'], password });
    const by = (account: string, text = password) =>
      yingbin([
        'import',
        fileOf(head + row(60)),
        '--headquarters',
        hq.httpUrl,
        '--account',
        account,
        '--password-file',
        fileOf(text),
      ]);
    expect((await by('it-1')).code).toBe(0);
    expect((await by('club-1')).code).toBe(4);
    expect((await by('it-1', 'another word')).code).toBe(4);
    expect((await ask('audit', '--actor', 'it-1')).out).toMatch(/signed-out[\s\S]*signed-in/);
  });

  it('teaches in both languages, and calls wrong arguments by their name', async () => {
    for (const command of [
      'import',
      'list',
      'show',
      'diff',
      'pending',
      'approve',
      'revoke',
      'restart',
      'audit',
    ]) {
      const english = await ask(command, '--help');
      expect([english.code, english.out.includes('Examples:')]).toEqual([0, true]);
      const chinese = await ask(command, '--help', '--language', 'zh');
      expect([chinese.code, chinese.out.includes('用法：')]).toEqual([0, true]);
    }
    expect(await ask('list', '--frob', '--language', 'zh')).toMatchObject({
      code: 2,
      err: expect.stringContaining('不认识选项 --frob'),
    });
    expect(await ask('show')).toMatchObject({ code: 2, err: expect.stringContaining('terminal is missing') });
    expect((await ask('show', 'a', 'b')).code).toBe(2);
    expect((await ask('list', '--filter')).code).toBe(2);
  });

  it('has no answer of a terminal steer the window, and a sentence for every code', () => {
    expect(commandTable(['a'], [['\u001b[2Jred']])).not.toContain('\u001b');
    for (const language of ['zh', 'en'] as const)
      expect(fleetSentence(new FleetError('refused', 'brand-new', 'Something.'), language)).toBe(
        'Something. (brand-new)',
      );
  });
});
