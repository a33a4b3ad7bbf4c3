// CONTRACT lab↔page: the cards, slips, shelves and state that the lab shows; imports nothing, so that a browser's types suffice.

export interface LabWords {
  readonly zh: string;
  readonly en: string;
}

/** A card in the deck: one piece of plastic with two chips and a stripe, so that it suits every reader. */
export interface LabCard {
  /** short, for addresses: `active-1` */
  readonly name: string;
  /** what a person reads */
  readonly label: LabWords;
  /** of its EM4100 chip: 10 hex digits */
  readonly number: string;
  /** of its ISO 14443 chip: 8 hex digits */
  readonly uid: string;
  /** on its stripe: 12 digits of the club, no bank's */
  readonly stripe: string;
  readonly state: string;
  readonly pin: string | null;
  readonly member: string | null;
  /** as the terminal shows it */
  readonly maskedName: string | null;
  /** code of the club's level (basic, silver, gold, diamond): the plastic's colour */
  readonly level?: string | null;
}

/** A piece of paper that was cut or torn off, oldest first. */
export interface LabSlip {
  readonly id: string;
  readonly text: string;
  /** path of its picture */
  readonly png: string;
}

export interface LabLinks {
  readonly kiosk: string;
  readonly headquarters: string;
}

/** What can happen at a reader once, besides a card of the deck. */
export const readerAccidents = [
  'noise',
  'damaged',
  'unreadable',
  'bank-card',
  'telephone',
  'encrypted',
] as const;
export type ReaderAccident = (typeof readerAccidents)[number];

/** A reader that lies on the shelf. */
export interface ShelfReader {
  readonly id: string;
  readonly family: 'chip' | 'typed' | 'stripe';
  readonly name: LabWords;
  /** how it says a card */
  readonly says: LabWords;
  readonly accidents: readonly ReaderAccident[];
}

/** A printer that lies on the shelf, by its name in the terminal's table of models. */
export interface ShelfPrinter {
  readonly id: string;
  /** as it stands on the housing */
  readonly name: string;
  readonly columns: number;
  readonly hanzi: string;
  readonly hasNativeQr: boolean;
  readonly hasCutter: boolean;
  /** how it tells its state: `dle-eot`, `automatic`, `gs-r` or `none` */
  readonly status: string;
  /** how it proves that a slip is on paper: `echo`, `transmit` or `none` */
  readonly completionProof: string;
}

export interface LabShelf {
  readonly readers: readonly ShelfReader[];
  readonly printers: readonly ShelfPrinter[];
}

export interface LabReaderState {
  /** its place on the shelf */
  readonly model: string;
  /** the terminal listens to it */
  readonly isConnected: boolean;
  readonly isPlugged: boolean;
  /** says nothing that arrives */
  readonly isSilent: boolean;
  /** cards laid on it since the start, by hand or by script */
  readonly swipes: number;
  /** name of the last one */
  readonly lastCard: string | null;
}

export const slipAccidents = ['none', 'paper-out', 'power-cut'] as const;
export type SlipAccident = (typeof slipAccidents)[number];
export const proofHabits = ['sound', 'late', 'lost'] as const;
export type ProofHabit = (typeof proofHabits)[number];

export interface LabPrinterState {
  readonly model: string;
  readonly isPlugged: boolean;
  readonly hasPaper: boolean;
  readonly isPaperLow: boolean;
  readonly isCoverOpen: boolean;
  readonly isOffline: boolean;
  readonly isCutterJammed: boolean;
  readonly isHot: boolean;
  /** takes bytes, obeys none, says nothing */
  readonly isDeaf: boolean;
  readonly proofs: ProofHabit;
  /** what will happen in the middle of the next slip */
  readonly nextSlip: SlipAccident;
}

export const panelFaults = ['none', 'silence', 'garbage', 'wrong-firmware'] as const;

export interface LabPanelState {
  readonly isPresent: boolean;
  readonly isOpen: boolean;
  readonly isPlugged: boolean;
  readonly fault: (typeof panelFaults)[number];
  /** the ring, 0 … 255 each */
  readonly light: { readonly red: number; readonly green: number; readonly blue: number };
  readonly isBuzzing: boolean;
}

/** What the page shows of the world; pushed whenever it changes. */
export interface LabState {
  readonly reader: LabReaderState;
  readonly printer: LabPrinterState;
  readonly panel: LabPanelState;
  readonly isNetworkCut: boolean;
  readonly isTerminalRunning: boolean;
  /** another device is being fitted: the terminal's settings are written and it starts again */
  readonly isFitting: boolean;
  readonly slips: number;
  readonly links: LabLinks;
}
