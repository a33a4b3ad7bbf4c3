// `yingbin claim`, `label` and `release` against headquarters as it ships: files, sheets, slips, bundles and rollouts.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseStartPaper } from '../../../provisioning/claim-file.ts';
import { signingKey } from '../../../sync/contract/signed-frame.ts';
import { SimulatedPrinter } from '../../simulators/receipt-printer.ts';
import { someRelease } from '../../sync/headquarters/fleet/some-releases.ts';
import { type Running, runHeadquarters } from '../../sync/headquarters/running.ts';
import { scratchFolder } from '../../sync/scratch.ts';
import { askerOf, type Ran, yingbin } from './run-command.ts';

let hq: Running;
let folder: string;
let ask: (...args: readonly string[]) => Promise<Ran>;
let key: ReturnType<typeof signingKey>;

beforeAll(async () => {
  // `scratchFolder` ends with a test
  const base = await runHeadquarters();
  folder = base.folder;
  const keyFile = join(folder, 'release.key');
  const { out, code } = await yingbin(['release', 'keys', '--out', keyFile]);
  expect(code).toBe(0);
  key = signingKey(Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64'));
  await base.close();
  hq = await runHeadquarters({
    folder,
    fleet: {
      listen: { host: '127.0.0.1', port: 0 },
      names: ['localhost'],
      brokerUrls: ['mqtts://broker.example:8883'],
      releaseKeys: [out.trim()],
      requestsPerMinute: 10_000,
    },
  });
  ask = askerOf(hq);
  const rows = Array.from({ length: 22 }, (_, n) => `k${n + 10},K${n + 10},jinshang,pi5-21\n`);
  const csv = join(folder, 'devices.csv');
  writeFileSync(csv, `terminal,code,site,model\n${rows.join('')}`);
  expect((await ask('import', csv)).code).toBe(0);
});
afterAll(() => hq.remove());

async function claimsIn(...terminals: string[]): Promise<string> {
  const out = join(scratchFolder(), 'claims');
  expect(await ask('claim', ...terminals, '--out', out)).toMatchObject({ code: 0 });
  return out;
}

describe('yingbin claim', () => {
  it('writes a private file for each, which a blank terminal understands, and says no secret', async () => {
    const out = await claimsIn('k10', 'k11');
    const file = join(out, 'k10', 'yingbin-claim.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const paper = parseStartPaper(readFileSync(file, 'utf8'));
    expect(paper).toMatchObject({ kind: 'claim', claim: { terminal: 'k10', headquarters: hq.doorUrl } });
    const json = await ask('claim', 'k12', '--out', out, '--json', '--language', 'zh');
    const secret = (
      JSON.parse(readFileSync(join(out, 'k12', 'yingbin-claim.json'), 'utf8')) as { claim: string }
    ).claim;
    expect([json.code, json.out.includes('k12'), json.out.includes(secret)]).toEqual([0, true, false]);
  });

  it('asks for the count, writes nothing on trial, and refuses the unknown', async () => {
    const out = join(scratchFolder(), 'claims');
    const many = await ask('claim', '--filter', 'site=jinshang', '--out', out, '--language', 'zh');
    expect(many).toMatchObject({ code: 2, err: expect.stringContaining('--count 22') });
    expect((await ask('claim', 'k10', '--out', out, '--dry-run')).out).toBe('k10\n');
    expect((await ask('claim', 'k99', '--out', out)).code).toBe(4);
    expect((await ask('claim', 'k10')).code).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect((await ask('claim', '--filter', 'site=jinshang', '--count', '22', '--out', out)).out).toContain(
      '22 claims',
    );
  });
});

describe('yingbin label', () => {
  it('makes a private sheet as PDF with a name and a code for each', async () => {
    const claims = join(scratchFolder(), 'claims');
    await ask('claim', '--filter', 'site=jinshang', '--count', '22', '--out', claims);
    const pdf = join(scratchFolder(), 'labels.pdf');
    const ran = await yingbin(['label', claims, '--out', pdf], { PATH: process.env['PATH'] ?? '' });
    expect(ran).toMatchObject({ code: 0, out: `22 labels: ${pdf}\n` });
    expect(statSync(pdf).mode & 0o777).toBe(0o600);
    const sheets = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
      .split('\f')
      .slice(0, -1);
    expect(sheets.map((sheet) => sheet.match(/k\d\d/g)?.length)).toEqual([12, 10]);
  });

  it('writes a page where no browser is, and says so', async () => {
    const claims = await claimsIn('k10');
    const pdf = join(scratchFolder(), 'labels.pdf');
    const ran = await yingbin(['label', claims, '--out', pdf, '--language', 'zh'], { PATH: '/nowhere' });
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('没有可用的 Chromium') });
    const page = readFileSync(pdf.replace('.pdf', '.html'), 'utf8');
    expect(page.match(/<svg/g)).toHaveLength(1);
    const { claim } = JSON.parse(readFileSync(join(claims, 'k10', 'yingbin-claim.json'), 'utf8')) as {
      claim: string;
    };
    expect(page).not.toContain(claim);
  });

  it('prints slips that say what the claim file says', async () => {
    const claims = await claimsIn('k10', 'k11');
    const printer = await SimulatedPrinter.start();
    try {
      const ran = await yingbin([
        'label',
        claims,
        '--printer',
        printer.address,
        '--printer-model',
        'epson-tm-t88vi',
        '--json',
      ]);
      expect([ran.code, JSON.parse(ran.out)]).toMatchObject([0, { printed: ['k10', 'k11'], failed: [] }]);
      const codes = printer.slips.map(({ items }) =>
        items.flatMap((each) => (each.kind === 'qr' ? [each.content] : [])),
      );
      expect(codes.map(([text = '']) => parseStartPaper(text))).toMatchObject([
        { kind: 'claim', claim: { terminal: 'k10' } },
        { kind: 'claim', claim: { terminal: 'k11' } },
      ]);
    } finally {
      await printer.close();
    }
  });

  it('refuses what is no claim, and half an order', async () => {
    const claims = await claimsIn('k10');
    const file = join(claims, 'x.json');
    const args = [
      [claims],
      [claims, '--out', 'x.doc'],
      [claims, '--out', 'x.pdf', '--printer', 'tcp://127.0.0.1:9'],
      [claims, '--printer', 'nowhere'],
      ['/nonexistent', '--out', 'x.pdf'],
    ];
    for (const each of args) expect([each, (await yingbin(['label', ...each])).code]).toEqual([each, 2]);
    expect((await yingbin(['label', claims, '--out', 'x.pdf', '--dry-run'])).out).toBe('k10\n');
    writeFileSync(file, '{"v": 1}');
    expect((await yingbin(['label', claims, '--out', 'x.pdf'])).code).toBe(2);
  });
});

function releaseFiles(seq: number, bytes = 3_000): string {
  const at = join(folder, 'releases');
  mkdirSync(at, { recursive: true });
  const release = someRelease(seq, { expiresAt: '2099-01-01T00:00:00.000Z' }, { key, bytes });
  const manifest = join(at, `r-${seq}.manifest`);
  writeFileSync(manifest, release.signed);
  writeFileSync(join(at, `r-${seq}.bundle`), release.bundle);
  return manifest;
}

describe('yingbin release', () => {
  it('sends a bundle in pieces under a bar, and again without harm', async () => {
    const manifest = releaseFiles(5, 5_000_000);
    expect((await ask('release', 'add', manifest, '--dry-run')).out).toContain('5000000 bytes');
    const env = { YINGBIN_HEADQUARTERS: hq.httpUrl, YINGBIN_TOKEN_FILE: join(folder, 'api.token') };
    const ran = await yingbin(['release', 'add', manifest], env, true);
    expect(ran).toMatchObject({ code: 0, out: `✓ 5 ${manifest}\n` });
    expect(ran.err).toMatch(/4[0-9] %[\s\S]*100 %/);
    expect((await ask('release', 'add', manifest, '--json')).code).toBe(0);
    expect((await ask('release', 'list')).out).toMatch(/5 +1\.5\.0 +x64/);
    expect((await ask('release', 'list', '--language', 'zh')).out).toContain('序号');
  });

  it('S19 refuses a bundle that is short, changed, missing, or signed by nobody', async () => {
    const short = releaseFiles(6);
    truncateSync(short.replace('.manifest', '.bundle'), 2_000);
    expect((await ask('release', 'add', short)).code).toBe(4);
    const changed = releaseFiles(7);
    writeFileSync(changed.replace('.manifest', '.bundle'), Buffer.alloc(3_000));
    expect(await ask('release', 'add', changed, '--language', 'zh')).toMatchObject({
      code: 4,
      err: expect.stringContaining('文件与清单不符'),
    });
    const forged = join(folder, 'releases', 'forged.manifest');
    writeFileSync(forged, 'nothing');
    writeFileSync(forged.replace('.manifest', '.bundle'), 'nothing');
    expect((await ask('release', 'add', forged)).code).toBe(4);
    for (const file of ['x.bundle', '/nonexistent.manifest'])
      expect((await ask('release', 'add', file)).code).toBe(2);
  });

  it('promotes, halts, resumes, takes back and removes', async () => {
    expect((await ask('release', 'promote', '77', '--dry-run')).code).toBe(4);
    expect((await ask('release', 'promote', 'x')).code).toBe(2);
    expect((await ask('release', 'promote', '5', '--dry-run', '--language', 'zh')).out).toContain(
      '将会：start 5',
    );
    const begun = await ask('release', 'promote', '5', '--json');
    expect([begun.code, JSON.parse(begun.out)]).toMatchObject([0, { deed: 'start' }]);
    const { id } = JSON.parse(begun.out) as { id: string };
    expect((await ask('release', 'approve', '5')).code).toBe(4);
    expect((await ask('release', 'halt')).code).toBe(0);
    const halted = await ask('release', 'list', '--language', 'zh');
    expect(halted).toMatchObject({ code: 1, out: expect.stringContaining('已停止') });
    expect((await ask('release', 'resume', '5', '--dry-run')).out).toContain('would resume 5');
    expect((await ask('release', 'resume', '5')).code).toBe(0);
    expect((await ask('release', 'list', id)).code).toBe(0);
    const next = await ask('release', 'promote', '5', '--json');
    // a rollout without devices may have gone on by itself meanwhile
    expect([0, 4]).toContain(next.code);
    expect((await ask('release', 'rollback', '5')).code).toBe(0);
    expect((await ask('release', 'halt', '99')).code).toBe(4);
    expect((await ask('release', 'list')).out).toContain('rolled back');
    expect((await ask('release', 'remove', '5', '--dry-run')).code).toBe(0);
    expect(await ask('release', 'remove', '5', '--language', 'zh')).toMatchObject({
      code: 4,
      err: expect.stringContaining('不能删除'),
    });
    expect((await ask('release', 'add', releaseFiles(9))).code).toBe(0);
    expect((await ask('release', 'remove', '9')).code).toBe(0);
    expect((await ask('release', 'list')).out).not.toContain('1.9.0');
  });
});
