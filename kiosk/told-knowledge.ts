// Lays what headquarters told just now over what is known here, until the datasets have caught up with it.
import type { Told } from '../sync/questions.ts';
import type { ClubKnowledge, EventKnowledge, Knowledge } from './knowledge.ts';

export function withTold(know: Knowledge, told: Told): Knowledge {
  return { ...know, club: clubWith(know.club, told), events: eventsWith(know.events, told) };
}

function clubWith(club: ClubKnowledge, told: Told): ClubKnowledge {
  const { card, member } = told;
  const asOf: ClubKnowledge['asOf'] = (id) => {
    const here = club.asOf(id);
    if (id !== member?.id) return here;
    const isNewer = here.at === null || Date.parse(told.at) > Date.parse(here.at);
    return { at: isNewer ? told.at : here.at, isLive: true };
  };
  // from this version on the dataset contains what was told, and perhaps more
  if (club.version() >= told.members) return { ...club, asOf };
  const pending: ClubKnowledge['pending'] = (id) => {
    const all = club.pending(id);
    return id === member?.id ? all.filter(({ place }) => place > told.place) : all;
  };
  return {
    ...club,
    asOf,
    card: (token) => (token === card?.token ? card : club.card(token)),
    member: (id) => (id === member?.id ? member : club.member(id)),
    pending,
    balance: (id) =>
      id === member?.id
        ? pending(id).reduce((sum, { points }) => sum + points, member.balance)
        : club.balance(id),
  };
}

/** Who is on a list or has checked in stays so: what is known here is added to, never contradicted. */
function eventsWith(events: EventKnowledge, told: Told): EventKnowledge {
  const rowOf: EventKnowledge['roster'] = (session, member) =>
    told.roster.find((row) => row.session === session && row.member === member);
  return {
    ...events,
    roster: (session, member) => events.roster(session, member) ?? rowOf(session, member),
    checkIn: (session, member) => {
      const elsewhere = rowOf(session, member)?.checkedInAt;
      const here = events.checkIn(session, member);
      return here ?? (elsewhere ? { at: elsewhere, isHere: false } : undefined);
    },
  };
}
