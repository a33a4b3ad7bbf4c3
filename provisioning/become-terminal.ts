// What `yingbin terminal` does before there is a terminal to run, and beside it: it becomes somebody, and stays so.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readBoard, readBootId } from '../device/board.ts';
import { parseConfig } from '../kiosk/config.ts';
import { usualClaimFile } from './claim-file.ts';
import { ClockFloor } from './clock-floor.ts';
import { type EnrolNews, enrol } from './enrol.ts';
import { usualDataDir, usualScreenPort, writeEnrolledConfig } from './enrolled-config.ts';
import { enrollingScreenOf } from './enrolling-screens.ts';
import { Identity, type Pair } from './identity.ts';
import { Renewal } from './renewal.ts';
import { openWaitingPage, type WaitingPage } from './waiting-page.ts';

export interface Becoming {
  /** the terminal's `config.json`; need not be there yet */
  readonly config: string;
  /** left out = where the image has it, if it is there */
  readonly claimFile?: string | undefined;
  /** of its screen, until a config says it; 8080 unless given */
  readonly port?: number | undefined;
  /** where to say what happens */
  readonly complain: (text: string) => void;
  readonly signal: AbortSignal;
  readonly tell?: (news: EnrolNews) => void;
  /** no page is shown: somebody reads along elsewhere */
  readonly isUnseen?: boolean;
}

/** What belongs to one terminal's folder. */
export function placesOf(config: string) {
  const folder = dirname(resolve(config));
  return {
    identity: new Identity(join(folder, 'identity')),
    floor: new ClockFloor(join(folder, 'clock-floor')),
  };
}

/** One that was set up by hand, without certificates, stays as it is. */
export function isEnrolled({ config, claimFile }: Pick<Becoming, 'config' | 'claimFile'>): boolean {
  const { identity } = placesOf(config);
  return claimFile !== undefined || existsSync(identity.folder) || existsSync(usualClaimFile());
}

/** @returns undefined when it was ended before */
export async function becomeTerminal(becoming: Becoming): Promise<Pair | undefined> {
  const { config, claimFile = usualClaimFile(), port, complain, signal, tell, isUnseen } = becoming;
  const { identity, floor } = placesOf(config);
  const board = readBoard();
  const version = productVersion();
  const label = [board.model, board.serial, version].filter((word) => word !== '').join(' · ');
  let page: Promise<WaitingPage> | undefined;
  let said = '';
  const pair = await enrol({
    identity,
    claimFile,
    board,
    boot: readBootId(),
    version,
    floor,
    now: () => new Date(),
    keep: (answer) => writeEnrolledConfig(resolve(config), answer, identity, port),
    tell: (news) => {
      tell?.(news);
      if (news.code !== null && news.code !== said) complain(`enrolment: ${news.step}: ${news.code}\n`);
      said = news.code ?? said;
      if (isUnseen) return;
      // one that only renews its claim is served by its own screen
      page ??= openPage(config, port);
      void page.then((it) => it.show(enrollingScreenOf(news, label)));
    },
    wait: patiently,
    signal,
  });
  await (await page)?.close();
  return pair;
}

/** Runs until it is aborted. */
export function keepIdentity({ config, complain, signal }: Becoming): Renewal {
  const { identity, floor } = placesOf(config);
  let said = '';
  const renewal = new Renewal({
    identity,
    board: readBoard(),
    floor,
    now: () => new Date(),
    wait: patiently,
    signal,
    onRenewed: ({ notAfter }) => complain(`certificate renewed until ${notAfter.toISOString()}\n`),
    onSetback: (code) => {
      if (code !== said) complain(`certificate not renewed: ${code}\n`);
      said = code;
    },
  });
  renewal.run().catch((error: unknown) => {
    complain(`certificate is not renewed any more: ${error instanceof Error ? error.name : 'unknown'}\n`);
  });
  return renewal;
}

function openPage(config: string, usual: number = usualScreenPort): Promise<WaitingPage> {
  const { port, dataDir } = screenOf(config, usual);
  return openWaitingPage(port, join(resolve(dirname(config), dataDir), 'run'));
}

/** Where the terminal will have its screen. */
function screenOf(config: string, usual: number): { readonly port: number; readonly dataDir: string } {
  try {
    const { screen, dataDir } = parseConfig(readFileSync(config, 'utf8'), config);
    return { port: screen.port, dataDir };
  } catch {
    return { port: usual, dataDir: usualDataDir };
  }
}

async function patiently(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const version = (manifest as { version?: unknown }).version;
  return typeof version === 'string' ? version : '0.0.0';
}
