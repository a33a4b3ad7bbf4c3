// The desktop of a terminal that started before its display.
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { openDesktop } from '../../device/desktop/open-desktop.ts';
import { watchDesktop } from '../../kiosk/watch-desktop.ts';
import { VirtualDisplay } from '../simulators/virtual-display.ts';

const helper = fileURLToPath(new URL('../../dist/device/desktop/desktop-helper.js', import.meta.url));

afterEach(() => void vi.restoreAllMocks());

it('a display that comes later is found when somebody comes, not at every step before', async () => {
  const display = await VirtualDisplay.start();
  await display.kill();
  const noted: string[] = [];
  const desktop = openDesktop({ helper, arch: 'x64', env: { DISPLAY: display.name, PATH: '/usr/bin' } });
  const watched = watchDesktop(desktop, { noteDesktop: (state) => void noted.push(state) });
  try {
    await vi.waitFor(() => expect(noted).toEqual(['unavailable']), { timeout: 10_000 });
    await display.start();
    watched?.wake();
    await vi.waitFor(() => expect(noted).toEqual(['unavailable', 'unavailable']));
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 31_000);
    watched?.wake();
    await vi.waitFor(() => expect(noted.at(-1)).toBe('ready'), { timeout: 10_000 });
  } finally {
    await watched?.close();
    await display.kill();
  }
});

it('without a desktop in the config there is nothing to watch', () => {
  expect(watchDesktop(null, { noteDesktop: () => undefined })).toBeNull();
});
