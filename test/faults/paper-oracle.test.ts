// The judge of the printer proof: it must see every way in which a slip can go wrong.
import { describe, expect, it } from 'vitest';
import { judgePaper, markedLine, markLines } from './paper-oracle.ts';

const whole = (id: string) => markLines.map((mark) => markedLine(mark, id)).join('\n');
const job = (id: string, state: string, told: string | null = state) => ({ id, state, told });

describe('judgePaper', () => {
  it('is content with slips that are printed once, and with those of which nobody claims to know', () => {
    const jobs = [job('a-1', 'printed'), job('a-2', 'unconfirmed'), job('a-3', 'unconfirmed')];
    expect(judgePaper(jobs, `${whole('a-1')}\n${whole('a-2')}`)).toMatchObject({
      ok: true,
      printed: 1,
      aside: 2,
      unconfirmed: 2,
    });
  });

  it.each([
    ['said to be printed and not there', [job('a-1', 'printed')], '', { lost: 1 }],
    ['said to be printed and cut off', [job('a-1', 'printed')], markedLine('头', 'a-1'), { lost: 1 }],
    ['not known to the journal at all', [job('a-1', 'nowhere')], '', { lost: 1 }],
    ['twice on paper', [job('a-1', 'printed')], whole('a-1') + whole('a-1'), { doubled: 1 }],
    ['begun, and then printed', [job('a-1', 'printed')], `头 a-1.\n${whole('a-1')}`, { doubled: 1 }],
    ['still under way', [job('a-1', 'sent', null)], whole('a-1'), { stuck: 1 }],
    ['told otherwise', [job('a-1', 'printed', 'unconfirmed')], whole('a-1'), { mistold: 1 }],
  ])('sees a slip that is %s', (_, jobs, paper, expected) => {
    expect(judgePaper(jobs, paper)).toMatchObject({ ...expected, ok: false });
  });

  it('does not take slip 1 for slip 11', () => {
    expect(judgePaper([job('a-1', 'printed')], whole('a-11'))).toMatchObject({ lost: 1 });
  });
});
