// Who joins, is asked, or works here: joining, a survey, staff, maintenance; in every tongue, size of text and shape.
import { expect } from 'vitest';
import { formsWords } from '../../ui/text/forms-words.ts';
import { joinWords } from '../../ui/text/join-words.ts';
import { maintenanceWords } from '../../ui/text/maintenance-words.ts';
import { maintenancePin } from '../kiosk/kiosk-bench.ts';
import { cards } from '../kiosk/small-world.ts';
import { blankCard, code, staffCard } from '../ui/flow-world.ts';
import type { FlowHands } from './flow-hands.ts';
import { describeFlows } from './flow-runs.ts';

/** A name of one sound; Chinese is picked among what it may be, in English the first key is large by itself. */
async function typeName(hands: FlowHands): Promise<void> {
  await hands.type(hands.speech.isChinese ? 'li' : 'Li');
  if (!hands.speech.isChinese) return;
  const first = hands.nth('k-candidates [aria-busy="false"] .candidate');
  await first.tap();
}

describeFlows({
  'joining by telephone': async (hands) => {
    const words = joinWords[hands.speech.language];
    await hands.start();
    await hands.tap(hands.speech.words.home.join);
    await hands.sees('join');
    await hands.tap(words.agree);
    await hands.sees('join');
    await hands.type('13900000009');
    await hands.tap(words.next);
    await hands.sees('join');
    await typeName(hands);
    await hands.tap(words.next);
    await hands.sees('join');
    await hands.type(code);
    await hands.sees('join');
    await hands.type('1379');
    await hands.tap(hands.speech.words.pin.confirm);
    await hands.sees('join');
    await hands.swipe(blankCard);
    await hands.sees('join');
    await hands.tap(words.done);
    expect(hands.taps).toBeLessThanOrEqual(6);
    expect(hands.facts('member-joined')).toMatchObject([{ phone: '13900000009', proof: 'phone-code' }]);
  },

  'a survey': async (hands) => {
    const words = formsWords[hands.speech.language];
    await hands.start();
    await hands.tap(hands.nth('k-invitation button'));
    await hands.prove(cards.listed);
    await hands.sees('survey-intro');
    await hands.tap(words.begin);
    await hands.sees('survey-question');
    await hands.tap(hands.nth('survey-question-screen k-faces button'));
    await hands.tap(words.skip);
    await hands.tap(words.skip);
    await hands.sees('survey-end');
    await hands.tap(words.send);
    await hands.sees('survey-done');
    expect(hands.facts('survey-answered')).toHaveLength(1);
  },

  'staff see whom they serve by a second card': async (hands) => {
    await hands.swipe(staffCard);
    await hands.sees('staff');
    await hands.swipe(cards.gold);
    await hands.sees('staff');
    await hands.swipe(staffCard);
    await hands.sees('attract');
    expect(hands.taps).toBe(0);
  },

  'maintenance behind a long press and a PIN': async (hands) => {
    const words = maintenanceWords[hands.speech.language];
    await hands.start();
    await hands.hold(hands.nth('k-header .site'));
    await hands.sees('maintenance-pin');
    await hands.type(maintenancePin);
    await hands.tap(hands.speech.words.pin.confirm);
    await hands.sees('maintenance');
    await hands.tap(words.testPage);
    await hands.swipe(cards.gold);
    await hands.sees('maintenance');
  },
});
