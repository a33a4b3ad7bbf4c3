// Finds out what kind of desktop there may be, from the environment alone: nothing is started.

/** What a helper needs to know to reach the desktop. */
export interface DesktopSession {
  readonly kind: 'x11' | 'wayland';
  /** nut-js has one binary, for this processor only */
  readonly canLoadNut: boolean;
}

/**
 * Wayland wins when both are there: what X11 shows then is only what runs in its compatibility server.
 * @param arch as `process.arch`
 * @returns null when there is no desktop
 */
export function findDesktopSession(
  env: Readonly<Record<string, string | undefined>>,
  arch: string,
): DesktopSession | null {
  const has = (name: string) => (env[name] ?? '') !== '';
  if (has('WAYLAND_DISPLAY') || env['XDG_SESSION_TYPE'] === 'wayland') {
    return has('XDG_RUNTIME_DIR') ? { kind: 'wayland', canLoadNut: false } : null;
  }
  return has('DISPLAY') ? { kind: 'x11', canLoadNut: arch === 'x64' } : null;
}

/** What of the environment a helper gets: the way to the desktop and to programs, and no secret by chance. */
export function helperEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const wanted = ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'HOME', 'PATH'];
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
