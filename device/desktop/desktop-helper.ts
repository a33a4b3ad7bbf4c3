// The program that touches the desktop, one question a life. It may crash or hang: its parent knows what to do.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { DesktopArea, DesktopCapability } from '../desktop.ts';
import type { HelperAnswer, HelperQuestion } from './helper-message.ts';
import { loadNut, type Nut } from './nut.ts';
import { encodePng, maskPicture, type Picture, pictureFromBgrx, pictureFromPpm } from './picture.ts';

/** Shorter than the parent's patience, so that no tool is left behind. */
const toolMs = 4_000;
/** a picture of 8K, uncompressed */
const maxPictureBytes = 7_680 * 4_320 * 3 + 100;

// A parent that is gone wants no answer.
process.once('disconnect', () => process.exit(0));
process.once('message', (question) => {
  answer(question as HelperQuestion).then(
    (said) => process.send?.(said, undefined, undefined, () => process.exit(0)),
    () => process.exit(1),
  );
});

async function answer(question: HelperQuestion): Promise<HelperAnswer> {
  const nut = question.session.canLoadNut ? loadNut() : null;
  const isX11 = question.session.kind === 'x11';
  switch (question.kind) {
    case 'probe':
      return { kind: 'capabilities', capabilities: isX11 ? await probeX11(nut) : probeWayland() };
    case 'screenshot':
      return isX11
        ? shoot(nut && (await grabX11(nut)), question.masked)
        : shoot(await grim(), question.masked);
    case 'park-pointer':
      return nut ? parkPointer(nut) : { kind: 'unavailable' };
    case 'wake':
      return isX11 ? wakeX11(nut) : wakeWayland();
  }
}

async function probeX11(nut: Nut | null): Promise<readonly DesktopCapability[]> {
  // dies here rather than at the first need, when the display does not answer
  if (nut && (await nut.screen.width()) > 0) return ['screenshot', 'park-pointer', 'wake'];
  return (await run('xset', ['q'])) === null ? [] : ['wake'];
}

function probeWayland(): readonly DesktopCapability[] {
  return [
    ...(hasTool('grim') ? (['screenshot'] as const) : []),
    ...(hasTool('wlopm') || hasTool('wlr-randr') ? (['wake'] as const) : []),
  ];
}

function shoot(picture: Picture | null, masked: readonly DesktopArea[]): HelperAnswer {
  if (!picture) return { kind: 'unavailable' };
  maskPicture(picture, masked);
  return { kind: 'picture', png: encodePng(picture) };
}

async function grabX11(nut: Nut): Promise<Picture> {
  const { width, height, byteWidth, data } = await nut.screen.grab();
  return pictureFromBgrx(width, height, byteWidth, data);
}

async function grim(): Promise<Picture | null> {
  const ppm = await run('grim', ['-t', 'ppm', '-']);
  return ppm && pictureFromPpm(ppm);
}

async function parkPointer(nut: Nut): Promise<HelperAnswer> {
  const [width, height] = [await nut.screen.width(), await nut.screen.height()];
  await nut.mouse.setPosition(new nut.Point(width - 1, height - 1));
  return { kind: 'done' };
}

async function wakeX11(nut: Nut | null): Promise<HelperAnswer> {
  // not every X server can switch its display, and one that cannot has none that sleeps
  const isSwitched = (await run('xset', ['dpms', 'force', 'on'])) !== null;
  const isReset = (await run('xset', ['s', 'reset'])) !== null;
  if (!nut) return { kind: isSwitched || isReset ? 'done' : 'unavailable' };
  const { x, y } = await nut.mouse.getPosition();
  await nut.mouse.setPosition(new nut.Point(x > 0 ? x - 1 : x + 1, y));
  await nut.mouse.setPosition(new nut.Point(x, y));
  return { kind: 'done' };
}

async function wakeWayland(): Promise<HelperAnswer> {
  if ((await run('wlopm', ['--on', '*'])) !== null) return { kind: 'done' };
  const listed = await run('wlr-randr', []);
  // the names of the outputs stand at the start of a line, everything about them is indented
  const outputs = [...(listed?.toString('utf8') ?? '').matchAll(/^(\S+)/gm)].flatMap(
    ([, name]) => name ?? [],
  );
  for (const output of outputs) await run('wlr-randr', ['--output', output, '--on']);
  return { kind: outputs.length > 0 ? 'done' : 'unavailable' };
}

function hasTool(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @returns what it wrote; null when it is not there, failed or took too long */
function run(tool: string, args: readonly string[]): Promise<Buffer | null> {
  return new Promise((resolve) => {
    execFile(
      tool,
      [...args],
      { encoding: 'buffer', timeout: toolMs, killSignal: 'SIGKILL', maxBuffer: maxPictureBytes },
      (error, stdout) => resolve(error ? null : stdout),
    );
  });
}
