// Who a terminal is: its record, board, claim and certificates, and what can be done about them.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type DeviceAnswers,
  type DeviceDetail,
  type DeviceItem,
  type DeviceState,
  deviceAnswers,
} from '../../../sync/headquarters/api/device-api.ts';
import { answers } from '../../../sync/headquarters/api.ts';
import { ApiError } from '../api-client.ts';
import { fieldOf } from '../field-of.ts';
import { orderTexts } from '../order-text.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import './claim-sheet.ts';
import { claimWords } from './claim-words.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { deedWords } from './deed-words.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { terminalsWords } from './terminals-words.ts';

/** What may be done to a device in which state; the last four cannot be undone. */
const deedNames = ['claim', 'quarantine', 'release', 'replace', 'revoke', 'wipe', 'retire'] as const;
type DeedName = (typeof deedNames)[number];
const allowed: Readonly<Record<DeviceState, readonly DeedName[]>> = {
  expected: ['claim', 'replace', 'retire'],
  enrolled: ['claim', 'quarantine', 'replace', 'revoke', 'wipe', 'retire'],
  quarantined: ['release', 'replace', 'revoke', 'retire'],
  revoked: ['replace', 'retire'],
  retired: [],
};
const forEver: ReadonlySet<DeedName> = new Set(['replace', 'revoke', 'wipe', 'retire']);
const stateTones: Readonly<Record<DeviceState, string>> = {
  expected: 'off',
  enrolled: 'good',
  quarantined: 'bad',
  revoked: 'off',
  retired: 'off',
};

/** A terminal that is wiped long after somebody wished it would be a surprise. */
const wipeWithinMs = 30 * 60_000;

interface Known {
  readonly device: DeviceDetail | undefined;
  /** who could take its place */
  readonly others: readonly DeviceItem[];
}

/** `about`: the terminal's name. */
@customElement('terminal-identity')
export class TerminalIdentity extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`.two { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
      h3:first-child { margin-top: 0; }
      ul.deeds { display: grid; list-style: none; margin: 0; padding: 0; }
      ul.deeds li { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0.9rem; align-items: center; }`,
  ];
  @state() private deed: Deed | undefined;
  @state() private issued: DeviceAnswers['claims'] | undefined;

  readonly #known = new Polling<Known>(
    this,
    async () => {
      const path = `fleet/devices/${encodeURIComponent(this.about ?? '')}`;
      const [device, { devices }] = await Promise.all([
        this.api.get(path, deviceAnswers.device).catch((error: unknown) => {
          if (error instanceof ApiError && error.code === 'unknown-terminal') return undefined;
          throw error;
        }),
        this.api.get('fleet/devices?state=expected&limit=1000', deviceAnswers.devices),
      ]);
      return { device, others: devices.filter(({ terminal }) => terminal !== this.about) };
    },
    10_000,
  );

  override render(): TemplateResult {
    const words = claimWords[this.language];
    return html`${this.renderLoaded(this.#known, ({ device, others }) =>
      device
        ? html`<div class="two">
            <section class="panel"><h3>${words.record}</h3>${this.#renderRecord(device)}</section>
            ${this.may('it') ? this.#renderDeeds(device, others) : nothing}
          </div>
          ${this.#renderRefusals(device)}
          <h3>${words.certificates}</h3>
          ${device.certificates.length === 0 ? pageStates.empty(words.certificateNone) : this.#renderCertificates(device)}`
        : pageStates.empty(words.noRecord),
    )}
    <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
      this.deed = undefined;
    }}></deed-dialog>
    <claim-sheet .language=${this.language} .issued=${this.issued} @closed=${() => {
      this.issued = undefined;
    }}></claim-sheet>`;
  }

  #renderRecord(device: DeviceDetail): TemplateResult {
    const words = claimWords[this.language];
    const rings = terminalsWords[this.language];
    const rows: readonly (readonly [string, TemplateResult | string])[] = [
      [words.state, html`<span class="tag ${stateTones[device.state]}">${words.states[device.state]}</span>`],
      [words.code, device.code],
      [words.site, device.site],
      [words.project, device.project ?? '–'],
      [words.model, device.model],
      [words.ring, rings.rings[device.ring] ?? rings.byName],
      [words.board, this.#boardOf(device)],
      [words.enrolledAt, device.enrolledAt === null ? '–' : showTime(device.enrolledAt, this.language)],
      [words.claim, this.#claimOf(device)],
    ];
    return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  }

  #boardOf({ serial, expectedSerial, board }: DeviceDetail): string {
    const words = claimWords[this.language];
    if (serial === null)
      return expectedSerial === null ? words.anyBoard : words.expectedBoard(expectedSerial);
    const known = [board?.model, serial, board?.architecture].filter(Boolean).join(' · ');
    return expectedSerial !== null && expectedSerial !== serial
      ? words.otherBoard(known, expectedSerial)
      : known;
  }

  #claimOf({ claim }: DeviceDetail): string {
    const words = claimWords[this.language];
    if (!claim) return words.claimNone;
    if (claim.usedAt !== null) return words.claimUsed(showTime(claim.usedAt, this.language));
    const until = showTime(claim.expiresAt, this.language);
    return Date.parse(claim.expiresAt) > Date.now()
      ? words.claimOpen(until, claim.wrongGuesses)
      : words.claimOver(until);
  }

  #renderCertificates({ certificates }: DeviceDetail): TemplateResult {
    const words = claimWords[this.language];
    const time = (at: string | null): string => (at === null ? '–' : showTime(at, this.language));
    return html`<div class="panel scroll"><table>
      <thead><tr><th>${words.serial}</th><th>${words.state}</th><th>${words.issued}</th><th>${words.until}</th><th>${words.proven}</th></tr></thead>
      <tbody>${certificates.map((each) => {
        const isOver = Date.parse(each.notAfter) < Date.now();
        const [tone, said] =
          each.revokedAt !== null
            ? ['off', `${words.revoked} · ${words.reasons[each.reason ?? ''] ?? each.reason ?? ''}`]
            : isOver
              ? ['bad', words.over]
              : each.provenAt === null
                ? ['', words.notProven]
                : ['good', words.inForce];
        return html`<tr>
          <td><code>${each.serial}</code></td>
          <td><span class="tag ${tone}">${said}</span></td>
          <td class="nowrap">${time(each.issuedAt)}</td>
          <td class="nowrap">${time(each.notAfter)}</td>
          <td class="nowrap">${time(each.provenAt)}</td>
        </tr>`;
      })}</tbody>
    </table></div>`;
  }

  #renderRefusals({ refusals }: DeviceDetail): TemplateResult | typeof nothing {
    const words = claimWords[this.language];
    if (refusals.length === 0) return nothing;
    return html`<h3>${words.refusals}</h3>
      <section class="panel"><dl class="facts">${refusals.map(
        ({ at, code }) =>
          html`<dt>${showTime(at, this.language)}</dt><dd>${words.refusalCodes[code] ?? code}</dd>`,
      )}</dl></section>`;
  }

  #renderDeeds({ terminal, state }: DeviceDetail, others: readonly DeviceItem[]): TemplateResult {
    const names = allowed[state];
    return html`<section class="panel">
      <h3>${claimWords[this.language].deeds}</h3>
      <ul class="deeds">${names.map(
        (name) => html`<li>
          <button class=${forEver.has(name) ? 'danger' : ''} data-deed=${name}
            ?disabled=${name === 'replace' && others.length === 0}
            @click=${() => this.#ask(name, terminal, others)}>${deedWords[this.language][name].label}</button>
          <span class="soft small">${deedWords[this.language][name].happens[0]}</span>
        </li>`,
      )}</ul>
    </section>`;
  }

  #ask(name: DeedName, terminal: string, others: readonly DeviceItem[]): void {
    const words = deedWords[this.language];
    const said = words[name];
    this.deed = {
      title: said.title(terminal),
      happens: said.happens,
      label: said.label,
      isDanger: forEver.has(name),
      ...(forEver.has(name) ? { typed: terminal } : {}),
      ...(name === 'replace' ? { fields: this.#renderSuccessor(others) } : {}),
      problemOf: (code) => this.problemOf(code),
      run: async (data) => {
        await this.#do(name, terminal, data);
        this.notify({ message: said.done(terminal) });
        await this.#known.refresh();
      },
    };
  }

  #renderSuccessor(others: readonly DeviceItem[]): TemplateResult {
    return html`<label>${deedWords[this.language].successor}
      <select name="by" required>${others.map(
        ({ terminal, site }) => html`<option value=${terminal}>${terminal} · ${site}</option>`,
      )}</select></label>`;
  }

  async #do(name: DeedName, terminal: string, data: FormData): Promise<void> {
    if (name === 'claim') {
      this.issued = await this.api.post('fleet/claims', { terminals: [terminal] }, deviceAnswers.claims);
      return;
    }
    if (name === 'wipe') {
      const order = { kind: 'retire', body: {}, terminals: [terminal], expiresInMs: wipeWithinMs };
      await this.api.post('orders', order, answers.given);
      return;
    }
    const path = `fleet/devices/${encodeURIComponent(terminal)}/${name}`;
    const by = fieldOf(data, 'by');
    await this.api.post(path, name === 'replace' ? { by } : {}, deviceAnswers.device);
    if (name === 'replace') location.hash = placeHash('terminals', by);
  }

  protected override problemOf(code: string): string {
    return orderTexts[this.language].codes[code] ?? super.problemOf(code);
  }
}
