// EMQX's adapter against a real HTTP server that answers in the documented shapes: no EMQX runs on our build machine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { TenantId, TerminalId } from '../../../../../sync/contract/ids.ts';
import { EmqxAccess } from '../../../../../sync/headquarters/fleet/broker-access/emqx-access.ts';

it('S10 bans, forgets the rules and kicks; a wrong key is a coded fault', async () => {
  const asked: string[] = [];
  const rules = new Set<string>();
  const server = createServer((request, response) => {
    const key = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString();
    const { method = '', url = '' } = request;
    const way = url.replace('/api/v5', '').split('?')[0] ?? '';
    asked.push(`${method} ${way}`);
    const name = way.split('/').at(-1) ?? '';
    const answer = (status: number, body?: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body && JSON.stringify(body));
    };
    request.resume();
    if (key !== 'access:secret') return answer(401, { code: 'BAD_API_KEY_OR_SECRET' });
    if (way.startsWith('/clients/') || method === 'PUT') return answer(404, { code: 'NOT_FOUND' });
    if (method === 'POST' && name === 'users') rules.add('h01');
    if (method === 'DELETE' && way.includes('/rules/users/')) rules.delete(name);
    if (method === 'GET')
      return answer(200, { data: [...rules].map((username) => ({ username })), meta: {} });
    return answer(method === 'DELETE' ? 204 : 200, method === 'DELETE' ? undefined : {});
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const login = { tenant: 't' as TenantId, api, username: 'access', patienceMs: 60_000 };
  const access = new EmqxAccess({ ...login, password: 'secret' });
  const h01 = 'h01' as TerminalId;
  await access.grant(h01);
  expect(await access.list()).toEqual(['h01']);
  await access.revoke(h01, [], 'revoked');
  expect(await access.list()).toEqual([]);
  expect(asked).toContain('POST /banned');
  expect(asked).toContain('DELETE /clients/h01');
  const wrong = new EmqxAccess({ ...login, password: 'wrong' });
  await expect(wrong.list()).rejects.toMatchObject({ code: 'broker-access-refused' });
}, 60_000);
