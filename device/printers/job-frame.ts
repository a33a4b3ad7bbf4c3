// What stands before and behind every job: a printer in a known state, the paper out, the question for its proof.
import type { PrinterProfile } from './printer-profile.ts';
import { echoRequest } from './printer-questions.ts';

/** ESC @ · ESC R 0: `$` and `\` stay what they are on printers set up for China or Japan */
const plainStart = Uint8Array.of(0x1b, 0x40, 0x1b, 0x52, 0);
/** · FS &: Chinese on */
const chineseStart = Uint8Array.of(...plainStart, 0x1c, 0x26);
/** GS V 66 3: feed to the cutter and cut, leaving one point uncut · ESC @ */
const cutEnd = Uint8Array.of(0x1d, 0x56, 66, 3, 0x1b, 0x40);
/** ESC d 5: past the edge where it is torn off · ESC @ */
const tearEnd = Uint8Array.of(0x1b, 0x64, 5, 0x1b, 0x40);

export function jobStart({ hanzi }: PrinterProfile): Uint8Array {
  return hanzi === 'none' ? plainStart : chineseStart;
}

export function jobEnd({ hasCutter }: PrinterProfile): Uint8Array {
  return hasCutter ? cutEnd : tearEnd;
}

/** Nothing for a printer that would not answer. */
export function proofQuestion({ completionProof }: PrinterProfile, proofId?: number): Uint8Array {
  if (completionProof !== 'echo' || proofId === undefined) return nothing;
  return echoRequest(String(proofId).padStart(4, '0'));
}

const nothing = new Uint8Array();
