// What terminals run: releases and how they come in, and the rollouts that bring them out, ring by ring.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type ReleaseAnswers, releaseAnswers } from '../../../sync/headquarters/api/release-api.ts';
import '../fleet/deed-dialog.ts';
import type { Deed } from '../fleet/deed-dialog.ts';
import { FleetPageElement } from '../fleet/fleet-page-element.ts';
import { sizeText } from '../fleet/found-text.ts';
import '../fleet/release-upload.ts';
import { releaseWords } from '../fleet/release-words.ts';
import '../fleet/rollout-panel.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';

type Release = ReleaseAnswers['releases']['releases'][number];
interface Known {
  /** undefined = this headquarters takes none */
  readonly releases: readonly Release[] | undefined;
  readonly rollouts: ReleaseAnswers['rollouts']['rollouts'];
}

@customElement('releases-page')
export class ReleasesPage extends FleetPageElement {
  @state() private deed: Deed | undefined;

  readonly #known = new Polling<Known>(
    this,
    async () => {
      const [{ releases, isTaking }, { rollouts }] = await Promise.all([
        this.api.get('fleet/releases', releaseAnswers.releases),
        this.api.get('fleet/rollouts?limit=20', releaseAnswers.rollouts),
      ]);
      return { releases: isTaking ? releases : undefined, rollouts };
    },
    5_000,
  );

  override render(): TemplateResult {
    const words = releaseWords[this.language];
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      ${this.renderLoaded(this.#known, ({ releases, rollouts }) => {
        const isOpen = rollouts.some(({ state }) => state === 'running' || state === 'proposed');
        return html`
          <h3>${words.rollouts}</h3>
          <p class="soft lead">${words.ringsLead}</p>
          ${
            rollouts.length === 0
              ? pageStates.empty(words.rolloutsNone)
              : rollouts.map(
                  (
                    rollout,
                    index,
                  ) => html`<rollout-panel .api=${this.api} .me=${this.me} .language=${this.language}
                    .rollout=${rollout} ?newest=${index === 0} @done=${() => void this.#known.refresh()}></rollout-panel>`,
                )
          }
          <h3>${words.releases}</h3>
          ${this.#renderReleases(releases, isOpen)}
        `;
      })}
      <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
        this.deed = undefined;
      }}></deed-dialog>
    `;
  }

  #renderReleases(releases: readonly Release[] | undefined, isOpen: boolean): TemplateResult {
    const words = releaseWords[this.language];
    if (!releases) return pageStates.empty(this.problemOf('no-releases'));
    return html`
      ${releases.length === 0 ? pageStates.empty(words.releasesNone) : this.#renderTable(releases, isOpen)}
      ${
        this.may('it')
          ? html`<release-upload .api=${this.api} .me=${this.me} .language=${this.language}
              @done=${() => void this.#known.refresh()}></release-upload>`
          : nothing
      }
    `;
  }

  #renderTable(releases: readonly Release[], isOpen: boolean): TemplateResult {
    const words = releaseWords[this.language];
    return html`<div class="panel scroll"><table>
      <thead><tr><th>${words.version}</th><th class="number">${words.seq}</th><th>${words.bundles}</th><th>${words.added}</th><th>${words.expires}</th><th></th></tr></thead>
      <tbody>${releases.map((release) => {
        const isOver = Date.parse(release.expiresAt) <= Date.now();
        return html`<tr>
          <td><strong>${release.version}</strong></td>
          <td class="number">${release.seq}</td>
          <td>${release.bundles.map(({ architecture, bytes }) => `${architecture} ${sizeText(bytes)}`).join(' · ')}</td>
          <td>${release.addedBy} · ${showTime(release.addedAt, this.language)}</td>
          <td class="nowrap">${isOver ? html`<span class="tag bad">${words.isOver}</span>` : showTime(release.expiresAt, this.language)}</td>
          <td>${
            this.may('it')
              ? html`<div class="deeds">
                <button ?disabled=${isOver || isOpen} @click=${() => this.#askStart(release)}>${words.start}</button>
                <button class="danger" @click=${() => this.#askRemove(release)}>${words.remove}</button>
              </div>`
              : nothing
          }</td>
        </tr>`;
      })}</tbody>
    </table></div>`;
  }

  #askStart({ version, seq }: Release): void {
    const words = releaseWords[this.language];
    this.deed = {
      title: words.startTitle(version),
      happens: words.startHappens,
      label: words.start,
      run: async () => {
        await this.api.post('fleet/rollouts', { seq }, releaseAnswers.done);
        this.notify({ message: words.started });
        await this.#known.refresh();
      },
    };
  }

  #askRemove({ version, seq }: Release): void {
    const words = releaseWords[this.language];
    this.deed = {
      title: words.removeTitle(version),
      happens: words.removeHappens,
      label: words.remove,
      typed: version,
      isDanger: true,
      run: async () => {
        await this.api.post(`fleet/releases/${seq}/remove`, {}, releaseAnswers.removed);
        this.notify({ message: words.removed });
        await this.#known.refresh();
      },
    };
  }
}
