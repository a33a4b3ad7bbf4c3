#!/usr/bin/env node
// The `yingbin` command as a program.
import { runCommand } from './commands/yingbin-command.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

// whoever reads along may have seen enough: `yingbin list | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommand(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  env: process.env,
  signal: stopping.signal,
  isWatched: process.stderr.isTTY,
});
