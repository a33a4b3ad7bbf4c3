// PORT: the desktop that the browser runs on. Whatever is missing is a capability that is not there, never a fault.

export const desktopCapabilities = ['screenshot', 'park-pointer', 'wake'] as const;
export type DesktopCapability = (typeof desktopCapabilities)[number];

/** A part of the screen in pixels. */
export interface DesktopArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `desktop-unavailable`: this machine cannot; `desktop-died` and `desktop-timeout`: it failed this time. */
export type DesktopOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | {
      readonly kind: 'failed';
      readonly code: 'desktop-unavailable' | 'desktop-died' | 'desktop-timeout';
    };

/** Runs in a process of its own that may die at any call. */
export interface Desktop {
  /** what was found out by probing; empty until the probe ended */
  readonly capabilities: ReadonlySet<DesktopCapability>;
  /**
   * @param masked painted over before the picture leaves the process that took it
   * @returns PNG
   */
  takeScreenshot(masked: readonly DesktopArea[]): Promise<DesktopOutcome<Uint8Array>>;
  /** moves the pointer where nobody sees it */
  parkPointer(): Promise<DesktopOutcome<null>>;
  /** lights a sleeping display */
  wake(): Promise<DesktopOutcome<null>>;
  close(): Promise<void>;
}

/** Masks the whole picture, however large: what is left says only that the desktop is alive. */
export const maskAll: readonly DesktopArea[] = [
  { x: 0, y: 0, width: Number.MAX_SAFE_INTEGER, height: Number.MAX_SAFE_INTEGER },
];
