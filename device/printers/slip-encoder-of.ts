// Which slip encoder a config means.
import { encodeSlip } from './encode-slip.ts';
import { encodeSlipWithEscpos } from './escpos-encoder.ts';
import type { SlipEncoder } from './slip-encoder.ts';

export function slipEncoderOf(name: 'yingbin' | 'escpos'): SlipEncoder {
  return name === 'escpos' ? encodeSlipWithEscpos : encodeSlip;
}
