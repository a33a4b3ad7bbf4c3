// Where a print job is, as the person waiting for the paper is told.
import type { FactId } from '../../sync/contract/ids.ts';
import type { RuleContext } from '../rule-context.ts';
import type { SlipProgress } from '../screen.ts';

export function slipProgress(job: FactId | null, { know }: RuleContext): SlipProgress {
  const found = job && know.slips.job(job);
  if (!found) return 'none';
  switch (found.state) {
    case 'queued':
    case 'sending':
    case 'sent':
      return know.slips.isPrinterReady() ? 'printing' : 'waiting';
    case 'printed':
      return 'printed';
    case 'unconfirmed':
      return 'unconfirmed';
    case 'failed':
    case 'expired':
      return 'failed';
  }
}
