// The kiosk's own page in a frame, with a line that says what the address asks for: `#language/name`.
import '../../../ui/kiosk/page.css';
import { languages, type Show } from '../../../kiosk/screen.ts';
import { galleryShows, isLineless } from './gallery-shows.ts';

const [asked = 'zh', name = 'attract'] = location.hash.slice(1).split('/');
const language = languages.find((each) => each === asked) ?? 'zh';
/** between one word of the kiosk and the next: time to draw */
const paceMs = 400;
let isOver = false;

/** As much of a socket as the page uses; touches lead nowhere. */
class GallerySocket {
  static readonly OPEN = 1;
  readonly readyState = GallerySocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor() {
    // a line that has ended stays so
    if (isOver) return;
    setTimeout(() => this.#say(galleryShows(name, language)), 0);
  }

  send(): void {
    // nobody listens
  }

  close(): void {
    this.onclose = null;
  }

  #say([first, ...rest]: readonly Show[]): void {
    this.onopen?.();
    if (first) {
      this.onmessage?.({ data: JSON.stringify(first) });
      setTimeout(() => this.#say(rest), paceMs);
    } else if (isLineless(name)) {
      isOver = true;
      this.onclose?.();
    }
  }
}

Object.defineProperty(globalThis, 'WebSocket', { value: GallerySocket });
await import('../../../ui/kiosk/main.ts');
