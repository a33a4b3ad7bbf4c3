// Call-backs: everybody is called, however often it takes; what they say closes their request or opens it again.
import type { Rating } from '../../contract/forms.ts';
import type { Verdict } from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Filings } from './filings.ts';
import { type FlowEvent, type FlowState, next, start } from './flow-engine.ts';
import { flows } from './flows.ts';
import { type CallBackRecord, RequestFile, type RequestRecord } from './request-file.ts';
import type { DeskOutcome, Requests } from './requests.ts';
import { eventBy } from './requests.ts';
import { readServiceRules } from './service-rules.ts';
import { isUnreachable } from './unreachable.ts';

export type CallEnd =
  | { readonly kind: 'not-reached'; readonly note: string | null }
  /** nobody can be called: no number, or tried as often as the rules want */
  | { readonly kind: 'impossible'; readonly note: string }
  /** a second person agrees to that */
  | { readonly kind: 'confirm-impossible' }
  | {
      readonly kind: 'reached';
      readonly verdict: Verdict;
      /** they accept that it is closed as it is */
      readonly agrees: boolean;
      readonly ratings: readonly Rating[];
      readonly note: string | null;
    };

export class CallBacks {
  readonly #store: Store;
  readonly #requests: Requests;
  readonly #filings: Filings;
  readonly #now: () => Date;

  constructor(store: Store, requests: Requests, filings: Filings, now: () => Date) {
    this.#store = store;
    this.#requests = requests;
    this.#filings = filings;
    this.#now = now;
  }

  async record(actor: Actor, id: string, end: CallEnd): Promise<DeskOutcome> {
    const known = await this.#store.db
      .selectFrom('call_back')
      .select('request')
      .where('id', '=', id)
      .executeTakeFirst();
    if (!known) return 'unknown-call-back';
    return await this.#requests.change(actor, known.request, async (file, tx) => {
      const call = file.calls.find((each) => each.id === id);
      if (!call || call.done_at !== null) return 'call-back-already-done';
      const { attempts } = (await readServiceRules(tx)).calls;
      const said = eventBy(actor, file, {
        ...eventOf(end),
        isUnreachable: isUnreachable(await phoneOf(tx, file.record), file.calls, attempts),
        isSecond: file.giveUp !== undefined && file.giveUp.by !== actor.account,
      });
      const flow = flows[call.kind as keyof typeof flows];
      const steps = [next(flow, stateOfCall(call, file), said), next(file.flow, file.state, said)];
      for (const answer of steps) if (answer.kind === 'refused') return answer.code;
      const at = this.#now().toISOString();
      const note = 'note' in end ? end.note : null;
      // who gives up has called nobody: the call stays due until another agrees
      if (end.kind === 'reached' || end.kind === 'not-reached') {
        const verdict = end.kind === 'reached' ? end.verdict : null;
        await tx
          .updateTable('call_back')
          .set({ done_at: at, actor: actor.account, verdict, note })
          .where('id', '=', id)
          .execute();
      }
      const ratings = end.kind === 'reached' ? end.ratings : [];
      await this.#filings.rate(tx, file.record, ratings, { at, source: id, callBack: id });
      const fresh = (await RequestFile.open(this.#store, tx, file.id)) ?? file;
      const deed = { actor: actor.account, at, what: whats[end.kind] };
      const reason = end.kind === 'impossible' ? { note: { zh: end.note, en: end.note } } : {};
      return (await fresh.apply(said, { ...deed, ...reason })) ?? 'done';
    });
  }
}

const whats = {
  'not-reached': 'not-reached',
  reached: 'called-back',
  impossible: 'gave-up',
  'confirm-impossible': 'give-up-confirmed',
} as const satisfies Record<CallEnd['kind'], string>;

function eventOf(end: CallEnd): Omit<FlowEvent, 'by'> {
  switch (end.kind) {
    case 'reached':
      return {
        kind: 'call-back',
        verdict: end.verdict,
        agrees: end.agrees,
        isRated: end.ratings.length > 0,
      };
    case 'not-reached':
      return { kind: 'not-reached' };
    case 'impossible':
      return { kind: 'give-up', hasReason: end.note.trim() !== '' };
    case 'confirm-impossible':
      return { kind: 'confirm-give-up' };
  }
}

async function phoneOf(tx: Tx, { phone, member }: RequestRecord): Promise<string | null> {
  if (phone !== null || member === null) return phone;
  const row = await tx.selectFrom('member').select('phone').where('id', '=', member).executeTakeFirst();
  return row?.phone ?? null;
}

/** How far the calls of one request are, as the flow of calls knows it. */
function stateOfCall({ attempt, kind }: CallBackRecord, { state: { givenUp } }: RequestFile): FlowState {
  const flow = flows[kind as keyof typeof flows];
  const state = { ...start(flow, 0), givenUp };
  return attempt === 1 && givenUp === 'no' ? state : { ...state, step: flow.again };
}
