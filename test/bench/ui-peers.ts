// Metrics of `ui-weight`: what dashboards for the same kind of box send and how soon they paint, in the same browser.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { Gallery } from '../ui/gallery-server.ts';
import { sizes } from '../ui/kiosk-page.ts';
import { type PeerName, peerFolder, peerLabel } from './peers.ts';
import { median, type Row, ratioRow } from './row.ts';

const peers = [
  'zigbee2mqtt-windfront',
  '@flowfuse/node-red-dashboard',
] as const satisfies readonly PeerName[];
/** About a Raspberry Pi 4. */
const throttle = 4;
/** How many times. */
const goals = { lighter: 7, faster: 4 } as const;
/** No page that is at work is silent for so long. */
const quietMs = 1_500;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

interface Loaded {
  readonly paintMs: number;
  /** of scripts and styles that came before the largest paint, each packed by itself */
  readonly gzipBytes: number;
}
interface Contest {
  readonly browser: Browser;
  readonly kiosk: Gallery;
  readonly probe: string;
  readonly runs: number;
}

/** Both are served without a back end behind them, from loopback and unpacked, as ours is. */
export async function peerRows(contest: Contest): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of peers) {
    const { url, server } = await serve(join(peerFolder(name), 'dist'));
    try {
      const ours: Loaded[] = [];
      const theirs: Loaded[] = [];
      for (let run = 0; run < contest.runs; run += 1) {
        ours.push(await load(contest, contest.kiosk.url));
        theirs.push(await load(contest, url));
      }
      const row = (metric: string, times: number, pick: (loaded: Loaded) => number): Row =>
        ratioRow({
          row: 'ui-weight',
          metric,
          op: '<=',
          goal: 1 / times,
          ours: median(ours.map(pick)),
          against: median(theirs.map(pick)),
          peer: peerLabel(name),
          runs: contest.runs,
        });
      rows.push(
        row('until the largest paint, bytes gzip ÷ peer', goals.lighter, ({ gzipBytes }) => gzipBytes),
        row(`largest paint at ${throttle}×, ms ÷ peer`, goals.faster, ({ paintMs }) => paintMs),
      );
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
  return rows;
}

async function load({ browser, probe }: Contest, url: string): Promise<Loaded> {
  const context = await browser.newContext({ viewport: sizes.portrait, hasTouch: true });
  const page = await context.newPage();
  await page.addInitScript(probe);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const bodies = new Map<string, Buffer>();
  page.on('response', async (response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname)) {
      const body = await response.body().catch(() => undefined);
      if (body) bodies.set(response.url(), body);
    }
  });
  await page.goto(url);
  await untilQuiet(page);
  const { paintMs, sent }: { paintMs: number; sent: string[] } = await page.evaluate(`({
    paintMs: probe.lcpMs,
    sent: performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd <= probe.lcpMs).map(({ name }) => name),
  })`);
  const inPage = gzipSync(await (await page.request.get(url)).body()).length;
  const gzipBytes = sent.reduce(
    (sum, name) => sum + gzipSync(bodies.get(name) ?? Buffer.alloc(0)).length,
    inPage,
  );
  await context.close();
  return { paintMs, gzipBytes };
}

/** The largest paint is known when nothing was painted larger for a while. */
async function untilQuiet(page: Page): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    let last = -1;
    const look = () => {
      if (probe.lcpMs > 0 && probe.lcpMs === last) return done();
      last = probe.lcpMs;
      setTimeout(look, ${quietMs});
    };
    look();
  })`);
}

async function serve(folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
    readFile(file).then(
      (body) => {
        response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
