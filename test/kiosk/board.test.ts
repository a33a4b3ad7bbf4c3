// Journey a on the bench: from the projects down to a home and its slip.
import { describe, expect, it } from 'vitest';
import { boardKeys } from '../../sync/contract/board.ts';
import { benchSite, kioskBench } from './kiosk-bench.ts';
import { give, openSmallWorld, site } from './small-world.ts';

async function onTheUnitPage() {
  const b = kioskBench(await openSmallWorld());
  b.touch({ kind: 'start' });
  b.touch({ kind: 'open-board' });
  b.touch({ kind: 'choose-project', id: site });
  b.touch({ kind: 'choose-building', id: 'b1' });
  b.touch({ kind: 'choose-unit', id: 'u101' });
  return b;
}

describe('the sales board', () => {
  it('counts what is open and says from which price', async () => {
    const b = kioskBench(await openSmallWorld());
    b.touch({ kind: 'open-board' });
    b.touch({ kind: 'back' });
    b.touch({ kind: 'back' });
    expect(b.expect('projects').projects).toMatchObject([
      { name: '四季花城', open: 2, total: 3, adverse: 1, fromPrice: 160_000_000 },
    ]);
  });

  it('shows floors × units with every state in words, and adverse facts beside the highlights', async () => {
    const b = await onTheUnitPage();
    b.touch({ kind: 'back' });
    const board = b.expect('board');
    expect(board.legend).toMatchObject([
      { name: '可售', count: 2 },
      { name: '已售', count: 1 },
    ]);
    expect(board.cells).toHaveLength(3);
    expect(board.bedrooms).toEqual([3]);
    b.touch({ kind: 'open-adverse-facts' });
    expect(b.expect('adverse-facts')).toMatchObject({
      highlights: ['花园'],
      adverse: [{ title: '垃圾转运站', distanceM: 620 }],
    });
  });

  it('prints one slip of a home, with a QR that needs no network, and not a second one', async () => {
    const b = await onTheUnitPage();
    b.touch({ kind: 'take-slip' });
    b.touch({ kind: 'take-slip' });
    expect(b.facts()).toEqual([{ kind: 'unit-taken-home', body: { project: site, unit: 'u101' } }]);
    const lines = b.store.printJobs.next()?.lines ?? [];
    expect(lines.find(({ kind }) => kind === 'qr')).toMatchObject({
      content: expect.stringContaining('四季花城 1栋 101'),
    });
    expect(JSON.stringify(lines)).toContain('垃圾转运站');
    expect(b.expect('unit').slip).toBe('printing');
  });

  it('prints one that may be on paper again as a marked copy', async () => {
    const b = await onTheUnitPage();
    b.touch({ kind: 'take-slip' });
    const first = b.store.printJobs.next();
    if (!first) throw new Error('no slip was queued');
    b.store.printJobs.mark(first.id, 'unconfirmed');
    b.touch({ kind: 'take-slip' });
    const second = b.store.printJobs.next();
    expect(second).toMatchObject({ copy: 1, subject: first.subject });
    expect(JSON.stringify(second?.lines)).toContain('【补打 1】');
    expect(b.facts().map(({ kind }) => kind)).toEqual(['unit-taken-home', 'slip-copied']);
    expect(b.expect('unit').slip).toBe('printing');
  });

  it('follows an approved change while it is looked at, and leaves a home that is gone', async () => {
    const b = await onTheUnitPage();
    const unit = b.store.replica.get('board', boardKeys.unit('b1', 'u101'));
    give(b.store, 'board', [[boardKeys.unit('b1', 'u101'), { ...unit, state: 'sold' }]], 1);
    b.kiosk.refresh();
    expect(b.expect('unit').unit.state.name).toBe('已售');
    give(b.store, 'board', [[boardKeys.unit('b1', 'u101'), null]], 2);
    b.kiosk.refresh();
    expect(b.screen.kind).toBe('home');
  });

  it('ignores ids that are not on the board', async () => {
    const b = kioskBench(await openSmallWorld());
    b.touch({ kind: 'open-board' });
    b.touch({ kind: 'choose-project', id: 'nowhere' });
    b.touch({ kind: 'choose-building', id: 'nowhere' });
    b.touch({ kind: 'choose-unit', id: 'nowhere' });
    expect(b.screen.kind).toBe('board');
  });

  it('F2 finds a home in three taps from the waiting screen, and what speaks against it in one more', async () => {
    const b = kioskBench(await openSmallWorld());
    let taps = 0;
    const tap = (touch: Parameters<typeof b.touch>[0]): void => {
      taps += 1;
      b.touch(touch);
    };
    tap({ kind: 'start' });
    tap({ kind: 'open-board' });
    tap({ kind: 'choose-unit', id: b.expect('board').cells[0]?.id ?? '' });
    b.expect('unit');
    expect(taps).toBe(3);
    tap({ kind: 'open-adverse-facts' });
    expect(b.expect('adverse-facts').adverse[0]?.detail).toBe('距北门');
    expect(taps).toBe(4);
  });

  it('opens at the list where the site has no project and there are several', async () => {
    const store = await openSmallWorld();
    const other = { ...store.replica.get('board', boardKeys.project(site)), id: 'other' };
    give(store, 'board', [[boardKeys.project('other'), other]], 1);
    const b = kioskBench(store, { site: { ...benchSite, project: null } });
    b.touch({ kind: 'open-board' });
    expect(b.expect('projects').projects).toHaveLength(2);
  });

  it('shows a home whose layout, state and price are missing as far as it is known', async () => {
    const b = await onTheUnitPage();
    const unit = b.store.replica.get('board', boardKeys.unit('b1', 'u101'));
    const half = { ...unit, layout: 'gone', state: 'unheard', price: 0, pricePerM2: 0 };
    give(b.store, 'board', [[boardKeys.unit('b1', 'u101'), half]], 1);
    b.kiosk.refresh();
    expect(b.expect('unit')).toMatchObject({
      unit: { number: '101', price: 0, state: { name: '状态待定', open: false } },
      layout: { name: '户型待定', plan: [] },
    });
    b.touch({ kind: 'back' });
    expect(b.expect('board')).toMatchObject({
      bedrooms: [3],
      cells: [{ bedrooms: 0, state: 'unheard' }, {}, {}],
    });
  });

  it('speaks the language that was chosen, on the same page', async () => {
    const b = await onTheUnitPage();
    b.touch({ kind: 'choose-language', language: 'en' });
    expect(b.expect('unit').project.name).toBe('Seasons');
  });
});
