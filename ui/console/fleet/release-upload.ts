// Brings a signed release to headquarters: the manifest, then its bundle in pieces, going on where it was cut off.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type ReleaseAnswers, releaseAnswers } from '../../../sync/headquarters/api/release-api.ts';
import { ApiError } from '../api-client.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { releaseWords } from './release-words.ts';

/** Some seconds on a slow line; headquarters takes more at once. */
const pieceBytes = 2 * 1024 * 1024;

/** @fires done when it is listed */
@customElement('release-upload')
export class ReleaseUpload extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      form { display: flex; flex-wrap: wrap; gap: 0.9rem; align-items: center; }
      .file { position: relative; }
      progress { width: min(24rem, 100%); height: 0.9rem; accent-color: var(--accent); }
      .going { display: flex; flex-wrap: wrap; gap: 0.9rem; align-items: center; }
    `,
  ];
  /** 0 … 1; undefined = nothing is on its way */
  @state() private share: number | undefined;
  /** of the files that were chosen */
  @state() private names: { readonly manifest?: string | undefined; readonly bundle?: string | undefined } =
    {};
  #isStopped = false;
  /** headquarters had some of it before */
  #wasResumed = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#isStopped = true;
  }

  override render(): TemplateResult {
    const words = releaseWords[this.language];
    return html`
      <h3>${words.upload}</h3>
      <section class="panel">
        <p class="soft lead">${words.uploadLead}</p>
        <form @submit=${this.#submit}>
          ${this.#renderFile('manifest', words.manifest)}
          ${this.#renderFile('bundle', words.bundle)}
          <button class="primary" ?disabled=${this.share !== undefined}>${words.upload}</button>
        </form>
        ${this.share === undefined ? nothing : this.#renderGoing(this.share)}
      </section>
    `;
  }

  #renderFile(name: 'manifest' | 'bundle', label: string): TemplateResult {
    const chosen = this.names[name];
    return html`<label class="file"><span>${chosen === undefined ? label : `${label}：${chosen}`}</span>
      <input type="file" name=${name} required ?disabled=${this.share !== undefined} @change=${(
        event: Event,
      ) => {
        if (event.target instanceof HTMLInputElement)
          this.names = { ...this.names, [name]: event.target.files?.[0]?.name };
      }} /></label>`;
  }

  #renderGoing(share: number): TemplateResult {
    const words = releaseWords[this.language];
    const percent = Math.floor(share * 100);
    return html`<p class="going" role="status">
      <progress max="100" .value=${percent} aria-label=${words.upload}></progress>
      <span>${words.uploading(percent)}</span>
      <button @click=${() => {
        this.#isStopped = true;
      }}>${words.stop}</button>
    </p>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement) || this.share !== undefined) return;
    const data = new FormData(form);
    const [manifest, bundle] = [data.get('manifest'), data.get('bundle')];
    if (!(manifest instanceof File) || !(bundle instanceof File)) return;
    this.#isStopped = false;
    this.share = 0;
    const isListed = await this.attempt(async () => {
      const seq = await this.#sendWhole(manifest, bundle);
      if (seq === undefined) return;
      form.reset();
      this.names = {};
      this.dispatchEvent(new Event('done'));
      return releaseWords[this.language].listed(seq);
    });
    this.share = undefined;
    if (isListed) this.#isStopped = false;
  };

  /** What an earlier, other file left half done is thrown away by headquarters: once more, from the beginning. */
  async #sendWhole(manifest: Blob, bundle: Blob): Promise<number | undefined> {
    try {
      return await this.#send(manifest, bundle);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'bundle-wrong') || !this.#wasResumed) throw error;
      return await this.#send(manifest, bundle);
    }
  }

  /** @returns its number; undefined when it was stopped. @throws ApiError */
  async #send(manifest: Blob, bundle: Blob): Promise<number | undefined> {
    let taken: ReleaseAnswers['takenIn'] = await this.api.postBytes(
      'fleet/releases/import',
      manifest,
      releaseAnswers.takenIn,
    );
    this.#wasResumed = taken.kind === 'wanted' && taken.have > 0;
    if (taken.kind === 'wanted' && taken.bytes !== bundle.size) {
      this.#wasResumed = false;
      throw new ApiError('bundle-wrong');
    }
    while (taken.kind === 'wanted') {
      if (this.#isStopped) return undefined;
      const { have, bytes, manifest: hash } = taken;
      this.share = bytes === 0 ? 0 : have / bytes;
      const piece = bundle.slice(have, have + pieceBytes);
      const path = `fleet/releases/${hash}/import?offset=${have}`;
      taken = await this.api.postBytes(path, piece, releaseAnswers.takenIn);
    }
    return taken.seq;
  }
}
