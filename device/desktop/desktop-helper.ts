// The program that touches the desktop, one question a life. It may crash or hang: its parent knows what to do.
import { execFile } from 'node:child_process';
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
      return { kind: 'capabilities', capabilities: isX11 ? await probeX11(nut) : await probeWayland() };
    case 'screenshot':
      if (nut) return shootX11(nut, question.masked);
      return isX11 ? { kind: 'unavailable' } : shootWayland(question.masked);
    case 'park-pointer':
      return nut ? parkPointer(nut) : { kind: 'unavailable' };
    case 'wake':
      return isX11 ? wakeX11(nut) : wakeWayland();
  }
}

async function probeX11(nut: Nut | null): Promise<readonly DesktopCapability[]> {
  // dies here rather than at the first need, when the display does not answer
  if (nut && (await nut.screen.width()) > 0) return ['screenshot', 'park-pointer', 'wake'];
  return hasRun(await run('xset', ['q'])) ? ['wake'] : [];
}

async function probeWayland(): Promise<readonly DesktopCapability[]> {
  const canShoot = hasRun(await run('grim', ['-g', '0,0 1x1', '-t', 'ppm', '-']));
  // without arguments both only list
  const canWake = hasRun(await run('wlopm', [])) || hasRun(await run('wlr-randr', []));
  return [...(canShoot ? (['screenshot'] as const) : []), ...(canWake ? (['wake'] as const) : [])];
}

function masked(picture: Picture, areas: readonly DesktopArea[]): HelperAnswer {
  maskPicture(picture, areas);
  return { kind: 'picture', png: encodePng(picture) };
}

async function shootX11(nut: Nut, areas: readonly DesktopArea[]): Promise<HelperAnswer> {
  const { width, height, byteWidth, data } = await nut.screen.grab();
  return masked(pictureFromBgrx(width, height, byteWidth, data), areas);
}

async function shootWayland(areas: readonly DesktopArea[]): Promise<HelperAnswer> {
  const ppm = await run('grim', ['-t', 'ppm', '-']);
  if (ppm === 'missing') return { kind: 'unavailable' };
  const picture = ppm === 'failed' ? null : pictureFromPpm(ppm);
  if (!picture) throw new Error('grim gave no picture');
  return masked(picture, areas);
}

async function parkPointer(nut: Nut): Promise<HelperAnswer> {
  const [width, height] = [await nut.screen.width(), await nut.screen.height()];
  await nut.mouse.setPosition(new nut.Point(width - 1, height - 1));
  return { kind: 'done' };
}

async function wakeX11(nut: Nut | null): Promise<HelperAnswer> {
  // not every X server can switch its display, and one that cannot has none that sleeps
  const ran = [await run('xset', ['dpms', 'force', 'on']), await run('xset', ['s', 'reset'])];
  if (!nut) return outcomeOf(ran);
  const { x, y } = await nut.mouse.getPosition();
  await nut.mouse.setPosition(new nut.Point(x > 0 ? x - 1 : x + 1, y));
  await nut.mouse.setPosition(new nut.Point(x, y));
  return { kind: 'done' };
}

async function wakeWayland(): Promise<HelperAnswer> {
  const switched = await run('wlopm', ['--on', '*']);
  if (hasRun(switched)) return { kind: 'done' };
  const listed = await run('wlr-randr', []);
  if (!hasRun(listed)) return outcomeOf([switched, listed]);
  // the names of the outputs stand at the start of a line, everything about them is indented
  const outputs = [...listed.toString('utf8').matchAll(/^(\S+)/gm)].flatMap(([, name]) => name ?? []);
  const ran: ToolRun[] = [];
  for (const output of outputs) ran.push(await run('wlr-randr', ['--output', output, '--on']));
  return outcomeOf(ran);
}

type ToolRun = Buffer | 'failed' | 'missing';

function hasRun(run: ToolRun): run is Buffer {
  return run !== 'failed' && run !== 'missing';
}

/** One tool that did it is enough. @throws when one is there and none did */
function outcomeOf(runs: readonly ToolRun[]): HelperAnswer {
  if (runs.some(hasRun)) return { kind: 'done' };
  if (runs.includes('failed')) throw new Error('no tool could do it');
  return { kind: 'unavailable' };
}

/** @returns what it wrote; too long is failed too */
function run(tool: string, args: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve) => {
    execFile(
      tool,
      [...args],
      { encoding: 'buffer', timeout: toolMs, killSignal: 'SIGKILL', maxBuffer: maxPictureBytes },
      (error, stdout) => {
        if (!error) resolve(stdout);
        else resolve(error.code === 'ENOENT' || error.code === 'EACCES' ? 'missing' : 'failed');
      },
    );
  });
}
