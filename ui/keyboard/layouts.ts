// Which keys stand where.

export const letterRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
export const digitRows = ['1234567890', '-/:;()@&#%', '?!\'"+=*_'] as const;
