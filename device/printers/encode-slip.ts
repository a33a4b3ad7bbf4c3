// Our own slip encoder: lines and commands straight into one buffer.
import type { Slip } from '../receipt-printer.ts';
import { ByteWriter } from './byte-writer.ts';
import { hanziCodes } from './hanzi.ts';
import { jobEnd, jobStart, proofQuestion } from './job-frame.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { SlipEncoder } from './slip-encoder.ts';
import { layOutSlip, type TextStyle } from './slip-layout.ts';

export const encodeSlip: SlipEncoder = (slip: Slip, profile: PrinterProfile, proofId?: number) => {
  const writer = new ByteWriter(hanziCodes(profile.hanzi));
  writer.bytes(jobStart(profile));
  let now: TextStyle = { isCentred: false, isBold: false, isLarge: false };
  for (const block of layOutSlip(slip, profile)) {
    if (block.style !== now) {
      changeStyle(writer, now, block.style);
      now = block.style;
    }
    if (block.kind === 'line') writer.line(block.left, block.gap, block.right);
    else writer.bytes(block.bytes);
  }
  writer.bytes(jobEnd(profile));
  writer.bytes(proofQuestion(profile, proofId));
  return writer.finish();
};

function changeStyle(writer: ByteWriter, from: TextStyle, to: TextStyle): void {
  if (to.isCentred !== from.isCentred) writer.put(0x1b, 0x61, to.isCentred ? 1 : 0);
  // GS ! covers Chinese characters on every model; ESC ! does not.
  if (to.isLarge !== from.isLarge) writer.put(0x1d, 0x21, to.isLarge ? 0x11 : 0);
  if (to.isBold !== from.isBold) {
    // ESC E and ESC G: models differ in which of them thickens Chinese characters; both do no harm.
    const n = to.isBold ? 1 : 0;
    writer.put(0x1b, 0x45, n);
    writer.put(0x1b, 0x47, n);
  }
}
