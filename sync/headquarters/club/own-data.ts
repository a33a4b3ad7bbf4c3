// Own data of members as several tell it: which telling holds, and how two members' own data become one.
import type { Tables } from '../store/tables.ts';

type MemberRecord = Tables['member'];
/** Which fact said each of the things that their owner may change. */
export type Stamps = Readonly<Record<string, string>>;

/** Fields that come along when two become one. A PIN stays where it is: its hash is bound to the id. */
const toldFields = ['phone', 'birthday', 'may_contact'] as const;

/** Said in joining: gives way to whatever was changed on purpose, by somebody who had proven to be the member. */
const joiningMark = '0|';

export function stampsOf({ stamps }: Pick<MemberRecord, 'stamps'>): Stamps {
  return stamps === null ? {} : (JSON.parse(stamps) as Stamps);
}

/** @param at of the fact that says it */
export function changeStamp(at: string, fact: string): string {
  return `${at}|${fact}`;
}

export function joiningStamp(at: string, fact: string): string {
  return `${joiningMark}${at}|${fact}`;
}

/**
 * What was changed on purpose holds, the newest of it; else what the developer's file or the first joining said. Who joins
 * once more and names another's identity card must not put their own telephone in the place of the owner's.
 * @returns what changes of the one who stays
 */
export function mergedOwnData(from: MemberRecord, to: MemberRecord): Partial<MemberRecord> {
  const [theirs, ours] = [stampsOf(from), stampsOf(to)];
  const taken = toldFields.filter((field) => {
    if (isNone(from[field])) return isChange(theirs[field]) && isOver(theirs[field], ours[field]);
    if (isNone(to[field]) && !isChange(ours[field])) return true;
    return isOver(theirs[field], ours[field]);
  });
  const told = Object.fromEntries(taken.map((field) => [field, from[field]]));
  const stamps = { ...ours, ...Object.fromEntries(taken.map((field) => [field, theirs[field] ?? ''])) };
  return { ...told, stamps: JSON.stringify(stamps) };
}

/** A file that is brought again renews what it says, but for what its owner has changed since. */
export function renewedOwnData<Told extends Pick<MemberRecord, 'phone' | 'birthday' | 'pin'>>(
  told: Told,
  known: Pick<MemberRecord, 'phone' | 'birthday' | 'pin' | 'stamps'> | undefined,
): Told {
  if (!known) return told;
  const stamps = stampsOf(known);
  return {
    ...told,
    ...(isChange(stamps['phone']) || isNone(told.phone) ? { phone: known.phone } : {}),
    ...(isChange(stamps['birthday']) || told.birthday === null ? { birthday: known.birthday } : {}),
    ...(isChange(stamps['pin']) || told.pin === null ? { pin: known.pin } : {}),
  };
}

/** A later change beats an earlier one and any joining; of two joinings, or a file and one, the first beats the later. */
function isOver(theirs = '', ours = ''): boolean {
  if (isChange(theirs)) return theirs > ours;
  return !isChange(ours) && theirs < ours;
}

function isChange(stamp = ''): boolean {
  return stamp !== '' && !stamp.startsWith(joiningMark);
}

function isNone(value: string | number | null): boolean {
  return value === null || value === '';
}
