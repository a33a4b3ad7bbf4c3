// Who climbs when: at the very second, however seldom anybody looks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAlways } from '../../../../sync/contract/calendar.ts';
import { complaintLevels } from '../../../../sync/contract/requests.ts';
import { resumed } from '../../../../sync/headquarters/service/clocks.ts';
import {
  climb,
  climbsAfter,
  defaultSteps,
  levelRow,
  nextClimb,
} from '../../../../sync/headquarters/service/ladder.ts';

const filedAt = '2026-11-20T02:00:00.000Z';
const later = (ms: number, from = filedAt): string => new Date(Date.parse(from) + ms).toISOString();
const hour = 3_600_000;
const record = {
  state: 'filed',
  level: 'ordinary',
  reply_by: later(600_000),
  replied_at: null,
  paused_at: null,
} as const;

describe('D19: the ladder', () => {
  it('climbs one step at the missed reply clock and one every 24 h, to the top and no further', () => {
    const climbsAt = nextClimb(record, filedAt);
    expect(climbsAt).toBe(later(600_000));
    const start = { level: 'ordinary', climbs_at: climbsAt };
    expect(climb(start, later(599_999)).climbs).toEqual([]);
    expect(climb(start, later(600_000))).toEqual({
      climbs: [{ from: 'ordinary', to: 'key', at: later(600_000) }],
      climbsAt: later(600_000 + 24 * hour),
    });
    const all = climb(start, later(1_000 * hour));
    expect(all.climbs.map(({ to, at }) => [to, at])).toEqual([
      ['key', later(600_000)],
      ['hot', later(600_000 + 24 * hour)],
      ['major', later(600_000 + 48 * hour)],
    ]);
    expect(all.climbsAt).toBeNull();
  });

  it('whoever looks at whatever times sees the same steps at the same instants', () => {
    const waits = fc.integer({ min: 1, max: 3_000 });
    fc.assert(
      fc.property(
        fc.record({ ordinary: waits, key: waits, hot: waits, major: waits }),
        fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 40 }),
        (minutes, looks) => {
          const steps = structuredClone(defaultSteps);
          for (const level of complaintLevels) steps[level].afterMin = minutes[level];
          const start = { level: 'ordinary', climbs_at: nextClimb(record, filedAt, steps) };
          const end = later(1_000_000 * 1_000);
          const atOnce = climb(start, end, steps).climbs;
          const seen: unknown[] = [];
          let now = start;
          for (const look of [...looks]
            .sort((a, b) => a - b)
            .map((second) => later(second * 1_000))
            .concat(end)) {
            const { climbs, climbsAt } = climb(now, look, steps);
            // never early
            for (const { at } of climbs) expect(at <= look).toBe(true);
            seen.push(...climbs);
            now = { level: climbs.at(-1)?.to ?? now.level, climbs_at: climbsAt };
          }
          expect(seen).toEqual(atOnce);
        },
      ),
    );
  });

  it('an answer, a pause, the owner’s turn and the end each change when it climbs', () => {
    const answered = { ...record, replied_at: later(300_000) };
    expect(nextClimb(answered, later(300_000))).toBe(later(300_000 + 24 * hour));
    expect(nextClimb({ ...record, paused_at: filedAt }, filedAt)).toBeNull();
    for (const state of ['to-confirm', 'done', 'invalid']) {
      expect(nextClimb({ ...answered, state }, filedAt)).toBeNull();
    }
    expect(nextClimb({ ...record, reply_by: null }, filedAt)).toBeNull();
    expect(nextClimb({ ...answered, level: 'major' }, filedAt)).toBeNull();
    // an answer after the clock ran out does not save it from the step that was due
    const late = { ...record, replied_at: later(700_000) };
    expect(climbsAfter({ climbs_at: record.reply_by }, late, later(700_000))).toBe(record.reply_by);
    expect(climbsAfter({ climbs_at: later(800_000) }, late, later(700_000))).toBe(later(700_000 + 24 * hour));
    expect(
      climbsAfter({ climbs_at: record.reply_by }, { ...late, state: 'done' }, later(700_000)),
    ).toBeNull();
    // at a higher level without an answer: since the last progress
    expect(nextClimb({ ...record, level: 'key' }, later(hour))).toBe(later(25 * hour));
  });

  it('the owner sees level, role of the holder and the next deadline; nothing once it is over', () => {
    const row = { state: 'filed', level: 'hot', climbs_at: later(hour), reply_by: filedAt };
    expect(levelRow(row)).toEqual({
      level: 'hot',
      holder: { zh: '地区公司总经理', en: 'Regional general manager' },
      nextAt: later(hour),
    });
    expect(levelRow({ ...row, state: 'done' })).toBeNull();
    expect(levelRow({ ...row, reply_by: null })).toBeNull();
  });
});

describe('D18: the clocks', () => {
  it('a pause gives back what was left, and mends nothing that was missed before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * hour }),
        fc.integer({ min: 0, max: 100 * hour }),
        (pausedAfter, length) => {
          const pausedAt = later(pausedAfter);
          const at = later(pausedAfter + length);
          const clocks = {
            paused_at: pausedAt,
            paused_ms: 7,
            reply_by: later(600_000),
            on_site_by: later(hour),
            replied_at: null,
            on_site_at: null,
          };
          const after = resumed(openAlways, clocks, at);
          const moved = (by: number) => later(by > pausedAfter ? by + length : by);
          expect(after).toEqual({ replyBy: moved(600_000), onSiteBy: moved(hour), pausedMs: length + 7 });
        },
      ),
    );
  });
});
