// The shipped browser policy in the real Chromium: laid over /etc in a mount namespace of the browser's own, never on this machine's.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const file = fileURLToPath(new URL('../../provisioning/lockdown/chromium-policy.json', import.meta.url));
const policy = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
// both would cut the test's own wire into the browser; the image's proof presses the keys of the tools
const { RemoteDebuggingAllowed, DeveloperToolsAvailability, ...drivable } = policy;
const { URLBlocklist, URLAllowlist, ...open } = drivable;

/** Nobody has to be root: a user namespace gives a mount namespace. */
const wrapper = `#!/bin/sh
exec unshare --map-current-user --mount --keep-caps sh -c '
  mount -t tmpfs none /etc/chromium && mkdir -p /etc/chromium/policies/managed &&
  cp "$YINGBIN_POLICY" /etc/chromium/policies/managed/yingbin.json || exit 97
  exec /usr/bin/chromium "$@"' chromium "$@"
`;
const page = `<!doctype html><title>ours</title>
<a id="popup" href="https://example.com" target="_blank">out</a>
<a id="download" href="/file.bin" download>get</a>
<input id="file" type="file">`;

let folder: string;
let server: Server;
let ours: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-policy-'));
  writeFileSync(join(folder, 'chromium'), wrapper, { mode: 0o755 });
  server = createServer((request, response) => {
    const isFile = request.url === '/file.bin';
    response.setHeader('Content-Type', isFile ? 'application/octet-stream' : 'text/html');
    response.end(isFile ? 'bytes' : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ours = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withPolicy<T>(
  given: object,
  use: (context: BrowserContext, home: string) => Promise<T>,
): Promise<T> {
  const mine = mkdtempSync(join(folder, 'run-'));
  mkdirSync(join(mine, 'profile'));
  writeFileSync(join(mine, 'policy.json'), JSON.stringify(given));
  const context = await chromium.launchPersistentContext(join(mine, 'profile'), {
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    env: { ...process.env, HOME: mine, YINGBIN_POLICY: join(mine, 'policy.json') },
  });
  try {
    return await use(context, mine);
  } finally {
    await context.close();
  }
}

/** What the browser says of a page that it will not open; none when it opens it. */
async function obstacle(tab: Page, address: string): Promise<string | undefined> {
  const failed = await tab.goto(address, { timeout: 30_000 }).then(
    () => undefined,
    (error: Error) => error.message.split('\n')[0],
  );
  return failed;
}

/** What comes of a click on a download, when the browser itself decides. */
function downloaded(given: object): Promise<string> {
  return withPolicy(given, async (context, home) => {
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    // Playwright takes every download for itself
    await session.send('Browser.setDownloadBehavior', { behavior: 'default', eventsEnabled: true });
    const ended = new Promise<string>((resolve) => {
      session.on('Browser.downloadProgress', ({ state }) => state !== 'inProgress' && resolve(state));
    });
    await tab.goto(ours);
    await tab.click('#download');
    const state = await ended;
    const files = existsSync(join(home, 'Downloads')) ? readdirSync(join(home, 'Downloads')) : [];
    return `${state}, ${files.join()}`;
  });
}

const elsewhere = [
  ...['https://example.com/', 'http://example.com/', 'http://127.0.0.1.example.com/', 'http://localhost/'],
  ...['https://127.0.0.1/', 'http://127.0.0.2/', 'http://[::1]/', 'http://192.168.1.1/', 'ftp://127.0.0.1/'],
  ...['file:///', 'file:///etc/passwd', 'file:///proc/self/environ', 'view-source:http://127.0.0.1/'],
  ...['chrome://settings/', 'chrome://policy/', 'chrome://flags/', 'chrome://inspect/', 'chrome://version/'],
  ...[
    'chrome://history/',
    'chrome://downloads/',
    'chrome://extensions/',
    'chrome://net-export/',
    'chrome://gpu/',
  ],
  ...['chrome://accessibility/', 'chrome://bookmarks/', 'chrome://apps/', 'chrome://sync-internals/'],
  ...['chrome://print/', 'chrome://device-log/', 'chrome://tracing/', 'chrome://serviceworker-internals/'],
  ...['chrome://components/', 'chrome://system/', 'chrome://dino/', 'chrome://credits/', 'chrome://about/'],
  ...[
    'chrome://new-tab-page/',
    'chrome://webrtc-internals/',
    'chrome://media-internals/',
    'chrome://usb-internals/',
  ],
  ...[
    'devtools://devtools/bundled/inspector.html',
    'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html',
  ],
  ...[
    'data:text/html,<h1>x</h1>',
    'https://chrome.google.com/webstore',
    'https://chromewebstore.google.com/',
  ],
  ...[
    'https://accounts.google.com/',
    'https://www.google.com/search?q=x',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
  ],
  ...['filesystem:http://127.0.0.1/temporary/', 'http://user@example.com/', 'https://127.0.0.1.nip.io/'],
];

describe('browser policy', () => {
  it('S35 Chromium knows every policy that ships, and takes every value', { timeout: 120_000 }, async () => {
    const said = await withPolicy(
      { ...open, DeveloperToolsAvailability: 0, NoSuchPolicy: 1 },
      async (context) => {
        const tab = await context.newPage();
        await tab.goto('chrome://policy/');
        await tab.getByText('NoSuchPolicy').first().waitFor({ timeout: 60_000 });
        return tab.evaluate(`[...(function* rows(root) {
        for (const element of root.querySelectorAll('*')) {
          if (element.localName === 'policy-row') yield element.shadowRoot;
          if (element.shadowRoot) yield* rows(element.shadowRoot);
        }
      })(document)].map((row) => ({
        name: row.querySelector('.name')?.textContent?.trim() ?? '',
        value: row.querySelector('.value')?.textContent?.trim() ?? '',
        messages: row.querySelector('.messages')?.textContent?.trim() ?? '',
      }))`);
      },
    );
    const rows = said as readonly {
      readonly name: string;
      readonly value: string;
      readonly messages: string;
    }[];
    const names = new Set(rows.map(({ name }) => name));
    expect(Object.keys(open).filter((name) => !names.has(name))).toEqual([]);
    const amiss = rows.filter(
      ({ name, messages }) => name in { ...open, NoSuchPolicy: 1 } && !/^(OK|Deprecated)$/.test(messages),
    );
    // the control: a name that no Chromium knows
    expect(amiss.map(({ name, messages }) => `${name}: ${messages}`)).toEqual([
      expect.stringContaining('NoSuchPolicy'),
    ]);
  });

  it(`S32 ${elsewhere.length} addresses are refused, ours opens`, { timeout: 180_000 }, async () => {
    const opened = await withPolicy(drivable, async (context) => {
      expect(await obstacle(await context.newPage(), ours)).toBeUndefined();
      const open: string[] = [];
      for (const address of elsewhere) {
        const tab = await context.newPage();
        const why = await obstacle(tab, address);
        if (
          why === undefined ||
          !/ERR_BLOCKED_BY_ADMINISTRATOR|ERR_ABORTED|invalid URL|ERR_UNKNOWN_URL_SCHEME|ERR_INVALID_URL/.test(
            why,
          )
        )
          open.push(`${address} ${why ?? 'opened'}`);
        await tab.close();
      }
      return open;
    });
    expect(opened).toEqual([]);
  });

  it('S32 the control, without the list, opens what it should not', { timeout: 120_000 }, async () => {
    const why = await withPolicy(open, async (context) =>
      obstacle(await context.newPage(), 'file:///etc/passwd'),
    );
    expect(why).toBeUndefined();
  });

  it('S33 nothing is downloaded, and the control downloads', { timeout: 180_000 }, async () => {
    const { DownloadRestrictions, ...careless } = drivable;
    expect(DownloadRestrictions).toBe(3);
    expect(await downloaded(drivable)).toBe('canceled, ');
    expect(await downloaded(careless)).toBe('completed, file.bin');
  });

  it('S33 no second window, no printing, no tools', { timeout: 120_000 }, async () => {
    await withPolicy(drivable, async (context) => {
      const tab = await context.newPage();
      await tab.goto(ours);
      await tab.evaluate(`window.open('https://example.com')`);
      await tab.evaluate(`window.print()`);
      for (const key of ['F12', 'Control+Shift+I', 'Control+P', 'Control+S', 'Control+O', 'Control+U'])
        await tab.keyboard.press(key);
      const shown = context.pages().map((one) => one.url());
      expect(
        shown.filter((url) => url !== ours && url !== 'about:blank' && !url.startsWith('chrome-error:')),
      ).toEqual([]);
    });
  });

  it('S35 the shipped file closes the debugging port as well, and lets only our own address in', () => {
    expect(RemoteDebuggingAllowed).toBe(false);
    expect(DeveloperToolsAvailability).toBe(2);
    expect(URLAllowlist).toEqual(['http://127.0.0.1']);
    expect(URLBlocklist).toContain('*');
  });
});
