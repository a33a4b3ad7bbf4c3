// CONTRACT lab↔page: the cards, slips and state that the lab shows; imports nothing, so that a browser's types suffice.

/** A card in the deck. */
export interface LabCard {
  /** short, for addresses: `active-1` */
  readonly name: string;
  /** what a person reads */
  readonly label: { readonly zh: string; readonly en: string };
  /** 10 hex digits */
  readonly number: string;
  readonly state: string;
  readonly pin: string | null;
  readonly member: string | null;
  /** as the terminal shows it */
  readonly maskedName: string | null;
  /** code of the club's level (basic, silver, gold, diamond): the plastic's colour */
  readonly level?: string | null;
}

/** A piece of paper that was cut off, oldest first. */
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

/** What the page shows of the world; pushed whenever it changes. */
export interface LabState {
  readonly reader: {
    /** the terminal listens to it */
    readonly isConnected: boolean;
    /** cards laid on it since the start, by hand or by script */
    readonly swipes: number;
    /** name of the last one */
    readonly lastCard: string | null;
  };
  readonly printer: {
    readonly hasPaper: boolean;
    readonly isPaperLow: boolean;
    readonly isCoverOpen: boolean;
    readonly isOffline: boolean;
  };
  readonly isNetworkCut: boolean;
  readonly isTerminalRunning: boolean;
  readonly panel: { readonly isPresent: boolean; readonly isOpen: boolean };
  readonly slips: number;
  readonly links: LabLinks;
}
