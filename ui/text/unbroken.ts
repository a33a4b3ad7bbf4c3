// A figure and its unit stand on one line, whatever headquarters wrote: 350 米, 3 号楼, 1.2 万平方米, 350 m.

const apart = /(?<=\d) (?=[万萬亿億千平公米元号號层層套室分折㎡]|m²|k?m\b|kV\b)/gu;
const together = /(?<=\d)(?=[万萬亿億千平公米元号號层層套室折㎡])/gu;

/** @param text which is shown, never sent back */
export function unbroken(text: string): string {
  return text.replace(apart, '\u00a0').replace(together, '\u2060');
}
