// Who comes to look or to swipe: homes, check-in, points and events, in every tongue, size of text and shape.
import { expect } from 'vitest';
import { activityWords } from '../../ui/text/activity-words.ts';
import { joinWords } from '../../ui/text/join-words.ts';
import { ownerWords } from '../../ui/text/owner-words.ts';
import { cards } from '../kiosk/small-world.ts';
import { describeFlows } from './flow-runs.ts';

describeFlows({
  'homes: board, unit, shortlist, compare, slip': async (hands) => {
    const { words, language } = hands.speech;
    const own = ownerWords[language];
    await hands.start();
    await hands.tap(words.home.board);
    await hands.sees('board');
    await hands.tap(hands.nth('k-unit-grid button:has-text("101")'));
    await hands.sees('unit');
    // found in three, its adverse facts one more
    expect(hands.taps).toBeLessThanOrEqual(3);
    await hands.tap(words.unit.readAdverse);
    await hands.sees('adverse-facts');
    expect(hands.taps).toBeLessThanOrEqual(4);
    await hands.tap(words.bar.back);
    await hands.sees('buildings');
    await hands.tap(words.bar.back);
    await hands.sees('projects');
    await hands.tap(hands.nth('projects-screen .list button'));
    await hands.tap(hands.nth('buildings-screen button.building'));
    await hands.tap(hands.nth('k-unit-grid button:has-text("101")'));
    await hands.tap(own.keep);
    await hands.tap(words.bar.back);
    await hands.tap(hands.nth('k-unit-grid button:has-text("201")'));
    await hands.tap(own.keep);
    await hands.tap(own.shortlistOf('2'));
    await hands.sees('shortlist');
    await hands.tap(own.compare);
    await hands.sees('compare');
    await hands.tap(words.bar.back);
    await hands.tap(own.take);
    expect(hands.facts('unit-taken-home')).toHaveLength(1);
  },

  'check-in without a tap': async (hands) => {
    await hands.swipe(cards.listed);
    await hands.sees('checked-in');
    expect(hands.taps).toBe(0);
    expect(hands.facts('check-in-recorded')).toHaveLength(1);
    await hands.swipe(cards.gold);
    await hands.sees('checked-in');
    await hands.swipe(cards.tomorrow);
    await hands.sees('check-in-refused');
    await hands.swipe(cards.blocked);
    expect(hands.screen.kind).toMatch(/card-problem|check-in-refused/);
    expect(hands.taps).toBe(0);
  },

  'points and own data': async (hands) => {
    await hands.start();
    await hands.tap(hands.speech.words.home.points);
    await hands.prove(cards.gold);
    await hands.sees('points');
    await hands.tap(joinWords[hands.speech.language].profileTitle);
    await hands.sees('profile');
  },

  'an event: sign up': async (hands) => {
    const words = activityWords[hands.speech.language];
    await hands.start();
    await hands.tap(words.home);
    await hands.prove(cards.gold);
    await hands.sees('activities');
    await hands.tap(hands.nth('activities-screen .list button', -1));
    await hands.sees('activity');
    await hands.tap(words.join);
    expect(hands.facts('session-wished')).toMatchObject([{ session: 'tomorrow', wish: 'join' }]);
    expect(hands.taps).toBeLessThanOrEqual(3);
  },
});
