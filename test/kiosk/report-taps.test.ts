// How many taps a repair takes with the library that ships, from the home screen to its number, over every way through it.
import { describe, expect, it } from 'vitest';
import type { Screen, ScreenOf } from '../../kiosk/screen.ts';
import { type LibraryRow, libraryKeyOf } from '../../sync/contract/library.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { shippedLibrary, shippedPlaces } from '../../sync/headquarters/service/library/shipped-library.ts';
import { enterPin, type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, pin } from './small-world.ts';

type Choice = ScreenOf<'report-choice'>;

async function atPlaces(
  card: keyof typeof cards = 'listed',
  library: readonly LibraryRow[] = [...shippedLibrary(), ...shippedPlaces('flowers')],
): Promise<KioskBench> {
  const store = await openSmallWorld();
  const old = store.replica.list('library', '').map((row) => [libraryKeyOf(row), null] as const);
  const rows = new Map<string, LibraryRow | null>(old);
  for (const row of library) rows.set(libraryKeyOf(row), row);
  give(store, 'library', [...rows], 1, 2);
  const b = kioskBench(store);
  b.touch({ kind: 'start' });
  b.touch({ kind: 'open', purpose: 'report' });
  b.swipe(cards[card]);
  await enterPin(b, pin);
  return b;
}

interface Way {
  readonly taps: number;
  /** on its longest page */
  readonly choices: number;
}

/** From the page that is shown, each way to a review: how many taps it took until then. */
function ways(b: KioskBench, taps: number, known = new Map<string, readonly Way[]>()): readonly Way[] {
  const page = b.expect('report-choice');
  // below an element it is the same in every place
  const below = page.step === 'problem' ? `${page.path.slice(2).join('/')}@${taps}` : undefined;
  const before = below && known.get(below);
  if (before) return before;
  const choices = page.choices.length;
  // phrases differ in nothing but their words: one stands for all
  const asked = page.step === 'phrase' ? page.choices.slice(0, 1) : page.choices;
  const found = asked.flatMap(({ id }) => {
    b.touch({ kind: 'choose', id });
    const after = isChoice(b.screen) ? ways(b, taps + 1, known) : [{ taps: taps + 1, choices }];
    b.touch({ kind: 'back' });
    expect(b.expect('report-choice')).toEqual(page);
    return after.map((way) => ({ ...way, choices: Math.max(way.choices, choices) }));
  });
  if (below) known.set(below, found);
  return found;
}

function isChoice(screen: Screen): screen is Choice {
  return screen.kind === 'report-choice';
}

describe('the shipped library at the terminal', () => {
  it('D23 takes 7 taps at most from the home screen to the number, nothing typed, no page longer than the screen', async () => {
    const b = await atPlaces();
    // the tile of the home screen before, the review's button after
    const all = ways(b, 1).map((way) => ({ ...way, taps: way.taps + 1 }));
    expect(all.length).toBeGreaterThan(1_500);
    expect(Math.max(...all.map(({ taps }) => taps))).toBeLessThanOrEqual(7);
    expect(Math.max(...all.map(({ choices }) => choices))).toBeLessThanOrEqual(26);
  }, 60_000);

  it('D23 says 四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏, letter for letter, in 6 taps, the cost told before', async () => {
    const b = await atPlaces();
    for (const id of ['bathroom', 'ceiling', 'ceiling-leak', 'ceiling-leak-1'])
      b.touch({ kind: 'choose', id });
    expect(b.expect('report-review')).toMatchObject({
      label: '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏',
      warranty: { isCovered: true },
    });
    b.touch({ kind: 'submit' });
    expect(b.screen).toMatchObject({
      kind: 'request-filed',
      label: '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏',
    });
  });

  it('D23 shows the frequent ones first, and asks nothing that has one answer', async () => {
    const b = await atPlaces();
    b.touch({ kind: 'choose', id: 'bathroom' });
    b.touch({ kind: 'choose', id: 'ceiling' });
    expect(
      b
        .expect('report-choice')
        .choices.map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['渗漏', '开裂']);
    b.touch({ kind: 'back' });
    b.touch({ kind: 'back' });
    // a lift is a lift
    b.touch({ kind: 'choose', id: 'lift' });
    expect(b.expect('report-choice')).toMatchObject({ step: 'problem' });
    b.touch({ kind: 'back' });
    expect(b.expect('report-choice')).toMatchObject({ step: 'place' });
  });

  it('D23 begins with the home reported about last, and lets the owner of several change it by a tap', async () => {
    const b = await atPlaces('gold');
    const chosen = () =>
      b
        .expect('report-choice')
        .homes.filter(({ isChosen }) => isChosen)
        .map(({ id }) => id);
    expect(chosen()).toEqual(['u301']);
    b.touch({ kind: 'choose', id: 'u302' });
    expect(chosen()).toEqual(['u302']);
    for (const id of ['bathroom', 'ceiling', 'ceiling-leak', 'ceiling-leak-1'])
      b.touch({ kind: 'choose', id });
    expect(b.expect('report-review').home).toBe('米兰苑302');
    b.touch({ kind: 'submit' });
    b.touch({ kind: 'open', purpose: 'report' });
    expect(chosen()).toEqual(['u302']);
  });

  it('D20 refuses plainly what is no home of theirs any more, and says that it is the home', async () => {
    const b = await atPlaces();
    for (const id of ['bathroom', 'ceiling', 'ceiling-leak', 'ceiling-leak-1'])
      b.touch({ kind: 'choose', id });
    const row = b.store.replica.get('members', memberKeys.member('m-listed'));
    give(b.store, 'members', [[memberKeys.member('m-listed'), { ...row, homes: [] }]], 1, 2);
    b.touch({ kind: 'submit' });
    expect(b.screen).toMatchObject({ kind: 'card-problem', reason: 'no-home' });
    expect(b.facts().some(({ kind }) => kind === 'request-filed')).toBe(false);
  });

  it('D23 is not hung by a library whose elements go in a circle', async () => {
    const circle = [
      ['a', 'b'],
      ['b', 'a'],
    ].map(([id, parent]) => ({ kind: 'element', id, parent, name: { zh: '圈', en: 'Ring' }, order: 1 }));
    const place = { ...shippedPlaces('flowers')[0], elements: ['a'] };
    const b = await atPlaces('listed', [...circle, place] as LibraryRow[]);
    b.touch({ kind: 'choose', id: 'living' });
    expect(b.expect('report-choice').choices).toHaveLength(1);
  });
});
