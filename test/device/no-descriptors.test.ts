// A terminal that has no file descriptor left cannot start a helper: that is a state, and ends nothing.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const built = (file: string) => new URL(`../../dist/device/${file}`, import.meta.url);
if (!existsSync(fileURLToPath(built('desktop/open-desktop.js'))))
  throw new Error('dist is missing: npm run build');

const program = `
  import { openSync } from 'node:fs';
  const [, printerModule, desktopModule] = process.argv;
  const { openUsbPrinterPort } = await import(printerModule);
  const { openDesktop } = await import(desktopModule);
  try { for (;;) openSync('/dev/null'); } catch {}
  const events = { onBytes() {}, onClose() {} };
  const address = { kind: 'usb-node', path: '/dev/null' };
  const port = await openUsbPrinterPort(address, events, new AbortController().signal).catch(({ reason }) => reason);
  const desktop = openDesktop({ env: { DISPLAY: ':97', PATH: process.env.PATH } });
  const wake = await desktop.wake();
  await desktop.close();
  // written by number: a stream would want a descriptor of its own
  const { writeSync } = await import('node:fs');
  writeSync(1, JSON.stringify({ port, wake, capabilities: [...desktop.capabilities] }));
`;

it('Q11 N01 without a file descriptor left, printer and desktop helpers are absent and the process lives', async () => {
  const { stdout } = await promisify(execFile)('/bin/sh', [
    '-c',
    'ulimit -n 64 && exec "$@"',
    'sh',
    process.execPath,
    '--input-type=module',
    '-e',
    program,
    built('transport/usb-printer-port.js').href,
    built('desktop/open-desktop.js').href,
  ]);
  expect(JSON.parse(stdout)).toEqual({
    port: 'unreachable',
    wake: { kind: 'failed', code: 'desktop-unavailable' },
    capabilities: [],
  });
});
