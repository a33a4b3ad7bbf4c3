// The cards of a developer's file as the fleet will know them; refuses those that it could not tell apart.
import { bitsOfDigits, type CardWidth, cardToken, isWideEnough } from '../../contract/card-token.ts';
import type { CardToken } from '../../contract/ids.ts';
import type { CardRow } from '../../contract/members.ts';
import type { Developer } from '../developer-file.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import type { Reader, Store } from '../store/store.ts';

interface CardRules {
  readonly fleetKey: Uint8Array;
  readonly cardWidth: CardWidth;
}

/** @throws HeadquartersError hq-import-card-clash | hq-import-card-narrow, naming the path and never a number */
export async function memberCards(
  { store, ...rules }: CardRules & { readonly store: Store },
  members: Developer['members'],
  db: Reader = store.db,
): Promise<CardRow[]> {
  const cards = cardsWithPaths(rules, members);
  // whole numbers that agree are one card that changed hands; agreeing in a few bits says nothing of the kind
  if (rules.cardWidth !== 'all') {
    const inFile = new Set<string>(members.map(({ id }) => id));
    const known = await db
      .selectFrom('card')
      .select(['token', 'member'])
      .where(store.among('token', [...cards.keys()]))
      .execute();
    const stranger = known.find(({ member }) => !inFile.has(member));
    const path = stranger && cards.get(stranger.token as CardToken)?.path;
    if (path !== undefined) {
      throw clash(path, `one of member ${stranger?.member}, imported before,`, rules.cardWidth);
    }
  }
  return [...cards.values()].map(({ row }) => row);
}

function cardsWithPaths(
  { fleetKey, cardWidth }: CardRules,
  members: Developer['members'],
): Map<CardToken, { readonly path: string; readonly row: CardRow }> {
  const cards = new Map<CardToken, { readonly path: string; readonly row: CardRow }>();
  members.forEach((member, at) => {
    member.cards.forEach(({ technology, number, state }, place) => {
      const path = `members.${at}.cards.${place}.number`;
      if (!isWideEnough(technology, bitsOfDigits(technology, number), cardWidth)) {
        throw new HeadquartersError(
          'hq-import-card-narrow',
          `${path} has too few digits for ${widthSentence(cardWidth)}. Write the whole number and import again.`,
        );
      }
      const token = cardToken(fleetKey, technology, number, cardWidth);
      const twin = cards.get(token);
      if (twin) throw clash(path, twin.path, cardWidth);
      cards.set(token, { path, row: { kind: 'card', token, member: member.id, state } });
    });
  });
  return cards;
}

function clash(path: string, twin: string, width: CardWidth): HeadquartersError {
  return new HeadquartersError(
    'hq-import-card-clash',
    `${path} is the same card as ${twin} for ${widthSentence(width)}. Give one of them another card and import again.`,
  );
}

function widthSentence(width: CardWidth): string {
  return width === 'all' ? 'a fleet that goes by whole numbers' : `a fleet that goes by ${width} bits`;
}
