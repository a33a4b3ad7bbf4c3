// The eight flows as data: which steps a request goes through, and who may move it from where to where on which condition.
import type { Words } from '../../contract/ids.ts';
import type { FlowKind, Verdict } from '../../contract/requests.ts';
import type { Role } from '../accounts/actor.ts';

/** What may happen to a request. `tasks-done` is headquarters' own word: nobody may say it. */
export const flowEvents = [
  'advance',
  'answer',
  'tasks-done',
  'finish',
  'consent',
  'judge',
  'call-back',
  'not-reached',
  'give-up',
  'confirm-give-up',
  'invalidate',
  'withdraw',
  'reopen',
] as const;
export type FlowEventKind = (typeof flowEvents)[number];

/** `owner`: at a terminal; `system`: by itself, as a consequence. */
export type FlowActor = Role | 'owner' | 'system';

/** What must hold, or the move is refused under this code. */
export type Guard =
  /** no task is open */
  | 'tasks-open'
  /** a call-back counts only with a rating */
  | 'rating-missing'
  /** a reason that the owner will read */
  | 'reason-missing'
  /** there is a number, and it was not tried often enough */
  | 'still-reachable'
  /** who proposed it does not confirm it */
  | 'second-person-missing';

/** Which of several moves of one event it is: the owner's word decides. */
export interface Condition {
  readonly verdict?: readonly Verdict[];
  /** does the person agree that it is closed as it is? */
  readonly agrees?: boolean;
  /** after this word: was it rated by now? */
  readonly willBeRated?: boolean;
  /** somebody proposed to close it because nobody can be called */
  readonly isGiveUpProposed?: boolean;
}

export interface Move {
  readonly on: FlowEventKind;
  readonly from: readonly string[];
  /** `stay` = the word is kept, the step stays */
  readonly to: string;
  readonly by: readonly FlowActor[];
  readonly when?: Condition;
  readonly needs?: readonly Guard[];
  readonly outcome?: 'verdict' | 'withdrawn' | 'invalid' | 'unreached' | 'none';
  readonly does?: readonly Consequence[];
}

/** What a move brings with it, in the same transaction. */
export type Consequence = 'close-tasks' | 'reopen-tasks' | 'ask-call-back' | 'forget-words';

export interface Step {
  readonly code: string;
  readonly name: Words;
  /** reached: the reply or on-site clock stops */
  readonly stops?: 'reply' | 'on-site';
}

export interface Flow {
  readonly kind: FlowKind;
  readonly name: Words;
  /** in their order; the first is where it begins, the last where it ends: behind it there is only `closed` */
  readonly steps: readonly Step[];
  /** where somebody works on it */
  readonly work: readonly string[];
  /** where it goes on when it was not solved */
  readonly again: string;
  readonly moves: readonly Move[];
}

/** The end of every flow: nothing more is owed to the person. */
export const closedStep: Step = { code: 'closed', name: { zh: '已关闭', en: 'Closed' } };

const words = (zh: string, en: string): Words => ({ zh, en });
const step = (code: string, zh: string, en: string, stops?: Step['stops']): Step => ({
  code,
  name: words(zh, en),
  ...(stops ? { stops } : {}),
});

const desk: readonly FlowActor[] = ['service-desk', 'manager'];
const workers: readonly FlowActor[] = ['service-desk', 'manager', 'port'];
const unsolved: readonly Verdict[] = ['partly', 'not-solved'];

/** One move on for each step that somebody works at, and any later one: the first line may skip what it does not need. */
function advances(work: readonly string[]): Move[] {
  return work
    .slice(0, -1)
    .flatMap((from, index) =>
      work.slice(index + 1).map((to): Move => ({ on: 'advance', from: [from], to, by: workers })),
    );
}

/** How every request of a person ends: with their own word, or a call-back that was rated; and how it comes back. */
function endings(work: readonly string[], again: string): Move[] {
  const open = [...work, 'closing', 'call-back'];
  const asked = ['closing', 'call-back'];
  return [
    {
      on: 'tasks-done',
      from: work,
      to: 'closing',
      by: ['system'],
      needs: ['tasks-open'],
      does: ['ask-call-back'],
    },
    { on: 'finish', from: work, to: 'closing', by: workers, needs: ['tasks-open'], does: ['ask-call-back'] },
    ...agreements(open),
    ...objections(work, asked, again),
    ...calls(asked, again),
    {
      on: 'invalidate',
      from: work,
      to: 'call-back',
      by: desk,
      needs: ['reason-missing'],
      outcome: 'invalid',
      does: ['close-tasks', 'ask-call-back'],
    },
    {
      on: 'withdraw',
      from: [...work, 'closing'],
      to: 'call-back',
      by: desk,
      outcome: 'withdrawn',
      does: ['close-tasks', 'ask-call-back'],
    },
    {
      on: 'reopen',
      from: [...asked, 'closed'],
      to: again,
      by: [...desk, 'owner'],
      outcome: 'none',
      does: ['forget-words', 'reopen-tasks'],
    },
  ];
}

/** The owner agrees: at the terminal, or on the telephone with the first line. Unrated, they are called for the rating. */
function agreements(open: readonly string[]): Move[] {
  const said = (on: 'consent' | 'judge', by: readonly FlowActor[]): Move[] => [
    {
      on,
      from: open,
      to: 'closed',
      by,
      when: { verdict: ['solved'], willBeRated: true },
      outcome: 'verdict',
      does: ['close-tasks'],
    },
    {
      on,
      from: open,
      to: 'call-back',
      by,
      when: { verdict: ['solved'], willBeRated: false },
      outcome: 'verdict',
      does: ['close-tasks', 'ask-call-back'],
    },
  ];
  return [
    ...said('consent', desk),
    ...said('judge', ['owner']),
    { on: 'judge', from: ['closed'], to: 'stay', by: ['owner'], when: { verdict: ['solved'] } },
  ];
}

function objections(work: readonly string[], asked: readonly string[], again: string): Move[] {
  return [
    // while it is worked on this tells nothing new
    { on: 'judge', from: work, to: 'stay', by: ['owner'], when: { verdict: unsolved } },
    {
      on: 'judge',
      from: [...asked, 'closed'],
      to: again,
      by: ['owner'],
      when: { verdict: unsolved },
      outcome: 'none',
      does: ['forget-words', 'reopen-tasks'],
    },
  ];
}

function calls(asked: readonly string[], again: string): Move[] {
  return [
    {
      on: 'call-back',
      from: asked,
      to: 'closed',
      by: desk,
      when: { agrees: true },
      needs: ['rating-missing'],
      outcome: 'verdict',
    },
    {
      on: 'call-back',
      from: asked,
      to: again,
      by: desk,
      when: { agrees: false },
      outcome: 'none',
      does: ['forget-words', 'reopen-tasks'],
    },
    { on: 'not-reached', from: asked, to: 'call-back', by: desk, does: ['ask-call-back'] },
    ...givingUp(asked, 'call-back'),
  ];
}

/**
 * No number, or calls in vain as often as the rules want: one proposes with the reason, another confirms. Any word of
 * the person, and any further call, ends the proposal.
 */
function givingUp(from: readonly string[], to: string): Move[] {
  return [
    {
      on: 'give-up',
      from,
      to,
      by: desk,
      needs: ['reason-missing', 'still-reachable'],
      does: ['ask-call-back'],
    },
    {
      on: 'confirm-give-up',
      from: [to],
      to: 'closed',
      by: desk,
      when: { isGiveUpProposed: true },
      needs: ['still-reachable', 'second-person-missing'],
      outcome: 'unreached',
    },
  ];
}

interface Plan {
  readonly kind: FlowKind;
  readonly name: Words;
  readonly work: readonly Step[];
  readonly closing?: Step;
  readonly callBack?: Step;
  readonly again: string;
  readonly more?: readonly Move[];
}

function requestFlow({ kind, name, work, closing, callBack, again, more = [] }: Plan): Flow {
  const codes = work.map(({ code }) => code);
  return {
    kind,
    name,
    steps: [
      ...work,
      closing ?? step('closing', '关闭确认', 'Closing'),
      callBack ?? step('call-back', '回访', 'Call-back'),
    ],
    work: codes,
    again,
    moves: [...more, ...advances(codes), ...endings(codes, again)],
  };
}

/** A call-back is due, perhaps nobody is reached, at last somebody tells how it was: that is never taken for granted. */
function callFlow(kind: FlowKind, name: Words): Flow {
  const open = ['due', 'again'];
  return {
    kind,
    name,
    steps: [step('due', '待回访', 'To call'), step('again', '再次回访', 'To call again')],
    work: open,
    again: 'again',
    moves: [
      { on: 'not-reached', from: open, to: 'again', by: desk },
      {
        on: 'call-back',
        from: open,
        to: 'closed',
        by: desk,
        when: { agrees: true },
        needs: ['rating-missing'],
        outcome: 'verdict',
      },
      { on: 'call-back', from: open, to: 'again', by: desk, when: { agrees: false } },
      ...givingUp(open, 'again'),
      // they said it and rated it at a terminal before anybody called
      {
        on: 'judge',
        from: open,
        to: 'closed',
        by: ['owner'],
        when: { verdict: ['solved'], willBeRated: true },
        outcome: 'verdict',
      },
    ],
  };
}

const received = step('reception', '受理', 'Received');
const dispatched = step('dispatch', '任务分派', 'Dispatch');
const answered: Move = {
  on: 'answer',
  from: ['reception', 'answering'],
  to: 'closing',
  by: workers,
  needs: ['tasks-open'],
  does: ['ask-call-back'],
};

export const flows: Readonly<Record<FlowKind, Flow>> = {
  // 800App: 交付接待→现场验房→任务分派→任务处理→关闭→回访
  repair: requestFlow({
    kind: 'repair',
    name: words('维修', 'Repair'),
    work: [
      received,
      step('inspection', '现场查看', 'Site visit', 'on-site'),
      dispatched,
      step('handling', '任务处理', 'Repair'),
    ],
    again: 'handling',
  }),
  selfCheckRepair: requestFlow({
    kind: 'selfCheckRepair',
    name: words('维修(自查)', 'Repair (own check)'),
    work: [
      step('reception', '登记', 'Noted'),
      dispatched,
      step('handling', '整改', 'Repair', 'on-site'),
      step('re-inspection', '复验', 'Checked again'),
    ],
    again: 'handling',
  }),
  complaint: requestFlow({
    kind: 'complaint',
    name: words('投诉', 'Complaint'),
    work: [
      received,
      step('investigation', '调查核实', 'Looked into', 'on-site'),
      dispatched,
      step('handling', '处理', 'Handled'),
    ],
    again: 'handling',
  }),
  enquiry: requestFlow({
    kind: 'enquiry',
    name: words('咨询', 'Question'),
    work: [received, step('answering', '答复', 'Answered')],
    closing: step('closing', '确认答复', 'Confirmed'),
    again: 'answering',
    more: [answered],
  }),
  praise: requestFlow({
    kind: 'praise',
    name: words('表扬', 'Praise'),
    work: [step('reception', '收到', 'Received'), step('passing-on', '转达本人', 'Passed on')],
    closing: step('closing', '致谢', 'Thanks'),
    again: 'passing-on',
  }),
  handover: requestFlow({
    kind: 'handover',
    name: words('集中交付', 'Hand-over'),
    work: [
      step('reception', '交付接待', 'Reception'),
      step('inspection', '现场验房', 'Inspection', 'on-site'),
      dispatched,
      step('handling', '整改处理', 'Repair'),
      step('re-inspection', '复验', 'Inspected again'),
    ],
    callBack: step('call-back', '交付回访', 'Call-back'),
    again: 'handling',
  }),
  callCentreCallback: callFlow('callCentreCallback', words('呼叫中心回访', 'Call-back')),
  handoverCallback: callFlow('handoverCallback', words('交付(维修)回访', 'Call-back after hand-over')),
};
