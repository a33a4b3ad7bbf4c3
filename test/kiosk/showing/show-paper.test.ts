// What the screen shows of a slip: the paper's lines as they are on disk, in the person's tongue, and nothing sealed.
import { expect, it } from 'vitest';
import { parseShow } from '../../../kiosk/screen.ts';
import { paperOf } from '../../../kiosk/showing/show-paper.ts';
import { enterPin, kioskBench } from '../kiosk-bench.ts';
import { cards, openSmallWorld, pin } from '../small-world.ts';

it('U30 the slip of a check-in can be read on the screen, with the masked name, and goes with the person', async () => {
  const b = kioskBench(await openSmallWorld());
  b.swipe(cards.listed);
  expect(b.show.paper).toContainEqual({ kind: 'pair', label: '会员', value: '张**', isBold: false });
  expect(b.show.paper).toContainEqual({ kind: 'pair', label: '积分余额', value: '1020', isBold: true });
  expect(parseShow(JSON.stringify(b.show))?.paper).toEqual(b.show.paper);
  b.touch({ kind: 'choose-language', language: 'zh-Hant' });
  expect(b.show.paper).toContainEqual({ kind: 'pair', label: '会员', value: '张**', isBold: false });
  b.touch({ kind: 'end' });
  expect(b.show.paper).toBeNull();
});

it('U30 U22 what a person wrote stands on the paper, and not on the screen’s picture of it', async () => {
  const b = kioskBench(await openSmallWorld());
  b.touch({ kind: 'open', purpose: 'report' });
  b.swipe(cards.listed);
  await enterPin(b, pin);
  for (const id of ['bath', 'ceiling', 'leak']) b.touch({ kind: 'choose', id });
  b.touch({ kind: 'describe', text: '夜里滴水' });
  b.touch({ kind: 'submit' });
  const { number } = b.expect('request-filed');
  const shown = JSON.stringify(b.show.paper);
  expect(shown).toContain(number);
  expect(shown).toContain('已加密');
  expect(shown).not.toContain('夜里滴水');
  expect(JSON.stringify(b.store.printJobs.nextQueued(new Set())?.lines)).toContain('夜里滴水');
});

it('pictures and gaps are for paper alone', () => {
  expect(
    paperOf([
      { kind: 'space' },
      { kind: 'picture', width: 8, height: 1, bits: 'AA==' },
      { kind: 'text', text: '保留', align: 'centre' },
    ]),
  ).toEqual([{ kind: 'text', text: '保留', isBold: false, isCentred: true }]);
});
