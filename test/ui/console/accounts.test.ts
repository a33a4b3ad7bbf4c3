// People at the console in a real browser: sign in by name, see what their roles see, and do their work there.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../sync/headquarters/api/account-api.ts';
import {
  openTerminalEnd,
  type Running,
  runHeadquarters,
  type TerminalEnd,
} from '../../sync/headquarters/running.ts';
import { batchOf, fact, filing } from '../../sync/headquarters/world.ts';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';

const consoleDir = fileURLToPath(new URL('../../../dist/ui/console', import.meta.url));
const shots = fileURLToPath(new URL('../shots/console', import.meta.url));
const password = 'vier-jahre-lang';

let browser: Browser;
let hq: Running;
let end: TerminalEnd;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  hq = await runHeadquarters({ consoleDir, limits: { requestsPerSecond: 1_000 } });
  end = await openTerminalEnd(hq.mqttUrl);
  for (const [account, name, roles] of [
    ['chen', '陈经理', ['manager']],
    ['lin', '林小姐', ['club']],
    ['wu', '吴工', ['it']],
  ] as const satisfies readonly (readonly [string, string, readonly Role[]])[]) {
    await hq.call('/api/accounts', { account, name, roles, password });
  }
  complaints.length = 0;
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  page.setDefaultTimeout(25_000);
  page.on('console', (message) => {
    const isRefusal = /40[013]|429/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  await page.close();
  await end.close();
  await hq.remove();
});

const signIn = async (account: string, typed = password) => {
  await page.goto(hq.httpUrl);
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码', { exact: true }).fill(typed);
  await page.keyboard.press('Enter');
};
const tab = (name: string) => page.getByRole('link', { name, exact: true }).click();
const shot = (name: string) => page.screenshot({ path: join(shots, `${name}.png`) });
/** An owner's report of an hour ago that nobody answered. */
const late = () => {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const content = filing();
  return {
    ...fact(1, content),
    at,
    body: { ...content.body, replyBy: at, onSiteBy: new Date().toISOString() },
  };
};
const clean = async (name: string) => {
  await shot(name);
  expect(await new AxeBuilder(page).analyze()).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
};

describe('people at the console', () => {
  it('AC6: a wrong password is told; each role sees its own pages; signing out ends it', async () => {
    await signIn('lin', 'wrong');
    await page.getByText('账号或密码不对').waitFor();
    await clean('accounts-sign-in');
    await signIn('lin');
    await page.getByRole('link', { name: '林小姐' }).waitFor();
    expect(await page.getByRole('link', { name: '客户查找' }).count()).toBe(1);
    for (const hidden of ['终端', '销控表', '账号', '审计', '投诉升级']) {
      expect([hidden, await page.getByRole('link', { name: hidden, exact: true }).count()]).toEqual([
        hidden,
        0,
      ]);
    }
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('密码', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('密码', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('AC3: IT adds an account by hand, which signs in and changes its password', async () => {
    await signIn('wu');
    await tab('账号');
    await page.getByRole('button', { name: '新增账号' }).click();
    await page.getByRole('textbox', { name: '账号' }).fill('Zhao');
    await page.getByLabel('姓名').fill('赵小姐');
    await page.getByLabel('销售').check();
    await page.getByLabel('密码', { exact: true }).fill('short');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('密码至少 10 个字符').waitFor();
    await shot('accounts-form');
    await page.getByLabel('密码', { exact: true }).fill('first-password-1');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('赵小姐').waitFor();
    await clean('accounts-list');
    await tab('审计');
    await page.getByRole('button', { name: '校验完整性' }).click();
    await page.getByText('没有被改动').waitFor();
    await clean('audit');
    await page.getByLabel('做了什么：全部').selectOption('account-added');
    await page.getByText('已显示 4 行').waitFor();
    await page.getByLabel('对象').fill('zhao');
    await page.keyboard.press('Enter');
    await page.getByText('已显示 1 行').waitFor();
    await page.getByRole('row', { name: /wu 新增账号 zhao/ }).waitFor();
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 CSV（含校验码）' }).click(),
    ]);
    expect(csv.suggestedFilename()).toBe('audit.csv');
    const text = readFileSync(await csv.path(), 'utf8');
    expect(text.split('\r\n')[1]).toMatch(/^\d+,[^,]+,wu,account-added,zhao,/);
    await page.getByLabel('从', { exact: true }).fill('2020-01-01');
    await page.getByLabel('到', { exact: true }).fill('2020-01-02');
    await page.getByText('没有符合的记录').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.getByRole('row', { name: /导出审计记录/ }).waitFor();
    await clean('audit-chosen');
    await page.getByRole('button', { name: '退出' }).click();
    await signIn('zhao', 'first-password-1');
    // nothing else is open to a password that somebody else chose
    await page.getByText('您的密码是别人设的').waitFor();
    await clean('accounts-must-change');
    expect(await page.getByRole('link', { name: '销控表' }).count()).toBe(0);
    await page.getByLabel('原密码').fill('first-password-1');
    await page.getByLabel('新密码').fill('second-password-2');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByLabel('密码', { exact: true }).waitFor();
    await signIn('zhao', 'second-password-2');
    await page.getByRole('link', { name: '赵小姐' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('S58: whoever edits a line behind its back is found out on the page', async () => {
    await signIn('wu');
    await tab('审计');
    const store = new DatabaseSync(join(hq.folder, 'data', 'headquarters.sqlite'));
    store.exec('drop trigger audit_no_update');
    store.exec("update audit set actor = 'nobody' where n = 2");
    store.close();
    await page.getByRole('button', { name: '校验完整性' }).click();
    await page.getByRole('alert').getByText('第 2 行起被改动或缺失').waitFor();
    await clean('audit-broken');
  });

  it('D19: the manager finds the climbed request in inbox and ladder, and stops its clocks with a reason', async () => {
    await end.say('facts', batchOf([late()]));
    await signIn('chen');
    await page.getByText('H01-0001 升级为「重点」').waitFor();
    await clean('inbox');
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByText('没有未读通知').waitFor();
    await tab('投诉升级');
    const row = page.getByRole('row', { name: /H01-0001/ });
    await row.getByText('重点').waitFor();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('原因').selectOption('weather');
    await page.getByRole('button', { name: '暂停时钟' }).click();
    await row.getByText('已暂停 · 天气').waitFor();
    await clean('ladder');
    await page.getByRole('button', { name: '恢复时钟' }).click();
    await page.getByRole('button', { name: '暂停时钟' }).waitFor();
    await page.getByRole('button', { name: '升级规则' }).click();
    await page.locator('[name="key-after"]').fill('12');
    await shot('ladder-steps');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('从下一次升级起生效').waitFor();
    const { json } = await hq.call('/api/ladder/steps');
    expect(json['steps']).toMatchObject({ key: { afterMin: 720 }, hot: { afterMin: 1_440 } });
    expect(complaints).toEqual([]);
  });

  it('AC8: finds a person by the sound of the name, opens them by keyboard, and it is on record', async () => {
    await signIn('lin');
    await tab('客户查找');
    await page.getByLabel(/姓名、拼音/).fill('zxm');
    await page.keyboard.press('Enter');
    const row = page.getByRole('row', { name: /张\*\*/ });
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '张晓明' }).waitFor();
    await clean('persons');
    const { json } = await hq.call('/api/audit?about=m1');
    // each of the parts that the page shows is a look of its own
    const lines = json['lines'] as readonly Record<string, unknown>[];
    expect(new Set(lines.map(({ actor, what }) => `${actor} ${what}`))).toEqual(
      new Set(['lin person-viewed']),
    );
    expect(complaints).toEqual([]);
  });

  it('S48: a manager sees what is open first, and erases a person only by typing the id', async () => {
    await end.say('facts', batchOf([fact(1, filing())]));
    await signIn('chen');
    await tab('客户查找');
    const find = async (typed: string) => {
      await page.getByLabel(/姓名、拼音/).fill(typed);
      await page.keyboard.press('Enter');
    };
    const open = async (id: string) => {
      await page.getByRole('row', { name: new RegExp(`^${id} `) }).click();
      await page.getByRole('button', { name: '删除个人信息…' }).click();
    };
    await find('zxm');
    await open('m1');
    await page.getByText('诉求 · H01-0001').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await clean('person-open');
    await find('欧阳');
    await open('m2');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('保留但不再指向任何人').waitFor();
    await dialog.getByLabel('原因').selectOption('consent-withdrawn');
    const button = dialog.getByRole('button', { name: '永久删除' });
    expect(await button.isDisabled()).toBe(true);
    await dialog.getByLabel('请输入 m2 以确认').fill('m2');
    await clean('person-erasure');
    await button.click();
    await page.getByText('个人信息已删除。').waitFor();
    expect(await page.getByRole('heading', { name: '欧阳修' }).count()).toBe(0);
    const { json } = await hq.call('/api/audit?what=person-erased');
    expect(json['lines']).toMatchObject([
      { actor: 'chen', about: 'm2', detail: { reason: 'consent-withdrawn', ids: 1, facts: 0 } },
    ]);
    await tab('审计');
    await page.getByRole('row', { name: /删除客户的个人信息/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});
