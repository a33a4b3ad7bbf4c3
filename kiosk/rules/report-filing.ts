// What every request has in common once somebody says yes: number, promise, link for pictures, fact, memory and slip.
import type { FactContent } from '../../sync/contract/facts.ts';
import type { MemberId, ProjectId, UnitId, Words } from '../../sync/contract/ids.ts';
import type { RequestKind } from '../../sync/contract/requests.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import { ownWordsSealed, requestSlip } from '../slips/request-slip.ts';

type FiledBody = Extract<FactContent, { kind: 'request-filed' }>['body'];
type FiledTask = FiledBody['tasks'][number];

export interface Filing {
  readonly request: RequestKind;
  /** null = a visitor */
  readonly member: MemberId | null;
  readonly unit: UnitId | null;
  readonly project: ProjectId | null;
  readonly tasks: readonly FiledTask[];
  /** how it reads on screen and slip */
  readonly label: Words;
  /** id of the port in charge */
  readonly port: string;
  /** as typed; in a task of its own or, without tasks, beside the topic */
  readonly ownWords: string | null;
  readonly topic?: { readonly code: string; readonly name: Words } | null;
  readonly replyBy: Date | null;
  readonly onSiteBy: Date | null;
  readonly callBack?: FiledBody['callBack'];
  readonly mayPublish?: boolean;
  readonly cost?: 'warranty' | 'paid' | null;
  readonly mayAddPhotos: boolean;
}

/** This is the moment at which a request exists. */
export function fileRequest(filing: Filing, context: RuleContext): Decision {
  const { language } = context.session;
  const number = freshNumber(context);
  const job = context.newId();
  const photoPage = filing.mayAddPhotos ? context.know.service.photoPage() : undefined;
  const photoKey = photoPage === undefined ? null : freshPhotoKey(context);
  const photoLink = photoKey && `${photoPage}/p/${number}#${photoKey}`;
  const replyBy = filing.replyBy?.toISOString() ?? null;
  const onSiteBy = filing.onSiteBy?.toISOString() ?? null;
  const port = context.know.service.port(filing.port)?.name ?? { zh: filing.port, en: filing.port };
  const about = {
    number,
    label: filing.label[language],
    port: port[language],
    replyBy,
    onSiteBy,
    phone: maskedPhone(filing.callBack?.phone ?? null),
  };
  const lines = requestSlip({ ...about, text: filing.ownWords, photoLink }, context);
  // neither what only headquarters may read nor the key to the pictures stays on the terminal's card
  const sealed = filing.ownWords && ownWordsSealed[language];
  const keptLines = requestSlip({ ...about, text: sealed, photoLink: null }, context);
  return {
    view: {
      kind: 'request-filed',
      number,
      job,
      filed: { label: filing.label, port, replyBy, onSiteBy, photoLink },
    },
    recording: {
      fact: { kind: 'request-filed', body: bodyOf(filing, { number, replyBy, onSiteBy, photoKey }, context) },
      effects: [
        memoryOf(filing, { number, replyBy, onSiteBy }),
        { kind: 'queue-slip', job, slip: 'request', lines, keptLines, copy: 0, subject: `request/${number}` },
      ],
    },
  };
}

function bodyOf(
  filing: Filing,
  made: Pick<FiledBody, 'number' | 'replyBy' | 'onSiteBy'> & { readonly photoKey: string | null },
  { know, session: { language } }: RuleContext,
): FiledBody {
  const { request, member, unit, project, topic, callBack, mayPublish, cost } = filing;
  const spoken = [topic?.name[language], filing.ownWords].filter((part) => part != null);
  return {
    ...made,
    request,
    member,
    unit,
    project,
    libraryVersion: know.service.libraryVersion(),
    tasks: [...filing.tasks],
    text: filing.tasks.length > 0 || spoken.length === 0 ? null : spoken.join('：'),
    topic: topic?.code ?? null,
    callBack: callBack ?? null,
    mayPublish: mayPublish ?? false,
    cost: cost ?? null,
  };
}

type Memory = NonNullable<Decision['recording']>['effects'][number];

/** Who has no card has no page of requests: only the number is remembered, so that it is not given twice. */
function memoryOf(
  { request, member, unit, tasks, ownWords, topic }: Filing,
  made: { readonly number: string; readonly replyBy: string | null; readonly onSiteBy: string | null },
): Memory {
  if (member === null) return { kind: 'remember-number', number: made.number };
  return {
    kind: 'remember-request',
    request: {
      kind: 'request',
      ...made,
      request,
      ...(topic ? { topic: topic.code } : {}),
      member,
      unit,
      state: 'filed',
      tasks: tasks.map(({ label, text, port }) => ({ label, hasOwnWords: text !== null, port })),
    },
    ownWords,
  };
}

/** `138****1234` */
export function maskedPhone(phone: string | null): string | null {
  return phone && `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

const numbers = 1_000_000;

/** `H01-482917`: short enough to say on the telephone, and never used twice by this terminal while one is free. */
function freshNumber({ site, random, know }: RuleContext): string {
  const first = random(numbers);
  const numberAt = (place: number): string => `${site.code}-${String(place % numbers).padStart(6, '0')}`;
  for (let place = first; place < first + numbers; place += 1) {
    if (!know.service.isNumberTaken(numberAt(place))) return numberAt(place);
  }
  // its identity is the fact's id: two that read alike are told apart by the day
  return numberAt(first);
}

function freshPhotoKey({ random }: RuleContext): string {
  return Buffer.from(Array.from({ length: 32 }, () => random(256))).toString('base64url');
}
