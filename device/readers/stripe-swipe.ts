// What one swipe of a magnetic card comes to, once its tracks are read: a card, or why it is none.
import { CardNumber } from '../card-number.ts';
import type { CardRead, UnusableCard } from '../card-reader.ts';
import type { GatheredReading } from './card-framing.ts';
import type { TrackReading, TrackReadings } from './magnetic-track.ts';
import { isPaymentLike } from './payment-card.ts';

/** `token`: a bank card may be a member's card, by its token only. */
export type PaymentCards = 'refuse' | 'token';

/** Adds the outcome of a swipe, and counts tracks with a wrong LRC. The tracks' bytes are the caller's to overwrite. */
export function addSwipe(to: GatheredReading, tracks: TrackReadings, paymentCards: PaymentCards): void {
  for (const track of tracks) {
    if (track.kind === 'fault' && track.fault === 'bad-lrc') to.badChecksumBytes += track.bytes;
  }
  to.add(cardOfTracks(tracks, paymentCards));
}

/**
 * The same card must be the same however well it was swiped: track 2 is the card where there is one, then track 1,
 * then track 3; a track that could not be read is never replaced by one that may say something else.
 */
export function cardOfTracks(tracks: TrackReadings, paymentCards: PaymentCards): CardRead | UnusableCard {
  const [track1, track2, track3] = tracks;
  if (paymentCards === 'refuse' && tracks.some(isPaymentTrack)) return 'card-payment';
  const isSame = track2.kind === 'fault' && track1.kind === 'track' && track1.isFormatB;
  for (const track of isSame ? [track1] : [track2, track1, track3]) {
    if (track.kind === 'fault') return 'card-unreadable';
    if (track.kind === 'track' && track.number)
      return { technology: 'magstripe', number: new CardNumber(track.number), bits: null };
  }
  return 'card-unreadable';
}

/** Track 3 of a bank card puts two digits of format in front (ISO 4909). */
function isPaymentTrack(track: TrackReading): boolean {
  const number = track.kind === 'track' ? track.number : track.kind === 'fault' && track.suspect;
  return number ? isPaymentLike(number) || isPaymentLike(number.subarray(2)) : false;
}
