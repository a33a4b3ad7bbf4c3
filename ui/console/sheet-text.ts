// The text of a sheet that somebody chose: UTF-8, or as spreadsheets in China save it without being asked.

/** @returns decoded as UTF-8 when it is that, else as GB 18030 */
export async function sheetText(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
