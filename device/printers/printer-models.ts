// The printers that are known by name, and what each can do.
import type { PrinterProfile } from './printer-profile.ts';

const plain: PrinterProfile = {
  columns: 48,
  dots: 576,
  hanzi: 'gb18030',
  hasNativeQr: true,
  hasCutter: true,
  status: 'dle-eot',
  completionProof: 'echo',
  hasCounters: false,
};

export const printerModels: Readonly<Record<string, PrinterProfile>> = {
  'generic-80mm': plain,
  'generic-58mm': { ...plain, columns: 32, dots: 384 },
};
