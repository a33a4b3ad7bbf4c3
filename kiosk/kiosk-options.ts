// What the loop is built with: settings, knowledge, and whom it tells.
import type { PanelSound } from '../device/control-panel.ts';
import type { CardWidth } from '../sync/contract/card-token.ts';
import type { Questions } from '../sync/questions.ts';
import type { Knowledge } from './knowledge.ts';
import type { KioskLog } from './log.ts';
import type { MaintenanceDeeds } from './maintenance-deeds.ts';
import type { Display, Manner } from './manner.ts';
import type { RuleContext, RuleSite } from './rule-context.ts';
import type { Language, Show, Status } from './screen.ts';
import type { ScreenCover } from './screen-cover.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import type { Summons } from './summons.ts';
import type { PictureEnd } from './support-pictures.ts';

export interface KioskOptions {
  readonly terminal: string;
  readonly site: RuleSite;
  readonly fleetKey: Uint8Array;
  /** by how many low bits of a proximity card's identity the fleet knows it */
  readonly cardWidth: CardWidth;
  /** is this the PIN of the maintenance screen? Slow, so that it cannot be guessed; never called without one */
  readonly isMaintenancePin: (pin: string) => Promise<boolean>;
  /** how fast a reader types into the page; null = none does */
  readonly wedge: Status['wedge'];
  /** what headquarters has called out; left out = nothing ever is */
  readonly summons?: Summons | undefined;
  /** put on before a picture is taken; left out = none ever is */
  readonly cover?: ScreenCover | undefined;
  readonly store: TerminalStore;
  readonly know: Knowledge;
  readonly limits: RuleContext['limits'] & { readonly repeatedSwipeMs: number };
  readonly idle: { readonly warnAfterMs: number; readonly endAfterMs: number };
  readonly language: Language;
  /** how a session is shown and heard until somebody chooses */
  readonly mannerAt: (now: Date) => Manner;
  /** nobody makes it louder; left out = as loud as it can */
  readonly loudest?: Manner['volume'];
  readonly display: Display | null;
  readonly clock: () => Date;
  /** milliseconds, never back */
  readonly monoMs: () => number;
  readonly newId: RuleContext['newId'];
  readonly random: RuleContext['random'];
  readonly log: KioskLog;
  readonly onShow: (show: Show) => void;
  /** a fact was recorded: send it when you can */
  readonly onRecorded: () => void;
  /** a slip was queued: print it when you can */
  readonly onSlipQueued: () => void;
  /** for who does not look at the screen */
  readonly onSound: (sound: PanelSound) => void;
  /** staff want to see and hear whether the panel works */
  readonly onTryPanel: (what: 'lights' | 'sounds') => void;
  /** as `SupportPictures.take` */
  readonly takePicture: (isCovered: boolean, isStillShown: () => boolean) => Promise<PictureEnd>;
  /** what can be done to this machine; left out = nothing */
  readonly deeds?: MaintenanceDeeds | undefined;
  /** somebody is at the maintenance screen: look at the machine, then refresh */
  readonly onMaintenance: () => void;
  /** asks headquarters */
  readonly ask: Questions['ask'];
  /** about codes for telephones; left out = it cannot be asked */
  readonly askCode?: Questions['askCode'] | undefined;
}
