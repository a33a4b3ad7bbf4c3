// What of a fact's body is its person's own: emptied when they are erased; the rest stays, so that nothing that was counted changes.
// Every field of `declared-fields.txt` stands in one of the two lists; a test fails for one that nobody decided about.

type Empty = null | '' | 'left out' | 'no items';

/** Own words, names, numbers and wishes, and what is put in their place. */
export const emptiedFields: Readonly<Record<string, Empty>> = {
  'interest-noted.member': null,
  'member-joined.birthday': null,
  'member-joined.idKey': null,
  'member-joined.name': '',
  'member-joined.phone': '',
  'member-joined.pin': null,
  'profile-changed.birthday': 'left out',
  'profile-changed.mayContact': 'left out',
  'profile-changed.phone': 'left out',
  'profile-changed.pin': 'left out',
  'request-filed.callBack.phone': null,
  'request-filed.photoKey': null,
  'request-filed.tasks[].text': null,
  'request-filed.text': null,
  'request-judged.text': null,
  'request-noted.text': '',
  'shortlist-kept.units[]': 'no items',
  'survey-answered.text': null,
};

/**
 * Ids, times, counts and codes. A task's label says where in which home something was broken: the home's history, as its
 * unit is. A consent and its time are our proof that we were allowed to ask.
 */
export const keptFields: Readonly<Record<string, string>> = {
  'card-issued': 'card member proof reason replaces staff',
  'card-refused': 'card member reason session',
  'card-reported-lost': 'card member',
  'check-in-recorded': 'card event isWalkIn member points session',
  'clock-learnt': 'aheadMs',
  'device-changed': 'device state',
  'epoch-begun': 'last previous reason',
  'facts-compacted': 'facts[].count facts[].firstAt facts[].kind facts[].lastAt',
  'hand-over-queued': 'day member number unit',
  'hand-over-signed': 'day defects[] member outcome ratings[].item ratings[].score unit',
  'help-requested': 'screen',
  'interest-noted': 'project seconds unit what',
  'join-refused': 'matched member reason',
  'maintenance-acted': 'action',
  'maintenance-refused': 'triesLeft',
  'member-joined':
    'card channel consent.at consent.language consent.version member project proof referrer session staff',
  'order-progressed': 'code detail order state',
  'order-refused': 'reason',
  'panel-tampered': 'open',
  'person-proven': 'member purpose',
  'pin-refused': 'member triesLeft',
  'profile-changed': 'member',
  'request-filed':
    'callBack.when cost libraryVersion mayPublish member number onSiteBy project replyBy request tasks[].element tasks[].label.en tasks[].label.zh tasks[].phrase tasks[].place tasks[].port tasks[].problem topic unit',
  'request-judged': 'member ratings[].item ratings[].score request verdict',
  'request-noted': 'member request',
  'session-wished': 'member session wish',
  'shortlist-kept': 'member',
  'slip-copied': 'copy job slip',
  'slip-settled': 'copy job outcome printer reason slip',
  'survey-answered': 'member project ratings[].item ratings[].score survey unit',
  'terminal-started': 'version',
  'twin-reported': 'code hash path release rev schema state',
  'unit-taken-home': 'project unit',
  'visit-recorded': 'card member project',
};

/** Kinds of which something is emptied. */
export const personalKinds: ReadonlySet<string> = new Set(
  Object.keys(emptiedFields).map((path) => path.split('.')[0] ?? ''),
);

/** @param body of a fact as it was parsed once @returns another body, without what is its person's own */
export function emptiedBody(kind: string, body: unknown): unknown {
  let emptied = body;
  for (const [path, empty] of Object.entries(emptiedFields)) {
    const [first, ...steps] = path.split('.');
    if (first === kind) emptied = put(emptied, steps, empty);
  }
  return emptied;
}

function put(value: unknown, [step, ...rest]: readonly string[], empty: Empty): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  const key = step.replace('[]', '');
  const held: unknown = Reflect.get(value, key);
  // what was never said is not put there
  if (held === undefined || held === null) return value;
  const others = Object.entries(value).filter(([name]) => name !== key);
  if (rest.length === 0) {
    if (empty === 'left out') return Object.fromEntries(others);
    return { ...value, [key]: empty === 'no items' ? [] : empty };
  }
  return {
    ...value,
    [key]: Array.isArray(held) ? held.map((each) => put(each, rest, empty)) : put(held, rest, empty),
  };
}
