// `npm run demo`: starts the whole product with simulated devices and says where to look.
import { parseArgs } from 'node:util';
import { startDemo } from './demo.ts';
import { runFleetDemo } from './fleet/run-fleet-demo.ts';

const usage = `npm run demo -- [options]

  --kiosk-port N   the terminal's screen        (8080; 0 = any)
  --lab-port N     cards, paper, switches       (8081)
  --hq-port N      headquarters' console, API   (8090)
  --mqtt-port N    headquarters' broker         (1883)
  --data DIR       where everything is kept     (.demo; .demo-fleet)
  --fresh          start from nothing
  --fleet N        instead: N terminals and the story of a newcomer – enrolled, configured, kept from a bad release
  --yes            the story tells itself, and ends
  --json           one JSON line when ready: {"kiosk","lab","headquarters","mqtt","token","accounts","maintenancePin"}
  --help
`;

await main();

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return;
  const started = performance.now();
  const ending = new AbortController();
  // not `once`: npm passes on a Ctrl-C that the whole group has got already, and the second must not cut off the end
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  try {
    if (options.fleet !== undefined) {
      await runFleetDemo({ ...options, count: options.fleet, signal: ending.signal });
      process.exit(0);
    }
    const demo = await startDemo({
      ...options,
      signal: ending.signal,
      onProgress: (step) => process.stderr.write(`${step}\n`),
    });
    const { kiosk, lab, headquarters, mqtt, token, accounts, maintenancePin } = demo;
    if (options.isJson) {
      process.stdout.write(
        `${JSON.stringify({ kiosk, lab, headquarters, mqtt, token, accounts, maintenancePin })}\n`,
      );
    } else {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`
迎宾 Yingbin is ready (${seconds} s).

  Screen        ${kiosk}
  Lab           ${lab}   ← swipe cards, watch the paper, cut the network
  Headquarters  ${headquarters}/#token=${token}
  Accounts      ${accounts.names.join(', ')}; password ${accounts.password}
  MQTT          ${mqtt}
  Maintenance   hold the name of the site on the Screen for 3 s, then PIN ${maintenancePin}

Open Screen and Lab side by side, and swipe a card. The card "staff" opens the staff view and vouches
for who joins; "unknown" is a blank one. Ctrl-C ends everything.
`);
    }
    await aborted(ending.signal);
    await demo.close();
    process.exit(0);
  } catch (error) {
    // what was still starting says that it was ended; nobody needs to hear that
    if (ending.signal.aborted) process.exit(0);
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'kiosk-port': { type: 'string', default: '8080' },
        'lab-port': { type: 'string', default: '8081' },
        'hq-port': { type: 'string', default: '8090' },
        'mqtt-port': { type: 'string', default: '1883' },
        data: { type: 'string' },
        fleet: { type: 'string' },
        yes: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      return undefined;
    }
    return {
      data: values.data ?? (values.fleet === undefined ? '.demo' : '.demo-fleet'),
      isFresh: values.fresh,
      fleet: values.fleet === undefined ? undefined : many(values.fleet),
      isHasty: values.yes,
      isJson: values.json,
      ports: {
        kiosk: port('kiosk-port', values['kiosk-port']),
        lab: port('lab-port', values['lab-port']),
        headquarters: port('hq-port', values['hq-port']),
        mqtt: port('mqtt-port', values['mqtt-port']),
      },
    };
  } catch (error) {
    process.stderr.write(`demo-flags-wrong: ${(error as Error).message}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

function port(flag: string, text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) {
    throw new Error(`--${flag} must be a port from 0 to 65535, not ${text}`);
  }
  return number;
}

/** Two are shipped programs; one more shows that a bad release reaches not all. */
function many(text: string): number {
  const number = Number(text);
  if (!/^\d{1,3}$/.test(text) || number < 3 || number > 200)
    throw new Error(`--fleet must be 3 to 200 terminals, not ${text}`);
  return number;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
