// Call-backs: everybody is called, however often it takes; what they say closes their request or opens it again.
import type { Rating } from '../../contract/forms.ts';
import type { Verdict } from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Store } from '../store/store.ts';
import type { Filings } from './filings.ts';
import { next, start } from './flow-engine.ts';
import { flows } from './flows.ts';
import { type CallBackRecord, RequestFile } from './request-file.ts';
import type { DeskOutcome, Requests } from './requests.ts';
import { eventBy } from './requests.ts';

export type CallEnd =
  | { readonly kind: 'not-reached'; readonly note: string | null }
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
      const event = {
        ...(end.kind === 'reached'
          ? {
              kind: 'call-back' as const,
              verdict: end.verdict,
              agrees: end.agrees,
              isRated: end.ratings.length > 0,
            }
          : { kind: 'not-reached' as const }),
      };
      const said = eventBy(actor, file, event);
      const flow = flows[call.kind as keyof typeof flows];
      for (const answer of [next(flow, stateOfCall(call), said), next(file.flow, file.state, said)])
        if (answer.kind === 'refused') return answer.code;
      const at = this.#now().toISOString();
      await tx
        .updateTable('call_back')
        .set({
          done_at: at,
          actor: actor.account,
          verdict: end.kind === 'reached' ? end.verdict : null,
          note: end.note,
        })
        .where('id', '=', id)
        .execute();
      const ratings = end.kind === 'reached' ? end.ratings : [];
      await this.#filings.rate(tx, file.record, ratings, { at, source: id, callBack: id });
      const fresh = (await RequestFile.open(this.#store, tx, file.id)) ?? file;
      const what = end.kind === 'reached' ? 'called-back' : 'not-reached';
      return (await fresh.apply(said, { actor: actor.account, at, what })) ?? 'done';
    });
  }
}

/** How far the calls of one request are, as the flow of calls knows it. */
function stateOfCall({ attempt, kind }: CallBackRecord) {
  const flow = flows[kind as keyof typeof flows];
  const state = start(flow, 0);
  return attempt === 1 ? state : { ...state, step: flow.again };
}
