// Finds what could tell who somebody is in words that are to be read by everybody.

/** What is known about who asked. */
export interface AskedBy {
  readonly name: string | null;
  readonly phone: string | null;
  /** numbers and labels of homes */
  readonly homes: readonly string[];
}
export type PersonalFind = 'name' | 'phone' | 'home' | 'number';

const courtesies = ['先生', '女士', '小姐', '老师', '太太'];

/**
 * The asker's own name, family name with a courtesy, home and telephone, and anybody's number that looks like a
 * telephone, identity card or bank card.
 */
export function findPersonal(text: string, { name, phone, homes }: AskedBy): PersonalFind[] {
  const plain = text.normalize('NFKC');
  const digits = plain.replace(/[\s-]/g, '');
  const finds = new Set<PersonalFind>();
  if (name !== null && namesOf(name).some((each) => plain.toLowerCase().includes(each.toLowerCase())))
    finds.add('name');
  if (phone !== null && phone.length >= 7 && digits.includes(phone.replace(/\D/g, ''))) finds.add('phone');
  if (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(digits)) finds.add('phone');
  if (/(?<!\d)\d{15,19}(?!\d)|(?<!\d)\d{17}[xX]/.test(digits)) finds.add('number');
  if (homes.some((home) => home !== '' && plain.includes(home))) finds.add('home');
  return [...finds];
}

function namesOf(name: string): string[] {
  const whole = name.trim();
  if (!/\p{Script=Han}/u.test(whole)) return whole.length >= 2 ? [whole] : [];
  const surnames = [[...whole][0] ?? '', [...whole].slice(0, 2).join('')];
  const polite = surnames.flatMap((surname) => courtesies.map((courtesy) => `${surname}${courtesy}`));
  return [whole, ...polite];
}
