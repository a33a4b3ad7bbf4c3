// What is printed, in traditional script; never ids, never what a person wrote or is called.
import type { Slip, SlipLine } from '../../device/receipt-printer.ts';
import type { Recording } from '../decision.ts';
import { inHant } from '../showing/in-hant.ts';
import { slipWords } from './slip-words.ts';

/** The slips of what is recorded; the facts are headquarters' and stay in its script. */
export function recordingInHant(recording: Recording): Recording {
  return {
    ...recording,
    effects: recording.effects.map((effect) =>
      effect.kind === 'queue-slip' ? { ...effect, lines: slipInHant(effect.lines) } : effect,
    ),
  };
}

export function slipInHant(slip: Slip): Slip {
  return slip.map(lineInHant);
}

const personal: ReadonlySet<string> = new Set([slipWords.zh.member, slipWords.zh.ownWords]);

function lineInHant(line: SlipLine): SlipLine {
  switch (line.kind) {
    case 'title':
    case 'text':
      return { ...line, text: inHant(line.text) };
    case 'pair': {
      const value = personal.has(line.label) ? line.value : inHant(line.value);
      return { ...line, label: inHant(line.label), value };
    }
    case 'qr':
      return { ...line, content: inHant(line.content) };
    case 'rule':
    case 'space':
    case 'picture':
      return line;
  }
}
