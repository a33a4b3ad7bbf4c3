// A program: opens one reader or printer as whoever runs it, and tells its states, a line each. Arguments: `printer` and its
// address, or `reader` and its settings as JSON. Ends with its stdin.
import { openCardReader, type ReaderSettings } from '../../../device/open-card-reader.ts';
import { openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import { printerModels } from '../../../device/printers/printer-models.ts';
import { retry, told } from './guest-case.ts';

const [kind, what = ''] = process.argv.slice(2);
const onState = (state: Parameters<typeof told>[0]): void => {
  process.stdout.write(`${told(state)}\n`);
};
if (kind === 'printer') {
  const profile = printerModels['generic-80mm'];
  if (!profile) throw new Error('no generic-80mm in the table');
  openEscPosPrinter({ at: what, profile, answerMs: 5_000, ...retry }, { onState });
} else {
  const silent = { onRead: () => undefined, onUnusable: () => undefined, onNoise: () => undefined };
  openCardReader(JSON.parse(what) as ReaderSettings, { cardAbsenceMs: 50, ...retry }, { ...silent, onState });
}
process.stdin.resume().on('end', () => process.exit(0));
