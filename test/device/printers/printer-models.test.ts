// The table of printers: possible numbers, the names of the config, and the bytes of the reference slip for each.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../../device/printers/encode-slip.ts';
import { printerModels } from '../../../device/printers/printer-models.ts';
import { printerModelNames } from '../../../sync/contract/device-setup.ts';
import { textOfPaper } from '../../simulators/paper.ts';
import { checkInSlip } from '../../simulators/sample-slips.ts';
import { tokensOf } from './command-grammar.ts';
import { print } from './corpus.ts';
import { liveCommands } from './slip-property.ts';

const models = Object.entries(printerModels);
/** Hex of the whole job where the printer does it all; the printers that get pictures have a digest of it. */
const goldens = JSON.parse(
  readFileSync(new URL('./printer-goldens.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

describe('printer models', () => {
  it('the config knows exactly the names of the table, at least 12 of them real', () => {
    expect([...printerModelNames]).toEqual(models.map(([name]) => name));
    expect(models.length - 2).toBeGreaterThanOrEqual(12);
  });

  it.each(models)(
    '%s is possible',
    (_, { columns, dots, hasCounters, completionProof, status, usb = [] }) => {
      expect(columns * 12).toBeLessThanOrEqual(dots);
      expect(dots % 8).toBe(0);
      // what is asked only behind an echo
      if (hasCounters) expect(completionProof).toBe('echo');
      if (status === 'none') expect(completionProof).toBe('none');
      for (const { vendor, product } of usb) {
        expect(vendor).toBeGreaterThan(0);
        expect(Math.max(vendor, product)).toBeLessThanOrEqual(0xffff);
      }
    },
  );

  it('no two models claim the same USB ids: a doctor can name each', () => {
    const ids = models.flatMap(([, { usb = [] }]) =>
      usb.map(({ vendor, product }) => `${vendor}:${product}`),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('there is a golden for each model and none for another', () => {
    expect(Object.keys(goldens)).toEqual(models.map(([name]) => name));
  });

  it.each(models)('%s gets the reference slip byte for byte', (name, model) => {
    const bytes = encodeSlip(checkInSlip, model, 17);
    const hex = bytes.toString('hex');
    const digest = `sha256 ${createHash('sha256').update(bytes).digest('hex')}`;
    expect(model.hasNativeQr && model.hanzi !== 'none' ? hex : digest).toBe(goldens[name]);
    expect(liveCommands(bytes)).toBe(0);
  });

  it.each(models)('%s: two readers of its bytes agree on the reference slip', (_, model) => {
    const { bytes, items } = print(checkInSlip, model, 17);
    const tokens = tokensOf(bytes, model.hanzi);
    expect(
      tokens.flatMap(({ kind, bytes: part }) => (kind === 'unknown' ? [part.toString('hex')] : [])),
    ).toEqual([]);
    const words = tokens.flatMap(({ kind, text }) =>
      kind === 'text' ? [text] : kind === 'feed' ? ['\n'] : [],
    );
    const lines = words
      .join('')
      .split('\n')
      .filter((line) => line !== '');
    const other = textOfPaper(items.filter(({ kind }) => kind === 'line'))
      .split('\n')
      .filter((line) => line !== '');
    expect(lines).toEqual(other);
    const pictures = tokens.filter(({ kind }) => kind === 'raster').map(({ bytes: part }) => part.length - 8);
    expect(pictures).toEqual(items.flatMap((item) => (item.kind === 'raster' ? [item.bits.length] : [])));
  });
});
