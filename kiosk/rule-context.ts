// What a rule is given besides what happened: knowledge, time, and this terminal's settings.
import type { FactId, ProjectId } from '../sync/contract/ids.ts';
import type { Knowledge } from './knowledge.ts';
import type { Hours } from './site-hours.ts';
import type { Session } from './view.ts';

export interface RuleContext {
  readonly know: Knowledge;
  readonly session: Session;
  /** what sessions call this terminal as a gate */
  readonly terminal: string;
  readonly now: Date;
  readonly site: RuleSite;
  readonly limits: {
    readonly wrongPins: number;
    readonly pinLockMs: number;
    /** of slips that may be asked for again and again; what somebody did once always gets its slip */
    readonly waitingSlips: number;
  };
  /** a fresh UUIDv7: the identity of a print job */
  readonly newId: () => FactId;
  /** uniform integer from 0 to `below` − 1 */
  readonly random: (below: number) => number;
}

export interface RuleSite {
  readonly name: { readonly zh: string; readonly en: string };
  readonly project: ProjectId | null;
  readonly timeZone: string;
  readonly helpPhone: string;
  /** what request numbers of this terminal start with */
  readonly code: string;
  readonly slipFooter: { readonly zh: string; readonly en: string };
  /** left out or null = always open, never dark */
  readonly openHours?: Hours | null;
  readonly nightHours?: Hours | null;
}
