// What a recording changes in this terminal's own tables, in the transaction of its fact.
import type { RequestRow } from '../../sync/contract/requests.ts';
import type { Database } from '../../sync/database.ts';
import type { Effect } from '../decision.ts';
import { rememberArrival, rememberSignature } from './local-hand-over.ts';
import { rememberMembers } from './local-members.ts';
import type { PlacedFact } from './own-rows.ts';
import { rememberWish } from './session-wishes.ts';

/** Applies what a recording changes here; must run in the transaction that appended `fact`. */
export function applyEffects(db: Database, fact: PlacedFact, effects: readonly Effect[]): void {
  db.assertInTransaction();
  for (const effect of effects) applyEffect(db, fact, effect);
}

type Appliers = {
  readonly [K in Effect['kind']]: (
    db: Database,
    fact: PlacedFact,
    effect: Extract<Effect, { kind: K }>,
  ) => void;
};

const appliers: Appliers = {
  'remember-check-in': (db, fact, effect) => {
    db.run(
      'INSERT INTO check_in(session, member, at, place, hour) VALUES (?, ?, ?, ?, ?)',
      effect.session,
      effect.member,
      fact.at,
      fact.place,
      fact.hour,
    );
  },
  'add-pending-points': (db, fact, effect) => {
    db.run(
      'INSERT INTO pending_points(place, member, at, points, reason_zh, reason_en, key) VALUES (?, ?, ?, ?, ?, ?, ?)',
      fact.place,
      effect.member,
      fact.at,
      effect.points,
      effect.reason.zh,
      effect.reason.en,
      effect.key ?? null,
    );
  },
  'remember-request': (db, fact, effect) => {
    const row: RequestRow = {
      ...effect.request,
      id: fact.id,
      filedAt: fact.at,
      history: [{ at: fact.at, state: 'filed', note: null }],
    };
    db.run(
      'INSERT INTO local_request(id, member, number, row, place, hour) VALUES (?, ?, ?, ?, ?, ?)',
      fact.id,
      row.member,
      row.number,
      JSON.stringify(row),
      fact.place,
      fact.hour,
    );
  },
  'remember-number': (db, fact, { number }) => {
    // of no member, so that no page lists it
    db.run(
      `INSERT INTO local_request(id, member, number, row, place, hour) VALUES (?, '', ?, '{}', ?, ?)`,
      fact.id,
      number,
      fact.place,
      fact.hour,
    );
  },
  'remember-wish': (db, fact, effect) => rememberWish(db, fact.place, effect),
  'remember-verdict': (db, fact, effect) => {
    db.run(
      'INSERT OR REPLACE INTO said_verdict(request, verdict, at, place, hour) VALUES (?, ?, ?, ?, ?)',
      effect.request,
      effect.verdict,
      fact.at,
      fact.place,
      fact.hour,
    );
  },
  'set-pin-guard': (db, fact, effect) => {
    db.run(
      `INSERT OR REPLACE INTO pin_guard(member, wrong, locked_until_ms, lock_ms, boot, mono_ms) VALUES (?, ?, ?, ?, ?, ?)`,
      effect.member,
      effect.wrong,
      effect.lockedUntilMs,
      Math.max(0, effect.lockedUntilMs - Date.parse(fact.at)),
      fact.boot,
      fact.monoMs,
    );
  },
  'remember-survey': (db, fact, effect) => {
    db.run(
      'INSERT OR IGNORE INTO survey_answer(survey, member, at, place, hour) VALUES (?, ?, ?, ?, ?)',
      effect.survey,
      effect.member,
      fact.at,
      fact.place,
      fact.hour,
    );
  },
  'remember-arrival': rememberArrival,
  'remember-signature': rememberSignature,
  'remember-members': rememberMembers,
  'remember-lost': rememberMembers,
  'remember-profile': rememberMembers,
  'give-up-slip': (db, _fact, effect) => {
    // a job that is under way meanwhile is the queue's
    db.run(
      `UPDATE print_job SET state = ? WHERE id = ? AND state IN ('queued', 'unconfirmed')`,
      effect.to,
      effect.job,
    );
  },
  'queue-slip': queueSlip,
};

function applyEffect<K extends Effect['kind']>(
  db: Database,
  fact: PlacedFact,
  effect: Effect & { readonly kind: K },
): void {
  // the table's own type says that the two fit
  const apply = appliers[effect.kind] as (db: Database, fact: PlacedFact, effect: Effect) => void;
  apply(db, fact, effect);
}

function queueSlip(db: Database, fact: PlacedFact, effect: Extract<Effect, { kind: 'queue-slip' }>): void {
  db.run(
    `INSERT INTO print_job(id, slip, lines, copy, subject, state, queued_ms, queued_boot, queued_mono_ms, queued_hour)
     VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)`,
    effect.job,
    effect.slip,
    JSON.stringify(effect.keptLines ?? effect.lines),
    effect.copy,
    effect.subject,
    Date.parse(fact.at),
    fact.boot,
    fact.monoMs,
    fact.hour,
  );
}
