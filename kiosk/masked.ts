// Hides most of what somebody told of themselves here, as headquarters would have: the screen is shared.

/** 张晓明 → 张** */
export function maskedName(name: string): string {
  const [first = '*', second, third] = [...name.trim()];
  if (!/\p{Script=Han}/u.test(first)) return `${first}**`;
  return `${first}${third === undefined && second !== undefined ? '*' : '**'}`;
}

/** 13812341234 → 138****1234 */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
