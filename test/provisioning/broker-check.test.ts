// The broker check on real brokers, set up well and badly; the good ones are set up as sync/brokers.md says.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { brokerFindingText } from '../../provisioning/broker-finding-text.ts';
import {
  brokerFindings,
  type CheckBrokerOptions,
  checkBroker,
  delaysSmallPackets,
} from '../../provisioning/check-broker.ts';
import { runCommand } from '../../provisioning/commands/yingbin-command.ts';
import { openEmbeddedBroker } from '../../sync/headquarters/embedded-broker.ts';
import { maxPacketBytes } from '../../sync/mqtt-frame-guard.ts';
import { startAedesBroker } from '../simulators/aedes-broker.ts';
import { freePort, type MosquittoOptions, startMosquitto } from '../simulators/mosquitto.ts';
import { startNatsCluster } from '../simulators/nats-cluster.ts';
import { scratchFolder, tenant, terminal } from '../sync/scratch.ts';

const logins = {
  login: { username: terminal, password: 'terminal-password' },
  headquarters: { username: 'headquarters', password: 'headquarters-password' },
} as const;
const users = { [terminal]: 'terminal-password', headquarters: 'headquarters-password' };
const openToAll = { login: {} } as const;

/** The block of sync/brokers.md in this language, with the names of this test. */
function documented(fence: string): string {
  const page = readFileSync(new URL('../../sync/brokers.md', import.meta.url), 'utf8');
  const block = new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (block === undefined) throw new Error(`sync/brokers.md has no block ${fence}`);
  return block.replaceAll('TENANT', tenant).replaceAll('TERMINAL', terminal);
}

async function codes(
  urls: readonly string[],
  options: Pick<CheckBrokerOptions, 'login' | 'headquarters'>,
): Promise<string[]> {
  const found = await checkBroker({ urls, tenant, terminal, patienceMs: 1_000, ...options });
  // a busy machine answers late, which is not what these tests are about
  return found.map(({ code }) => code).filter((code) => code !== 'delays-small-packets');
}

async function mosquitto(options: MosquittoOptions): Promise<string[]> {
  const broker = await startMosquitto(options);
  onTestFinished(() => broker.close());
  return [broker.url];
}

describe('broker-check', () => {
  it('finds nothing to change at a mosquitto set up as documented', async () => {
    const config = documented('mosquitto')
      .split('\n')
      .filter((line) => /^(set_tcp_nodelay|max_\w+|persistence) /.test(line));
    expect(config.length).toBeGreaterThan(3);
    const urls = await mosquitto({ users, accessList: documented('acl'), config });
    expect(await codes(urls, logins)).toEqual([
      'connects-3-1-1',
      'connects-5',
      'carries-64-kib',
      'keeps-retained',
      'trees-apart',
    ]);
  });

  it('finds what a mosquitto open to all lets happen', async () => {
    expect(await codes(await mosquitto({}), openToAll)).toEqual([
      'connects-3-1-1',
      'connects-5',
      'anonymous-allowed',
      'carries-64-kib',
      'keeps-retained',
      'writes-foreign-up',
      'writes-down',
      'reads-foreign-down',
      'reads-up',
    ]);
  });

  it.each([
    {
      what: 'small packets only',
      options: { config: ['max_packet_size 20000'] },
      expected: 'packet-too-small',
    },
    { what: 'nothing kept', options: { config: ['retain_available false'] }, expected: 'no-retained' },
    {
      what: 'another tenant',
      options: { accessList: 'pattern write yingbin/v1/other/up/+/%u/#\n' },
      expected: 'own-tree-closed',
    },
    {
      what: 'terminals that may write anywhere',
      options: { accessList: documented('acl').replace(/up\/\+\/%u\/#/, 'up/#') },
      expected: 'writes-foreign-up',
    },
    {
      what: 'terminals that may read everything',
      options: { accessList: documented('acl').replace(/down\/%u\/#/, 'down/#') },
      expected: 'reads-foreign-down',
    },
  ])('finds at a mosquitto with $what: $expected', async ({ options, expected }) => {
    expect(await codes(await mosquitto({ users, ...options }), logins)).toContain(expected);
  });

  it('does not say that terminals are kept apart when nobody could try it', async () => {
    const urls = await mosquitto({ users, accessList: documented('acl') });
    expect(await codes(urls, { login: logins.login })).toEqual([
      'connects-3-1-1',
      'connects-5',
      'access-not-tried',
    ]);
  });

  it('tells a wrong password from a broker that is not there', async () => {
    const urls = await mosquitto({ users });
    expect(await codes(urls, { login: { ...logins.login, password: 'wrong' } })).toEqual(['refused']);
    expect(await codes([`mqtt://127.0.0.1:${await freePort()}`], logins)).toEqual(['unreachable']);
  });

  it("finds the embedded broker's trees apart, and that it asks terminals for no password", async () => {
    const broker = await openEmbeddedBroker(0, tenant, logins.headquarters.password);
    onTestFinished(() => broker.close());
    expect(await codes([broker.url], logins)).toEqual([
      'connects-3-1-1',
      'only-3-1-1',
      'anonymous-allowed',
      'carries-64-kib',
      'keeps-retained',
      'trees-apart',
    ]);
  });

  it('finds aedes without rules open', async () => {
    const broker = await startAedesBroker();
    onTestFinished(() => broker.close());
    const found = await codes([broker.url], openToAll);
    expect(found).toEqual(expect.arrayContaining(['only-3-1-1', 'carries-64-kib', 'writes-down']));
  });

  it('finds nothing to change at NATS set up as documented', async () => {
    const cluster = await startNatsCluster({
      nodes: 1,
      config: documented('nats')
        .replace(/"terminal-secret"/, JSON.stringify(logins.login.password))
        .replace(/"headquarters-secret"/, JSON.stringify(logins.headquarters.password)),
    });
    onTestFinished(() => cluster.close());
    expect(await codes(cluster.urls, logins)).toEqual([
      'connects-3-1-1',
      'only-3-1-1',
      'carries-64-kib',
      'keeps-retained',
      'trees-apart',
    ]);
  });

  it('documents EMQX in lines of key and value, and rules that are whole Erlang terms; EMQX itself is not run here', () => {
    const lines = documented('emqx').trimEnd().split('\n');
    expect(
      lines.filter((line) => !/^[a-z]+(\.[a-z_]+)+ = ("[^"]*"|\d+(\.\d+)?|true|false|\[.*\])$/.test(line)),
    ).toEqual([]);
    const keys = lines.map((line) => line.split(' ')[0]);
    expect(new Set(keys).size).toBe(keys.length);
    const size = /max_packet_size = "(\d+)MB"/.exec(lines.join('\n'))?.[1];
    expect(Number(size) * 1024 * 1024).toBeGreaterThan(maxPacketBytes);
    const rules = documented('erlang').trimEnd().split('\n');
    const rule =
      /^\{(allow|deny), (all|\{username, "\w+"\})(, (publish|subscribe), \["[^"]+"(, "[^"]+")*\])?\}\.$/;
    expect(rules.filter((line) => !rule.test(line))).toEqual([]);
    expect(rules.at(-1)).toBe('{deny, all}.');
  });

  it('knows a broker that holds small packets back from a line that is far away', () => {
    const answers = (ms: number) => Array<number>(9).fill(ms);
    expect(delaysSmallPackets(answers(44), 1)).toBe(true);
    expect(delaysSmallPackets(answers(3), 1)).toBe(false);
    expect(delaysSmallPackets(answers(310), 150)).toBe(false);
    expect(delaysSmallPackets([...answers(3), 900, 900], 1)).toBe(false);
  });

  it('has a sentence for each finding in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      expect(new Set(Object.keys(brokerFindingText[language]))).toEqual(new Set(Object.keys(brokerFindings)));
    }
  });

  it('is a command: report, JSON, exit codes, wrong arguments', async () => {
    const folder = scratchFolder();
    const passwords = Object.entries(users).map(([name, password]) => {
      writeFileSync(join(folder, name), `${password}\n`);
      return join(folder, name);
    });
    const [url = ''] = await mosquitto({ users, accessList: documented('acl') });
    const run = async (...args: readonly string[]) => {
      let out = '';
      const status = await runCommand(['broker-check', ...args], {
        write: (text) => {
          out += text;
        },
        complain: (text) => {
          out += text;
        },
        env: {},
        signal: new AbortController().signal,
      });
      return { status, out };
    };
    const login = ['--username', terminal, '--password-file', passwords[0] ?? ''];
    const headquarters = [
      '--headquarters-username',
      'headquarters',
      '--headquarters-password-file',
      passwords[1] ?? '',
    ];
    const good = await run('--url', url, '--tenant', tenant, ...login, ...headquarters);
    expect(good.out).toContain('✓ trees-apart');
    expect(good.status, good.out).toBe(0);
    expect(good.out).not.toContain('terminal-password');
    const bad = await run('--url', url, '--tenant', 'other', ...login, ...headquarters, '--json');
    expect(bad.status).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({
      findings: expect.arrayContaining([{ url, code: 'own-tree-closed', level: 'care' }]),
    });
    for (const args of [
      [],
      ['--url', 'http://x'],
      ['--url', url, '--tenant', 'a.b'],
      ['--url', url, '--password-file', 'none'],
    ]) {
      expect((await run(...args)).status).toBe(2);
    }
  });
});
