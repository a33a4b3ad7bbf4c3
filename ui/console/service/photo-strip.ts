// The pictures of a request: fetched when somebody asks to look, small side by side, one large, kept nowhere.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  type PhotoItem,
  photoAnswers,
  photoDeleteReasons,
} from '../../../sync/headquarters/api/photo-api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { problemText } from '../text.ts';
import { type PhotoWords, photoWords } from './photo-words.ts';

const ends = { 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

@customElement('photo-strip')
export class PhotoStrip extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      section { padding: 1rem 1.15rem; display: grid; gap: 0.6rem; }
      .thumbs { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: 0.5rem; }
      .thumbs button { padding: 0; aspect-ratio: 4 / 3; overflow: hidden; }
      .thumbs img { width: 100%; height: 100%; object-fit: cover; display: block; }
      dialog { width: min(72rem, calc(100vw - 2rem)); }
      dialog img { display: block; max-width: 100%; max-height: calc(100vh - 15rem); margin: 0.75rem auto; object-fit: contain; }
      dialog .bar { margin: 0; }
      form { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: end; }
    `,
  ];
  /** `data:` addresses of the pictures that were fetched, by id */
  @state() private pictures: ReadonlyMap<string, string> = new Map();
  @state() private isShown = false;
  @state() private large: string | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  /** each once: every look is on record */
  readonly #asked = new Set<string>();
  readonly #photos = new Polling<readonly PhotoItem[]>(
    this,
    async () => {
      const about = encodeURIComponent(this.about ?? '');
      const { photos } = await this.api.get(`photos?request=${about}`, photoAnswers.photos);
      if (this.isShown) void this.#fetch(photos);
      return photos;
    },
    15_000,
  );

  override render(): TemplateResult {
    const words = photoWords[this.language];
    const photos = this.#photos.value ?? [];
    if (photos.length === 0) return html`${nothing}`;
    return html`<section class="panel">
      <h3>${words.title(photos.length)}</h3>
      ${
        this.isShown
          ? this.#renderThumbs(photos, words)
          : html`<p><button @click=${() => this.#show(photos)}>${words.show}</button></p>`
      }
      <p class="soft small">${words.noted}</p>
      <dialog aria-label=${words.title(photos.length)} @close=${() => {
        this.large = undefined;
      }}>${this.#renderLarge(photos, words)}</dialog>
    </section>`;
  }

  #renderThumbs(photos: readonly PhotoItem[], words: PhotoWords): TemplateResult {
    return html`<div class="thumbs">${photos.map(({ id, at }, index) => {
      const picture = this.pictures.get(id);
      const name = `${words.photo(index + 1, photos.length)} · ${showTime(at, this.language)}`;
      return html`<button aria-label=${name} title=${name} ?disabled=${!picture} @click=${() => this.#open(id)}>
        ${picture ? html`<img src=${picture} alt="" />` : '…'}
      </button>`;
    })}</div>`;
  }

  #renderLarge(photos: readonly PhotoItem[], words: PhotoWords): TemplateResult | typeof nothing {
    const at = photos.findIndex(({ id }) => id === this.large);
    const photo = photos[at];
    if (!photo) return nothing;
    const turn = (by: number) => () => {
      this.large = photos[at + by]?.id;
    };
    return html`
      <div class="bar">
        <strong class="grow">${words.photo(at + 1, photos.length)}</strong>
        <span class="soft small">${showTime(photo.at, this.language)} · ${Math.ceil(photo.bytes / 1_024)} kB</span>
        <button @click=${() => this.dialog?.close()}>${words.close}</button>
      </div>
      <img src=${this.pictures.get(photo.id) ?? ''} alt=${words.photo(at + 1, photos.length)} />
      <div class="bar">
        <button ?disabled=${at === 0} @click=${turn(-1)}>${words.before}</button>
        <button ?disabled=${at === photos.length - 1} @click=${turn(1)}>${words.next}</button>
        <button @click=${() => this.#save(photo)}>${words.save}</button>
        <span class="grow"></span>
        ${this.may('service-desk', 'manager') ? this.#renderDelete(photo, words) : nothing}
      </div>
    `;
  }

  #renderDelete({ id }: PhotoItem, words: PhotoWords): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#delete(event, id)}>
      <label>${words.reason}<select name="reason" required>
        <option value=""></option>
        ${photoDeleteReasons.map((reason) => html`<option value=${reason}>${words.reasons[reason]}</option>`)}
      </select></label>
      <button class="danger">${words.delete}</button>
    </form>`;
  }

  #show(photos: readonly PhotoItem[]): void {
    this.isShown = true;
    void this.#fetch(photos);
  }

  #open(id: string): void {
    this.large = id;
    this.dialog?.showModal();
  }

  /** One after the other: they are large. */
  async #fetch(photos: readonly PhotoItem[]): Promise<void> {
    for (const { id } of photos) {
      if (this.#asked.has(id)) continue;
      this.#asked.add(id);
      try {
        const { type, data } = await this.api.get(`photos/${encodeURIComponent(id)}`, photoAnswers.photo);
        this.pictures = new Map([...this.pictures, [id, `data:${type};base64,${data}`]]);
      } catch (error) {
        this.#complain(error);
      }
    }
  }

  #save({ id, type }: PhotoItem): void {
    const link = document.createElement('a');
    link.href = this.pictures.get(id) ?? '';
    link.download = `${id}.${ends[type]}`;
    link.click();
  }

  async #delete(event: SubmitEvent, id: string): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const reason = String(new FormData(event.target).get('reason'));
    try {
      await this.api.post(`photos/${encodeURIComponent(id)}/delete`, { reason }, photoAnswers.deleted);
      this.notify({ message: photoWords[this.language].deleted });
      this.dialog?.close();
    } catch (error) {
      this.#complain(error);
    }
    await this.#photos.refresh();
  }

  #complain(error: unknown): void {
    const code = error instanceof ApiError ? error.code : 'fault';
    const message = code === 'unknown-photo' ? photoWords[this.language].gone : problemText(this.text, code);
    this.notify({ message });
  }
}
