// What every screen says around its subject: where this is, how true it is, and what is out of order.
import type { Knowledge } from '../knowledge.ts';
import type { RuleSite } from '../rule-context.ts';
import type { Language, Status } from '../screen.ts';
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
  link: Status['link'],
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
    troubles: [...storeTroubleOf(know.upkeep.pressure(), language), ...troublesOf(devices, language)],
    wedge,
    hasMaintenance: know.upkeep.hasPin,
  };
}
