// What the waiting page says: how far enrolment is, in words.
import type { EnrollingScreen } from '../kiosk/enrolling-screen.ts';
import type { EnrolNews } from './enrol.ts';
import { stepWords, troubleWords } from './enrol-words.ts';

/** How far it is, in words, for whoever stands before it. */
export function enrollingScreenOf(news: EnrolNews, board: string): EnrollingScreen {
  const steps = Object.entries(stepWords);
  const at = steps.findIndex(([step]) => step === news.step);
  return {
    kind: 'enrolling',
    title: { zh: '正在登记本机', en: 'Setting up this terminal' },
    steps: steps.map(([, name], n) => ({
      name,
      state: n < at ? 'done' : n > at ? 'later' : news.state,
    })),
    trouble: news.code === null ? null : { code: news.code, ...troubleWords[news.code] },
    pending: news.pending,
    board,
  };
}
