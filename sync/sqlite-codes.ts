// What SQLite's result codes mean for whoever keeps facts in it.

const shmSize = 4_874;

/** No room for rows (FULL 13) or for the -shm (IOERR_SHMSIZE). */
export function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return (code & 0xff) === 13 || code === shmSize;
}

/** SQLite's IOERR is 10, which includes that there is no room for the -shm. */
export function isDiskFault(error: unknown): boolean {
  const code = codeOf(error);
  return isDamage(error) || ((code & 0xff) === 10 && code !== shmSize);
}

/** SQLite's CORRUPT is 11, NOTADB 26. */
export function isDamage(error: unknown): boolean {
  return [11, 26].includes(codeOf(error) & 0xff);
}

/** SQLite's BUSY is 5, LOCKED 6. */
export function isBusy(error: unknown): boolean {
  return [5, 6].includes(codeOf(error) & 0xff);
}

/** What SQLite calls its codes. `all` of this library tells the words only (1.2.1). */
const codesByWords: Readonly<Record<string, number>> = {
  'disk I/O error': 10,
  'database disk image is malformed': 11,
  'database or disk is full': 13,
  'file is not a database': 26,
};

function codeOf(error: unknown): number {
  const { errcode, message } = error as { errcode?: unknown; message?: unknown };
  return typeof errcode === 'number' ? errcode : (codesByWords[String(message)] ?? Number.NaN);
}
