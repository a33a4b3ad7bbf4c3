// How Node is to be started for the terminal: on its own it lets garbage lie until a small board has no room left.

/** Flags before the script's name. What the terminal keeps is some 30 MB; beyond 64 MB of it something is wrong. */
export const terminalNodeFlags = ['--max-old-space-size=64', '--max-semi-space-size=2'] as const;
