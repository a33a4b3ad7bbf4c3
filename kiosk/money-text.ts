// Money and areas as a slip and a QR text show them.

/** `￥1234567` without groups: whole yuan, as prices on a board are. */
export function yuan(fen: number): string {
  return `￥${Math.round(fen / 100)}`;
}

/** `89.05㎡` */
export function squareMetres(area: number): string {
  return `${(area / 100).toFixed(2)}㎡`;
}
