// One account for each role at the demo's headquarters, all with the password that its folder keeps.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '../../provisioning/write-terminal.ts';
import { type Role, roles } from '../../sync/headquarters/api/account-api.ts';

export interface DemoAccounts {
  readonly names: readonly Role[];
  readonly password: string;
}

const persons: Readonly<Record<Role, string>> = {
  'service-desk': '林小姐',
  port: '吴工',
  manager: '陈经理',
  executive: '周总',
  club: '何小姐',
  sales: '赵小姐',
  it: '郑工',
};

/** Those that are there from an earlier start stay as they are. @throws Error when headquarters refuses one */
export async function makeDemoAccounts(folder: string, url: string, token: string): Promise<DemoAccounts> {
  const file = join(folder, 'accounts.password');
  if (!existsSync(file)) writePrivate(file, `${randomBytes(15).toString('base64url')}\n`);
  const password = readFileSync(file, 'utf8').trim();
  for (const role of roles) {
    const ports = role === 'port' ? ['engineering'] : [];
    const answer = await fetch(`${url}/api/accounts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ account: role, name: persons[role], roles: [role], ports, password }),
    });
    await answer.body?.cancel();
    if (!answer.ok && answer.status !== 409)
      throw new Error(`demo-accounts: ${role} was refused (${answer.status})`);
  }
  return { names: roles, password };
}
