// The shelf of printers: every model that the terminal knows by name, and the simulated printer that is like it.

import { printerModels } from '../../../device/printers/printer-models.ts';

import type { PrinterProfile } from '../../../device/printers/printer-profile.ts';
import { type PrinterConfig, printerModelNames } from '../../../sync/contract/device-setup.ts';
import type { SimulatedPrinterModel } from '../printer-models.ts';
import type { ShelfPrinter } from './lab-view.ts';

type ModelName = PrinterConfig['model'];

/** Counts lines and cuts, so that even a slip during which the terminal lost its power is settled. */
export const usualPrinter = 'epson-tm-t82iii' satisfies ModelName;

export interface PrinterOnShelf extends ShelfPrinter {
  readonly id: ModelName;
  /** what the simulated printer must be, to be like it */
  readonly dialect: SimulatedPrinterModel;
}

export const printerShelf: readonly PrinterOnShelf[] = printerModelNames.flatMap((id) => {
  const profile = printerModels[id];
  if (!profile) return [];
  const { title, columns, hanzi, hasNativeQr, hasCutter, status, completionProof } = profile;
  const shown = { id, name: title, columns, hanzi, hasNativeQr, hasCutter, status, completionProof };
  return { ...shown, dialect: dialect(profile) };
});

function dialect(profile: PrinterProfile): SimulatedPrinterModel {
  const { columns, hanzi, hasNativeQr, hasCutter, hasCounters, status, completionProof } = profile;
  return {
    columns,
    hanzi,
    hasNativeQr,
    hasCutter,
    hasCounters,
    hasRealTimeStatus: status === 'dle-eot' || status === 'automatic',
    hasAutomaticStatus: status === 'automatic',
    hasTransmission: status === 'gs-r' || completionProof === 'transmit',
    hasCompletionProof: completionProof === 'echo',
    cutterNeedsHost: profile.cutterRecovery !== undefined,
  };
}
