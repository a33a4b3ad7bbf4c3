// What every screen says around its subject: where this is, how true it is, and what is out of order.
import { clockTroubleOf } from '../clock-doubt.ts';
import type { Knowledge } from '../knowledge.ts';
import type { RuleSite } from '../rule-context.ts';
import type { Language, Status } from '../screen.ts';
import { isWithin } from '../site-hours.ts';
import type { TerminalStore } from '../store/terminal-store.ts';
import { storeTroubleOf, troublesOf } from '../troubles.ts';

import { printerStatus, readerStatus } from './show-devices.ts';

export interface StatusSources {
  readonly terminal: string;
  readonly site: RuleSite;
  readonly store: TerminalStore;
  readonly know: Knowledge;
  readonly wedge: Status['wedge'];
}

export function showStatus(
  { terminal, site, store, know, wedge }: StatusSources,
  language: Language,
  { link, now, isLeaving }: Pick<Status, 'link'> & { readonly now: Date; readonly isLeaving: boolean },
): Status {
  const devices = know.upkeep.devices();
  return {
    site: site.name[language],
    terminal,
    helpPhone: site.helpPhone,
    timeZone: site.timeZone,
    asOf: store.replica.confirmedAt(),
    link,
    printer: printerStatus(devices),
    reader: readerStatus(devices),
    troubles: [
      ...storeTroubleOf(know.upkeep.pressure(), language),
      ...clockTroubleOf(know.upkeep.clockDoubt?.() ?? null, language),
      ...troublesOf(devices, language),
    ],
    wedge,
    hasMaintenance: know.upkeep.hasPin,
    isNight: isWithin(site.nightHours, now, site.timeZone),
    isLeaving,
  };
}
