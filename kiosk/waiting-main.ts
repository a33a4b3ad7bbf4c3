// What stands on the screen while the terminal cannot: `node dist/kiosk/waiting-main.js --port N --run DIR`. The keeper
// says what it is over its channel; the same page, door and policy as the terminal's own, at the same address.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { systemClock } from '../sync/terminal-clock.ts';
import { BootToken } from './boot-token.ts';
import { type EnrollingScreen, enrollingScreen } from './enrolling-screen.ts';
import { plainManner } from './manner.ts';
import type { Show } from './screen.ts';
import { ScreenServer } from './screen-server.ts';
import { cannotStartCode } from './terminal-process.ts';

const nothingYet: EnrollingScreen = {
  kind: 'enrolling',
  title: { zh: '正在启动', en: 'Starting' },
  steps: [],
  trouble: null,
  pending: null,
  board: '',
};

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, run: { type: 'string' } } });
  const port = Number(values.port ?? 'none');
  if (values.run === undefined || !Number.isInteger(port)) process.exit(cannotStartCode);
  const runDir = values.run;
  let revision = 0;
  let screen = nothingYet;
  const show = (): Show => showOf(screen, revision);
  const token = BootToken.open(runDir, systemClock().boot);
  const server = await ScreenServer.open({
    port,
    uiDir: fileURLToPath(new URL('../ui/kiosk', import.meta.url)),
    token,
    maxSockets: 8,
    touchesPerSecond: 20,
    currentShow: show,
    // nothing on it can be touched
    onTouch: () => undefined,
    onGone: () => undefined,
    health: () => ({ serving: false }),
    siteWords: () => ({ version: 'none', words: [] }),
    onFault: () => undefined,
  }).catch(() => process.exit(cannotStartCode));
  writeFileSync(join(runDir, 'screen-address'), `${token.addressOn(server.port)}\n`, { mode: 0o600 });
  process.on('message', (said) => {
    const told = v.safeParse(enrollingScreen, said);
    if (!told.success) return;
    screen = told.output;
    revision += 1;
    server.push(show());
  });
  const end = (): void => void server.close().finally(() => process.exit(0));
  // whoever keeps it is gone, and would not take it away
  process.once('disconnect', end);
  process.once('SIGTERM', end);
  process.send?.({ port: server.port });
}

function showOf(screen: EnrollingScreen, revision: number): Show {
  return {
    v: 1,
    kind: 'show',
    revision,
    language: 'zh',
    status: {
      site: '迎宾 Yingbin',
      terminal: '',
      helpPhone: '',
      // neither line nor devices are anybody's business yet
      link: 'online',
      asOf: null,
      printer: 'ready',
      reader: 'ready',
      troubles: [],
      wedge: null,
      hasMaintenance: false,
      timeZone: 'Asia/Shanghai',
    },
    manner: plainManner,
    display: null,
    idle: null,
    confirms: null,
    isHelpCalled: false,
    screen,
  };
}
