// Opens the page's server and wires it to the kiosk: what is shown, touched, covered, and who it is for.
import type { BootToken } from './boot-token.ts';
import type { Cards } from './cards.ts';
import type { Config } from './config.ts';
import type { FaultCode } from './fault-text.ts';
import type { Health } from './health.ts';
import type { Kiosk } from './kiosk.ts';
import type { ScreenCover } from './screen-cover.ts';
import { ScreenServer } from './screen-server.ts';
import { StartError } from './start-error.ts';
import { siteWordsOf } from './store/site-words.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import type { Summons } from './summons.ts';
import { takeTouch } from './typed-card.ts';

/** @throws StartError screen-port-in-use | screen-port-refused */
export async function openScreenServer(parts: {
  readonly config: Config;
  readonly uiDir: string;
  readonly token: BootToken;
  readonly kiosk: Kiosk;
  readonly store: TerminalStore;
  readonly health: Health;
  readonly cards: Cards;
  readonly summons: Summons;
  readonly cover: ScreenCover;
  readonly fault: (code: FaultCode, cause?: unknown) => void;
}): Promise<ScreenServer> {
  const { config, uiDir, token, kiosk, store, health, cover, fault } = parts;
  try {
    return await ScreenServer.open({
      port: config.screen.port,
      uiDir,
      token,
      maxSockets: config.limits.screenSockets,
      touchesPerSecond: config.limits.touchesPerSecond,
      currentShow: () => kiosk.show,
      onTouch: (touched) => takeTouch(touched, parts),
      onCovered: (no) => cover.noteDrawn(no),
      onGone: () => kiosk.noteScreenGone(),
      health: () => health.report(),
      siteWords: siteWordsOf(store),
      onFault: fault,
    });
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw new StartError(
      isTaken ? 'screen-port-in-use' : 'screen-port-refused',
      `port ${config.screen.port}`,
      { cause },
    );
  }
}
