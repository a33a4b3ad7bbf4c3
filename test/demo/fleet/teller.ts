// Tells the story in the terminal, Chinese and English line by line, and waits for whoever reads along.
import { once } from 'node:events';

export interface Teller {
  /** a new chapter: what is done now, and where to look */
  chapter(zh: string, en: string): void;
  line(zh: string, en: string): void;
  /** as it is: a command, what it said, a QR code */
  shown(text: string): void;
  /** until Enter, where somebody sits; a story that tells itself goes on at once */
  pause(): Promise<void>;
}

export interface TellerOptions {
  readonly write: (text: string) => void;
  /** where Enter is pressed; undefined = nobody waits */
  readonly reader: NodeJS.ReadStream | undefined;
  readonly signal: AbortSignal;
}

export function makeTeller({ write, reader, signal }: TellerOptions): Teller {
  let chapters = 0;
  return {
    chapter: (zh, en) => {
      chapters += 1;
      write(`\n━━ ${chapters} ━━ ${zh}\n       ${en}\n\n`);
    },
    line: (zh, en) => write(`  ${zh}\n  ${en}\n`),
    shown: (text) => write(text.trimEnd().replace(/^/gm, '    ').concat('\n')),
    pause: async () => {
      if (!reader) return;
      write('\n  ⏎  按回车继续  Enter goes on\n');
      reader.resume();
      // the story may be ended while it waits
      await once(reader, 'data', { signal }).catch(() => undefined);
      reader.pause();
      signal.throwIfAborted();
    },
  };
}
