// The month's figures once more, from the events alone: no SQL, no tables, one event after another.
import type { LifeEvent } from './request-lives.ts';

type Filed = Extract<LifeEvent, { what: 'filed' }>;
type Task = Extract<LifeEvent, { what: 'task' }> & { closedAt: number | null };

interface Story {
  readonly filed: Filed;
  isValid: boolean;
  repliedAt: number;
  arrivedAt: number;
  climbs: number[];
  timesReopened: number;
  closedAt: number;
  outcome: string | null;
  readonly tasks: Task[];
  readonly calls: { readonly at: number; readonly attempt: number; readonly verdict: string | null }[];
  readonly ratings: { readonly at: number; readonly item: string; readonly score: number }[];
}

export type Tally = Record<string, { part: number; whole: number }>;

const never = Number.POSITIVE_INFINITY;

/** @param events oldest first */
export function foldStories(events: readonly LifeEvent[]): Story[] {
  const stories = new Map<string, Story>();
  // a call-back or rating of the same minute may stand before the filing that it belongs to
  const ordered = [...events].sort((a, b) => Number(b.what === 'filed') - Number(a.what === 'filed'));
  for (const event of ordered) {
    if (event.what === 'filed') {
      stories.set(event.request, {
        filed: event,
        isValid: true,
        repliedAt: never,
        arrivedAt: never,
        climbs: [],
        timesReopened: 0,
        closedAt: never,
        outcome: null,
        tasks: [],
        calls: [],
        ratings: [],
      });
      continue;
    }
    const story = stories.get(event.request);
    if (!story) throw new Error(`${event.what} of nothing`);
    tell(story, event);
  }
  return [...stories.values()];
}

function tell(story: Story, event: LifeEvent): void {
  switch (event.what) {
    case 'filed':
      return;
    case 'judged-invalid':
      story.isValid = false;
      return;
    case 'replied':
      story.repliedAt = event.at;
      return;
    case 'arrived':
      story.arrivedAt = event.at;
      return;
    case 'climbed':
      story.climbs.push(event.at);
      return;
    case 'climb-withdrawn':
      story.climbs = [];
      return;
    case 'reopened':
      story.timesReopened += 1;
      return;
    case 'task':
      story.tasks.push({ ...event, closedAt: null });
      return;
    case 'task-closed': {
      const task = story.tasks.find((each) => each.task === event.task);
      if (task) task.closedAt = event.at;
      return;
    }
    case 'called':
      story.calls.push(event);
      return;
    case 'closed':
      story.closedAt = event.at;
      story.outcome = event.outcome;
      return;
    case 'rated':
      story.ratings.push(event);
      return;
  }
}

/** @param tasksCount which of its tasks belong to the line: all, or those of one port or supplier */
export function tally(
  stories: readonly Story[],
  { from, to, asOf }: { readonly from: number; readonly to: number; readonly asOf: number },
  tasksCount: (task: Task) => boolean = () => true,
): Tally {
  const sums: Tally = {};
  const count = (metric: string, isWhole: boolean, isPart: boolean): void => {
    sums[metric] ??= { part: 0, whole: 0 };
    if (!isWhole) return;
    sums[metric].whole += 1;
    if (isPart) sums[metric].part += 1;
  };
  const inMonth = (at: number | null): boolean => at !== null && at >= from && at < to;
  const fell = (at: number | null): boolean => inMonth(at) && (at ?? never) < asOf;
  for (const story of stories) {
    const { filed, ratings } = story;
    const good = (item: string, isOurs: boolean) => {
      for (const { at, item: rated, score } of ratings)
        count(item, isOurs && inMonth(at) && belongs(item, rated), score > 3);
    };
    good('hand-over-satisfaction', filed.kind.startsWith('handover'));
    good('engineering-quality', true);
    good('planning-design', true);
    if (!story.isValid) continue;
    const isNew = inMonth(filed.at);
    count('closing', isNew, story.closedAt < to);
    count('complaint-rate', isNew, filed.kind === 'complaint');
    count(
      'escalation-rate',
      isNew,
      story.climbs.some((at) => at < to),
    );
    count(
      'first-service-satisfaction',
      inMonth(story.closedAt),
      story.outcome === 'solved' && story.timesReopened === 0,
    );
    count('reply-timeliness', fell(filed.replyBy), story.repliedAt <= (filed.replyBy ?? 0));
    count('contact-timeliness', fell(filed.visitBy), story.arrivedAt <= (filed.visitBy ?? 0));
    const reached = story.calls.filter(({ verdict }) => verdict !== null);
    const [first] = reached.sort((a, b) => a.attempt - b.attempt);
    count('first-satisfaction', first !== undefined && inMonth(first.at), first?.verdict === 'solved');
    for (const task of story.tasks.filter(tasksCount))
      count('timeliness', fell(task.deadline), (task.closedAt ?? never) <= (task.deadline ?? 0));
  }
  return sums;
}

function belongs(metric: string, item: string): boolean {
  if (metric === 'hand-over-satisfaction') return true;
  return item.startsWith(metric === 'planning-design' ? 'design' : 'engineering');
}
