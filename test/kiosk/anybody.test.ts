// Whatever anybody touches and whoever swipes: nothing breaks, "back" leads home, and nobody sees what is another's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filingPurposes, parseShow, purposes } from '../../kiosk/screen.ts';
import type { FingerTouch } from '../../kiosk/touch.ts';
import { enterPin, type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, openSmallWorld, pin, site } from './small-world.ts';

const names = { listed: '张**', gold: '欧阳*', notListed: '赵*' } as const;
type Name = keyof typeof names;

/** Ids that the screen offers, wherever they stand in it. */
function idsOn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsOn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['id', 'code', 'unit'].includes(key) && typeof inner === 'string' ? [inner] : idsOn(inner),
  );
}

const withId = [
  'choose-project',
  'choose-building',
  'choose-unit',
  'open-kept',
  'drop-kept',
  'open-hand-over',
  'choose',
  'open-answer',
  'print-again',
  'forget-slip',
] as const;
const plain = [
  'start',
  'go-home',
  'back',
  'stay',
  'call-help',
  'open-board',
  'open-adverse-facts',
  'take-slip',
  'keep-unit',
  'open-shortlist',
  'open-own-home',
  'compare-kept',
  'arrive',
  'note-defect',
  'start-signing',
  'submit',
  'write',
  'survey-next',
  'write-to-survey',
  'send-survey',
  'open-answers',
  'open-service',
  'go-without-card',
  'open-maintenance',
  'print-test-page',
] as const;

type Act = { readonly touch: FingerTouch } | { readonly swipe: Name } | { readonly pin: true } | 'end';

/** What can be done on this screen, also what nobody offers there. */
function acts(bench: KioskBench): Act[] {
  const ids = idsOn(bench.screen);
  const touches: FingerTouch[] = [
    ...ids.flatMap((id) => withId.map((kind): FingerTouch => ({ kind, id }))),
    ...plain.map((kind): FingerTouch => ({ kind })),
    ...[...purposes, ...filingPurposes].map((purpose): FingerTouch => ({ kind: 'open', purpose })),
    ...(['join', 'leave'] as const).map((wish): FingerTouch => ({ kind: 'wish', wish })),
    ...(['solved', 'partly', 'not-solved'] as const).map(
      (verdict): FingerTouch => ({ kind: 'judge', verdict }),
    ),
    { kind: 'judge-on', isAll: false },
    { kind: 'judge-on', isAll: true },
    { kind: 'rate', score: 4 },
    { kind: 'describe', text: '漏水' },
    { kind: 'give-phone', phone: '13812345678' },
    { kind: 'give-phone', phone: null },
    { kind: 'allow-publishing', isAllowed: true },
    { kind: 'answers-of', project: site },
    { kind: 'sign', outcome: 'accepted-with-defects' },
    { kind: 'open-join', purpose: 'join' },
    { kind: 'open-join', purpose: 'recover' },
    { kind: 'choose-language', language: 'en' },
  ];
  return [
    ...touches.map((touch): Act => ({ touch })),
    ...(Object.keys(names) as Name[]).flatMap((swipe): Act[] => [{ swipe }, { swipe }, { swipe }]),
    ...(bench.screen.kind === 'enter-pin' ? Array.from({ length: 60 }, (): Act => ({ pin: true })) : []),
    'end',
  ];
}

async function doAct(bench: KioskBench, act: Act): Promise<void> {
  if (act === 'end') bench.touch({ kind: 'end' });
  else if ('pin' in act) await enterPin(bench, pin);
  else if ('touch' in act) bench.touch(act.touch);
  else {
    // beyond the time in which the same card is one swipe
    bench.clock = new Date(bench.clock.getTime() + 3_500);
    bench.swipe(cards[act.swipe]);
  }
}

describe('whoever stands here', () => {
  it('M9 sees nothing of who was here before, and every "back" leads home', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9_999), { minLength: 60, maxLength: 120 }), async (picks) => {
        let random = 0;
        const bench = kioskBench(await openSmallWorld(), {
          random: (below) => {
            random += 7;
            return random % below;
          },
        });
        let here: Name | null = null;
        for (const pick of picks) {
          const all = acts(bench);
          const act = all[pick % all.length] ?? 'end';
          await doAct(bench, act);
          if (act === 'end') here = null;
          else if ('swipe' in act) here = act.swipe;
          const said = JSON.stringify(bench.show);
          seen.add(bench.screen.kind);
          expect(parseShow(said)).toBeDefined();
          for (const [name, masked] of Object.entries(names))
            if (name !== here) expect(said, `${bench.screen.kind} shows ${name}`).not.toContain(masked);
          expect(bench.logged.filter((line) => line.includes('"code"'))).toEqual([]);
        }
        const { language } = bench.show;
        for (let steps = 0; !['home', 'attract'].includes(bench.screen.kind); steps += 1) {
          expect(steps, `back from ${bench.screen.kind}`).toBeLessThan(12);
          bench.touch({ kind: 'back' });
        }
        expect(bench.show.language).toBe(language);
        bench.kiosk.close();
      }),
      { numRuns: 25 },
    );
    // a walk that stays at the door shows nothing
    expect(seen.size).toBeGreaterThan(15);
  }, 120_000);

  it('M9 the homes that a member kept go with them, also when the next card comes at once', async () => {
    const bench = kioskBench(await openSmallWorld());
    const open = async (name: Name): Promise<void> => {
      bench.touch({ kind: 'open', purpose: 'shortlist' });
      bench.clock = new Date(bench.clock.getTime() + 3_500);
      bench.swipe(cards[name]);
      await enterPin(bench, pin);
    };
    for (const touch of [
      { kind: 'open-board' },
      { kind: 'choose-project', id: site },
      { kind: 'choose-building', id: 'b1' },
      { kind: 'choose-unit', id: 'u101' },
      { kind: 'keep-unit' },
    ] as const)
      bench.touch(touch);
    await open('listed');
    expect(bench.expect('shortlist')).toMatchObject({ member: { name: '张**' }, units: [{ id: 'u101' }] });
    bench.clock = new Date(bench.clock.getTime() + 3_500);
    bench.swipe(cards.gold);
    bench.touch({ kind: 'go-home' });
    bench.touch({ kind: 'open-shortlist' });
    expect(bench.expect('shortlist').units).toEqual([]);
    await open('gold');
    expect(bench.expect('shortlist').units).toEqual([]);
    const kept = bench.facts().filter(({ kind }) => kind === 'shortlist-kept');
    expect(kept).toMatchObject([{ body: { member: 'm-listed' } }]);
  });
});
