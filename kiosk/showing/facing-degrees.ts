// Which way 东南 is.

const quarters: ReadonlyMap<string, number> = new Map([
  ['北', 0],
  ['东北', 45],
  ['东', 90],
  ['东南', 135],
  ['南', 180],
  ['西南', 225],
  ['西', 270],
  ['西北', 315],
]);

/** @returns clockwise from north; of 南北通透 the side of the sun; undefined when the words tell no direction */
export function facingDegrees(facing: string): number | undefined {
  const letters = [...facing].filter((letter) => '东南西北'.includes(letter)).join('');
  const both = letters === '南北' || letters === '北南' ? '南' : letters;
  // people say 南东 as well
  return quarters.get(both) ?? quarters.get([...both].reverse().join(''));
}
