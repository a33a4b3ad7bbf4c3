// What somebody at the monkey's kiosk comes for: the way to every kind of screen, so that hands without sense land on each.

import type { Purpose, ScreenKind } from '../../kiosk/screen.ts';
import { emptySearch } from '../../kiosk/search-screen.ts';
import type { FingerTouch } from '../../kiosk/touch.ts';
import { maintenancePin } from '../kiosk/kiosk-bench.ts';
import { cards, pin, site } from '../kiosk/small-world.ts';
import { code, staffCard } from './flow-world.ts';

export type Step = FingerTouch | { readonly kind: 'swipe'; readonly card: string };

export interface Errand {
  readonly reaches: ScreenKind;
  readonly steps: readonly Step[];
}

const swipe = (card: string): Step => ({ kind: 'swipe', card });
const choose = (id: string): Step => ({ kind: 'choose', id });
const proof: Step = { kind: 'enter-pin', pin };
const behindPin = (purpose: Purpose, card: string = cards.listed): readonly Step[] => [
  { kind: 'open', purpose },
  swipe(card),
  proof,
];
const building: readonly Step[] = [
  { kind: 'open-board' },
  { kind: 'choose-project', id: site },
  { kind: 'choose-building', id: 'b1' },
];
const kept = ['u101', 'u201'].flatMap((id): readonly Step[] => [
  { kind: 'go-home' },
  ...building,
  { kind: 'choose-unit', id },
  { kind: 'keep-unit' },
]);
const repair = ['bathroom', 'ceiling', 'ceiling-leak', 'ceiling-leak-1'].map(choose);
const handOver: readonly Step[] = [
  ...behindPin('homes'),
  { kind: 'open-hand-over', id: 'u301' },
  { kind: 'arrive' },
];
const joining: readonly Step[] = [{ kind: 'open-join', purpose: 'join' }, { kind: 'join-agree' }];

/**
 * The end of each way before its beginning: hands there may finish it, or type wrong PINs until it is locked, and what
 * somebody passed on the way was seen.
 */
export const errands: readonly Errand[] = [
  { reaches: 'home', steps: [] },
  {
    reaches: 'judge-question',
    steps: [
      ...behindPin('requests'),
      choose('01900000-0000-7000-8000-000000000001'),
      { kind: 'judge', verdict: 'solved' },
    ],
  },
  { reaches: 'request', steps: [...behindPin('requests'), choose('01900000-0000-7000-8000-000000000001')] },
  { reaches: 'requests', steps: behindPin('requests') },
  { reaches: 'survey-question', steps: [...behindPin('survey'), { kind: 'survey-next' }] },
  { reaches: 'survey-intro', steps: behindPin('survey') },
  { reaches: 'hand-over-sign', steps: [...handOver, { kind: 'start-signing' }] },
  { reaches: 'hand-over', steps: handOver },
  { reaches: 'request-filed', steps: [...behindPin('report'), ...repair, { kind: 'submit' }] },
  { reaches: 'report-review', steps: [...behindPin('report'), ...repair] },
  { reaches: 'report-choice', steps: [...behindPin('report'), choose('bathroom')] },
  { reaches: 'activity', steps: [...behindPin('sessions', cards.gold), choose('tomorrow')] },
  { reaches: 'activities', steps: behindPin('sessions') },
  { reaches: 'profile', steps: behindPin('profile') },
  { reaches: 'points', steps: behindPin('points', cards.gold) },
  { reaches: 'my-homes', steps: behindPin('homes') },
  {
    reaches: 'maintenance',
    steps: [{ kind: 'end' }, { kind: 'open-maintenance' }, { kind: 'enter-pin', pin: maintenancePin }],
  },
  { reaches: 'maintenance-pin', steps: [{ kind: 'end' }, { kind: 'open-maintenance' }] },
  { reaches: 'compare', steps: [...kept, { kind: 'open-shortlist' }, { kind: 'compare-kept' }] },
  { reaches: 'shortlist', steps: [...kept, { kind: 'open-shortlist' }] },
  {
    reaches: 'answer',
    steps: [{ kind: 'open-answers' }, { kind: 'open-answer', id: '00000000-0000-4000-8000-000000000001' }],
  },
  { reaches: 'answers', steps: [{ kind: 'open-answers' }] },
  // the site's own board opens first
  { reaches: 'projects', steps: [{ kind: 'open-board' }, { kind: 'back' }, { kind: 'back' }] },
  { reaches: 'buildings', steps: building.slice(0, 2) },
  { reaches: 'board', steps: building },
  { reaches: 'unit', steps: kept.slice(0, 5) },
  { reaches: 'adverse-facts', steps: [...building.slice(0, 2), { kind: 'open-adverse-facts' }] },
  {
    reaches: 'search',
    steps: [{ kind: 'open-board' }, { kind: 'search', query: emptySearch }],
  },
  { reaches: 'ask-card', steps: [{ kind: 'open', purpose: 'points' }] },
  { reaches: 'card-problem', steps: [{ kind: 'open', purpose: 'points' }, swipe(cards.blocked)] },
  { reaches: 'service-menu', steps: [{ kind: 'open-service' }] },
  { reaches: 'message', steps: [{ kind: 'open-service' }, ...behindPin('complaint')] },
  { reaches: 'message', steps: [{ kind: 'open', purpose: 'enquiry' }, { kind: 'go-without-card' }] },
  { reaches: 'join', steps: joining },
  {
    reaches: 'join',
    steps: [
      ...joining,
      { kind: 'join-phone', phone: '13900000009' },
      { kind: 'join-details', name: '周立新', sound: null, birthday: null, idNumber: null },
      { kind: 'join-code', code },
    ],
  },
  { reaches: 'staff', steps: [swipe(staffCard), swipe(cards.gold)] },
  { reaches: 'checked-in', steps: [swipe(cards.listed)] },
  { reaches: 'check-in-refused', steps: [swipe(cards.tomorrow)] },
  { reaches: 'enter-pin', steps: behindPin('points').slice(0, 2) },
];
