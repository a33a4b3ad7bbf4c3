// Blank terminals that wait for a person: their codes and boards; let in as a terminal of the book or as a new one, or turned away.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type DeviceColumn,
  type DeviceItem,
  deviceAnswers,
  namedRings,
  type PendingItem,
} from '../../../sync/headquarters/api/device-api.ts';
import { fieldOf } from '../field-of.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showAgo } from '../show.ts';
import { claimWords } from './claim-words.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { terminalsWords } from './terminals-words.ts';

interface Waiting {
  readonly pending: readonly PendingItem[];
  readonly expected: readonly DeviceItem[];
}

@customElement('pending-list')
export class PendingList extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      .code { font: 600 1.25rem ui-monospace, 'Noto Sans Mono', monospace; letter-spacing: 0.12em; }
      td .deeds { flex-wrap: nowrap; }
    `,
  ];
  @state() private deed: Deed | undefined;

  readonly #waiting = new Polling<Waiting>(
    this,
    async () => {
      const [{ pending }, { devices }] = await Promise.all([
        this.api.get('fleet/pending', deviceAnswers.pending),
        this.api.get('fleet/devices?state=expected&limit=1000', deviceAnswers.devices),
      ]);
      return { pending, expected: devices };
    },
    2_000,
  );

  override render(): TemplateResult {
    const words = claimWords[this.language];
    return html`
      <p class="soft lead">${words.waitingLead}</p>
      ${this.renderLoaded(this.#waiting, ({ pending, expected }) =>
        pending.length === 0 ? pageStates.empty(words.waitingNone) : this.#renderTable(pending, expected),
      )}
      <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
        this.deed = undefined;
      }}></deed-dialog>
    `;
  }

  #renderTable(pending: readonly PendingItem[], expected: readonly DeviceItem[]): TemplateResult {
    const words = claimWords[this.language];
    return html`<div class="panel scroll"><table>
      <thead><tr><th>${words.waitingCode}</th><th>${words.boardModel}</th><th>${words.boardSerial}</th><th>${words.asked}</th><th>${words.seen}</th><th></th></tr></thead>
      <tbody>${pending.map(
        (each) => html`<tr>
          <td class="code">${each.code}</td>
          <td>${each.board.model} · ${each.board.architecture}</td>
          <td><code>${each.board.serial}</code></td>
          <td class="nowrap">${showAgo(each.askedAt, this.text)}</td>
          <td class="nowrap">${showAgo(each.seenAt, this.text)}</td>
          <td>${this.#renderState(each, expected)}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }

  #renderState(each: PendingItem, expected: readonly DeviceItem[]): TemplateResult {
    const words = claimWords[this.language];
    if (each.isDenied) return html`<span class="tag off">${words.denied}</span>`;
    if (each.terminal !== null) return html`<span class="tag good">${words.letInAs(each.terminal)}</span>`;
    if (!this.may('it')) return html`<span class="tag warn">${words.waits}</span>`;
    return html`<div class="deeds">
      ${expected.length === 0 ? '' : html`<button class="primary" @click=${() => this.#askKnown(each, expected)}>${words.approve}</button>`}
      <button @click=${() => this.#askNew(each)}>${words.newOne}</button>
      <button class="danger" @click=${() => this.#askDeny(each)}>${words.deny}</button>
    </div>`;
  }

  #askKnown({ code, board }: PendingItem, expected: readonly DeviceItem[]): void {
    const words = claimWords[this.language];
    // the one that names this very board first
    const sorted = [...expected].sort(
      (a, b) => Number(b.expectedSerial === board.serial) - Number(a.expectedSerial === board.serial),
    );
    this.deed = {
      title: words.approveTitle(code),
      happens: words.approveHappens,
      label: words.approve,
      fields: html`<label>${words.expectedOne}<select name="terminal" required>${sorted.map(
        ({ terminal, site, expectedSerial }) =>
          html`<option value=${terminal}>${terminal} · ${site}${expectedSerial === null ? '' : ` · ${expectedSerial}`}</option>`,
      )}</select></label>`,
      run: (data) => this.#approve(code, { terminal: fieldOf(data, 'terminal') }),
    };
  }

  #askNew({ code, board }: PendingItem): void {
    const words = claimWords[this.language];
    const rings = terminalsWords[this.language];
    const name = '[A-Za-z0-9_\\-]{1,40}';
    this.deed = {
      title: words.approveTitle(code),
      happens: words.approveHappens,
      label: words.approve,
      fields: html`
        <label>${words.terminal}<input name="terminal" required pattern="[a-z0-9\\-]{1,40}" autocomplete="off" spellcheck="false" /></label>
        <label>${words.code} · ${words.codeHint}<input name="code" required pattern="[A-Z0-9]{2,6}" autocomplete="off" /></label>
        <label>${words.site}<input name="site" required pattern=${name} autocomplete="off" /></label>
        <label>${words.model}<input name="model" required pattern=${name} autocomplete="off" /></label>
        <label>${words.ring}<select name="ring"><option value="">${words.byName}</option>
          ${namedRings.map((ring) => html`<option value=${ring}>${rings.rings[ring]}</option>`)}</select></label>`,
      run: (data) => {
        const field = (key: string): string => fieldOf(data, key);
        const { serial } = board;
        const row = {
          terminal: field('terminal'),
          code: field('code'),
          site: field('site'),
          model: field('model'),
        };
        return this.#approve(code, { ...row, ring: field('ring'), serial });
      },
    };
  }

  #askDeny({ code }: PendingItem): void {
    const words = claimWords[this.language];
    this.deed = {
      title: words.denyTitle(code),
      happens: words.denyHappens,
      label: words.deny,
      isDanger: true,
      run: async () => {
        await this.api.post(`fleet/pending/${code}/deny`, {}, deviceAnswers.pending);
        this.notify({ message: words.deniedDone(code) });
        await this.#waiting.refresh();
      },
    };
  }

  async #approve(
    code: string,
    body: Readonly<Partial<Record<DeviceColumn, string>>> & { readonly terminal: string },
  ): Promise<void> {
    await this.api.post(`fleet/pending/${code}/approve`, body, deviceAnswers.pending);
    this.notify({ message: claimWords[this.language].approved(body.terminal) });
    await this.#waiting.refresh();
  }
}
