// Homes to remember, and what was looked at long enough to mean it.
import { describe, expect, it } from 'vitest';
import { interestOf, lookedAt } from '../../kiosk/rules/interest.ts';
import type { Session } from '../../kiosk/view.ts';
import { freshSession } from '../../kiosk/view.ts';
import type { BuildingId, CardToken, MemberId, ProjectId, UnitId } from '../../sync/contract/ids.ts';
import { kioskBench } from './kiosk-bench.ts';
import { openSmallWorld, site } from './small-world.ts';

const unit: Session['view'] = {
  kind: 'unit',
  project: site as ProjectId,
  building: 'b1' as BuildingId,
  unit: 'u101' as UnitId,
  job: null,
  search: null,
};
const session: Session = { ...freshSession('zh'), view: unit };

describe('the shortlist', () => {
  it('D14 is kept while somebody stands here, compared, and gone with the end', async () => {
    const bench = kioskBench(await openSmallWorld());
    const open = (id: string): void => {
      bench.touch({ kind: 'start' });
      bench.touch({ kind: 'open-board' });
      bench.touch({ kind: 'choose-project', id: site });
      bench.touch({ kind: 'choose-building', id: 'b1' });
      bench.touch({ kind: 'choose-unit', id });
    };
    open('u101');
    bench.touch({ kind: 'keep-unit' });
    expect(bench.expect('unit')).toMatchObject({ isKept: true, kept: 1 });
    open('u201');
    bench.touch({ kind: 'keep-unit' });
    bench.touch({ kind: 'open-shortlist' });
    expect(bench.expect('shortlist').units.map(({ id }) => id)).toEqual(['u101', 'u201']);
    bench.touch({ kind: 'compare-kept' });
    expect(bench.expect('compare').units).toHaveLength(2);
    bench.touch({ kind: 'back' });
    bench.touch({ kind: 'drop-kept', id: 'u101' });
    expect(bench.expect('shortlist').units.map(({ id }) => id)).toEqual(['u201']);
    bench.touch({ kind: 'take-slip' });
    expect(bench.facts().at(-1)).toMatchObject({ kind: 'unit-taken-home', body: { unit: 'u201' } });
    bench.touch({ kind: 'end' });
    bench.touch({ kind: 'open-shortlist' });
    expect(bench.expect('shortlist')).toMatchObject({ member: null, units: [] });
    expect(bench.facts().filter(({ kind }) => kind === 'shortlist-kept')).toEqual([]);
  });
});

describe('SA5 interest', () => {
  it('is told of looks of five seconds and more only', () => {
    expect(interestOf(session, 4_999)).toBeUndefined();
    expect(interestOf(session, 5_000)).toMatchObject({ body: { unit: 'u101', seconds: 5, member: null } });
  });

  it('is anonymous until the second proof', () => {
    const person = { member: 'm1' as MemberId, card: 'c'.repeat(22) as CardToken, isProven: false };
    expect(interestOf({ ...session, person }, 9_000)?.body.member).toBeNull();
    const proven = { ...session, person: { ...person, isProven: true } };
    expect(interestOf(proven, 9_000)?.body.member).toBe('m1');
  });

  it('one look goes on while the slip of the home prints', () => {
    expect(lookedAt({ ...unit, job: 'j' as never })).toBe(lookedAt(unit));
    expect(lookedAt({ kind: 'home' })).toBeUndefined();
  });
});
