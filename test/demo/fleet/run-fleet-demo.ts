// Runs the fleet story from its first line to its last, for somebody who sits there or for nobody.
import { startFleetDemo } from './fleet-demo.ts';
import { tellFleetStory } from './fleet-story.ts';
import { makeTeller } from './teller.ts';

export interface FleetDemoRun {
  /** terminals besides the newcomer */
  readonly count: number;
  readonly data: string;
  readonly ports: { readonly kiosk: number; readonly headquarters: number };
  /** tells itself, and ends when it is told */
  readonly isHasty: boolean;
  /** how it ended, as one line of JSON on stdout; the story itself goes to stderr then */
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

export async function runFleetDemo(run: FleetDemoRun): Promise<void> {
  const { count, data, ports, isHasty, isJson, signal } = run;
  const teller = makeTeller({
    write: (text) => void (isJson ? process.stderr : process.stdout).write(text),
    reader: isHasty || !process.stdin.isTTY ? undefined : process.stdin,
    signal,
  });
  const demo = await startFleetDemo({ count, data, ports, teller, signal });
  try {
    const end = await tellFleetStory(demo, { kioskPort: ports.kiosk, teller, signal });
    const { http, token } = demo.headquarters;
    const { names, password } = demo.accounts;
    if (isJson) process.stdout.write(`${JSON.stringify({ ...end, shipped: demo.shipped })}\n`);
    else
      process.stdout.write(`
  完。 The end.

  Screen        ${end.screen}
  Headquarters  ${http}/#token=${token}
  Accounts      ${names.join(', ')}; password ${password}
  Metrics       ${http}/metrics   (token: ${demo.folder}/headquarters/metrics.token)
`);
    if (isHasty) return;
    process.stdout.write('\n  Ctrl-C ends everything.\n');
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await demo.close();
  }
}
