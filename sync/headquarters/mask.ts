// Hides most of a name or telephone number, for shared screens and for everything that leaves headquarters.

/** Two-character family names that would otherwise lose half of themselves. */
const compoundSurnames = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '宇文',
  '长孙',
  '司徒',
  '夏侯',
  '端木',
  '百里',
  '南宫',
  '轩辕',
  '独孤',
  '申屠',
]);

/** 张晓明 → 张**, 欧阳修 → 欧阳*, Ada Lovelace → A**. The number of stars says nothing beyond two. */
export function maskName(name: string): string {
  const letters = [...name.trim()];
  const first = letters[0];
  if (first === undefined) return '**';
  if (!/\p{Script=Han}/u.test(first)) return `${first}**`;
  const surname =
    letters.length > 2 && compoundSurnames.has(letters.slice(0, 2).join(''))
      ? letters.slice(0, 2).join('')
      : first;
  const given = Math.max(1, Math.min(2, letters.length - [...surname].length));
  return `${surname}${'*'.repeat(given)}`;
}

/** 13812341234 → 138****1234; whatever is too short to hide part of is hidden whole. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 8 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
