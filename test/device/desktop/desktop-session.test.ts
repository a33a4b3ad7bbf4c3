// What desktop an environment promises.
import { describe, expect, it } from 'vitest';
import { findDesktopSession, helperEnvironment } from '../../../device/desktop/desktop-session.ts';

describe('desktop session', () => {
  it.each([
    [{}, 'x64', null],
    [{ DISPLAY: '' }, 'x64', null],
    [{ XDG_SESSION_TYPE: 'tty' }, 'x64', null],
    [{ DISPLAY: ':0' }, 'x64', { kind: 'x11', canLoadNut: true }],
    [{ DISPLAY: ':0' }, 'arm64', { kind: 'x11', canLoadNut: false }],
    [
      { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run' },
      'arm64',
      { kind: 'wayland', canLoadNut: false },
    ],
    [
      { XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0', XDG_RUNTIME_DIR: '/run' },
      'x64',
      { kind: 'wayland', canLoadNut: false },
    ],
    [{ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'x64', null],
  ] as const)('N01 %o on %s is %o', (env, arch, session) => {
    expect(findDesktopSession(env, arch)).toEqual(session);
  });

  it('a helper gets the way to the desktop and nothing else', () => {
    const env = { DISPLAY: ':0', PATH: '/bin', FLEET_KEY: 'secret', NODE_OPTIONS: '--require x' };
    expect(helperEnvironment(env)).toEqual({ DISPLAY: ':0', PATH: '/bin' });
  });
});
