// An owner at the terminal: report, follow and judge, hand-over, message; in every tongue, size of text and shape.
import { expect } from 'vitest';
import { filingWords } from '../../ui/text/filing-words.ts';
import { followWords } from '../../ui/text/follow-words.ts';
import { ownerWords } from '../../ui/text/owner-words.ts';
import { cards } from '../kiosk/small-world.ts';
import type { FlowHands } from './flow-hands.ts';
import { describeFlows } from './flow-runs.ts';

/** Bathroom, ceiling, leak, and how: the library's own example, by its place on the page. */
async function chooseLeak(hands: FlowHands): Promise<void> {
  for (const step of ['place', 'element', 'problem', 'phrase'] as const) {
    if (hands.screen.kind !== 'report-choice') return;
    expect(hands.screen.step).toBe(step);
    await hands.sees('report-choice');
    const at = hands.screen.choices.findIndex(({ id }) =>
      /^(bathroom|ceiling|ceiling-leak|ceiling-leak-1)$/.test(id),
    );
    await hands.tap(hands.nth('report-choice-screen .choices button', at));
  }
}

describeFlows({
  'a repair by taps alone': async (hands) => {
    const { words } = hands.speech;
    await hands.start();
    await hands.tap(words.home.report);
    await hands.prove(cards.listed);
    await chooseLeak(hands);
    await hands.sees('report-review');
    await hands.tap(words.review.submit);
    await hands.sees('request-filed');
    expect(hands.taps).toBeLessThanOrEqual(7);
    expect(hands.facts('request-filed')).toMatchObject([
      { request: 'repair', unit: 'u301', tasks: [{ problem: 'ceiling-leak', text: null }] },
    ]);
  },

  'a request: followed, agreed to, rated': async (hands) => {
    const words = followWords[hands.speech.language];
    await hands.start();
    await hands.tap(hands.speech.words.home.requests);
    await hands.prove(cards.listed);
    await hands.sees('requests');
    await hands.tap(hands.nth('requests-screen .list button'));
    await hands.sees('request');
    await hands.tap(words.verdicts.solved);
    await hands.sees('judge-question');
    await hands.tap(hands.nth('judge-question-screen k-faces button'));
    while (hands.screen.kind === 'judge-question') await hands.tap(words.enough);
    await hands.sees('judge-end');
    await hands.tap(words.send);
    await hands.sees('request');
    expect(hands.facts('request-judged')).toMatchObject([{ verdict: 'solved', ratings: [{ score: 5 }] }]);
  },

  'hand-over: number, a defect, signed': async (hands) => {
    const words = ownerWords[hands.speech.language];
    await hands.start();
    await hands.tap(hands.speech.words.home.homes);
    await hands.prove(cards.listed);
    await hands.sees('my-homes');
    await hands.tap(words.goHandOver);
    await hands.sees('hand-over');
    await hands.tap(words.arrive);
    await hands.tap(words.noteDefect);
    await chooseLeak(hands);
    await hands.tap(hands.speech.words.review.submit);
    await hands.sees('hand-over');
    await hands.tap(words.sign);
    await hands.sees('hand-over-sign');
    await hands.tap(hands.nth('hand-over-sign-screen k-faces button', 1));
    await hands.tap(words.outcomes['accepted-with-defects']);
    await hands.sees('hand-over');
    expect(hands.facts('hand-over-signed')).toMatchObject([{ outcome: 'accepted-with-defects' }]);
  },

  'a complaint without a card': async (hands) => {
    const words = filingWords[hands.speech.language];
    await hands.start();
    await hands.tap(hands.speech.words.home.service);
    await hands.sees('service-menu');
    await hands.tap(words.menu.complaint);
    await hands.sees('ask-card');
    await hands.tap(words.withoutCard);
    await hands.sees('message');
    await hands.tap(hands.nth('message-screen .choices button'));
    await hands.sees('message');
    await hands.type('13976540234');
    await hands.tap(words.phone.confirm);
    await hands.sees('message');
    await hands.tap(words.review.submit);
    await hands.sees('request-filed');
    expect(hands.facts('request-filed')).toMatchObject([{ request: 'complaint' }]);
  },
});
