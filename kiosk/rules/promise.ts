// Until when somebody will have been answered and visited: by the terms of project and kind, else by the port's clock.
import type { ProjectId } from '../../sync/contract/ids.ts';
import { type Promised, promised } from '../../sync/contract/promises.ts';
import type { RequestKind } from '../../sync/contract/requests.ts';
import type { RuleContext } from '../rule-context.ts';

/** `coastal`: reply in 10 minutes, on site within the hour. */
const fallbackClock = { replyMin: 10, onSiteMin: 60 } as const;

export interface Wish {
  readonly request: RequestKind;
  readonly project: ProjectId | null;
  /** id of the port in charge */
  readonly port: string;
  readonly isWritten: boolean;
}

export function promiseTo({ port, ...wish }: Wish, { know: { service }, now }: RuleContext): Promised {
  const terms = service.terms(wish.project, wish.request);
  if (terms) return promised(terms, { ...wish, at: now });
  const { replyMin, onSiteMin } = service.clock(port) ?? fallbackClock;
  const after = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  return { replyBy: after(replyMin), onSiteBy: after(onSiteMin) };
}
