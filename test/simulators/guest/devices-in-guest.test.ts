// Real device nodes: a reader behind hidraw and a printer behind usblp, plugged in, out and in again, in an emulated guest.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guestObstacle, runInGuest } from './guest.ts';
import { type GuestCase, guestModules } from './guest-case.ts';

const folder = fileURLToPath(new URL('../../..', import.meta.url));
const obstacle = guestObstacle();

describe('devices of a real kernel', () => {
  if (obstacle !== undefined) console.warn(`not tried here: ${obstacle}`);

  it.skipIf(obstacle !== undefined)(
    'C37 a swipe through /dev/hidraw and a slip through /dev/usb/lp, before and after a replug as another node',
    { timeout: 460_000 },
    async () => {
      const result = await runInGuest({
        command: [
          process.execPath,
          'dist/test/simulators/guest/devices-in-guest.js',
          ...['--readers', 'magtek', '--groups', 'printer', '--replugs', '1'],
        ],
        folder,
        modules: guestModules,
        limitMs: 400_000,
      });
      const cases = result.lines
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as GuestCase);
      expect(
        cases.map(({ name, isOk, why }) => ({ name, isOk, why })),
        result.console.join('\n'),
      ).toEqual([
        { name: 'reader magtek', isOk: true },
        { name: 'two alike readers without serial numbers', isOk: true },
        { name: 'printer on usblp', isOk: true },
      ]);
      expect(result.exitCode).toBe(0);
    },
  );
});
