// The cards of a developer's file as the fleet will know them; refuses those that it could not tell apart.
import { bitsOfDigits, type CardWidth, cardToken, isWideEnough } from '../contract/card-token.ts';
import type { CardToken } from '../contract/ids.ts';
import type { CardRow } from '../contract/members.ts';
import type { Database } from '../database.ts';
import type { Developer } from './developer-file.ts';
import { HeadquartersError } from './headquarters-error.ts';

/** @throws HeadquartersError hq-import-card-clash | hq-import-card-narrow, naming the path and never a number */
export function memberCards(
  { db, fleetKey, cardWidth }: { db: Database; fleetKey: Uint8Array; cardWidth: CardWidth },
  members: Developer['members'],
): CardRow[] {
  const paths = new Map<CardToken, string>();
  const inFile = new Set<string>(members.map(({ id }) => id));
  return members.flatMap((member, row) =>
    member.cards.map(({ technology, number, state }, at) => {
      const path = `members.${row}.cards.${at}.number`;
      if (!isWideEnough(technology, bitsOfDigits(technology, number), cardWidth)) {
        throw new HeadquartersError(
          'hq-import-card-narrow',
          `${path} has too few digits for ${widthSentence(cardWidth)}. Write the whole number and import again.`,
        );
      }
      const token = cardToken(fleetKey, technology, number, cardWidth);
      const twin = paths.get(token) ?? strangerWith(token);
      if (twin !== undefined) {
        throw new HeadquartersError(
          'hq-import-card-clash',
          `${path} is the same card as ${twin} for ${widthSentence(cardWidth)}. Give one of them another card and import again.`,
        );
      }
      paths.set(token, path);
      return { kind: 'card', token, member: member.id, state };
    }),
  );

  /** Whole numbers that agree are one card that changed hands; agreeing in a few bits says nothing of the kind. */
  function strangerWith(token: CardToken): string | undefined {
    if (cardWidth === 'all') return undefined;
    const known = db.get<{ member: string }>('SELECT member FROM card WHERE token=?', token);
    return known && !inFile.has(known.member) ? `one of member ${known.member}, imported before,` : undefined;
  }
}

function widthSentence(width: CardWidth): string {
  return width === 'all' ? 'a fleet that goes by whole numbers' : `a fleet that goes by ${width} bits`;
}
